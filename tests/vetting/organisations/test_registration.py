"""Registering an organisation once, and changing what is said about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.organisations.details import KnownOrganisationError, details_of
from hub.organisations.models import LawEnforcementState, MergedOrganisation, OrganisationStatus
from hub.organisations.permissions import can_view
from hub.organisations.similar import seen_similar, similar_organisations
from hub.search.models import SearchJournal
from hub.vetting.organisations.queries import open_verification
from hub.vetting.organisations.registration import MOST_UNVERIFIED, change_organisation
from tests.factories import make_law_enforcement, make_member, make_organisation
from tests.vetting.conftest import logged, mails
from tests.vetting.organisations.bodies import registered, said, told

pytestmark = pytest.mark.db

DAY = timedelta(days=1)


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


@pytest.mark.parametrize("status", [OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED])
@pytest.mark.parametrize("name", ["Open Ledger", " OPEN  ledger "])
def test_one_name_stands_once_in_a_country(database, name, status):
    first = make_organisation("Open Ledger", status=status)
    make_member(represents=[first])
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member(), name=name)
    assert (caught.value.organisation, caught.value.may_ask) == (first, False)
    assert registered(make_member(), name=name, country="ID")


def test_one_identifier_stands_once_in_the_world(database):
    numbered = {"identifier_scheme": "GB-COH", "identifier": "09876543"}
    first = make_organisation("Open Ledger", **numbered)
    with pytest.raises(KnownOrganisationError) as caught:
        registered(make_member(), name="Something else", country="ID", **numbered)
    assert caught.value.organisation == first


def test_nobody_keeps_others_off_by_coming_first(database):
    numbered = {"identifier_scheme": "GB-COH", "identifier": "09876543"}
    squatter, member = make_member(), make_member()
    first = registered(squatter, **numbered)
    second = registered(member, **numbered)
    assert first.id != second.id
    # who sees the first one is sent there
    for who in (squatter, make_member(roles=[Role.COORDINATOR])):
        with pytest.raises(KnownOrganisationError):
            registered(who, **numbered)
    # and a hidden one does not hide that one is public
    make_organisation("Open Ledger", status=OrganisationStatus.LAPSED)
    with pytest.raises(KnownOrganisationError):
        registered(make_member())


def test_nobody_speaks_for_one_that_is_known(database):
    added = make_organisation("Open Ledger", status=OrganisationStatus.LAPSED)
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
    seen = [
        each.organisation for each in seen_similar(said(name="Prokuratura"), viewer_of(make_member())).seen
    ]
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
    assert session().query(SearchJournal).one().document["texts"]["en-GB"]["funding"] == "A fund."


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


@pytest.mark.parametrize("short", ["INTERPOL", "Interp\u043el"])
def test_the_short_name_is_verified_too(database, short):
    ledger = make_organisation("Open Ledger", type="civil_society")
    changed(make_member(represents=[ledger]), ledger, short_name=short)
    assert ledger.status is OrganisationStatus.UNVERIFIED


@pytest.mark.parametrize("status", [OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED])
def test_with_the_verification_end_the_statuses_that_rest_on_it(database, status):
    bureau = make_organisation("Bureau", type="law_enforcement", status=status, verified_at=now() - DAY)
    head, officer = make_member(represents=[bureau]), make_member(belongs_to=[bureau], has_factor=True)
    held = make_law_enforcement(officer, "GE", organisation_id=bureau.id)
    session().commit()
    changed(head, bureau, type="business")
    assert held.status is LawEnforcementState.REVOKED
    assert viewer_of(officer).law_enforcement_country is None
    assert mails().count("law_enforcement_ended") == 1


@pytest.mark.parametrize(
    ("status", "at", "until", "holds"),
    [
        (OrganisationStatus.VERIFIED, -1, None, True),
        (OrganisationStatus.VERIFIED, -1, 1, True),
        (OrganisationStatus.VERIFIED, -9, -1, False),
        (OrganisationStatus.LAPSED, -9, -1, False),
        (OrganisationStatus.UNVERIFIED, None, None, True),
        (OrganisationStatus.UNVERIFIED, -9, None, False),
    ],
)
def test_a_status_holds_while_what_it_rests_on_does(database, status, at, until, holds):
    days = {"verified_at": at, "verified_until": until}
    bureau = make_organisation(
        status=status, **{name: now() + day * DAY if day else None for name, day in days.items()}
    )
    officer = make_member(belongs_to=[bureau], has_factor=True)
    make_law_enforcement(officer, "GE", organisation_id=bureau.id)
    session().commit()
    assert (viewer_of(officer).law_enforcement_country == "GE") is holds


@pytest.mark.parametrize("field", ["name", "short_name"])
@pytest.mark.parametrize("value", ["Open http://x.example", "WWW.x.example", "\uff57\uff57\uff57.x.example"])
def test_no_name_holds_a_web_address(database, field, value):
    with pytest.raises(InvalidError) as caught:
        registered(make_member(), **{field: value})
    assert caught.value.field == field


def test_an_international_body_is_compared_with_what_may_be_it(database):
    mine = said(name="International Observatory of Budgets", type="international", country=None)
    known = make_organisation("Observatory of Budgets International", country="ID")
    worldwide = make_organisation("IOB", country="GE", type="international", website="https://iob.example")
    make_organisation("Ledger", country="GE")
    assert [each.organisation for each in similar_organisations(mine)] == [known]
    candidates = similar_organisations(replace(mine, short_name="IOB"))
    assert {each.organisation for each in candidates} == {known, worldwide}


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
