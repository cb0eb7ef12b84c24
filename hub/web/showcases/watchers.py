"""Who should see what an entry shows, for its side and the curators who judge it; for any template to ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hub.core.errors import UnavailableError
from hub.core.pagination import PageRequest
from hub.matching.suggesting.showing import people_for_entry, sees_suggestions
from hub.showcases.entries.checking import OPEN_ENDED
from hub.showcases.models import Entry, EntryStatus
from hub.web.i18n import translate
from hub.web.matches.cards import Card, cards_of
from hub.web.runtime import runtime
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases

FIRST = PageRequest(1, 4)

COMES = (EntryStatus.ACCEPTED, EntryStatus.CONFIRMED)
"""States of an entry that will be presented, so that people can be told of it."""


@dataclass(frozen=True)
class Watchers:
    """People who should see an entry.

    Args:
        cards: the first few.
        has_more: whether there are others.
        is_preparing: whether suggestions are not there yet.
    """

    cards: list[Card]
    has_more: bool = False
    is_preparing: bool = False


@showcases.app_context_processor
def watching() -> dict[str, Callable[[Entry], Watchers | None]]:
    """Give templates who should see an entry; asked only by pages that show it."""
    return {"watchers_of": watchers_of}


def watchers_of(entry: Entry) -> Watchers | None:
    """Return who should see an entry that will be presented; None for whom that does not concern."""
    somebody = viewer()
    if entry.status not in COMES or entry.showcase.status in OPEN_ENDED:
        return None
    if not somebody.is_member or not sees_suggestions(somebody, entry):
        return None
    try:
        found = people_for_entry(runtime().matching, somebody, entry, FIRST)
    except UnavailableError:
        return Watchers([], is_preparing=True)
    # the same people could help with it; here they are asked to look
    said = translate("Member who may want to see it")
    cards = [replace(each, above=said) for each in cards_of(found.items, entry.subject)]
    return Watchers(cards, found.total > len(found.items))
