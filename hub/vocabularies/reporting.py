"""Where corruption can be reported, country by country. Names stay in their own language; other words are message ids.

The hub takes no reports itself. Each channel names the pages that were read, and when; what is unknown says so.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from hub.vocabularies.loader import DATA

FILE = DATA / "lists" / "reporting_channels.json"

UNION = "EU"
"""The code under which the bodies of the European Union stand; they take reports from everywhere."""


class Anonymity(StrEnum):
    """Whether a report may be made without saying who one is."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Source:
    """A page that was read, in a stored copy.

    Args:
        kind: whose page it is: a code of the vocabulary `report_sources`.
        url: its address at the time.
    """

    kind: str
    url: str

    @property
    def host(self) -> str:
        """The name of the machine, to show in place of a long address."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class ReportingChannel:
    """One way to report corruption.

    Args:
        country: ISO 3166 code, or None for a body of several countries.
        name: what the channel is called, in `language`.
        language: BCP 47 code of `name` and `body`.
        body: who runs it.
        url: where the form or its description is; empty for a telephone line.
        phone: number to call; empty where none is known.
        takes: what may be reported there: codes of the vocabulary `report_subjects`.
        senders: who may report: a code of the vocabulary `report_senders`.
        anonymous: whether it takes reports without a name.
        limits: message id of what it does not take and what else to know, or empty.
        sources: the pages that say so.
        retrieved: when they were read.
    """

    country: str | None
    name: str
    language: str
    body: str
    url: str
    phone: str
    takes: tuple[str, ...]
    senders: str
    anonymous: Anonymity
    limits: str
    sources: tuple[Source, ...]
    retrieved: date

    @property
    def host(self) -> str:
        """The name of the machine behind `url`, so that people can compare it; empty for a telephone line."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Gap:
    """Why a country has no channel here, where that is known.

    Args:
        country: ISO 3166 code.
        words: message id of what is known.
        sources: the pages that say so.
        retrieved: when they were read.
    """

    country: str
    words: str
    sources: tuple[Source, ...]
    retrieved: date


@cache
def channels() -> tuple[ReportingChannel, ...]:
    """Return every channel, in the order of the file."""
    return tuple(
        ReportingChannel(
            **{
                **row,
                "takes": tuple(row["takes"]),
                "anonymous": Anonymity(row["anonymous"]),
                **_provenance(row),
            }
        )
        for row in _data()["channels"]
    )


@cache
def gaps() -> tuple[Gap, ...]:
    """Return what is known of countries whose channels are not."""
    return tuple(Gap(**{**row, **_provenance(row)}) for row in _data()["gaps"])


def channels_of(country: str) -> tuple[ReportingChannel, ...]:
    """Return the channels of one country, by its ISO code; none where none is known."""
    return tuple(each for each in channels() if each.country == country)


def gap_of(country: str) -> Gap | None:
    """Return why no channel of a country is known, or None where that is unknown too."""
    return next((each for each in gaps() if each.country == country), None)


def international_channels() -> tuple[ReportingChannel, ...]:
    """Return the channels of bodies that serve several countries."""
    return tuple(each for each in channels() if each.country in {None, UNION})


def covered_countries() -> frozenset[str]:
    """Return the ISO codes of the countries with at least one channel."""
    return frozenset(each.country for each in channels() if each.country)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def _provenance(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "sources": tuple(Source(**each) for each in row["sources"]),
        "retrieved": date.fromisoformat(row["retrieved"]),
    }
