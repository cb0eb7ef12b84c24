"""What may become of a skill or language that somebody added to a list."""

from hub.core.lifecycle import Lifecycle, Transition
from hub.members.models import TermStatus
from hub.members.profiles.permissions import can_decide_term

IN_USE = frozenset({TermStatus.ADDED, TermStatus.KEPT})
"""Additions that profiles may hold."""

TERMS = Lifecycle[TermStatus](
    (
        Transition("keep", frozenset({TermStatus.ADDED}), TermStatus.KEPT, can_decide_term),
        Transition("merge", IN_USE, TermStatus.MERGED, can_decide_term),
        Transition("remove", IN_USE, TermStatus.REMOVED, can_decide_term),
    )
)
