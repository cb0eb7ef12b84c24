"""Members register, change what they said, and cancel; whoever comes has the place that the order of arrival gives."""

import secrets
from datetime import timedelta

from sqlalchemy import or_, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.quotas import require_quota
from hub.showcases.acting import holding_as_reader
from hub.showcases.lifecycle import REGISTRATIONS
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.permissions import is_registrant
from hub.showcases.registrations.details import LISTING_VERSION, RegistrationDetails, check_details
from hub.showcases.registrations.places import leave_place, next_number, require_open, status_for
from hub.showcases.registrations.seats import drop_seats
from hub.showcases.registrations.snapshots import snapshot
from hub.showcases.registrations.telling import ARRIVED, tell_registrant
from hub.showcases.registrations.waiting import fill_places
from hub.showcases.telling import tell_team

DAY = timedelta(days=1)

MOST_A_DAY = 30
"""Registrations that one member may make within `DAY`, cancelled ones too."""

CODE_BYTES = 32

EVENTS = {
    RegistrationStatus.ASKED: Event.REGISTRATION_ASK,
    RegistrationStatus.REGISTERED: Event.REGISTRATION_REGISTER,
    RegistrationStatus.WAITING: Event.REGISTRATION_WAIT,
}

TOO_MANY = N_("You have registered %(number)s times within a day, which is the most. Wait until tomorrow.")
REGISTERED_ALREADY = N_("You are registered already.")
REGISTERED_AS_GUEST = N_(
    "You are registered as a guest already. To register with your account, cancel that first: the link in your mail"
    " leads there."
)
DECLINED_BEFORE = N_("The team declined your registration for this showcase.")


def new_code() -> str:
    """Return a random code of 256 bits for the entrance."""
    return secrets.token_urlsafe(CODE_BYTES)


def register(actor: Member, showcase: Showcase, details: RegistrationDetails) -> Registration:
    """Register for a showcase: with a place, on the waiting list, or waiting for approval.

    Args:
        actor: an approved member.
        showcase: one that they see.
        details: how they take part.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor is no approved member.
        ConflictError: registration is not open, they are registered already, or were declined.
        InvalidError: the details cannot be.
        TooManyError: they registered too often within a day.
    """
    hold_member(actor.id)
    viewer = holding_as_reader(actor, showcase)
    if not viewer.is_member:
        raise ForbiddenError
    require_open(showcase)
    require_first(showcase, actor)
    check_details(showcase, details)
    require_quota(
        (Registration.created_at, Registration.member_id == actor.id),
        most=MOST_A_DAY,
        period=DAY,
        words=TOO_MANY,
    )
    now = clock.now()
    number = next_number(showcase)
    status = status_for(showcase, details.attendance, number)
    registration = Registration(
        showcase=showcase,
        member_id=actor.id,
        status=status,
        attendance=details.attendance,
        number=number,
        arrived_at=now,
        registered_at=now if status is RegistrationStatus.REGISTERED else None,
        check_in_code=new_code(),
    )
    say(registration, details)
    session().add(registration)
    session().flush()
    session().refresh(showcase)
    note_arrival(viewer, registration)
    return registration


def note_arrival(viewer: Viewer, registration: Registration) -> None:
    """Log that somebody arrived, and tell them and, where approval is wanted, the team."""
    record(viewer, EVENTS[registration.status], registration.subject, after=snapshot(registration))
    tell_registrant(ARRIVED[registration.status], registration)
    if registration.status is RegistrationStatus.ASKED:
        tell_team("registration_to_approve", registration.showcase, but=registration.member_id)


def say(registration: Registration, details: RegistrationDetails) -> None:
    """Take over access needs and consent; a consent that stands keeps its day and version."""
    registration.access_needs = details.access_needs
    if details.is_listed and not registration.is_listed:
        registration.listed_at, registration.consent_version = clock.now(), LISTING_VERSION
    elif not details.is_listed:
        registration.listed_at, registration.consent_version = None, ""
    registration.is_listed = details.is_listed


