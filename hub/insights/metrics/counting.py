"""How metrics count: rows in groups, shares and medians; one query each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.core.database import session
from hub.insights.metrics.metric import WHOLE, Dimension, Values, breakdown_code

SECONDS_A_DAY = 86_400

FEWEST = 3
"""Of fewer things no share and no median is told: it would tell how a single one went."""


def total(counted: Select[int]) -> float:
    """Return the number that a select of one count gives."""
    return float(session().scalar(counted) or 0)


def grouped(dimension: Dimension, counted: Select[*tuple[Any, ...]]) -> dict[str, float | None]:
    """Return counts by breakdown; rows without a group stand in the whole alone.

    Args:
        dimension: what the groups are.
        counted: a select of group and count, grouped.
    """
    return {
        breakdown_code(dimension, code): float(number) for code, number in session().execute(counted) if code
    }


def counted_by(
    dimension: Dimension,
    column: ColumnElement[Any] | InstrumentedAttribute[Any],
    counted: ColumnElement[int],
    *where: ColumnElement[bool],
) -> Values:
    """Return the count of the whole and of each group, in one query.

    Args:
        dimension: what the groups are.
        column: the group of a row; each row has one or none.
        counted: counts rows.
        where: which rows.
    """
    rows = session().execute(select(column, counted).where(*where).group_by(column)).all()
    values: dict[str, float | None] = {
        breakdown_code(dimension, code): float(number) for code, number in rows if code
    }
    return {WHOLE: float(sum(number for _, number in rows)), **values}


def percent(part: float, whole: float, fewest: int = FEWEST) -> float | None:
    """Return a share from 0 to 100 in whole percents, or None where the whole is smaller than `fewest`."""
    return float(round(100 * part / whole)) if whole >= fewest else None


def median_days(seconds: Select[*tuple[Any, ...]]) -> float | None:
    """Return the median of some seconds in days with two decimals, or None where they are fewer than `FEWEST`.

    Args:
        seconds: a select of one column called `seconds`, without None in it.
    """
    values = seconds.subquery()
    ranked = select(
        values.c.seconds,
        func.row_number().over(order_by=values.c.seconds).label("place"),
        func.count().over().label("number"),
    ).subquery()
    # the one in the middle, or the two, whose mean it is
    middle = ranked.c.place.in_(((ranked.c.number + 1) // 2, (ranked.c.number + 2) // 2))
    found = session().scalar(
        select(func.avg(ranked.c.seconds)).where(ranked.c.number >= FEWEST).where(middle)
    )
    return None if found is None else round(float(found) / SECONDS_A_DAY, 2)


def whole(value: float | None, parts: Mapping[str, float | None] | None = None) -> Values:
    """Return values of which one is the whole."""
    return {WHOLE: value, **(parts or {})}
