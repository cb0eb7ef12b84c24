"""Tells people about their registration: members by notification, guests by mail to the address that they confirmed."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import select

from hub.core.database import session
from hub.core.outbox import queue_mail
from hub.notifications.service import notify
from hub.showcases.models import Registration, RegistrationStatus, Seat, Showcase, Slot
from hub.showcases.models.registration import STANDING

GUEST_MAILS: Mapping[str, str] = MappingProxyType(
    {
        "registration_made": "guest_registered",
        "registration_received": "guest_received",
        "registration_waiting": "guest_waiting",
        "registration_promoted": "guest_promoted",
        "registration_declined": "guest_declined",
        "registration_cancelled": "guest_cancelled",
        "seat_promoted": "guest_seat",
        "slot_moved": "guest_slot_changed",
        "slot_cancelled": "guest_slot_changed",
        "showcase_changed": "guest_changed",
        "showcase_soon": "guest_soon",
        "showcase_cancelled": "guest_off",
    }
)
"""The mail that a guest gets where a member gets a notification; they are told of nothing else."""

ARRIVED = {
    RegistrationStatus.REGISTERED: "registration_made",
    RegistrationStatus.ASKED: "registration_received",
    RegistrationStatus.WAITING: "registration_waiting",
    RegistrationStatus.DECLINED: "registration_declined",
}
"""What somebody is told of where their registration stands."""


def tell_registrant(kind: str, registration: Registration, subject: str = "") -> None:
    """Tell who registered.

    Args:
        kind: a kind of notification; for a guest the mail that stands for it.
        registration: whose.
        subject: what a notification is about; the showcase if not given.
    """
    showcase = registration.showcase
    if registration.member_id is not None:
        notify({registration.member_id}, kind, subject or showcase.subject, tlp=showcase.tlp)
    elif registration.guest_email and kind in GUEST_MAILS:
        queue_mail(
            GUEST_MAILS[kind],
            address=registration.guest_email,
            language=registration.guest_language,
            registration=registration.public_id,
        )


def tell_registrants(
    kind: str, showcase: Showcase, *statuses: RegistrationStatus, but: Collection[int] = ()
) -> None:
    """Tell everybody whose registration has one of some states, members and guests.

    Args:
        kind: a kind of notification; guests are mailed where there is a mail for it.
        showcase: what it is about.
        statuses: who is told; by default who has a place, waits for one or for approval.
        but: ids of members who hear of it otherwise, or did it.
    """
    found = (
        session()
        .scalars(
            select(Registration).where(
                Registration.showcase_id == showcase.id, Registration.status.in_(statuses or STANDING)
            )
        )
        .all()
    )
    members = {each.member_id for each in found if each.member_id is not None}
    notify(members - set(but), kind, showcase.subject, tlp=showcase.tlp)
    for each in found:
        if each.member_id is None:
            tell_registrant(kind, each)


def tell_seated(kind: str, slot: Slot) -> None:
    """Tell everybody who has a seat in a slot, or waits for one, members and guests."""
    for each in session().scalars(select(Seat).where(Seat.slot_id == slot.id).order_by(Seat.number)).all():
        tell_registrant(kind, each.registration, slot.subject)
