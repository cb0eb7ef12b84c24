"""How many introductions there are, for coordinators: no names, no words, no declines, and small numbers veiled."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from hub.access.viewer import Role
from hub.members.introductions.counting import MonthCounts, introductions_by_month
from hub.members.models import IntroductionState
from hub.web.access import role
from hub.web.coordinate.blueprint import coordinate

VEILED_BELOW = 5
"""Smaller numbers are not told: with few members, one could say who they are."""

COUNTED = (
    IntroductionState.ACCEPTED,
    IntroductionState.WAITS,
    IntroductionState.UNANSWERED,
    IntroductionState.WITHDRAWN,
)
"""The states as who asked knows them, in the order of the columns."""


@dataclass(frozen=True)
class MonthLine:
    """One month in words, with its numbers; None stands for a number that is veiled."""

    month: str
    numbers: tuple[int | None, ...]


@coordinate.get("/coordinate/introductions")
@role(Role.COORDINATOR)
def introductions() -> ResponseReturnValue:
    """List by month how many introductions stand how."""
    return render_template(
        "coordinate/introductions.html",
        lines=[_line(each) for each in introductions_by_month()],
        fewest=VEILED_BELOW,
    )


def _line(month: MonthCounts) -> MonthLine:
    numbers = (month.counts.get(state, 0) for state in COUNTED)
    shown = tuple(number if number >= VEILED_BELOW else None for number in numbers)
    return MonthLine(str(format_date(month.first, "LLLL y", rebase=False)), shown)
