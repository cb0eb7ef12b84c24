"""Members register: windows to the second, capacity, order of arrival, changing, cancelling, moving up."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.audit.models import AuditEntry
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, TooManyError
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus
from hub.showcases.holding import hold_showcase
from hub.showcases.making.details import Registering
from hub.showcases.models import Attendance, Registration, RegistrationStatus, ShowcaseStatus
from hub.showcases.registrations.details import LISTING_VERSION, RegistrationDetails
from hub.showcases.registrations.forgetting import cancel_outsiders
from hub.showcases.registrations.queries import counts_of, own_registration, waiting_position
from hub.showcases.registrations.registering import (
    MOST_A_DAY,
    cancel_registration,
    change_registration,
    holding_own,
    register,
)
from hub.showcases.registrations.waiting import fill_places
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.making import save
from tests.showcases.scenes import (
    GEORGIAN_POLICE,
    MEMBERS,
    make_curator,
    opened_showcase,
    published_showcase,
    registered,
)
from tests.web.catalogue.conftest import QueryCount

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]

ON_SITE = RegistrationDetails()
ONLINE = RegistrationDetails(Attendance.ONLINE)


def came(showcase, count, details=ON_SITE):
    """Let `count` members register one after the other."""
    return [did(register, make_member(), showcase, details) for _ in range(count)]


def cancelled(registration):
    with transaction():
        viewer = holding_own(registration.member, registration)
        return cancel_registration(viewer, registration)


def statuses(showcase):
    found = session().scalars(
        select(Registration.status)
        .where(Registration.showcase_id == showcase.id)
        .order_by(Registration.number)
    )
    return [each.value for each in found]


def test_places_go_in_the_order_of_arrival_and_the_rest_waits():
    showcase = opened_showcase(capacity=2)
    first, second, third, fourth = came(showcase, 4)
    assert statuses(showcase) == ["registered", "registered", "waiting", "waiting"]
    assert [each.number for each in (first, second, third, fourth)] == [1, 2, 3, 4]
    assert showcase.places_taken == 2
    assert waiting_position(fourth) == 2
    assert told(first.member) == ["registration_made"]
    assert told(third.member) == ["registration_waiting"]


def test_the_database_itself_refuses_one_place_too_many():
    showcase = opened_showcase(capacity=1)
    came(showcase, 1)
    showcase.places_taken = 2
    with pytest.raises(IntegrityError):
        session().flush()
    session().rollback()


def test_who_cancels_frees_the_place_for_who_waits_longest():
    showcase = opened_showcase(capacity=1)
    first, second, third = came(showcase, 3)
    assert cancelled(first) == [second]
    assert statuses(showcase) == ["cancelled", "registered", "waiting"]
    assert showcase.places_taken == 1
    assert told(second.member) == ["registration_waiting", "registration_promoted"]
    assert told(first.member) == ["registration_made", "registration_cancelled"]
    assert second.registered_at is not None
    assert waiting_position(third) == 1


def test_who_cancels_in_the_queue_frees_no_place():
    showcase = opened_showcase(capacity=1)
    _first, second, third = came(showcase, 3)
    assert cancelled(second) == []
    assert statuses(showcase) == ["registered", "cancelled", "waiting"]
    assert waiting_position(third) == 1


def test_who_comes_back_comes_last():
    showcase = opened_showcase(capacity=1)
    first, second = came(showcase, 2)
    cancelled(first)
    again = did(register, first.member, showcase, ON_SITE)
    assert (again.number, again.status) == (3, RegistrationStatus.WAITING)
    assert second.status is RegistrationStatus.REGISTERED


def test_a_raised_capacity_moves_up_as_many_as_fit_in_order():
    showcase = opened_showcase(capacity=1)
    came(showcase, 5)
    with transaction():
        showcase.capacity = 3
        session().flush()
        moved = fill_places(showcase)
    assert [each.number for each in moved] == [2, 3]
    assert showcase.places_taken == 3


def test_without_a_limit_nobody_waits_any_more():
    showcase = opened_showcase(capacity=1)
    came(showcase, 3)
    with transaction():
        showcase.capacity = None
        session().flush()
        assert len(fill_places(showcase)) == 2


def test_online_has_no_limit_and_takes_no_place():
    showcase = opened_showcase(capacity=1)
    came(showcase, 1)
    came(showcase, 2, ONLINE)
    assert statuses(showcase) == ["registered"] * 3
    assert showcase.places_taken == 1
    counts = counts_of(showcase)
    assert (counts.on_site, counts.online, counts.waiting) == (1, 2, 0)


def test_registration_closes_by_the_second(monkeypatch):
    showcase = opened_showcase()
    member = make_member()
    closes = showcase.registration_closes_at
    monkeypatch.setattr(clock, "now", lambda: closes)
    with pytest.raises(ConflictError, match="closed"):
        did(register, member, showcase, ON_SITE)
    monkeypatch.setattr(clock, "now", lambda: closes - timedelta(microseconds=1))
    assert did(register, member, showcase, ON_SITE).number == 1


def test_registration_opens_by_the_second(monkeypatch):
    opens = clock.now() + timedelta(hours=1)
    showcase = opened_showcase(registration_opens_at=opens)
    member = make_member()
    with pytest.raises(ConflictError, match="not opened yet"):
        did(register, member, showcase, ON_SITE)
    monkeypatch.setattr(clock, "now", lambda: opens)
    assert did(register, member, showcase, ON_SITE).number == 1


def test_no_registration_no_button():
    showcase = opened_showcase(registration_opens_at=None, registration_closes_at=None)
    with pytest.raises(ConflictError, match="Nobody registers"):
        did(register, make_member(), showcase, ON_SITE)


@pytest.mark.parametrize("status", [ShowcaseStatus.CANCELLED, ShowcaseStatus.CLOSED, ShowcaseStatus.REPORTED])
def test_what_is_off_or_over_takes_nobody(status):
    with pytest.raises(ConflictError, match="closed"):
        did(register, make_member(), opened_showcase(status=status), ON_SITE)


def test_nobody_registers_twice():
    showcase = opened_showcase()
    (first,) = came(showcase, 1)
    with pytest.raises(ConflictError, match="registered already"):
        did(register, first.member, showcase, ON_SITE)


def test_who_does_not_see_it_finds_nothing():
    showcase = opened_showcase(readership=GEORGIAN_POLICE)
    with pytest.raises(NotFoundError):
        did(register, make_member(), showcase, ON_SITE)
    with pytest.raises(NotFoundError):
        did(register, make_member(law_enforcement="FR"), showcase, ON_SITE)
    assert did(register, make_member(law_enforcement="GE"), showcase, ON_SITE).number == 1


def test_who_is_no_approved_member_registers_as_a_guest_or_not_at_all():
    applicant = make_member(status=MemberStatus.CONFIRMED)
    with pytest.raises(ForbiddenError):
        did(register, applicant, opened_showcase(), ON_SITE)
    with pytest.raises(NotFoundError):
        did(register, applicant, opened_showcase(readership=MEMBERS), ON_SITE)


def test_only_a_way_that_is_offered_can_be_taken():
    showcase = opened_showcase(attendance=Attendance.ON_SITE)
    with pytest.raises(InvalidError):
        did(register, make_member(), showcase, ONLINE)


def test_access_needs_are_asked_for_or_refused():
    showcase = opened_showcase(asks_access_needs=False)
    with pytest.raises(InvalidError):
        did(register, make_member(), showcase, RegistrationDetails(access_needs="A ramp."))
    with pytest.raises(InvalidError):
        did(register, make_member(), opened_showcase(), RegistrationDetails(access_needs="x" * 1_001))


def test_thirty_registrations_a_day(monkeypatch):
    member = make_member()
    showcase = opened_showcase()
    monkeypatch.setattr("hub.showcases.registrations.registering.MOST_A_DAY", 2)
    assert MOST_A_DAY == 30
    for _ in range(2):
        did(register, member, opened_showcase(), ON_SITE)
    with pytest.raises(TooManyError):
        did(register, member, showcase, ON_SITE)
    later(monkeypatch, timedelta(days=1, seconds=1))
    did(register, member, showcase, ON_SITE)


def test_consent_keeps_its_day_and_version_and_can_be_taken_back():
    showcase = opened_showcase()
    registration = did(
        register, make_member(), showcase, RegistrationDetails(access_needs="A ramp.", is_listed=True)
    )
    assert (registration.is_listed, registration.consent_version) == (True, LISTING_VERSION)
    agreed_at = registration.listed_at

    def change(**said):
        with transaction():
            change_registration(holding_own(registration.member, registration), registration, **said)

    change(access_needs="A ramp and a diet.", is_listed=True)
    assert (registration.listed_at, registration.access_needs) == (agreed_at, "A ramp and a diet.")
    change(access_needs="", is_listed=False)
    assert (registration.is_listed, registration.listed_at, registration.consent_version) == (False, None, "")


def test_cancelling_erases_what_was_said_about_access():
    registration = did(
        register, make_member(), opened_showcase(), RegistrationDetails(access_needs="A ramp.")
    )
    cancelled(registration)
    assert registration.access_needs == ""
    with pytest.raises(ConflictError):
        cancelled(registration)


def test_nobody_acts_for_somebody_else():
    registration = did(register, make_member(), opened_showcase(), ON_SITE)
    with pytest.raises(ForbiddenError), transaction():
        holding_own(make_member(), registration)


def test_the_queue_moves_until_the_showcase_begins(monkeypatch):
    showcase = published_showcase(capacity=1, registration_closes_at=clock.now() + timedelta(days=1))
    first, second, third = came(showcase, 3)
    begins = showcase.starts_at
    monkeypatch.setattr(clock, "now", lambda: begins - timedelta(seconds=1))
    assert cancelled(first) == [second]
    monkeypatch.setattr(clock, "now", lambda: begins)
    assert cancelled(second) == []
    assert third.status is RegistrationStatus.WAITING


def test_a_longer_registration_moves_the_queue_again(monkeypatch):
    curator = make_curator()
    showcase = published_showcase(curator, capacity=1)
    first, second = came(showcase, 2)
    later(monkeypatch, showcase.starts_at - clock.now())
    cancelled(first)
    assert second.status is RegistrationStatus.WAITING
    terms = Registering(showcase.registration_opens_at, showcase.ends_at, capacity=1)
    save(curator, showcase, registering=terms)
    assert second.status is RegistrationStatus.REGISTERED


def test_without_approval_who_asked_comes_in_order():
    curator = make_curator()
    showcase = opened_showcase(curator, capacity=1, needs_approval=True)
    own = did(register, curator, showcase, ON_SITE)
    first, second = came(showcase, 2)
    terms = Registering(showcase.registration_opens_at, showcase.registration_closes_at, capacity=1)
    save(curator, showcase, registering=terms)
    assert own.status is RegistrationStatus.ASKED
    assert (first.status, second.status) == (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)


def test_who_waits_costs_no_query_of_their_own(database):
    showcase, queries = opened_showcase(capacity=1), QueryCount(database.get_bind())
    registered(showcase)

    def asked(look):
        database.expire_all()
        with queries, transaction():
            hold_showcase(showcase)
            look(showcase)
        return len(queries)

    def looked():
        registered(showcase, status=RegistrationStatus.WAITING)
        return [asked(look) for look in (fill_places, cancel_outsiders)]

    before = looked()
    assert [looked() for _ in range(3)][-1] == before


def test_after_the_end_nothing_is_cancelled(monkeypatch):
    showcase = published_showcase()
    (first,) = came(showcase, 1)
    ends = showcase.ends_at
    monkeypatch.setattr(clock, "now", lambda: ends)
    with pytest.raises(ConflictError, match="over"):
        cancelled(first)


def test_who_lost_sight_of_it_is_passed_over():
    showcase = opened_showcase(readership=MEMBERS, capacity=1)
    first, second, third = came(showcase, 3)
    second.member.status = MemberStatus.SUSPENDED
    session().commit()
    assert cancelled(first) == [third]
    assert second.status is RegistrationStatus.WAITING


def test_the_log_has_each_step_and_no_word_about_access():
    showcase = opened_showcase(capacity=1)
    first = did(register, make_member(), showcase, RegistrationDetails(access_needs="A ramp."))
    (second,) = came(showcase, 1)
    cancelled(first)
    tags = session().scalars(
        select(AuditEntry.tag).where(AuditEntry.subject == second.subject).order_by(AuditEntry.number)
    )
    assert list(tags) == ["registration:wait", "registration:promote"]
    assert viewer_of(first.member).member_id == first.member_id
    assert own_registration(showcase, viewer_of(first.member)) is None


def test_the_team_registers_like_everybody():
    curator = make_curator()
    showcase = opened_showcase(curator)
    assert did(register, curator, showcase, ON_SITE).status is RegistrationStatus.REGISTERED
