"""What is erased 30 days after a showcase, who loses the place with the sight of it, and who leaves the hub."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.core.database import session, transaction
from hub.core.errors import NotFoundError
from hub.members.models import MemberStatus
from hub.showcases.holding import hold_showcase
from hub.showcases.models import RegistrationStatus
from hub.showcases.registrations.forgetting import (
    cancel_outsiders,
    forget_registrations,
    showcases_to_forget,
    showcases_to_look_through,
)
from hub.showcases.registrations.guests import guest_registration
from hub.showcases.registrations.leaving import cancel_for_departing, open_registrations
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.scenes import GEORGIAN_POLICE, MEMBERS, opened_showcase, published_showcase, registered

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]

LONG_AFTER = timedelta(days=60, hours=8) + timedelta(days=30, minutes=5)
"""From now until 30 days after a showcase of the tests ended."""


def narrowed(showcase):
    with transaction():
        hold_showcase(showcase)
        return cancel_outsiders(showcase)


def test_needs_and_guests_are_erased_thirty_days_after_the_end_and_the_numbers_stay(monkeypatch):
    showcase = published_showcase()
    member = registered(showcase, access_needs="A ramp.", is_listed=True)
    guest = registered(
        showcase, guest_name="Eka", guest_email="e@guests.example", guest_language="fr", is_listed=True
    )
    guest.decision_words = "It is for judges."
    registered(
        showcase, status=RegistrationStatus.UNCONFIRMED, guest_name="U", guest_email="u@guests.example"
    )
    public_id = guest.public_id
    later(monkeypatch, LONG_AFTER - timedelta(minutes=10))
    assert did(forget_registrations, showcase) == 0
    assert showcase not in showcases_to_forget()
    later(monkeypatch, timedelta(minutes=10))
    assert showcase in showcases_to_forget()
    assert did(forget_registrations, showcase) == 2
    assert (member.access_needs, member.is_listed) == ("", True)
    assert (guest.guest_name, guest.guest_email, guest.is_listed, guest.name) == ("", "", False, "")
    assert guest.decision_words == ""
    assert (guest.status, guest.number, showcase.places_taken) == (RegistrationStatus.REGISTERED, 2, 2)
    assert did(forget_registrations, showcase) == 0
    assert showcase not in showcases_to_forget()
    with pytest.raises(NotFoundError):
        guest_registration(public_id)


def test_who_may_no_longer_see_it_loses_the_place_to_who_waits():
    showcase = opened_showcase(capacity=1)
    guest = registered(showcase, guest_name="Eka", guest_email="e@guests.example", guest_language="fr")
    waiting = registered(showcase, status=RegistrationStatus.WAITING)
    showcase.set_readership(MEMBERS)
    session().commit()
    assert showcase in showcases_to_look_through()
    assert narrowed(showcase) == 1
    assert guest.status is RegistrationStatus.CANCELLED
    assert waiting.status is RegistrationStatus.REGISTERED
    assert showcase.places_taken == 1
    assert narrowed(showcase) == 0


def test_a_narrower_country_and_a_suspension_count_too():
    showcase = opened_showcase(readership=MEMBERS)
    officer = registered(showcase, make_member(law_enforcement="GE"))
    other, suspended = registered(showcase), registered(showcase)
    suspended.member.status = MemberStatus.SUSPENDED
    session().commit()
    assert narrowed(showcase) == 1
    assert suspended.status is RegistrationStatus.CANCELLED
    showcase.set_readership(GEORGIAN_POLICE)
    session().commit()
    assert narrowed(showcase) == 1
    assert other.status is RegistrationStatus.CANCELLED
    assert officer.status is RegistrationStatus.REGISTERED
    assert told(other.member) == ["registration_cancelled"]


def test_a_public_showcase_is_not_looked_through():
    showcase = opened_showcase()
    registered(showcase)
    assert showcase not in showcases_to_look_through()


def test_who_was_suspended_loses_the_place_at_a_public_showcase_too():
    showcase = opened_showcase(capacity=1)
    suspended, passed_over, waiting = (
        registered(showcase),
        *(registered(showcase, status=RegistrationStatus.WAITING) for _ in range(2)),
    )
    suspended.member.status = passed_over.member.status = MemberStatus.SUSPENDED
    session().commit()
    assert showcase in showcases_to_look_through()
    assert narrowed(showcase) == 2
    assert suspended.status is passed_over.status is RegistrationStatus.CANCELLED
    assert waiting.status is RegistrationStatus.REGISTERED
    assert showcase not in showcases_to_look_through()


def test_who_leaves_the_hub_gives_up_every_place_to_who_waits():
    member = make_member()
    showcase, other = opened_showcase(capacity=1), opened_showcase()
    own = registered(showcase, member, access_needs="A ramp.", is_listed=True)
    registered(other, member)
    over = published_showcase(
        starts_in=timedelta(days=-10), registration_opens_at=None, registration_closes_at=None
    )
    past = registered(over, member, is_listed=True, access_needs="A ramp.")
    waiting = registered(showcase, status=RegistrationStatus.WAITING)
    assert [each.showcase_id for each in open_registrations(member)] == [showcase.id, other.id]
    with transaction():
        cancel_for_departing(VISITOR, member)
    assert not open_registrations(member)
    assert waiting.status is RegistrationStatus.REGISTERED
    assert (showcase.places_taken, other.places_taken) == (1, 0)
    assert (own.access_needs, own.is_listed, past.access_needs, past.is_listed) == ("", False, "", False)
    assert past.status is RegistrationStatus.REGISTERED
