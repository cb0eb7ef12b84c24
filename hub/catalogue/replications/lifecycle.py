"""How replications move from state to state."""

from hub.catalogue.models import ReplicationStatus as Status
from hub.catalogue.replications.permissions import (
    can_confirm,
    can_dispute,
    can_fail,
    can_settle,
    can_withdraw_replication,
)
from hub.catalogue.tasks.permissions import can_decide_task
from hub.core.lifecycle import Lifecycle, Transition

REPLICATIONS = Lifecycle(
    (
        Transition("confirm", frozenset({Status.CLAIMED}), Status.CONFIRMED, can_confirm),
        # follow from decisions on evidence, which ask who may
        Transition("support", frozenset({Status.CONFIRMED}), Status.EVIDENCED, lambda *_: False),
        Transition(
            "unsupport", frozenset({Status.EVIDENCED, Status.VERIFIED}), Status.CONFIRMED, lambda *_: False
        ),
        Transition("verify", frozenset({Status.EVIDENCED}), Status.VERIFIED, can_decide_task),
        Transition(
            "dispute",
            frozenset({Status.CLAIMED, Status.CONFIRMED, Status.EVIDENCED, Status.VERIFIED}),
            Status.DISPUTED,
            can_dispute,
        ),
        # whoever takes a dispute back has not confirmed anything yet
        Transition("settle", frozenset({Status.DISPUTED}), Status.CLAIMED, can_settle),
        Transition(
            "withdraw",
            frozenset({Status.CLAIMED, Status.DISPUTED}),
            Status.WITHDRAWN,
            can_withdraw_replication,
        ),
        Transition(
            "fail",
            frozenset({Status.CONFIRMED, Status.EVIDENCED, Status.VERIFIED}),
            Status.FAILED,
            can_fail,
        ),
    )
)
"""What may happen to a replication. `may` takes the viewer and the replication."""
