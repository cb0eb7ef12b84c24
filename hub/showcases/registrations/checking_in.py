"""The entrance: who has a place is checked in once, by the code they carry or by their name."""

from datetime import timedelta

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.lifecycle import REGISTRATIONS
from hub.showcases.models import Registration, RegistrationStatus, Showcase, ShowcaseStatus
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.registrations.admitting import holding_to_admit
from hub.showcases.registrations.places import take_place
from hub.showcases.registrations.snapshots import snapshot
from hub.showcases.registrations.telling import tell_registrant
from hub.showcases.registrations.waiting import moves_up

OPENS_BEFORE = CLOSES_AFTER = timedelta(hours=24)
"""The entrance is open from a day before the showcase begins until a day after it ends."""

NOT_OPEN = N_("The entrance is open from a day before the showcase begins until a day after it ends.")
NO_PLACE = N_("They have no place at this showcase.")
NONE_FREE = N_("No place is free.")
IN_ALREADY = N_("They are checked in already.")


def is_entrance_open(showcase: Showcase) -> bool:
    """Whether people can be checked in at this moment."""
    if showcase.starts_at is None or showcase.ends_at is None or showcase.status is ShowcaseStatus.CANCELLED:
        return False
    return showcase.starts_at - OPENS_BEFORE <= clock.now() < showcase.ends_at + CLOSES_AFTER


def registration_by_code(showcase: Showcase, code: str) -> Registration:
    """Return the registration whose QR code was read.

    Raises:
        NotFoundError: the code is of no registration for this showcase.
    """
    found = session().scalar(
        select(Registration).where(
            Registration.showcase_id == showcase.id,
            Registration.check_in_code == code,
            Registration.status != RegistrationStatus.UNCONFIRMED,
        )
    )
    if found is None:
        raise NotFoundError
    return found


def is_waiting_here(registration: Registration) -> bool:
    """Whether somebody on the waiting list may get a free place at the entrance: once the list moves no more."""
    showcase = registration.showcase
    return (
        registration.status is RegistrationStatus.WAITING
        and showcase.status in TAKES_REGISTRATIONS
        and is_entrance_open(showcase)
        and not moves_up(showcase)
    )


def _give_place(viewer: Viewer, registration: Registration) -> None:
    """Give somebody who stands at the entrance a free place; who waits before them is not here."""
    before = snapshot(registration)
    if not take_place(registration.showcase, 0):
        raise ConflictError(NONE_FREE)
    REGISTRATIONS.move(registration, "promote", registered_at=clock.now())
    session().refresh(registration.showcase)
    record(
        viewer, Event.REGISTRATION_PROMOTE, registration.subject, before=before, after=snapshot(registration)
    )
    tell_registrant("registration_promoted", registration)


def check_in(actor: Member, registration: Registration) -> None:
    """Note that somebody is there; who waits gets a free place, once the waiting list moves no more.

    Args:
        actor: a curator of the showcase; not about themselves.
        registration: one with a place.

    Raises:
        NotFoundError: the actor is not on the team.
        ForbiddenError: it is the actor's own.
        ConflictError: the entrance is not open, they have no place, or they are checked in already.
    """
    viewer = holding_to_admit(actor, registration)
    if not is_entrance_open(registration.showcase):
        raise ConflictError(NOT_OPEN)
    if is_waiting_here(registration):
        _give_place(viewer, registration)
    if registration.status is not RegistrationStatus.REGISTERED:
        raise ConflictError(NO_PLACE)
    if registration.checked_in_at is not None:
        raise ConflictError(IN_ALREADY)
    before = snapshot(registration)
    registration.checked_in_at, registration.checked_in_by_id = clock.now(), actor.id
    session().flush()
    record(
        viewer, Event.REGISTRATION_CHECK_IN, registration.subject, before=before, after=snapshot(registration)
    )


def undo_check_in(actor: Member, registration: Registration) -> None:
    """Take a check-in back that was made by mistake.

    Raises:
        NotFoundError: the actor is not on the team.
        ForbiddenError: it is the actor's own.
        ConflictError: they are not checked in, or the entrance is not open any more.
    """
    viewer = holding_to_admit(actor, registration)
    if registration.checked_in_at is None or not is_entrance_open(registration.showcase):
        raise ConflictError
    before = snapshot(registration)
    registration.checked_in_at, registration.checked_in_by_id = None, None
    session().flush()
    record(
        viewer,
        Event.REGISTRATION_UNDO_CHECK_IN,
        registration.subject,
        before=before,
        after=snapshot(registration),
    )
