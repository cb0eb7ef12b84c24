"""How problem reports and proposals move from state to state."""

from hub.catalogue.curation.permissions import can_withdraw_proposal
from hub.catalogue.models import ProblemStatus
from hub.catalogue.tasks.permissions import can_decide_task
from hub.core.lifecycle import Lifecycle, Transition
from hub.integrity.four_eyes import ProposalStatus

PROBLEMS = Lifecycle(
    (Transition("answer", frozenset({ProblemStatus.SUBMITTED}), ProblemStatus.ANSWERED, can_decide_task),)
)
"""What may happen to a problem report. `may` takes the viewer and the report."""

PROPOSALS = Lifecycle(
    (
        Transition("approve", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.APPROVED, can_decide_task),
        Transition("decline", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.DECLINED, can_decide_task),
        Transition(
            "withdraw",
            frozenset({ProposalStatus.PROPOSED}),
            ProposalStatus.WITHDRAWN,
            can_withdraw_proposal,
        ),
    )
)
"""What may happen to a proposal. `may` takes the viewer and the proposal."""
