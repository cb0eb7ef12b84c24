"""What is not there: offences without a kind of help, and countries without an innovation, replication or channel."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from hub.insights.charts.figures import Figures
from hub.vocabularies.loader import DATA, vocabulary
from hub.vocabularies.reporting import covered_countries

REGIONS = DATA / "lists" / "regions.json"

ANTARCTICA = "010"


@dataclass(frozen=True)
class Region:
    """One sub-region of the world (UN M49) and what its countries and territories have.

    Args:
        code: as the CLDR names it too.
        countries: how many countries and territories (ISO 3166) it has.
        innovations: in how many of them an innovation is in use, or comes from there.
        replications: in how many of them a replication is confirmed.
        channels: for how many of them the hub knows a channel to report corruption.
        without: the ISO codes of those without an innovation.
    """

    code: str
    countries: int
    innovations: int
    replications: int
    channels: int
    without: tuple[str, ...]


def regions(figures: Figures) -> tuple[Region, ...]:
    """Return every sub-region, in the order of the UN list; Antarctica, where nobody governs, is left out."""
    channels = covered_countries()
    return tuple(
        Region(
            code=code,
            countries=len(countries),
            innovations=_some(countries, figures.innovations_in),
            replications=_some(countries, figures.replications_in),
            channels=len(channels.intersection(countries)),
            without=tuple(sorted(each for each in countries if not figures.innovations_in.get(each))),
        )
        for code, countries in _regions()
        if code != ANTARCTICA
    )


def unanswered(figures: Figures, function: str) -> tuple[str, ...]:
    """Return the offences, in the order of the convention, that no innovation helps with in one way.

    Args:
        figures: the counts.
        function: a code of the vocabulary `functions`, such as "detect".
    """
    return tuple(
        term.code for term in vocabulary("offences").terms if not figures.pairs.get((term.code, function))
    )


def _some(countries: Iterable[str], counts: Mapping[str, int]) -> int:
    return sum(1 for each in countries if counts.get(each))


@cache
def _regions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    data = json.loads(REGIONS.read_text(encoding="utf-8"))
    return tuple((each["code"], tuple(each["countries"])) for each in data["regions"])
