"""Guests: the same answer whatever is known, a place only once the link was opened, mails that are asked for again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.outbox import OutboxMessage
from hub.mail.kinds import KINDS
from hub.mail.receivers import receiver_of
from hub.showcases.models import Registration, RegistrationStatus
from hub.showcases.registrations.details import RegistrationDetails
from hub.showcases.registrations.guests import (
    ask_as_guest,
    confirm_guest,
    forget_unconfirmed,
    guest_registration,
    holding_guest,
)
from hub.showcases.registrations.registering import cancel_registration, register
from hub.showcases.registrations.telling import tell_registrants
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.scenes import MEMBERS, make_curator, opened_showcase, registered

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("database")]

ADDRESS = "Eka@Guests.example"


def asked(showcase, email=ADDRESS, name="Eka", language="fr", **said):
    details = RegistrationDetails()
    did(ask_as_guest, showcase, name=name, email=email, language=language, details=details, **said)


def found(showcase, email=ADDRESS):
    return (
        session()
        .scalars(
            select(Registration)
            .where(Registration.showcase_id == showcase.id, Registration.guest_email == email.lower())
            .order_by(Registration.id)
        )
        .all()
    )


def confirmed(showcase, email=ADDRESS):
    asked(showcase, email)
    (registration,) = found(showcase, email)
    did(confirm_guest, registration)
    return registration


def mails():
    return [
        (each.kind, each.address, each.language)
        for each in session().scalars(
            select(OutboxMessage).where(OutboxMessage.address.is_not(None)).order_by(OutboxMessage.id)
        )
    ]


def latest():
    return session().scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()


def receiver(message):
    return receiver_of(message, KINDS[message.kind])


def test_asking_takes_no_place_and_no_number():
    showcase = opened_showcase(capacity=1)
    asked(showcase)
    (registration,) = found(showcase)
    assert (registration.status, registration.number) == (RegistrationStatus.UNCONFIRMED, None)
    assert (showcase.places_taken, showcase.last_number) == (0, 0)
    assert mails() == [("guest_confirm", "eka@guests.example", "fr")]


def test_who_confirms_first_comes_first():
    showcase = opened_showcase(capacity=1)
    asked(showcase, "a@guests.example")
    asked(showcase, "b@guests.example")
    (first,), (second,) = found(showcase, "a@guests.example"), found(showcase, "b@guests.example")
    did(confirm_guest, second)
    did(confirm_guest, first)
    assert (second.status, second.number) == (RegistrationStatus.REGISTERED, 1)
    assert (first.status, first.number) == (RegistrationStatus.WAITING, 2)
    assert [kind for kind, *_ in mails()][2:] == ["guest_registered", "guest_waiting"]


def test_confirming_twice_changes_nothing():
    showcase = opened_showcase()
    registration = confirmed(showcase)
    did(confirm_guest, registration)
    assert showcase.last_number == showcase.places_taken == 1


def test_what_strangers_type_for_an_address_takes_nothing_from_its_owner():
    showcase = opened_showcase()
    asked(showcase)
    asked(showcase, name="Stranger")
    own, typed = found(showcase)
    other = typed.public_id
    did(confirm_guest, own)
    assert [each.guest_name for each in found(showcase)] == ["Eka"]
    with pytest.raises(NotFoundError):
        guest_registration(other)
    assert showcase.last_number == showcase.places_taken == 1


def test_who_had_their_mails_gets_no_more_and_what_is_typed_is_still_checked():
    showcase = opened_showcase()
    asked(showcase, is_mailed=False)
    assert not found(showcase)
    assert mails() == []
    with pytest.raises(InvalidError):
        asked(showcase, name=" ", is_mailed=False)


@pytest.mark.parametrize(
    ("status", "mail"),
    [
        (RegistrationStatus.REGISTERED, "guest_registered"),
        (RegistrationStatus.WAITING, "guest_waiting"),
        (RegistrationStatus.ASKED, "guest_received"),
        (RegistrationStatus.DECLINED, "guest_declined"),
    ],
)
def test_who_asks_again_is_mailed_what_they_have_and_changes_nothing(status, mail):
    showcase = opened_showcase(capacity=1)
    registration = confirmed(showcase)
    registration.status = status
    session().commit()
    asked(showcase, name="Somebody else")
    assert [each.guest_name for each in found(showcase)] == ["Eka"]
    assert mails()[-1][0] == mail


def test_the_link_works_for_a_day(monkeypatch):
    showcase = opened_showcase()
    asked(showcase)
    (registration,) = found(showcase)
    assert receiver(latest()) is not None
    later(monkeypatch, timedelta(hours=24))
    monkeypatch.setattr("hub.mail.guests.now", clock.now)
    assert receiver(latest()) is None
    with pytest.raises(ConflictError, match="24 hours"):
        did(confirm_guest, registration)
    assert did(forget_unconfirmed) == 1
    assert not found(showcase)


def test_confirming_after_registration_closed_is_refused(monkeypatch):
    showcase = opened_showcase(registration_closes_at=clock.now() + timedelta(hours=1))
    asked(showcase)
    later(monkeypatch, timedelta(hours=1))
    with pytest.raises(ConflictError, match="closed"):
        did(confirm_guest, found(showcase)[0])


def test_a_member_with_this_address_who_is_registered_gets_no_second_place():
    showcase = opened_showcase()
    did(register, make_member("eka@guests.example"), showcase, RegistrationDetails())
    asked(showcase)
    with pytest.raises(ConflictError, match="registered already"):
        did(confirm_guest, found(showcase)[0])
    assert showcase.places_taken == 1


def test_a_guest_gets_no_second_place_with_an_account():
    showcase, member = opened_showcase(), make_member("eka@guests.example")
    registration = confirmed(showcase)
    with pytest.raises(ConflictError, match="as a guest"):
        did(register, member, showcase, RegistrationDetails())
    with transaction():
        cancel_registration(holding_guest(registration), registration)
    did(register, member, showcase, RegistrationDetails())
    assert showcase.places_taken == 1


def test_who_was_declined_as_a_member_does_not_come_as_a_guest():
    showcase = opened_showcase()
    registered(showcase, make_member("eka@guests.example"), status=RegistrationStatus.DECLINED)
    asked(showcase)
    with pytest.raises(ConflictError, match="declined"):
        did(confirm_guest, found(showcase)[0])


def test_guests_come_to_public_showcases_only():
    with pytest.raises(NotFoundError):
        asked(opened_showcase(readership=MEMBERS))


@pytest.mark.parametrize(
    "wrong", [{"email": "no address"}, {"name": " "}, {"name": "E\u202eka"}, {"name": "x" * 151}]
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(InvalidError):
        asked(opened_showcase(), **wrong)


def test_a_guest_cancels_and_the_next_moves_up():
    showcase = opened_showcase(capacity=1)
    registration = confirmed(showcase)
    second = confirmed(showcase, "b@guests.example")
    with transaction():
        assert cancel_registration(holding_guest(registration), registration) == [second]
    assert [kind for kind, *_ in mails()][-2:] == ["guest_cancelled", "guest_promoted"]
    asked(showcase)
    assert [each.status.value for each in found(showcase)] == ["cancelled", "unconfirmed"]


def test_mails_are_asked_for_again_when_they_are_sent():
    showcase = opened_showcase(venue="Palais", city="Paris")
    registration = confirmed(showcase)
    message = latest()
    guest = receiver(message).guest
    assert (guest.showcase, guest.place, guest.zone) == (showcase.name, "Palais, Paris", "Europe/Paris")
    message.address = "other@guests.example"
    assert receiver(message) is None
    message.address = registration.guest_email
    registration.status = RegistrationStatus.CANCELLED
    session().flush()
    assert receiver(message) is None


def test_a_mail_about_what_is_not_public_any_more_names_nothing():
    showcase = opened_showcase()
    registration = confirmed(showcase)
    with transaction():
        cancel_registration(holding_guest(registration), registration)
    message = latest()
    showcase.set_readership(MEMBERS)
    session().commit()
    guest = receiver(message).guest
    assert (guest.showcase, guest.place) == ("", "")


def test_everybody_who_registered_is_told_members_and_guests():
    showcase = opened_showcase()
    member = make_member()
    did(register, member, showcase, RegistrationDetails())
    confirmed(showcase)
    did(tell_registrants, "showcase_soon", showcase, RegistrationStatus.REGISTERED)
    assert told(member)[-1] == "showcase_soon"
    assert mails()[-1][0] == "guest_soon"
    before = session().scalar(select(func.count(OutboxMessage.id)))
    did(tell_registrants, "showcase_over", showcase)
    assert (
        session().scalar(select(func.count(OutboxMessage.id)).where(OutboxMessage.address.is_not(None)))
        <= before
    )


def test_where_approval_is_wanted_the_team_hears_of_a_guest_who_confirmed():
    curator = make_curator()
    showcase = opened_showcase(curator, needs_approval=True)
    asked(showcase)
    assert told(curator) == []
    did(confirm_guest, found(showcase)[0])
    assert told(curator) == ["registration_to_approve"]
    assert mails()[-1][0] == "guest_received"
