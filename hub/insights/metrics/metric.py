"""What a metric is: key, words, unit, which way is better, by what it is broken down, and how it is measured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.core.i18n import N_

WHOLE = ""
"""The breakdown that stands for the whole."""

SEPARATOR = ":"


class Unit(StrEnum):
    """What values are counted in."""

    COUNT = "count"
    PERCENT = "percent"
    """From 0 to 100."""
    DAYS = "days"
    """Of 24 hours."""


class Better(StrEnum):
    """Which way a value gets better; a target is reached from that side."""

    MORE = "more"
    LESS = "less"


class Dimension(StrEnum):
    """By what a metric may be broken down."""

    COUNTRY = "country"
    MEMBER_TYPE = "member_type"
    FUNCTION = "function"


DIMENSION_NAMES = {
    Dimension.COUNTRY: N_("Country"),
    Dimension.MEMBER_TYPE: N_("Member type"),
    Dimension.FUNCTION: N_("What it does"),
}
"""Message ids of what each dimension is called."""

Values = Mapping[str, float | None]
"""Values by breakdown; the whole is always there, None where there is nothing to count from."""


@dataclass(frozen=True)
class Metric:
    """Something the hub counts about itself, from what visitors may see.

    Args:
        key: names it in tables and addresses; never given to another metric.
        label: message id of what it is called.
        definition: message id of what is counted and what is not.
        unit: what values are counted in.
        measure: counts it now; belongs into an open session.
        better: which way it gets better.
        by: by what it is broken down.
    """

    key: str
    label: str
    definition: str
    unit: Unit
    measure: Callable[[], Values]
    better: Better = Better.MORE
    by: tuple[Dimension, ...] = ()


@dataclass(frozen=True)
class Retired:
    """A metric that is no longer measured; its history stays.

    Args:
        key: as it was.
        label: message id of what it is called.
        definition: message id of what was counted.
        unit: what values were counted in.
        better: which way it got better.
    """

    key: str
    label: str
    definition: str
    unit: Unit
    better: Better = Better.MORE


def has_reached(value: float | None, target: float, better: Better) -> bool:
    """Whether `value` has reached `target` from the side that is better; None never has."""
    if value is None:
        return False
    return value >= target if better is Better.MORE else value <= target


def breakdown_code(dimension: Dimension, code: str) -> str:
    """Return how tables name the part of a metric that belongs to `code`, such as `country:ID`."""
    return f"{dimension}{SEPARATOR}{code}"


def dimension_of(breakdown: str) -> tuple[Dimension, str] | None:
    """Return dimension and code of a breakdown; None for the whole and for what is none."""
    name, _, code = breakdown.partition(SEPARATOR)
    if not code or name not in set(Dimension):
        return None
    return Dimension(name), code
