"""Which decisions of the register somebody asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.audit.events import Event
from hub.insights.register.kinds import Hands
from hub.insights.register.reading import Decision


@dataclass(frozen=True)
class Choice:
    """What narrows the register; what is None or False narrows nothing.

    Args:
        event: only decisions of this kind.
        year: only those of this year, in UTC.
        by_two: only those for which one person proposed and another decided.
        with_recusals: only those before which somebody stood aside.
    """

    event: Event | None = None
    year: int | None = None
    by_two: bool = False
    with_recusals: bool = False

    def takes(self, decision: Decision) -> bool:
        """Whether a decision is asked for."""
        return (
            (self.event is None or decision.kind.event is self.event)
            and (self.year is None or decision.decided_at.year == self.year)
            and (not self.by_two or decision.kind.hands is Hands.TWO)
            and (not self.with_recusals or decision.recusals > 0)
        )


EVERYTHING = Choice()


def chosen(decisions: Sequence[Decision], choice: Choice) -> Sequence[Decision]:
    """Return those of `decisions` that are asked for, in their order."""
    return decisions if choice == EVERYTHING else tuple(each for each in decisions if choice.takes(each))


def years_of(decisions: Sequence[Decision]) -> tuple[int, ...]:
    """Return the years in which anything was decided, the latest first."""
    return tuple(sorted({each.decided_at.year for each in decisions}, reverse=True))
