"""What becomes of milestones whose evidence counts no longer: they step back, and who answers for them is told."""

from collections.abc import Collection

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.commitments.evidence.gate import supported_ids
from hub.commitments.milestones.moving import move
from hub.commitments.models import Commitment, Milestone
from hub.core.database import session
from hub.notifications.service import notify

LOST = "The evidence for this counts no longer."
"""The reason that the audit log keeps."""


def step_back_unsupported(viewer: Viewer, commitment: Commitment, supported: Collection[int]) -> None:
    """Take milestones back to limited whose evidence counted until now; the caller holds the commitment.

    What sources tell of the time before the hub stays as they tell it.

    Args:
        viewer: who did what made it so, for the audit log.
        commitment: what they belong to.
        supported: what `supported_ids` returned before.
    """
    lost = sorted(set(supported) - supported_ids(commitment))
    for milestone in session().scalars(
        select(Milestone).where(Milestone.id.in_(lost)).order_by(Milestone.number)
    ):
        move(viewer, milestone, "step_back", "", reason=LOST)
        if commitment.owner_id is not None:
            notify({commitment.owner_id}, "milestone_stepped_back", milestone.subject)
