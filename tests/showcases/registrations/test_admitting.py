"""Approval by the team, the entrance, the list of attendees and what the team may look at."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.showcases.models import Attendance, RegistrationStatus, ShowcaseStatus
from hub.showcases.models.registration import STANDING
from hub.showcases.registrations.admitting import approve_registration, decline_registration
from hub.showcases.registrations.checking_in import (
    check_in,
    is_entrance_open,
    registration_by_code,
    undo_check_in,
)
from hub.showcases.registrations.details import RegistrationDetails
from hub.showcases.registrations.exporting import exported_registrations
from hub.showcases.registrations.queries import (
    admitted,
    attendees_of,
    counts_of,
    may_read_attendees,
    registrations_of,
)
from hub.showcases.registrations.registering import cancel_registration, holding_own, register
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.scenes import make_curator, opened_showcase, published_showcase, registered

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]


@pytest.fixture
def curator():
    return make_curator()


@pytest.fixture
def chosen(curator):
    """A showcase with one place whose team approves each registration."""
    return opened_showcase(curator, capacity=1, needs_approval=True)


def asked(showcase, **details):
    return did(register, make_member(), showcase, RegistrationDetails(**details))


def test_who_asks_has_a_number_and_no_place(chosen, curator):
    registration = asked(chosen)
    assert (registration.status, registration.number) == (RegistrationStatus.ASKED, 1)
    assert chosen.places_taken == 0
    assert told(curator) == ["registration_to_approve"]


def test_approved_in_whatever_order_the_last_place_is_given_once(chosen, curator):
    first, second = asked(chosen), asked(chosen)
    did(approve_registration, curator, second)
    did(approve_registration, curator, first)
    assert (second.status, first.status) == (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
    assert chosen.places_taken == 1
    assert told(first.member) == ["registration_received", "registration_waiting"]
    assert told(second.member) == ["registration_received", "registration_made"]


def test_online_is_approved_without_a_place(chosen, curator):
    asked(chosen)
    online = asked(chosen, attendance=Attendance.ONLINE)
    did(approve_registration, curator, online)
    assert online.status is RegistrationStatus.REGISTERED
    assert chosen.places_taken == 0


def test_declined_with_words_and_for_good(chosen, curator):
    registration = asked(chosen, access_needs="A ramp.")
    with pytest.raises(InvalidError):
        did(decline_registration, curator, registration, words=" ")
    did(decline_registration, curator, registration, words="It is for judges.")
    assert (registration.decision_words, registration.access_needs) == ("It is for judges.", "")
    assert told(registration.member)[-1] == "registration_declined"
    with pytest.raises(ConflictError, match="declined"):
        did(register, registration.member, chosen, RegistrationDetails())
    with pytest.raises(ConflictError):
        did(approve_registration, curator, registration)


def test_nobody_approves_or_checks_in_themselves(chosen, curator):
    own = did(register, curator, chosen, RegistrationDetails())
    with pytest.raises(ForbiddenError):
        did(approve_registration, curator, own)
    with pytest.raises(ForbiddenError):
        did(check_in, curator, own)
    guest = registered(chosen, guest_name="Eka", guest_email=curator.email, status=RegistrationStatus.ASKED)
    with pytest.raises(ForbiddenError):
        did(approve_registration, curator, guest)


def test_other_coordinators_find_nothing(chosen):
    registration = asked(chosen)
    with pytest.raises(NotFoundError):
        did(approve_registration, make_curator(), registration)
    with pytest.raises(NotFoundError):
        did(exported_registrations, make_curator(), chosen)


def test_a_cancelled_showcase_approves_nobody(chosen, curator):
    registration = asked(chosen)
    chosen.status = ShowcaseStatus.CANCELLED
    session().commit()
    with pytest.raises(ConflictError):
        did(approve_registration, curator, registration)


def test_each_is_checked_in_once_and_a_mistake_is_taken_back(curator):
    showcase = published_showcase(curator, starts_in=timedelta(hours=1))
    registration = registered(showcase)
    assert registration_by_code(showcase, registration.check_in_code) is registration
    did(check_in, curator, registration)
    assert counts_of(showcase).checked_in == 1
    with pytest.raises(ConflictError, match="already"):
        did(check_in, curator, registration)
    did(undo_check_in, curator, registration)
    assert (registration.checked_in_at, registration.checked_in_by_id) == (None, None)
    with pytest.raises(ConflictError):
        did(undo_check_in, curator, registration)


def test_who_waits_is_not_let_in(curator):
    showcase = published_showcase(curator, starts_in=timedelta(hours=1))
    with pytest.raises(ConflictError, match="no place"):
        did(check_in, curator, registered(showcase, status=RegistrationStatus.WAITING))


def test_once_it_has_begun_who_waits_gets_a_free_place_at_the_entrance(curator, monkeypatch):
    showcase = published_showcase(curator, starts_in=timedelta(hours=1), capacity=1)
    place = registered(showcase)
    early, here, late = (registered(showcase, status=RegistrationStatus.WAITING) for _ in range(3))
    later(monkeypatch, timedelta(hours=2))
    showcase.status = ShowcaseStatus.LIVE
    session().commit()
    with pytest.raises(ConflictError, match="No place is free"):
        did(check_in, curator, here)
    with transaction():
        cancel_registration(holding_own(place.member, place), place)
    did(check_in, curator, here)
    assert (here.status, early.status) == (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
    assert (here.checked_in_by_id, showcase.places_taken) == (curator.id, 1)
    promoted = select(AuditEntry.actor).where(
        AuditEntry.subject == here.subject, AuditEntry.tag == "registration:promote"
    )
    assert session().scalars(promoted).all() == [curator.public_id]
    with pytest.raises(ConflictError, match="No place is free"):
        did(check_in, curator, late)


def test_a_code_of_another_showcase_opens_nothing(curator):
    registration = registered(published_showcase(curator))
    with pytest.raises(NotFoundError):
        registration_by_code(published_showcase(curator), registration.check_in_code)


def test_the_entrance_opens_a_day_before_and_closes_a_day_after(curator, monkeypatch):
    showcase = published_showcase(curator)
    registration, day = registered(showcase), timedelta(hours=24)
    with pytest.raises(ConflictError, match="entrance is open"):
        did(check_in, curator, registration)
    for moment, is_open in (
        (showcase.starts_at - day, True),
        (showcase.starts_at - day - timedelta(seconds=1), False),
        (showcase.ends_at + day - timedelta(seconds=1), True),
        (showcase.ends_at + day, False),
    ):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        assert is_entrance_open(showcase) is is_open


def test_only_who_agreed_is_listed_and_only_for_who_comes(curator):
    showcase = published_showcase(curator)
    listed = registered(showcase, make_member(display_name="Zaza"), is_listed=True)
    registered(showcase, make_member(display_name="Hidden"))
    waiting = registered(
        showcase, make_member(display_name="Ana"), status=RegistrationStatus.WAITING, is_listed=True
    )
    registered(showcase, guest_name="Anna Guest", guest_email="a@guests.example", is_listed=True)
    assert [each.name for each in attendees_of(showcase, PageRequest()).items] == ["Anna Guest", "Zaza"]
    assert may_read_attendees(viewer_of(listed.member), showcase, listed)
    assert not may_read_attendees(viewer_of(waiting.member), showcase, waiting)
    assert may_read_attendees(viewer_of(curator), showcase, None)
    assert not may_read_attendees(viewer_of(make_curator()), showcase, None)


@pytest.mark.parametrize("typed", ["élodie", "ELODIE", "elo", "blanc elodie"])
def test_the_team_finds_a_name_without_accents_and_case(curator, typed):
    showcase = published_showcase(curator)
    registered(showcase, make_member(display_name="Élodie Blanc"))
    registered(showcase, make_member(display_name="Nino"))
    page = registrations_of(showcase, STANDING, typed, PageRequest())
    assert [each.name for each in page.items] == ["Élodie Blanc"]


def test_guests_who_did_not_open_their_link_are_in_no_list(curator):
    showcase = published_showcase(curator)
    registered(
        showcase, status=RegistrationStatus.UNCONFIRMED, guest_name="Eka", guest_email="e@guests.example"
    )
    assert registrations_of(showcase, list(RegistrationStatus), "", PageRequest()).total == 0
    assert not admitted(showcase)
    assert did(exported_registrations, curator, showcase) == []


def test_each_download_is_logged(curator):
    showcase = published_showcase(curator)
    did(exported_registrations, curator, showcase)
    tags = session().scalars(select(AuditEntry.tag).where(AuditEntry.subject == showcase.subject))
    assert "registration:export" in set(tags)
