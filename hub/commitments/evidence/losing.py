"""What becomes of what was said once its evidence counts no longer: milestones step back, assessments go."""

from collections.abc import Collection

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.commitments.assessing.service import LOST, withdraw_unsupported
from hub.commitments.evidence.gate import supported_ids
from hub.commitments.milestones.moving import move
from hub.commitments.models import Commitment, Milestone
from hub.core.database import session
from hub.notifications.service import notify


def step_back_unsupported(viewer: Viewer, commitment: Commitment, supported: Collection[int]) -> None:
    """Take milestones back to limited whose evidence counted until now, and own assessments; the owner is told.

    What sources tell of the time before the hub stays as they tell it.

    Args:
        viewer: who did what made it so, for the audit log.
        commitment: what they belong to; the caller holds it.
        supported: what `supported_ids` returned before.
    """
    lost = sorted(set(supported) - supported_ids(commitment))
    for milestone in session().scalars(
        select(Milestone).where(Milestone.id.in_(lost)).order_by(Milestone.number)
    ):
        move(viewer, milestone, "step_back", "", reason=LOST)
        if commitment.owner_id is not None:
            notify({commitment.owner_id}, "milestone_stepped_back", milestone.subject)
    if withdraw_unsupported(viewer, commitment) and commitment.owner_id is not None:
        notify({commitment.owner_id}, "assessment_taken_back", commitment.subject)
