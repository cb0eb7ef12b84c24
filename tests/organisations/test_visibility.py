"""Which organisations somebody may see: condition, function and rules agree in generated worlds."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role, Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.organisations.countries import verified_in
from hub.organisations.directory import MovedError, organisation_by_slug, organisations_by_slug
from hub.organisations.documents import organisation_document, organisation_documents
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationStatus
from hub.organisations.permissions import can_view, visible_to
from hub.organisations.queries import organisations_of, same_as
from tests.factories import make_organisation
from tests.undoing import undone

pytestmark = pytest.mark.db

COUNTRIES = ("GE", "ID", None)
MOST = 5


@dataclass(frozen=True)
class Body:
    status: OrganisationStatus
    country: str | None
    is_merged: bool


@dataclass(frozen=True)
class Who:
    """Somebody; `belongs` and `represents` are places in the list of organisations."""

    is_member: bool
    roles: frozenset[Role]
    focal: frozenset[str]
    belongs: frozenset[int]
    represents: frozenset[int]


places = st.frozensets(st.integers(0, MOST - 1), max_size=2)
bodies = st.lists(
    st.builds(Body, st.sampled_from(OrganisationStatus), st.sampled_from(COUNTRIES), st.booleans()),
    min_size=MOST,
    max_size=MOST,
)
people = st.builds(
    Who,
    st.sampled_from([True, True, True, False]),
    st.frozensets(st.sampled_from(Role), max_size=2),
    st.frozensets(st.sampled_from(["GE", "ID"]), max_size=1),
    places,
    places,
)


def build(world):
    found = [make_organisation(status=each.status, country=each.country) for each in world]
    stays = make_organisation(country="FR")
    for organisation, each in zip(found, world, strict=True):
        if each.is_merged:
            session().add(MergedOrganisation(organisation_id=organisation.id, into_id=stays.id))
    session().commit()
    return found


def viewer_from(who, organisations):
    if not who.is_member:
        return VISITOR
    return Viewer(
        member_id=1,
        roles=who.roles,
        focal_countries=who.focal,
        represents=frozenset(organisations[at].id for at in who.represents),
        organisations=frozenset(organisations[at].id for at in who.represents | who.belongs),
    )


def expected(who, body, at):
    """Whether somebody sees an organisation, from the rules as the plan tells them."""
    if body.is_merged:
        return False
    if body.status is not OrganisationStatus.UNVERIFIED:
        return True
    if not who.is_member:
        return False
    return at in who.belongs | who.represents or Role.COORDINATOR in who.roles or body.country in who.focal


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=bodies, who=people)
def test_condition_function_and_rules_agree(database, world, who):
    with undone(database):
        organisations = build(world)
        viewer = viewer_from(who, organisations)
        listed = set(session().scalars(select(Organisation.id).where(visible_to(viewer))))
        for at, (organisation, body) in enumerate(zip(organisations, world, strict=True)):
            wanted = expected(who, body, at)
            assert can_view(viewer, organisation) is wanted
            assert (organisation.id in listed) is wanted
        # search finds what everybody may see, and nothing else
        found = {each.id for each in organisation_documents()} & {each.subject for each in organisations}
        public = set(session().scalars(select(Organisation.id).where(visible_to(VISITOR))))
        assert found == {each.subject for each in organisations if each.id in public}
        assert found == {each.subject for each in organisations if organisation_document(each)}


def test_an_address_leads_to_what_an_organisation_became(database):
    former, present = make_organisation("Ledger"), make_organisation("Open Ledger")
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id))
    session().commit()
    with pytest.raises(MovedError) as caught:
        organisation_by_slug(former.slug, VISITOR)
    assert caught.value.organisation == present
    assert organisation_by_slug(present.slug, VISITOR) == present
    assert organisations_by_slug([former.slug, present.slug], VISITOR) == [present]
    assert same_as([former.id, present.id, 999]) == {
        former.id: {former.id, present.id},
        present.id: {former.id, present.id},
        999: {999},
    }
    assert verified_in("GE", 10) == [present]


def test_ones_organisations_are_those_that_stand_for_themselves(database):
    former, present = make_organisation("Ledger"), make_organisation("Open Ledger")
    viewer = Viewer(member_id=1, organisations=frozenset({former.id, present.id}))
    assert list(organisations_of(viewer)) == [former, present]
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id))
    session().commit()
    assert list(organisations_of(viewer)) == [present]
    assert list(organisations_of(VISITOR)) == []


def test_what_one_may_not_see_does_not_exist(database):
    hidden = make_organisation(status=OrganisationStatus.UNVERIFIED)
    former = make_organisation()
    session().add(MergedOrganisation(organisation_id=former.id, into_id=hidden.id))
    session().commit()
    for slug in (hidden.slug, former.slug, "no-such"):
        with pytest.raises(NotFoundError) as caught:
            organisation_by_slug(slug, VISITOR)
        assert not isinstance(caught.value, MovedError)


def test_a_document_says_what_the_page_says(database):
    ledger = make_organisation(
        "Open Ledger", short_name="OL", type="civil_society", description="Reads budgets.", funding="A fund."
    )
    document = organisation_document(ledger)
    assert document.labels == {"public"}
    assert document.facets == {"type": ("civil_society",), "country": ("GE",), "status": ("verified",)}
    assert document.text_of("name") == "Open Ledger OL"
    assert "Georgia" in document.text_of("classification")
