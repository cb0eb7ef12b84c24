"""Verification: who asks, what the hub finds by itself, what approval brings, and how the year ends."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.escalation import Bench
from hub.integrity.viewers import viewer_of
from hub.jobs.housekeeping import keep_standing
from hub.organisations.details import checked
from hub.organisations.models import (
    LawEnforcementState,
    Organisation,
    OrganisationDomain,
    OrganisationStatus,
)
from hub.organisations.people import speakers
from hub.organisations.service import hold
from hub.search.models import SearchJournal
from hub.vetting.escalation import undecidable
from hub.vetting.models import VerificationStatus
from hub.vetting.organisations import ending
from hub.vetting.organisations.desk import merge_desk, verification_desk
from hub.vetting.organisations.ending import lapse_overdue_organisations
from hub.vetting.organisations.memberships import leave_organisation
from hub.vetting.organisations.queries import (
    count_merges,
    count_verifications,
    evidence_for,
    organisation_to_ask_for,
    verification_by_id,
    verifications_of,
)
from hub.vetting.organisations.verification import approve_verification, decline_verification
from tests.factories import make_law_enforcement, make_member, make_organisation
from tests.vetting.conftest import logged
from tests.vetting.organisations.bodies import (
    MERGED,
    WORDS,
    Cast,
    approved,
    asked,
    done,
    latest,
    registered,
    said,
    told,
)

pytestmark = pytest.mark.db

YEAR = timedelta(days=365)


@pytest.fixture
def coordinator(database, clock):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def ledger(coordinator):
    return make_organisation("Open Ledger", status=OrganisationStatus.UNVERIFIED)


def test_an_approved_request_verifies_for_a_year(coordinator, ledger):
    head = make_member(represents=[ledger])
    request = approved(coordinator, asked(head, ledger), is_article_36_authority=True)
    assert (ledger.status, ledger.is_article_36_authority) == (OrganisationStatus.VERIFIED, True)
    assert ledger.verified_until == now() + YEAR
    assert (request.decided_by, request.evidence) == (coordinator, "Its statutes.")
    assert told("organisation_verified") == [head.id]
    assert logged("organisation:verify") == 1
    assert session().query(SearchJournal).one().document["facets"]["status"] == ["verified"]


def test_who_may_decide_is_told_and_nobody_else(coordinator, ledger):
    focal = make_member(focal_country="GE")
    make_member(focal_country="ID")
    make_member(roles=[Role.COORDINATOR], belongs_to=[ledger])
    make_member(roles=[Role.ADMINISTRATOR])
    asked(make_member(represents=[ledger]), ledger)
    assert told("verification_asked") == sorted([coordinator.id, focal.id])


def test_a_confirmed_address_of_the_organisation_is_evidence(coordinator, ledger):
    ledger.website = "https://www.ledger.example/en"
    ledger.domains = [OrganisationDomain(domain="ledger.example")]
    session().commit()
    inside = make_member("ana@mail.ledger.example", represents=[ledger], email_confirmed_at=now())
    request = asked(inside, ledger)
    assert request.domain == "ledger.example"
    found = evidence_for(request)
    assert (found.domain, found.is_same_host, found.is_free_mail) == ("ledger.example", True, False)
    assert found.similar == []


@pytest.mark.parametrize(
    ("address", "columns", "is_free"),
    [
        ("ana@gmail.com", {"email_confirmed_at": now()}, True),
        ("ana@other.example", {"email_confirmed_at": now()}, False),
        ("ana@ledger.example", {"email_confirmed_at": None}, False),
    ],
)
def test_other_addresses_are_none(coordinator, ledger, address, columns, is_free):
    ledger.domains = [OrganisationDomain(domain="ledger.example")]
    session().commit()
    request = asked(make_member(address, represents=[ledger], **columns), ledger)
    assert request.domain is None
    assert evidence_for(request).is_free_mail is is_free


def test_deciders_see_what_may_be_the_same(coordinator, ledger):
    other = make_organisation("Open Ledgers")
    request = asked(make_member(represents=[ledger]), ledger)
    assert [each.organisation for each in evidence_for(request).similar] == [other]


def test_one_request_waits_at_a_time(coordinator, ledger):
    head = make_member(represents=[ledger])
    asked(head, ledger)
    with pytest.raises(ConflictError):
        asked(make_member(represents=[ledger]), ledger)


def test_words_are_asked_for(coordinator, ledger):
    head = make_member(represents=[ledger])
    with pytest.raises(InvalidError):
        asked(head, ledger, " ")
    request = asked(head, ledger)
    for evidence in (" ", "x" * 1_001):
        with pytest.raises(InvalidError):
            approved(coordinator, request, evidence=evidence)
    with pytest.raises(InvalidError):
        done(decline_verification, coordinator, request, words="")


def test_who_only_belongs_does_not_ask(coordinator, ledger):
    make_member(represents=[ledger])
    for other in (make_member(belongs_to=[ledger]), make_member(), make_member(focal_country="GE")):
        with pytest.raises(NotFoundError):
            asked(other, ledger)
        with pytest.raises(NotFoundError):
            organisation_to_ask_for(ledger.slug, viewer_of(other))


def test_who_asks_where_nobody_speaks_speaks_once_it_is_approved(coordinator, ledger):
    ledger.status = OrganisationStatus.LAPSED
    session().commit()
    member = make_member()
    assert organisation_to_ask_for(ledger.slug, viewer_of(member)) == ledger
    request = asked(member, ledger)
    assert viewer_of(member).represents == frozenset()
    approved(coordinator, request)
    assert speakers(ledger) == {member.id}
    assert logged("membership:start") == 1
    assert told("organisation_verified") == [member.id]


def test_a_mere_member_is_promoted_where_nobody_speaks(coordinator, ledger):
    member = make_member(belongs_to=[ledger])
    approved(coordinator, asked(member, ledger))
    assert speakers(ledger) == {member.id}
    assert logged("membership:change") == 1


def test_what_changed_meanwhile_is_read_again_before_it_is_verified(coordinator, ledger):
    request = asked(make_member(represents=[ledger]), ledger)
    with pytest.raises(StaleVersionError), transaction():
        approve_verification(
            coordinator, request, evidence="x", is_article_36_authority=False, version=ledger.version - 1
        )
    assert ledger.status is OrganisationStatus.UNVERIFIED


def test_a_declined_request_tells_who_asked_and_may_be_made_anew(coordinator, ledger):
    head = make_member(represents=[ledger])
    request = asked(head, ledger)
    done(decline_verification, coordinator, request, words="Send the statutes.")
    assert told("verification_declined") == [head.id]
    assert latest(ledger).decision_words == "Send the statutes."
    assert asked(head, ledger).status is VerificationStatus.REQUESTED
    assert len(verifications_of(ledger, viewer_of(head))) == 2


def test_the_year_ends_with_all_that_rests_on_it(coordinator, ledger, clock):
    head, officer = make_member(represents=[ledger]), make_member(belongs_to=[ledger], has_factor=True)
    approved(coordinator, asked(head, ledger))
    status = make_law_enforcement(officer, "GE", organisation_id=ledger.id, valid_until=now() + 2 * YEAR)
    session().commit()
    clock.shift(YEAR)
    with transaction():
        assert lapse_overdue_organisations() == 1
        assert lapse_overdue_organisations() == 0
    assert ledger.status is OrganisationStatus.LAPSED
    assert status.status is LawEnforcementState.REVOKED
    assert told("verification_lapsed") == [head.id]
    approved(coordinator, asked(head, ledger))
    assert ledger.status is OrganisationStatus.VERIFIED


def test_a_month_before_the_end_representatives_are_told_once(coordinator, ledger, clock):
    head = make_member(represents=[ledger])
    approved(coordinator, asked(head, ledger))
    for days, times in ((334, 0), (2, 1), (1, 1), (20, 1)):
        clock.shift(timedelta(days=days))
        with transaction():
            assert lapse_overdue_organisations() == 0
        assert told("verification_due") == [head.id] * times
    with transaction():
        pass
    clock.shift(-timedelta(days=10))
    approved(coordinator, asked(head, ledger))
    # eighteen days of the first year were left
    clock.shift(YEAR)
    with transaction():
        lapse_overdue_organisations()
    assert told("verification_due") == [head.id] * 2


def test_nobody_asks_again_too_early(coordinator, ledger, clock):
    head = make_member(represents=[ledger])
    approved(coordinator, asked(head, ledger))
    with pytest.raises(ConflictError):
        asked(head, ledger)
    until = ledger.verified_until
    clock.shift(timedelta(days=306))
    approved(coordinator, asked(head, ledger))
    # the days that were left are not lost
    assert ledger.verified_until == until + YEAR
    clock.shift(2 * YEAR)
    with transaction():
        lapse_overdue_organisations()
    approved(coordinator, asked(head, ledger))
    assert ledger.verified_until == now() + YEAR


def test_the_clock_of_the_worker_ends_what_is_over(coordinator, ledger, engine_of_test):
    ledger.status, ledger.verified_until = OrganisationStatus.VERIFIED, now() - timedelta(days=1)
    session().commit()
    keep_standing(engine_of_test)
    session().expire_all()
    assert ledger.status is OrganisationStatus.LAPSED


@pytest.fixture
def engine_of_test(database):
    return database.get_bind()


def test_the_desk_is_for_who_decides(coordinator, ledger):
    head, focal = make_member(represents=[ledger]), make_member(focal_country="GE")
    inside = make_member(focal_country="GE", belongs_to=[ledger])
    request = asked(head, ledger)
    for decider in (coordinator, focal):
        (line,) = verification_desk(viewer_of(decider))
        assert (line.request, line.conflict, line.is_escalated) == (request, None, False)
        assert count_verifications(viewer_of(decider)) == 1
        assert verification_by_id(request.public_id, viewer_of(decider)) == request
    assert verification_desk(viewer_of(inside))[0].conflict == "own_submission"
    for other in (
        None,
        make_member(),
        make_member(focal_country="ID"),
        make_member(roles=[Role.ADMINISTRATOR]),
    ):
        assert verification_desk(viewer_of(other)) == []
        assert count_verifications(viewer_of(other)) == 0
        with pytest.raises(NotFoundError):
            verification_by_id(request.public_id, viewer_of(other))
    assert verification_by_id(request.public_id, viewer_of(head)) == request


def test_what_nobody_is_free_to_decide_is_escalated(database):
    organisation = make_organisation(status=OrganisationStatus.UNVERIFIED)
    inside = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    asked(make_member(represents=[organisation]), organisation)
    assert verification_desk(viewer_of(inside))[0].is_escalated
    (escalated,) = undecidable(viewer_of(officer), Bench(PRIVILEGED_ROLES))
    assert (escalated.kind, escalated.candidates, escalated.free, escalated.title) == (
        "verification",
        1,
        0,
        None,
    )
    make_member(focal_country="GE")
    assert not verification_desk(viewer_of(inside))[0].is_escalated
    assert undecidable(viewer_of(officer), Bench(PRIVILEGED_ROLES)) == []


def test_merges_wait_for_another_coordinator(database):
    cast = Cast()
    waiting = MERGED["proposed"](cast)
    (line,) = merge_desk(viewer_of(cast["free"]))
    assert (line.merge, line.conflict) == (waiting, None)
    assert merge_desk(viewer_of(cast["first"]))[0].conflict == "own_proposal"
    assert merge_desk(viewer_of(cast["rival"]))[0].conflict == "own_submission"
    assert merge_desk(viewer_of(cast["focal"])) == []
    assert (count_merges(viewer_of(cast["free"])), count_merges(viewer_of(cast["focal"]))) == (1, 0)


def test_a_request_outlives_who_asked_while_others_speak(coordinator, ledger):
    head = make_member(represents=[ledger])
    make_member(represents=[ledger])
    request = asked(head, ledger)
    done(leave_organisation, head, ledger)
    approved(coordinator, request)
    assert head.id not in speakers(ledger)


def test_registering_and_verifying_is_one_way(coordinator):
    head = make_member()
    ledger = registered(head)
    approved(coordinator, asked(head, ledger, WORDS))
    assert ledger.status is OrganisationStatus.VERIFIED


@pytest.mark.parametrize("same", [{"name": " OPEN  ledger"}, {"name": "Other", "country": "ID"}])
def test_of_two_that_are_the_same_one_is_verified(coordinator, same):
    numbered = {"identifier_scheme": "GB-COH", "identifier": "09876543"}
    squatter, head = make_member(), make_member()
    first, second = registered(squatter, **numbered), registered(head, **{**numbered, **same})
    requests = asked(squatter, first), asked(head, second)
    assert [each.organisation for each in evidence_for(requests[1]).similar] == [first]
    approved(coordinator, requests[1])
    with pytest.raises(ConflictError):
        approved(coordinator, requests[0])
    session().expire_all()
    assert (first.status, requests[0].status) == (OrganisationStatus.UNVERIFIED, VerificationStatus.REQUESTED)


def test_a_public_suffix_vouches_for_nothing(coordinator, ledger):
    # stored before it was one
    ledger.domains = [OrganisationDomain(domain="gov.uk")]
    ledger.website = "https://www.ministry.gov.uk"
    session().commit()
    request = asked(make_member("ana@parish.gov.uk", represents=[ledger], email_confirmed_at=now()), ledger)
    found = evidence_for(request)
    assert (request.domain, found.domain, found.is_same_host) == (None, None, False)
    with pytest.raises(InvalidError):
        checked(said(email_domains=("gov.uk",)))


def test_what_was_verified_again_meanwhile_does_not_lapse(coordinator, ledger, monkeypatch):
    """As when a coordinator decides between the worker's look and its hold on the row."""
    ledger.status, ledger.verified_until = OrganisationStatus.VERIFIED, now() - timedelta(days=1)
    session().commit()

    def held(organisation):
        session().execute(update(Organisation).values(verified_until=now() + YEAR))
        hold(organisation)

    monkeypatch.setattr(ending, "hold", held)
    with transaction():
        assert lapse_overdue_organisations() == 0
    assert ledger.status is OrganisationStatus.VERIFIED
