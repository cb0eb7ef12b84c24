"""Saving searches of catalogue and requests, changing and deleting them; nothing is logged: they are their owner's."""

import json
from collections.abc import Callable, Collection as Several, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, func, select

from hub.alerts.models import NAME_LENGTH, Follow, FollowedKind
from hub.alerts.permissions import MOST_FOLLOWS, MOST_SEARCHES, can_follow
from hub.alerts.queries import follow_count
from hub.alerts.service import TOO_MANY
from hub.catalogue.evidence.level import levels_from
from hub.collaboration.documents import open_to
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.notifications.models import Frequency, Topic
from hub.notifications.service import Cause, choose_frequency_of, unsubscribe
from hub.notifications.unsubscribing import Scope
from hub.search.documents import Collection

OFFERED = (Frequency.DAILY, Frequency.WEEKLY, Frequency.OFF)
"""How often what is new in a saved search may be mailed; the bell rings anyway."""

MEANINGS: Mapping[Collection, Mapping[str, Callable[[str], frozenset[str]]]] = {
    Collection.INNOVATIONS: {"evidence": levels_from},
    Collection.REQUESTS: {"member_type": open_to},
}
"""What can be saved, each with the facets whose values may stand for more than themselves."""

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True)
class SavedQuery:
    """What a saved search asks for.

    Args:
        text: words as typed.
        filters: ticked values by filter, of which the caller knows that they exist.
        works_in: ISO code of the country in which what is found must work; empty for any.
        is_exact: whether words that mean the same do not count.
        collection: what is searched: innovations or requests.
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=lambda: NOTHING)
    works_in: str = ""
    is_exact: bool = False
    collection: Collection = Collection.INNOVATIONS

    def to_json(self) -> dict[str, Any]:
        """Return the query as it is stored: the same for the same words and values, in whatever order."""
        ticked = {name: sorted(set(values)) for name, values in sorted(self.filters.items()) if values}
        stored: dict[str, Any] = {"q": " ".join(self.text.split()), "filters": ticked}
        if self.works_in:
            stored["works_in"] = self.works_in
        if self.is_exact and stored["q"]:
            stored["exact"] = True
        if self.collection is not Collection.INNOVATIONS:
            stored["in"] = self.collection.value
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SavedQuery":
        """Return the query that `to_json` wrote as `stored`."""
        return cls(
            str(stored.get("q", "")),
            {name: tuple(values) for name, values in stored.get("filters", {}).items() if values},
            str(stored.get("works_in", "")),
            bool(stored.get("exact")),
            Collection(stored.get("in", Collection.INNOVATIONS)),
        )

    @property
    def wanted(self) -> dict[str, frozenset[str]]:
        """The values to look for by facet.

        A level of evidence and more, such as `2+`, stands for all from it on, a type of member for anybody too.
        """
        meanings = MEANINGS[self.collection]
        return {
            name: frozenset().union(*map(meanings[name], codes)) if name in meanings else frozenset(codes)
            for name, codes in self.filters.items()
        }

    @property
    def key(self) -> str:
        """What stands for the search: the same for the same words and values."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        # capitals count: "OR" is a sign, "or" a word
        return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def query_of(follow: Follow) -> SavedQuery:
    """Return what a saved search asks for."""
    return SavedQuery.from_json(follow.query or {})


def cause_of(follow: Follow) -> Cause:
    """Return a saved search as notifications name it, with its frequency."""
    return Cause(f"{FollowedKind.SEARCH}:{follow.public_id}", follow.frequency or Frequency.OFF)


