"""How many introductions there were, month by month, as those who asked know it: declines are counted nowhere.

A coordinator who asked for one could read from a number of declines what became of theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from hub.core import clock
from hub.core.database import session
from hub.members.introductions.limits import waits_for_asker
from hub.members.models import Introduction, IntroductionState, IntroductionStatus

MONTHS = 12


@dataclass(frozen=True)
class MonthCounts:
    """How the introductions stand now that were asked for in one month.

    Args:
        first: the first moment of the month, in UTC.
        counts: how many stand how, as who asked knows it; what never was is left out.
    """

    first: datetime
    counts: Mapping[IntroductionState, int]


def introductions_by_month(months: int = MONTHS) -> list[MonthCounts]:
    """Return the counts of the last `months` months, this one included, the latest first; empty ones are left out."""
    moment = clock.now()
    firsts = [_first_of(moment, back) for back in range(months)]
    month = case(*((Introduction.asked_at >= first, back) for back, first in enumerate(firsts)), else_=-1)
    state = case(
        (Introduction.status == IntroductionStatus.ACCEPTED, IntroductionState.ACCEPTED.value),
        (Introduction.withdrawn_at.is_not(None), IntroductionState.WITHDRAWN.value),
        (waits_for_asker(moment), IntroductionState.WAITS.value),
        else_=IntroductionState.UNANSWERED.value,
    )
    rows = (
        select(month.label("back"), state.label("state"))
        .where(Introduction.asked_at >= firsts[-1])
        .subquery()
    )
    found = session().execute(
        select(rows.c.back, rows.c.state, func.count()).group_by(rows.c.back, rows.c.state)
    )
    counts: dict[int, dict[IntroductionState, int]] = {}
    for back, word, number in found:
        counts.setdefault(back, {})[IntroductionState(word)] = number
    return [MonthCounts(firsts[back], counts[back]) for back in sorted(counts)]


def _first_of(moment: datetime, back: int) -> datetime:
    """Return the first moment of the month so many months `back`."""
    number = moment.year * 12 + moment.month - 1 - back
    return moment.replace(
        year=number // 12, month=number % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0
    )
