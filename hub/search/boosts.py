"""What words in names count, and how evidence and freshness lift a document among those that fit equally well."""

import math
from collections.abc import Mapping

NAME_WEIGHT = 4
"""A word in a document's name counts as often as so many elsewhere."""

SHORT_WEIGHT = 2
"""So does a word in its short description."""

LEVEL_SHARE = 0.04
"""What each level of evidence (0 to 5) adds: at level 5 a document counts 1.2 times as much as without evidence."""

DOUBLING_YEARS = 20.0
"""A document published so many years later counts twice as much: a year is worth 3.5 per cent."""

SECONDS_PER_YEAR = 365.25 * 86_400
EPOCH = 50 * SECONDS_PER_YEAR
"""The beginning of 2020, when a document counts once; only how documents compare matters."""


def boost(sort: Mapping[str, float]) -> float:
    """Return what a document's score is multiplied by.

    Args:
        sort: its numbers: `evidence` is the level, `published` seconds since 1970; without a date it counts as of 2020.
    """
    published = sort.get("published", 0.0) or EPOCH
    years = (published - EPOCH) / SECONDS_PER_YEAR
    return (1.0 + LEVEL_SHARE * sort.get("evidence", 0.0)) * math.pow(2.0, years / DOUBLING_YEARS)
