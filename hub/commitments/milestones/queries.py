"""Milestones of commitments, and the metrics that they are bound to; always for a viewer."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload

from hub.access.viewer import Viewer
from hub.commitments.milestones.reminding import BEFORE, OPEN
from hub.commitments.models import Commitment, CommitmentStatus, Milestone
from hub.commitments.permissions import visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError

AHEAD: timedelta = BEFORE
"""How far ahead an owner sees what is due."""


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
    """Return the open milestones of commitments that `viewer` owns, overdue or due within a month, the first first."""
    if not viewer.is_member:
        return ()
    return (
        session()
        .scalars(
            select(Milestone)
            .join(Milestone.commitment)
            .where(
                Commitment.owner_id == viewer.member_id,
                Commitment.status == CommitmentStatus.ACTIVE,
                Milestone.status.in_(OPEN),
                Milestone.due_on <= clock.now().date() + AHEAD,
            )
            .options(contains_eager(Milestone.commitment))
            .order_by(Milestone.due_on, Milestone.id)
        )
        .all()
    )
