"""Which milestones are measured by a metric: the way back from a number to what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.commitments.models import Commitment, Milestone, MilestoneMetric
from hub.commitments.permissions import visible_to
from hub.core.database import session


@dataclass(frozen=True)
class Bound:
    """A milestone with its target for a metric.

    Args:
        code: of the commitment.
        language: of the texts of the commitment, as BCP 47 tag.
        number: of the milestone.
        title: of the milestone.
        breakdown: which part of the metric counts, or empty.
        target: the value that is to be reached.
    """

    code: str
    language: str
    number: int
    title: str
    breakdown: str
    target: float


def bound_to(metric: str, viewer: Viewer) -> Sequence[Bound]:
    """Return the milestones that `metric` measures, of commitments that `viewer` may know of, by code and number."""
    found = session().execute(
        select(
            Commitment.code,
            Commitment.language,
            Milestone.number,
            Milestone.title,
            MilestoneMetric.breakdown,
            MilestoneMetric.target,
        )
        .join(Milestone, Milestone.commitment_id == Commitment.id)
        .join(MilestoneMetric, MilestoneMetric.milestone_id == Milestone.id)
        .where(MilestoneMetric.metric == metric, visible_to(viewer))
        .order_by(Commitment.code, Milestone.number, MilestoneMetric.id)
    )
    return tuple(Bound(*row) for row in found)
