"""Suspension, the vetting of each year, and what the clock does to those whom nobody vetted."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.jobs.housekeeping import keep_standing
from hub.members.models import MemberStatus, SignInSession
from hub.members.signing_in import start_session
from hub.vetting.applications import approve_application, open_application
from hub.vetting.desk import count_waiting, vetting_desk
from hub.vetting.models import ApplicationKind
from hub.vetting.organisations.memberships import leave_organisation
from hub.vetting.queries import waiting_applications
from hub.vetting.standing import (
    ask_renewal,
    is_vetting_due,
    lapse_overdue,
    recuse_from_person,
    reinstate_member,
    suspend_member,
    vet_again,
)
from hub.vocabularies.consent import CONSENT_VERSION
from tests.factories import make_member, make_organisation
from tests.vetting.cast import WORDS, done
from tests.vetting.conftest import logged, mails

pytestmark = pytest.mark.db

YEAR = timedelta(days=365)


@pytest.fixture
def member(coordinator):
    return make_member(vetted_until=now() + YEAR)


def is_signed_in(member):
    found = session().query(SignInSession).filter_by(member_id=member.id, ended_at=None)
    return found.count() > 0


def test_suspension_ends_every_session_at_once(coordinator, member):
    with transaction():
        start_session(member.id, "test")
    done(suspend_member, coordinator, member, WORDS)
    assert (member.status, viewer_of(member)) == (MemberStatus.SUSPENDED, VISITOR)
    assert not is_signed_in(member)
    assert mails() == ["member_suspended"]
    assert logged("member:suspend") == 1


def test_suspension_needs_words(coordinator, member):
    for words in ("", "  ", "x" * 2001):
        with pytest.raises(InvalidError), transaction():
            suspend_member(coordinator, member, words)
    assert member.is_approved


@pytest.mark.parametrize(
    "columns", [{"roles": [Role.ADMINISTRATOR]}, {"focal_country": "GE"}, {"law_enforcement": "GE"}]
)
def test_nobody_with_a_role_or_a_status_is_suspended(coordinator, columns):
    member = make_member(**columns)
    with pytest.raises(ConflictError), transaction():
        suspend_member(coordinator, member, WORDS)
    assert member.is_approved


def test_a_suspended_member_can_be_reinstated(coordinator, member):
    done(suspend_member, coordinator, member, WORDS)
    done(reinstate_member, coordinator, member)
    assert viewer_of(member).is_member
    assert mails() == ["member_suspended", "member_reinstated"]


def test_a_coordinator_decides_nothing_about_themselves(coordinator, clock):
    coordinator.vetted_until = now() + timedelta(days=1)
    session().commit()
    for service, words in ((suspend_member, [WORDS]), (vet_again, [])):
        with pytest.raises(ForbiddenError), transaction():
            service(coordinator, coordinator, *words)


def test_vetting_is_due_from_sixty_days_before(coordinator, member, clock):
    clock.shift(YEAR - timedelta(days=61))
    assert not is_vetting_due(member)
    with pytest.raises(ConflictError), transaction():
        vet_again(coordinator, member)
    clock.shift(timedelta(days=1))
    assert [each.member for each in vetting_desk(viewer_of(coordinator)).due] == [member]
    done(vet_again, coordinator, member)
    assert member.vetted_until == now() + YEAR
    assert count_waiting().people == 0
    assert logged("member:vet") == 1


def test_who_is_not_vetted_within_the_year_is_told_once_and_then_lapses(member, clock):
    clock.shift(YEAR - timedelta(days=31))
    tidy()
    assert mails() == []
    clock.shift(timedelta(days=1))
    tidy()
    tidy()
    assert mails() == ["vetting_due"]
    clock.shift(timedelta(days=30))
    tidy()
    tidy()
    assert member.status is MemberStatus.LAPSED
    assert viewer_of(member) == VISITOR
    assert member.is_active
    assert mails() == ["vetting_due", "vetting_lapsed"]
    assert logged("member:lapse") == 1


def tidy():
    with transaction():
        lapse_overdue()


def test_the_worker_lapses_and_forgets(database, member, clock):
    clock.shift(YEAR)
    keep_standing(database.get_bind())
    database.expire_all()
    assert member.status is MemberStatus.LAPSED


def test_the_next_year_is_told_of_again(coordinator, member, clock):
    clock.shift(YEAR - timedelta(days=30))
    tidy()
    done(vet_again, coordinator, member)
    clock.shift(YEAR - timedelta(days=29))
    tidy()
    assert mails() == ["vetting_due", "vetting_due"]


def test_who_lapsed_may_ask_to_be_vetted_again(coordinator, member, clock):
    clock.shift(YEAR)
    tidy()
    with pytest.raises(InvalidError), transaction():
        ask_renewal(member, " ")
    with transaction():
        ask_renewal(member, WORDS)
    application = open_application(member)
    assert application.kind is ApplicationKind.RENEWAL
    assert application.consent_version == CONSENT_VERSION
    assert list(waiting_applications()) == [application]
    done(approve_application, coordinator, member)
    assert viewer_of(member).is_member
    assert member.vetted_until == now() + YEAR
    assert logged("member:renew") == 1


@pytest.mark.parametrize("status", sorted(set(MemberStatus) - {MemberStatus.LAPSED, MemberStatus.ERASED}))
def test_nobody_else_asks_to_be_vetted_again(database, status):
    member = make_member(status=status)
    with pytest.raises(ConflictError), transaction():
        ask_renewal(member, WORDS)


def test_recusing_oneself_from_a_person_binds_for_good(coordinator, member):
    done(recuse_from_person, coordinator, member, "We are neighbours.")
    with pytest.raises(ForbiddenError), transaction():
        suspend_member(coordinator, member, WORDS)
    assert logged("recusal:record") == 1
    with pytest.raises(NotFoundError), transaction():
        recuse_from_person(make_member(), member, "")


def test_leaving_an_organisation_ends_what_it_gave(database):
    organisation = make_organisation()
    member = make_member(represents=[organisation])
    with transaction():
        leave_organisation(member, organisation)
    assert viewer_of(member).represents == frozenset()
    assert logged("membership:end") == 1
    with pytest.raises(NotFoundError), transaction():
        leave_organisation(member, organisation)
