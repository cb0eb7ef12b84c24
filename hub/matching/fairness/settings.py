"""The decisions of coordinators about the floor: the latest is in force, and all are kept with their reasons."""

from collections.abc import Sequence

from sqlalchemy import select

from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.matching.models import ExposureFloor
from hub.matching.models.exposure import MOST_FLOOR
from hub.matching.permissions import can_curate_matching
from hub.members.models import Member

CHOICES = (0, 10, 20, MOST_FLOOR)
"""Percent of the first ten places that the floor may keep: none to three of them."""

REASON_LENGTH = 1_000

SUBJECT = "matching:floor"
"""How the audit log names the floor."""

LATEST = ExposureFloor.id.desc()


def percent_in_force() -> int:
    """Return the percent of places that the floor keeps now; 0 where it is off."""
    return session().scalar(select(ExposureFloor.percent).order_by(LATEST).limit(1)) or 0


def floor_decisions(most: int = 20) -> Sequence[tuple[ExposureFloor, Member]]:
    """Return the latest decisions about the floor with who decided, the newest first."""
    found = select(ExposureFloor, Member).join(Member, Member.id == ExposureFloor.set_by_id)
    return [(decision, member) for decision, member in session().execute(found.order_by(LATEST).limit(most))]


def set_floor(actor: Member, *, percent: int, reason: str) -> ExposureFloor:
    """Set the floor for everybody's suggestions from now on.

    Args:
        actor: a coordinator.
        percent: one of `CHOICES`; 0 switches it off.
        reason: why, which other coordinators read.

    Raises:
        ForbiddenError: the actor may not.
        InvalidError: of `percent` or `reason`.
    """
    by = viewer_of(actor)
    if not can_curate_matching(by):
        raise ForbiddenError
    reason = reason.strip()
    if percent not in CHOICES:
        raise InvalidError(N_("Choose how many places are kept."), field="percent")
    if not reason:
        raise InvalidError(N_("Say why. Other coordinators read it."), field="reason")
    if len(reason) > REASON_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field="reason", most=REASON_LENGTH)
    before = percent_in_force()
    if percent == before:
        raise InvalidError(N_("This is in force already. Choose something else."), field="percent")
    decision = ExposureFloor(percent=percent, reason=reason, set_by_id=actor.id)
    session().add(decision)
    session().flush()
    record(
        by,
        Event.MATCHING_SET_FLOOR,
        SUBJECT,
        reason=reason,
        before={"percent": before},
        after={"percent": percent},
    )
    return decision
