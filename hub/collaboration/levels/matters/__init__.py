"""Everything that can wait, on whom and since when, as one select; one file for each part of a request's way."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, union_all

from hub.collaboration.levels.matters import asking, partnering
from hub.collaboration.levels.matters.matter import Matters, Party, WaitingKind

__all__ = ["Party", "WaitingKind", "matters", "selects"]

MATTERS: Mapping[WaitingKind, Callable[[], tuple[Matters, ...]]] = MappingProxyType(
    {
        WaitingKind.REVIEW: asking.reviews,
        WaitingKind.REQUIREMENTS: asking.requirements,
        WaitingKind.CALL: asking.calls,
        WaitingKind.REQUEST: asking.requests,
        WaitingKind.RECEIVER: asking.receivers,
        WaitingKind.RESPONSE: asking.responses,
        WaitingKind.DECISION: asking.decisions,
        WaitingKind.QUESTION: asking.questions,
        WaitingKind.STEP: partnering.steps,
        WaitingKind.OUTCOME: partnering.outcomes,
        WaitingKind.DISPUTE: partnering.disputes,
        WaitingKind.FOLLOW_UP: partnering.follow_ups,
    }
)
"""How each kind is looked up."""


def selects(kinds: Collection[WaitingKind], *conditions: ColumnElement[bool]) -> list[Matters]:
    """Return the selects of what waits at this moment, each of one kind.

    Args:
        kinds: which kinds.
        conditions: which requests only.
    """
    return [one.where(*conditions) for kind in WaitingKind if kind in kinds for one in MATTERS[kind]()]


def matters(
    kinds: Collection[WaitingKind], *conditions: ColumnElement[bool]
) -> CompoundSelect[*tuple[Any, ...]]:
    """Return the select of everything that waits at this moment.

    Args:
        kinds: which kinds; at least one.
        conditions: which requests only.
    """
    return union_all(*selects(kinds, *conditions))
