"""The waiting list of a showcase: who came first moves up first, as long as there is time to come."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import MemberStatus
from hub.showcases.lifecycle import REGISTRATIONS
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.permissions import can_view
from hub.showcases.registrations.places import take_place
from hub.showcases.registrations.snapshots import snapshot
from hub.showcases.registrations.telling import tell_registrant

AT_A_TIME = 100
"""Who is read of the waiting list together."""


def moves_up(showcase: Showcase) -> bool:
    """Whether the waiting list still moves: until the showcase begins, or longer while people can register."""
    if showcase.status not in TAKES_REGISTRATIONS or showcase.starts_at is None:
        return False
    return clock.now() < showcase.starts_at or showcase.takes_registrations


def may_come(registration: Registration, viewer: Viewer) -> bool:
    """Whether who registered still sees the showcase, and was not suspended.

    Args:
        registration: whose.
        viewer: who that is at this moment; a visitor for a guest.
    """
    member = registration.member
    is_suspended = member is not None and member.status is MemberStatus.SUSPENDED
    return not is_suspended and can_view(viewer, registration.showcase)


def fill_places(showcase: Showcase) -> list[Registration]:
    """Give free places to who waits, in the order of their arrival; each is told.

    Who may no longer come is passed over, and loses the place in the list by the clock.

    Args:
        showcase: held by the caller, with its present capacity.

    Returns:
        Who moved up.
    """
    moved: list[Registration] = []
    if not moves_up(showcase):
        return moved
    after = 0
    while waiting := _waiting(showcase, after):
        viewers = viewers_of([each.member for each in waiting if each.member is not None])
        for each in waiting:
            after = each.number or after
            if not may_come(each, viewers[each.member_id] if each.member_id is not None else VISITOR):
                continue
            if not _promote(showcase, each):
                session().refresh(showcase)
                return moved
            moved.append(each)
    session().refresh(showcase)
    return moved


def _waiting(showcase: Showcase, after: int) -> Sequence[Registration]:
    return (
        session()
        .scalars(
            select(Registration)
            .where(
                Registration.showcase_id == showcase.id,
                Registration.status == RegistrationStatus.WAITING,
                Registration.number > after,
            )
            .order_by(Registration.number)
            .limit(AT_A_TIME)
            .options(joinedload(Registration.member))
            .execution_options(populate_existing=True)
        )
        .all()
    )


def _promote(showcase: Showcase, registration: Registration) -> bool:
    # who was passed over keeps nobody waiting, so only the count decides here
    if not take_place(showcase, 0):
        return False
    before = snapshot(registration)
    REGISTRATIONS.move(registration, "promote", registered_at=clock.now())
    record(
        VISITOR,
        Event.REGISTRATION_PROMOTE,
        registration.subject,
        before=before,
        after=snapshot(registration),
    )
    tell_registrant("registration_promoted", registration)
    return True
