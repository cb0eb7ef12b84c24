"""Suggestions on pages of other things, for any template to ask; nothing while the index is not ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_speak_for
from hub.core.errors import UnavailableError
from hub.core.pagination import PageRequest
from hub.matching.composing import Link, composes_with
from hub.matching.facts import Kind
from hub.matching.fairness.floor import NEAR_ENOUGH
from hub.matching.suggesting.purposes import suggestions_for
from hub.web.catalogue.hits import Hit, hit_of
from hub.web.i18n import listed, term
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import Card, cards_of
from hub.web.matches.purposes import COUNTRY, own_country
from hub.web.runtime import runtime
from hub.web.sessions import viewer

SHOWN, HELPERS = 4, 3
"""Suggestions on another thing's page, and on that of a record; the list has the rest."""


@dataclass(frozen=True)
class Piece:
    """A record that works together with another one.

    Args:
        hit: the record.
        standards: names of the data standards that the two share.
    """

    hit: Hit
    standards: str


@dataclass(frozen=True)
class Together:
    """What a record feeds, and what feeds it."""

    feeds: Sequence[Piece]
    is_fed_by: Sequence[Piece]

    def __bool__(self) -> bool:
        return bool(self.feeds or self.is_fed_by)


@matches.app_context_processor
def related() -> dict[str, Any]:
    """Give templates what they may suggest, asked only by pages that show it, and a figure of the floor."""
    return {
        "floor_near_enough": NEAR_ENOUGH,
        "works_together": works_together,
        "who_could_help": who_could_help,
        "suggested_for_country": suggested_for_country,
        "suggested_for_me": suggested_for_me,
    }


def works_together(innovation: Innovation) -> Together:
    """Return records that read what an innovation writes, and that write what it reads, for any reader."""
    found = composes_with(innovation, viewer())
    return Together(_pieces(found.feeds), _pieces(found.is_fed_by))


def who_could_help(innovation: Innovation) -> list[Card]:
    """Return members who could help with an innovation, for its owner's side: others open the list if they want it."""
    if not can_speak_for(viewer(), innovation):
        return []
    return _cards(innovation.subject, Kind.MEMBER, HELPERS)


def suggested_for_country(code: str) -> list[Card]:
    """Return innovations for a country, for members who work there or speak for it."""
    return _cards(f"{COUNTRY}:{code}", Kind.INNOVATION) if code == own_country() else []


def suggested_for_me() -> list[Card]:
    """Return the first innovations for the reader."""
    return _cards("", Kind.INNOVATION)


def _cards(purpose: str, kind: Kind, most: int = SHOWN) -> list[Card]:
    somebody = viewer()
    if not somebody.is_member:
        return []
    try:
        found = suggestions_for(runtime().matching, somebody, purpose, kind, PageRequest(1, most))
    except UnavailableError:
        return []
    return cards_of(found.items, purpose)


def _pieces(links: Sequence[Link]) -> list[Piece]:
    return [
        Piece(hit_of(each.innovation), listed(term("standards", code) for code in each.standards))
        for each in links
    ]
