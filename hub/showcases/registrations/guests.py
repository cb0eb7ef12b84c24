"""Guests of a public showcase: people without an account, who register by name and by an address that they confirm.

Their link is signed with the instance's key over the id of their registration; no secret is stored. Nothing that a
page answers tells whether an address is known, and nobody has a place before the link in the mail was opened. What
strangers type for an address touches nothing that its owner typed: each link confirms what it was sent for.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from hub.access.viewer import VISITOR, Viewer
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.members.models import normal_email
from hub.members.queries import member_by_email
from hub.members.service import require_address
from hub.showcases.holding import hold_showcase
from hub.showcases.lifecycle import REGISTRATIONS
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.models.showcase import NAME_LENGTH
from hub.showcases.permissions import can_view
from hub.showcases.registrations.details import RegistrationDetails, check_details
from hub.showcases.registrations.places import next_number, require_open, status_for
from hub.showcases.registrations.registering import new_code, note_arrival, require_first, say
from hub.showcases.registrations.telling import ARRIVED, tell_registrant

GUEST_PURPOSE = "guest-registration"
"""What the link of a guest is for; its signature holds for no other."""

CONFIRM_WITHIN = timedelta(hours=24)
"""How long a guest has to open the link that confirms; then what they typed is deleted."""

TOO_LATE = N_("This link was to be opened within 24 hours. Register again: you get a new one.")

ACTIONS = {
    RegistrationStatus.ASKED: "ask",
    RegistrationStatus.REGISTERED: "register",
    RegistrationStatus.WAITING: "wait",
}


def takes_guests(showcase: Showcase) -> bool:
    """Whether people without an account may register: everybody sees the showcase."""
    return can_view(VISITOR, showcase)


def ask_as_guest(
    showcase: Showcase,
    *,
    name: str,
    email: str,
    language: str,
    details: RegistrationDetails,
    is_mailed: bool = True,
) -> None:
    """Mail a link with which a guest confirms their registration; who is registered gets what they had before.

    Args:
        showcase: a public one.
        name: what the team and, if they agree, the other attendees read.
        email: where the link goes.
        language: BCP 47 tag, of mails to them.
        details: how they take part.
        is_mailed: False where this address had its mails: then nothing is stored, and nothing tells so.

    Raises:
        NotFoundError: the showcase is not public.
        ConflictError: registration is not open.
        InvalidError: the details cannot be.
    """
    hold_showcase(showcase)
    if not takes_guests(showcase):
        raise NotFoundError
    require_open(showcase)
    check_details(showcase, details)
    if not name.strip():
        raise InvalidError(N_("Enter your name."), field="name")
    check_text("name", name, NAME_LENGTH)
    address = normal_email(email)
    require_address(address)
    if not is_mailed:
        return
    found = session().scalar(
        select(Registration).where(
            Registration.showcase_id == showcase.id,
            Registration.guest_email == address,
            Registration.status.in_(ARRIVED),
        )
    )
    if found is not None:
        tell_registrant(ARRIVED[found.status], found)
        return
    registration = Registration(
        showcase=showcase,
        guest_name=name.strip(),
        guest_email=address,
        guest_language=language,
        status=RegistrationStatus.UNCONFIRMED,
        attendance=details.attendance,
        check_in_code=new_code(),
    )
    say(registration, details)
    session().add(registration)
    session().flush()
    queue_mail("guest_confirm", address=address, language=language, registration=registration.public_id)


def guest_registration(public_id: str) -> Registration:
    """Return the registration behind a guest's link.

    Raises:
        NotFoundError: there is none any more, or its showcase is not public any more.
    """
    found = session().scalar(
        select(Registration).where(Registration.public_id == public_id, Registration.guest_email != "")
    )
    if found is None or not takes_guests(found.showcase):
        raise NotFoundError
    return found


def holding_guest(registration: Registration) -> Viewer:
    """Hold the showcase of a guest's registration, read both anew, and return the viewer that a guest is.

    Raises:
        NotFoundError: it was deleted meanwhile, or its showcase is not public any more.
    """
    public_id = registration.public_id
    hold_showcase(registration.showcase)
    session().expire(registration)
    guest_registration(public_id)
    return VISITOR


def confirm_guest(registration: Registration) -> None:
    """Let a guest who opened the link arrive now, and give them what the order of arrival gives. Twice changes nothing.

    What else was typed for their address is deleted: no other link works from then on.

    Raises:
        NotFoundError: it was deleted meanwhile, or its showcase is not public any more.
        ConflictError: registration has closed, the link is too old, or they are registered with an account, or
            were declined.
    """
    viewer = holding_guest(registration)
    if registration.status in STANDING:
        return
    showcase, now = registration.showcase, clock.now()
    if registration.status is not RegistrationStatus.UNCONFIRMED or now >= confirm_until(registration):
        raise ConflictError(TOO_LATE)
    require_open(showcase)
    member = member_by_email(registration.guest_email)
    if member is not None:
        require_first(showcase, member)
    number = next_number(showcase)
    status = status_for(showcase, registration.attendance, number)
    REGISTRATIONS.move(
        registration,
        ACTIONS[status],
        number=number,
        arrived_at=now,
        registered_at=now if status is RegistrationStatus.REGISTERED else None,
    )
    session().execute(
        delete(Registration).where(
            Registration.showcase_id == showcase.id,
            Registration.guest_email == registration.guest_email,
            Registration.status == RegistrationStatus.UNCONFIRMED,
        ),
        execution_options={"synchronize_session": False},
    )
    session().refresh(showcase)
    note_arrival(viewer, registration)


def confirm_until(registration: Registration) -> datetime:
    """Return when the link that confirms stops working."""
    return registration.created_at + CONFIRM_WITHIN


def forget_unconfirmed() -> int:
    """Delete what guests typed who did not open their link in time; return how many. Belongs into a transaction."""
    gone = session().execute(
        delete(Registration).where(
            Registration.status == RegistrationStatus.UNCONFIRMED,
            Registration.created_at <= clock.now() - CONFIRM_WITHIN,
        ),
        execution_options={"synchronize_session": False},
    )
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
