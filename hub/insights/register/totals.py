"""What decisions of the register add up to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from hub.insights.register.kinds import Kind
from hub.insights.register.reading import Decision


@dataclass(frozen=True)
class Total:
    """What decisions of one kind, or all, add up to.

    Args:
        kind: which; None for all together.
        number: how many.
        days: half of those whose beginning is known took so many days or fewer; None where none is known.
        recusals: how often somebody stood aside.
    """

    kind: Kind | None
    number: int
    days: float | None
    recusals: int


def median_of_days(decisions: Iterable[Decision]) -> float | None:
    """Return how many days half of those whose beginning is known took at most, with one decimal."""
    known = [each.days for each in decisions if each.days is not None]
    return round(median(known), 1) if known else None


def total_of(decisions: Iterable[Decision], kind: Kind | None = None) -> Total:
    """Return what `decisions` add up to."""
    counted = tuple(decisions)
    return Total(kind, len(counted), median_of_days(counted), sum(each.recusals for each in counted))


def totals_by_kind(decisions: Iterable[Decision]) -> tuple[Total, ...]:
    """Return one total for each kind that occurs, the most frequent first."""
    by_kind: dict[Kind, list[Decision]] = defaultdict(list)
    for each in decisions:
        by_kind[each.kind].append(each)
    found = [total_of(of_it, kind) for kind, of_it in by_kind.items()]
    return tuple(sorted(found, key=lambda each: (-each.number, str(each.kind and each.kind.event))))
