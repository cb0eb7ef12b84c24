"""How commitments, milestones, evidence and hand-overs move from state to state, nowhere else."""

from hub.commitments.models import CommitmentStatus, EvidenceStatus, HandoverStatus, MilestoneStatus
from hub.commitments.permissions import (
    answers_for,
    can_answer_handover,
    can_decide_evidence,
    can_keep,
    can_withdraw_evidence,
    can_withdraw_handover,
    nobody,
)
from hub.core.lifecycle import Lifecycle, Transition

COMMITMENTS = Lifecycle(
    (
        Transition("publish", frozenset({CommitmentStatus.DRAFT}), CommitmentStatus.ACTIVE, can_keep),
        Transition("end", frozenset({CommitmentStatus.ACTIVE}), CommitmentStatus.ENDED, can_keep),
        Transition("resume", frozenset({CommitmentStatus.ENDED}), CommitmentStatus.ACTIVE, can_keep),
    )
)
"""What may happen to a commitment. `may` takes the viewer and the commitment."""

MILESTONES = Lifecycle(
    (
        Transition("start", frozenset({MilestoneStatus.NOT_STARTED}), MilestoneStatus.LIMITED, answers_for),
        # these two ask for evidence besides
        Transition("advance", frozenset({MilestoneStatus.LIMITED}), MilestoneStatus.SUBSTANTIAL, answers_for),
        Transition(
            "complete",
            frozenset({MilestoneStatus.LIMITED, MilestoneStatus.SUBSTANTIAL}),
            MilestoneStatus.COMPLETE,
            answers_for,
        ),
        Transition(
            "step_back",
            frozenset({MilestoneStatus.SUBSTANTIAL, MilestoneStatus.COMPLETE}),
            MilestoneStatus.LIMITED,
            answers_for,
        ),
        Transition(
            "drop",
            frozenset({MilestoneStatus.NOT_STARTED, MilestoneStatus.LIMITED, MilestoneStatus.SUBSTANTIAL}),
            MilestoneStatus.DROPPED,
            answers_for,
        ),
        Transition("take_up", frozenset({MilestoneStatus.DROPPED}), MilestoneStatus.NOT_STARTED, answers_for),
    )
)
"""What may happen to a milestone. `may` takes the viewer and the commitment it belongs to."""

EVIDENCE = Lifecycle(
    (
        Transition("accept", frozenset({EvidenceStatus.GIVEN}), EvidenceStatus.ACCEPTED, can_decide_evidence),
        Transition("reject", frozenset({EvidenceStatus.GIVEN}), EvidenceStatus.REJECTED, can_decide_evidence),
        Transition(
            "withdraw",
            frozenset({EvidenceStatus.GIVEN, EvidenceStatus.ACCEPTED}),
            EvidenceStatus.WITHDRAWN,
            can_withdraw_evidence,
        ),
    )
)
"""What may happen to evidence. `may` takes the viewer and the piece."""

HANDOVERS = Lifecycle(
    (
        Transition(
            "accept", frozenset({HandoverStatus.OFFERED}), HandoverStatus.ACCEPTED, can_answer_handover
        ),
        Transition(
            "decline", frozenset({HandoverStatus.OFFERED}), HandoverStatus.DECLINED, can_answer_handover
        ),
        Transition(
            "withdraw", frozenset({HandoverStatus.OFFERED}), HandoverStatus.WITHDRAWN, can_withdraw_handover
        ),
        # by the clock, or since the receiver left
        Transition("lapse", frozenset({HandoverStatus.OFFERED}), HandoverStatus.LAPSED, nobody),
    )
)
"""What may happen to an offer to take a commitment over. `may` takes the viewer and the offer."""