def save_search(
    actor: Member, query: SavedQuery, *, name: str = "", frequency: Frequency = Frequency.DAILY
) -> Follow:
    """Save a search, so that its owner is told what is new in it; once more only changes name and frequency.

    Args:
        actor: an approved member.
        query: what it asks for.
        name: what its owner calls it; may be empty.
        frequency: how often what is new is mailed.

    Raises:
        ForbiddenError: the actor is not approved.
        InvalidError: it is for nothing in particular, the name is too long, or they saved too many.
    """
    if not can_follow(viewer_of(actor)):
        raise ForbiddenError
    stored = query.to_json()
    if stored == SavedQuery().to_json():
        raise InvalidError(N_("Type words or choose a filter first: this would save the whole catalogue."))
    name = _check(name, frequency)
    hold_member(actor.id)
    found = session().scalar(_same(actor, query.key))
    if found is None:
        _check_room(actor)
        found = Follow(
            member_id=actor.id,
            kind=FollowedKind.SEARCH,
            key=query.key,
            query=stored,
            name=name,
            frequency=frequency,
        )
        session().add(found)
    _tell(actor, found, name, frequency)
    return found


def edit_search(actor: Member, follow: Follow, *, name: str, frequency: Frequency) -> None:
    """Change what a saved search of one's own is called, and how often it is mailed.

    Args:
        actor: its owner.
        follow: the search, as `search_by_id` gives it.
        name: as for saving.
        frequency: as for saving; what waits for the next mail follows it.

    Raises:
        InvalidError: the name is too long, or searches are not mailed so.
    """
    _tell(actor, follow, _check(name, frequency), frequency)


def delete_search(actor: Member, follow: Follow) -> None:
    """Forget a saved search of one's own; what it found and was not read is not mailed any more."""
    choose_frequency_of(actor, Cause(cause_of(follow).name, Frequency.OFF))
    session().delete(follow)
    session().flush()


def end_mails(member: Member, scope: Scope) -> None:
    """Do what the link in a mail says: mail nothing more of a topic, of a frequency, or about one saved search.

    Who ends the mails about what they follow, or all daily or weekly ones, ends those of their searches too: nobody
    should have to press twice. Doing it twice changes nothing.

    Args:
        member: who holds the link; they need not be signed in.
        scope: what the link names; a search that was deleted meanwhile is quiet already.
    """
    unsubscribe(member, scope)
    for follow in session().scalars(
        select(Follow).where(Follow.member_id == member.id, Follow.kind == FollowedKind.SEARCH)
    ):
        if scope in _scopes_of(follow) and follow.frequency is not Frequency.OFF:
            _tell(member, follow, follow.name, Frequency.OFF)


def _scopes_of(follow: Follow) -> Several[Scope]:
    return (Topic.FOLLOWING, follow.frequency or Frequency.OFF, cause_of(follow).name)


def _tell(actor: Member, follow: Follow, name: str, frequency: Frequency) -> None:
    follow.name, follow.frequency = name, frequency
    session().flush()
    choose_frequency_of(actor, cause_of(follow))


def _check(name: str, frequency: Frequency) -> str:
    """Return a name on one line.

    Raises:
        InvalidError: it is too long, or searches are not mailed so.
    """
    if frequency not in OFFERED:
        raise InvalidError(N_("Choose how often."), "frequency")
    name = " ".join(name.split())
    if len(name) > NAME_LENGTH:
        raise InvalidError(N_("Shorten the name to %(limit)s characters."), "name", limit=NAME_LENGTH)
    return name


def _check_room(actor: Member) -> None:
    number = session().scalar(
        select(func.count(Follow.id)).where(Follow.member_id == actor.id, Follow.kind == FollowedKind.SEARCH)
    )
    if (number or 0) >= MOST_SEARCHES:
        raise InvalidError(
            N_("You have saved %(number)s searches, which is the most. Delete some of them first."),
            number=MOST_SEARCHES,
        )
    if follow_count(actor.id) >= MOST_FOLLOWS:
        raise InvalidError(TOO_MANY, number=MOST_FOLLOWS)


def _same(actor: Member, key: str) -> Select[Follow]:
    return select(Follow).where(
        Follow.member_id == actor.id, Follow.kind == FollowedKind.SEARCH, Follow.key == key
    )
