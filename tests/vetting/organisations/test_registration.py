"""Registering an organisation once, and changing what is said about it."""

from dataclasses import replace

import pytest

from hub.access.viewer import VISITOR, Role
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.details import KnownOrganisationError, details_of
from hub.organisations.models import MergedOrganisation, OrganisationStatus
from hub.organisations.permissions import can_view
from hub.organisations.similar import seen_similar, similar_organisations
from hub.search.models import SearchJournal
from hub.vetting.organisations.queries import open_verification
from hub.vetting.organisations.registration import MOST_UNVERIFIED, change_organisation
from tests.factories import make_member, make_organisation
from tests.vetting.conftest import logged
from tests.vetting.organisations.bodies import registered, said, told

pytestmark = pytest.mark.db


def changed(actor, organisation, *, version=None, **changes):
    with transaction():
        version = organisation.version if version is None else version
        change_organisation(
            actor, organisation, replace(details_of(organisation), **changes), version=version
        )
    return organisation


def test_who_registers_an_organisation_represents_it(database):
    member = make_member()
    ledger = registered(member, email_domains=("ledger.example",), description="Reads budgets.")
    assert ledger.status is OrganisationStatus.UNVERIFIED
    assert [each.domain for each in ledger.domains] == ["ledger.example"]
    assert ledger.id in viewer_of(member).represents
    assert not can_view(VISITOR, ledger)
    assert logged("organisation:register") == 1
    # nobody finds what is not verified
    assert session().query(SearchJournal).count() == 0


@pytest.mark.parametrize("status", [MemberStatus.CONFIRMED, MemberStatus.LAPSED, MemberStatus.SUSPENDED])
def test_only_approved_members_register(database, status):
    with pytest.raises(ForbiddenError):
        registered(make_member(status=status))


@pytest.mark.parametrize("name", ["Open Ledger", " OPEN  ledger "])
def test_one_name_stands_once_in_a_country(database, name):
    first = registered(make_member())
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member(), name=name)
    assert caught.value.organisation == first
    assert (caught.value.is_visible, caught.value.may_ask) == (False, False)
    assert registered(make_member(), name=name, country="ID")


def test_one_identifier_stands_once_in_the_world(database):
    numbered = {"identifier_scheme": "GB-COH", "identifier": "09876543"}
    first = registered(make_member(), **numbered)
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member(), name="Something else", country="ID", **numbered)
    assert caught.value.organisation == first


def test_nobody_speaks_for_what_an_import_added(database):
    added = make_organisation("Open Ledger", status=OrganisationStatus.UNVERIFIED)
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member())
    assert caught.value.organisation == added
    assert caught.value.may_ask


def test_what_was_merged_is_known_as_what_it_became(database):
    former, present = make_organisation("Open Ledger"), make_organisation("Ledgers")
    session().add(MergedOrganisation(organisation_id=former.id, into_id=present.id))
    session().commit()
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member())
    assert caught.value.organisation == present


def test_one_organisation_in_two_scripts_is_shown_to_who_registers_it_again(database):
    known = make_organisation("პროკურატურა", country="GE")
    hidden = make_organisation("Prokuratura GE", country="GE", status=OrganisationStatus.UNVERIFIED)
    found = similar_organisations(said(name="Prokuratura"))
    assert known in [each.organisation for each in found]
    assert not any(each.is_same for each in found)
    seen = [each.organisation for each in seen_similar(said(name="Prokuratura"), viewer_of(make_member()))]
    assert known in seen
    assert hidden not in seen


def test_look_alike_letters_hide_nothing(database):
    known = make_organisation("Open Ledger", country="GE")
    # with a Cyrillic ie
    found = similar_organisations(said(name="Op\u0435n L\u0435dg\u0435r"))
    assert [each.organisation for each in found] == [known]


def test_nobody_floods_the_hub_with_organisations(database):
    member = make_member()
    for number in range(MOST_UNVERIFIED):
        registered(member, name=f"Body {number}")
    with pytest.raises(ConflictError):
        registered(member)


def test_a_description_changes_without_a_new_verification(database):
    ledger = make_organisation("Open Ledger", type="civil_society")
    member = make_member(represents=[ledger])
    changed(member, ledger, description="Reads budgets.", funding="A fund.")
    assert (ledger.status, ledger.version) == (OrganisationStatus.VERIFIED, 2)
    assert logged("organisation:change") == 1
    assert session().query(SearchJournal).one().document["fields"]["funding"] == "A fund."


@pytest.mark.parametrize("status", [OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED])
def test_a_new_name_ends_the_verification_and_asks_anew(database, status):
    ledger = make_organisation("Open Ledger", type="civil_society", status=status)
    member, coordinator = make_member(represents=[ledger]), make_member(roles=[Role.COORDINATOR])
    changed(member, ledger, name="Ministry of Justice")
    assert ledger.status is OrganisationStatus.UNVERIFIED
    assert ledger.name_key == "ministry of justice"
    assert open_verification(ledger).requested_by == member
    assert told("verification_asked") == [coordinator.id]
    # nobody finds it under the new name
    assert session().query(SearchJournal).one().document is None


def test_a_new_name_ends_no_conflict(database):
    with transaction():
        declare_interest(
            interested := make_member(roles=[Role.COORDINATOR]), Declaration("funding", "Open Ledger")
        )
    ledger = make_organisation("Open Ledger", type="civil_society")
    changed(make_member(represents=[ledger]), ledger, name="Closed Ledger")
    assert {each.organisation_id for each in viewer_of(interested).interests} == {ledger.id}


def test_an_organisation_cannot_take_the_name_of_another(database):
    make_organisation("Open Ledger")
    body = make_organisation("Body", type="civil_society")
    with pytest.raises(KnownOrganisationError) as caught:
        changed(make_member(represents=[body]), body, name="Open Ledger")
    assert not caught.value.may_ask


def test_a_stale_change_changes_nothing(database):
    ledger = make_organisation("Open Ledger", type="civil_society")
    member = make_member(represents=[ledger])
    changed(member, ledger, description="First")
    with pytest.raises(StaleVersionError):
        changed(member, ledger, version=1, description="Second")
    assert ledger.description == "First"


def test_only_representatives_change_what_is_said(database):
    ledger = make_organisation("Open Ledger", type="civil_society")
    for other in (
        make_member(),
        make_member(belongs_to=[ledger]),
        make_member(focal_country="GE"),
        make_member(roles=[Role.COORDINATOR]),
    ):
        with pytest.raises(NotFoundError):
            changed(other, ledger, description="Mine")


def test_what_cannot_be_said_names_its_field(database):
    ledger = make_organisation("Open Ledger", type="civil_society")
    with pytest.raises(InvalidError) as caught:
        changed(make_member(represents=[ledger]), ledger, description="x" * 2_000_000)
    assert caught.value.field == "description"
