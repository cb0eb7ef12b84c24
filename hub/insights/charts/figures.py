"""All counts behind the insights page, read at once and kept while nothing changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.core import clock
from hub.insights.charts import counting
from hub.insights.kept import kept

NOT_STATED = ""
"""The code under which innovations stand that say nothing about what is counted."""


@dataclass(frozen=True)
class Figures:
    """What visitors see, counted.

    Args:
        as_of: when it was counted.
        innovations: how many innovations, archived ones among them, as in the catalogue.
        functions: how many help with what, by code; one innovation may stand under several.
        offences: how many are about which offence, by code; likewise.
        offenceless: how many name no offence.
        levels: how many have reached which level of evidence, by code; "0" is not assessed yet.
        stages: how many are in which stage, by code, or `NOT_STATED`.
        pairs: how many are about an offence and help with something, by both codes.
        innovations_in: how many come from a country or are in use there, by ISO code.
        widespread: how many are in use in so many countries that they count for the one they come from alone.
        placeless: how many name no country on the map, or are widespread and name none that they come from.
        replications_in: how many confirmed replications, by the ISO code of the country of use.
        members_in: how many members with a public profile, by the ISO code of their country.
        months: how many were published in which month, as year and month, the earliest first.
        years: how many began in which year, the earliest first; those that do not say are in none.
    """

    as_of: datetime
    innovations: int
    functions: Mapping[str, int]
    offences: Mapping[str, int]
    offenceless: int
    levels: Mapping[str, int]
    stages: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    innovations_in: Mapping[str, int]
    widespread: int
    placeless: int
    replications_in: Mapping[str, int]
    members_in: Mapping[str, int]
    months: tuple[tuple[tuple[int, int], int], ...]
    years: tuple[tuple[int, int], ...]


def public_figures() -> Figures:
    """Return the counts of what visitors see, at most a minute old."""
    return kept(("insights", "figures"), _count)


def _count() -> Figures:
    places = counting.innovations_by_country()
    return Figures(
        as_of=clock.now(),
        innovations=counting.innovation_total(),
        functions=MappingProxyType(counting.by_term(counting.FUNCTIONS)),
        offences=MappingProxyType(counting.by_term(counting.OFFENCES)),
        offenceless=counting.without_offence(),
        levels=MappingProxyType(counting.by_level()),
        stages=MappingProxyType(counting.by_stage()),
        pairs=MappingProxyType(counting.by_offence_and_function()),
        innovations_in=MappingProxyType(places.by_country),
        widespread=places.widespread,
        placeless=places.placeless,
        replications_in=MappingProxyType(counting.replications_by_country()),
        members_in=MappingProxyType(counting.members_by_country()),
        months=tuple(sorted(counting.by_month().items())),
        years=tuple(sorted(counting.by_year().items())),
    )