def change_registration(
    viewer: Viewer, registration: Registration, *, access_needs: str, is_listed: bool
) -> None:
    """Change access needs and consent; the way of taking part stays.

    Args:
        viewer: who does it, for the audit log: the member, or a visitor for a guest who holds the link.
        registration: held by `holding_own` or `holding_guest`.
        access_needs: what they need, for the team alone.
        is_listed: whether the other attendees may read their name.

    Raises:
        ConflictError: it was cancelled or declined meanwhile.
        InvalidError: words that cannot be stored.
    """
    if registration.status not in STANDING:
        raise ConflictError
    details = RegistrationDetails(registration.attendance, access_needs, is_listed)
    check_details(registration.showcase, details)
    before = snapshot(registration)
    had = registration.access_needs
    say(registration, details)
    session().flush()
    after = snapshot(registration)
    # which needs somebody has is not logged, that they changed is
    if after != before or registration.access_needs != had:
        record(viewer, Event.REGISTRATION_CHANGE, registration.subject, before=before, after=after)


def cancel_registration(viewer: Viewer, registration: Registration) -> list[Registration]:
    """Cancel: the place and the seats go to who waits, in the same transaction.

    Args:
        viewer: who does it, for the audit log.
        registration: held by `holding_own` or `holding_guest`.

    Returns:
        Who moved up.

    Raises:
        ConflictError: it was cancelled or declined meanwhile, or the showcase is over.
    """
    showcase = registration.showcase
    if showcase.ends_at is not None and clock.now() >= showcase.ends_at:
        raise ConflictError(N_("The showcase is over, so there is nothing to cancel."))
    end_registration(viewer, registration)
    tell_registrant("registration_cancelled", registration)
    return fill_places(showcase)


def end_registration(viewer: Viewer, registration: Registration, *, reason: str = "") -> None:
    """Cancel a registration and free its place and seats, without giving the place to anybody.

    Args:
        viewer: who does it, for the audit log.
        registration: of a showcase that the caller holds.
        reason: why, where it was not their own wish.

    Raises:
        ConflictError: it was cancelled or declined meanwhile.
    """
    showcase, before = registration.showcase, snapshot(registration)
    had_place = registration.has_place_on_site
    REGISTRATIONS.move(registration, "cancel", cancelled_at=clock.now(), access_needs="")
    drop_seats(viewer, registration)
    if had_place:
        leave_place(showcase)
        session().refresh(showcase)
    record(
        viewer,
        Event.REGISTRATION_CANCEL,
        registration.subject,
        reason=reason,
        before=before,
        after=snapshot(registration),
    )


def holding_own(actor: Member, registration: Registration) -> Viewer:
    """Hold the showcase of a registration, read both anew, and return the viewer that `actor` is, if it is theirs.

    Raises:
        NotFoundError: the showcase is not the actor's to see.
        ForbiddenError: somebody else registered.
    """
    viewer = holding_as_reader(actor, registration.showcase)
    session().refresh(registration)
    if not is_registrant(viewer, registration):
        raise ForbiddenError
    return viewer


def require_first(showcase: Showcase, member: Member) -> None:
    """Refuse a second registration of a member, with the account or as a guest by its address.

    Raises:
        ConflictError: they are registered already, or were declined.
    """
    found = set(
        session().execute(
            select(Registration.status, Registration.member_id.is_(None)).where(
                Registration.showcase_id == showcase.id,
                or_(Registration.member_id == member.id, Registration.guest_email == member.email),
                Registration.status.in_((*STANDING, RegistrationStatus.DECLINED)),
            )
        )
    )
    for status, was_guest in found:
        if status in STANDING:
            raise ConflictError(REGISTERED_AS_GUEST if was_guest else REGISTERED_ALREADY)
    if found:
        raise ConflictError(DECLINED_BEFORE)


def forget_consent_of(member_id: int) -> None:
    """Take somebody off every list of attendees, and erase what they needed."""
    session().execute(
        update(Registration)
        .where(Registration.member_id == member_id)
        .values(is_listed=False, listed_at=None, consent_version="", access_needs=""),
        execution_options={"synchronize_session": False},
    )
    session().expire_all()
