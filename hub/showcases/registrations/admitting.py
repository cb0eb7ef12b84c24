"""The team approves and declines who asked for a place, where a showcase wants that."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.lifecycle import REGISTRATIONS
from hub.showcases.models import Attendance, Registration, RegistrationStatus, Showcase
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.permissions import can_admit
from hub.showcases.registrations.places import take_place
from hub.showcases.registrations.snapshots import snapshot
from hub.showcases.registrations.telling import ARRIVED, tell_registrant


def approve_registration(actor: Member, registration: Registration) -> None:
    """Give who asked a place, or a place on the waiting list where none is free or somebody came before them.

    Args:
        actor: a curator of the showcase who did not ask for it themselves.
        registration: one that waits for approval.

    Raises:
        NotFoundError: the actor is not on the team.
        ForbiddenError: it is the actor's own.
        ConflictError: it does not wait for approval any more, or the showcase is over.
    """
    viewer = holding_to_admit(actor, registration)
    if registration.showcase.status not in TAKES_REGISTRATIONS:
        raise ConflictError
    _let_in(viewer, registration)


def admit_all_asked(viewer: Viewer, showcase: Showcase) -> None:
    """Give who still waits for approval what approval would have given, in order: nobody is approved any more.

    Nobody lets themselves in: another curator approves who said so.

    Args:
        viewer: who said so.
        showcase: held by the caller.
    """
    if showcase.status not in TAKES_REGISTRATIONS:
        return
    asked = session().scalars(
        select(Registration)
        .where(Registration.showcase_id == showcase.id, Registration.status == RegistrationStatus.ASKED)
        .order_by(Registration.number)
        .execution_options(populate_existing=True)
    )
    for each in asked.all():
        if can_admit(viewer, each):
            _let_in(viewer, each)


def _let_in(viewer: Viewer, registration: Registration) -> None:
    showcase, before, now = registration.showcase, snapshot(registration), clock.now()
    is_waiting = registration.status is RegistrationStatus.ASKED
    has_place = is_waiting and (
        registration.attendance is Attendance.ONLINE or take_place(showcase, registration.number or 0)
    )
    REGISTRATIONS.move(
        registration,
        "approve" if has_place else "queue",
        decided_by_id=viewer.member_id,
        decided_at=now,
        registered_at=now if has_place else None,
    )
    session().refresh(showcase)
    event = Event.REGISTRATION_APPROVE if has_place else Event.REGISTRATION_QUEUE
    record(viewer, event, registration.subject, before=before, after=snapshot(registration))
    tell_registrant(ARRIVED[registration.status], registration)


def decline_registration(actor: Member, registration: Registration, *, words: str) -> None:
    """Decline who asked for a place; they read the words.

    Raises:
        NotFoundError: the actor is not on the team.
        ForbiddenError: it is the actor's own.
        ConflictError: it does not wait for approval any more.
        InvalidError: no words, or words that cannot be stored.
    """
    viewer = holding_to_admit(actor, registration)
    words = words.strip()
    if not words:
        raise InvalidError(N_("Say why: the person reads it."), field="words")
    check_text("words", words, WORDS_LENGTH)
    before = snapshot(registration)
    REGISTRATIONS.move(
        registration,
        "decline",
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
        access_needs="",
    )
    record(
        viewer, Event.REGISTRATION_DECLINE, registration.subject, before=before, after=snapshot(registration)
    )
    tell_registrant("registration_declined", registration)


def is_own(member: Member, registration: Registration) -> bool:
    """Whether it is a member's own: with the account, or as a guest by its address."""
    return registration.member_id == member.id or registration.guest_email == member.email


def holding_to_admit(actor: Member, registration: Registration) -> Viewer:
    """Hold the showcase of a registration, read both anew, and return the viewer that `actor` is, if they may admit.

    Raises:
        NotFoundError: the actor is not on the team.
        ForbiddenError: it is the actor's own.
    """
    viewer = holding_as_curator(actor, registration.showcase)
    session().refresh(registration)
    if not can_admit(viewer, registration) or is_own(actor, registration):
        raise ForbiddenError
    return viewer
