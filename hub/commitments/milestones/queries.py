"""Milestones of commitments, and the metrics that they are bound to; always for a viewer."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from hub.access.viewer import Viewer
from hub.commitments.milestones.reminding import BEFORE
from hub.commitments.models import Commitment, CommitmentStatus, Milestone
from hub.commitments.models.milestone import OPEN
from hub.commitments.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError

AHEAD: timedelta = BEFORE
"""How far ahead an owner sees what is due."""

REST = timedelta(days=90)
"""How long an overdue milestone rests once its owner said, after its day, how far it is."""


def milestones_of(commitment: Commitment, viewer: Viewer) -> Sequence[Milestone]:
    """Return the milestones of a commitment by number, with their metrics; none where `viewer` may not know of it."""
    return (
        session()
        .scalars(
            select(Milestone)
            .join(Milestone.commitment)
            .where(Milestone.commitment_id == commitment.id, visible_to(viewer))
            .options(contains_eager(Milestone.commitment), selectinload(Milestone.metrics))
            .order_by(Milestone.number)
        )
        .all()
    )


def milestone_by_number(commitment: Commitment, number: int, viewer: Viewer) -> Milestone:
    """Return one milestone of a commitment.

    Raises:
        NotFoundError: there is none, or `viewer` may not know of the commitment.
    """
    found = next((each for each in milestones_of(commitment, viewer) if each.number == number), None)
    if found is None:
        raise NotFoundError
    return found


def due_for(viewer: Viewer) -> Sequence[Milestone]:
    """Return the open milestones of commitments that `viewer` owns, overdue or due within a month, the first first.

    Overdue ones rest for a while where somebody said since then how far they are.
    """
    if not viewer.is_member:
        return ()
    today = clock.now().date()
    return (
        session()
        .scalars(
            select(Milestone)
            .join(Milestone.commitment)
            .where(
                Commitment.owner_id == viewer.member_id,
                Commitment.status == CommitmentStatus.ACTIVE,
                Milestone.status.in_(OPEN),
                Milestone.due_on <= today + AHEAD,
                or_(
                    Milestone.due_on >= today,
                    Milestone.moved_at.is_(None),
                    Milestone.moved_at < clock.now() - REST,
                    func.date(Milestone.moved_at) <= Milestone.due_on,
                ),
            )
            .options(contains_eager(Milestone.commitment))
            .order_by(Milestone.due_on, Milestone.id)
        )
        .all()
    )
