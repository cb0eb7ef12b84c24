"""How introductions move from state to state, nowhere else."""

from hub.core.lifecycle import Lifecycle, Transition
from hub.members.introductions.permissions import can_answer, can_withdraw
from hub.members.models import IntroductionStatus


def _nobody(*_: object) -> bool:
    """Return False: the clock does it."""
    return False


INTRODUCTIONS = Lifecycle(
    (
        Transition("accept", frozenset({IntroductionStatus.ASKED}), IntroductionStatus.ACCEPTED, can_answer),
        Transition("decline", frozenset({IntroductionStatus.ASKED}), IntroductionStatus.DECLINED, can_answer),
        Transition(
            "withdraw", frozenset({IntroductionStatus.ASKED}), IntroductionStatus.WITHDRAWN, can_withdraw
        ),
        # by the clock
        Transition("expire", frozenset({IntroductionStatus.ASKED}), IntroductionStatus.EXPIRED, _nobody),
    )
)
"""What may happen to an introduction. `may` takes the viewer and the introduction."""
