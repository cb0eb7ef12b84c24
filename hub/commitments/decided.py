"""Decisions about commitments that visitors read, for the register of decisions."""

from collections.abc import Mapping

from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.commitments.models import Commitment, CommitmentEvidence, Milestone
from hub.commitments.permissions import evidence_visible_to, visible_to
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Known, Source

KINDS = (
    Kind(Event.COMMITMENT_PUBLISH, N_("Commitment published"), Hands.OWN, (Event.COMMITMENT_ENTER,)),
    Kind(Event.COMMITMENT_END, N_("Commitment marked as ended"), Hands.OWN),
    Kind(Event.COMMITMENT_RESUME, N_("Commitment taken up again"), Hands.OWN),
    Kind(
        Event.COMMITMENT_EVIDENCE_ACCEPT,
        N_("Evidence for a commitment accepted"),
        Hands.ONE,
        (Event.COMMITMENT_EVIDENCE_GIVE,),
    ),
    Kind(Event.MILESTONE_ADVANCE, N_("Milestone marked as substantially done"), Hands.OWN),
    Kind(Event.MILESTONE_COMPLETE, N_("Milestone marked as complete"), Hands.OWN),
    Kind(Event.MILESTONE_STEP_BACK, N_("Milestone stepped back to limited"), Hands.OWN),
    Kind(Event.MILESTONE_DROP, N_("Milestone dropped"), Hands.OWN),
)

CLOSING = frozenset({Event.COMMITMENT_EVIDENCE_REJECT, Event.COMMITMENT_EVIDENCE_WITHDRAW})


def public_commitments() -> Mapping[str, Known]:
    """Return the commitments that visitors read, their milestones, and their evidence, also what is not shown."""
    is_read = visible_to(VISITOR)
    codes = session().scalars(select(Commitment.public_id).where(is_read))
    milestones = session().execute(
        select(Milestone.public_id, Commitment.public_id)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(is_read)
    )
    shown = select(CommitmentEvidence.id).where(evidence_visible_to(VISITOR))
    evidence = session().execute(
        select(CommitmentEvidence.public_id, Commitment.public_id, CommitmentEvidence.id.in_(shown))
        .join(Commitment, Commitment.id == CommitmentEvidence.commitment_id)
        .where(is_read)
    )
    found = {f"commitment:{key}": Known(f"commitment:{key}") for key in codes}
    found |= {f"milestone:{key}": Known(f"commitment:{about}") for key, about in milestones}
    return found | {
        f"commitment_evidence:{key}": Known(f"commitment:{about}", is_shown=bool(is_seen))
        for key, about, is_seen in evidence
    }


COMMITMENTS = Source(KINDS, CLOSING, public_commitments)
