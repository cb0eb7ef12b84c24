"""Facts of things of any kind: those that are named, or all that can be suggested. Asks no permission."""

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from hub.matching.facts import Facts, Kind
from hub.matching.subjects import innovations, organisations, people, requests

Named = Callable[[Collection[str]], dict[str, Facts]]
All = Callable[[], Iterator[Facts]]

NAMED: Mapping[Kind, Named] = MappingProxyType(
    {
        Kind.MEMBER: people.facts_of,
        Kind.INNOVATION: innovations.facts_of,
        Kind.REQUEST: requests.facts_of,
        Kind.ORGANISATION: organisations.facts_of,
    }
)

ALL: Mapping[Kind, All] = MappingProxyType(
    {
        Kind.MEMBER: people.all_facts,
        Kind.INNOVATION: innovations.all_facts,
        Kind.REQUEST: requests.all_facts,
        Kind.ORGANISATION: organisations.all_facts,
    }
)


def live(kind: Kind, keys: Collection[str]) -> dict[str, Facts]:
    """Return the facts, as they are now, of those of the things that can be suggested to somebody, by key."""
    return NAMED[kind](keys)


def all_facts(kind: Kind) -> Iterator[Facts]:
    """Yield the facts of everything of one kind that can be suggested to somebody, read some at a time."""
    return ALL[kind]()
