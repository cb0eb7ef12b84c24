"""How evidence moves from state to state."""

from hub.catalogue.evidence.permissions import can_reopen_evidence, can_withdraw_evidence
from hub.catalogue.models import EvidenceStatus
from hub.catalogue.tasks.permissions import can_decide_task
from hub.core.lifecycle import Lifecycle, Transition

EVIDENCE = Lifecycle(
    (
        Transition("accept", frozenset({EvidenceStatus.SUBMITTED}), EvidenceStatus.ACCEPTED, can_decide_task),
        Transition("reject", frozenset({EvidenceStatus.SUBMITTED}), EvidenceStatus.REJECTED, can_decide_task),
        Transition(
            "withdraw",
            frozenset({EvidenceStatus.SUBMITTED}),
            EvidenceStatus.WITHDRAWN,
            can_withdraw_evidence,
        ),
        Transition(
            "reopen",
            frozenset({EvidenceStatus.ACCEPTED, EvidenceStatus.REJECTED}),
            EvidenceStatus.SUBMITTED,
            can_reopen_evidence,
        ),
    )
)
"""What may happen to a piece of evidence. `may` takes the viewer and the evidence."""
