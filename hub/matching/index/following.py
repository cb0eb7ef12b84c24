"""Builds the spaces from the database, and brings them abreast of what changed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from hub.matching.facts import Facts, Kind, Scheme
from hub.matching.index.journal import Changes, Position, Thing, newest_position
from hub.matching.index.spaces import Spaces, joined
from hub.matching.space import Space
from hub.matching.subjects import all_facts, live

Hashed = Callable[[str], int]
"""Gives the number that stands for a term."""

MOST_AT_ONCE = 200
"""So many changed things are read within a request; of an import of thousands the rest follow with the next ones."""

NOTHING: frozenset[Thing] = frozenset()


@dataclass(frozen=True)
class Known:
    """What a process knows.

    Args:
        spaces: what is suggested.
        position: up to where the journal is in them.
        owners: slug of the organisation that each innovation belonged to, as organisations are known by theirs.
        missing: what changed and was not read yet: it is left out meanwhile.
        taken: how many rows of the journal were taken in since the files were read or written.
    """

    spaces: Spaces
    position: Position
    owners: Mapping[str, str]
    missing: frozenset[Thing] = field(default=NOTHING)
    taken: int = 0


def build(hashed: Hashed) -> Known:
    """Return all that there is, read from the database; needs an open session."""
    # read before the things are: they may then be newer than the position, never older
    position = newest_position()
    owners: dict[str, str] = {}
    spaces = {kind: Space.of(kind, _noted(all_facts(kind), owners), hashed) for kind in Kind}
    return Known(joined(spaces), position, owners)


def followed(known: Known, changes: Changes) -> Known:
    """Return what is known after some changes, with what they left of things; needs an open session.

    Where many things changed the newest are read, and all others left out until `filled` reads them.
    """
    now, later = changes.things[-MOST_AT_ONCE:], changes.things[:-MOST_AT_ONCE]
    after = replace(known, position=changes.position, taken=known.taken + changes.count)
    return _read(after, now, left_out=later)


def filled(known: Known) -> Known:
    """Return what is known with some of what was missing; needs an open session."""
    return _read(known, sorted(known.missing)[:MOST_AT_ONCE], left_out=())


def _read(known: Known, things: Collection[Thing], left_out: Collection[Thing]) -> Known:
    """Read `things` anew, and the organisations of the innovations among them, before and after; drop `left_out`."""
    owners = dict(known.owners)
    wanted: defaultdict[Kind, set[str]] = defaultdict(set)
    for kind, key in things:
        wanted[kind].add(key)
    innovations = wanted[Kind.INNOVATION]
    touched = {owners[key] for key in innovations if key in owners}
    for key in innovations:
        owners.pop(key, None)
    found: dict[Kind, dict[str, Facts]] = {}
    for kind in sorted(Kind, key=lambda each: each is Kind.ORGANISATION):
        if kind is Kind.ORGANISATION:
            wanted[kind] |= touched | {owners[key] for key in innovations if key in owners}
        found[kind] = live(kind, wanted[kind]) if wanted[kind] else {}
        list(_noted(found[kind].values(), owners))
    dropped = {kind: wanted[kind] - found[kind].keys() for kind in Kind}
    for kind, key in left_out:
        dropped[kind].add(key)
    by_kind = {
        kind: space.changed(found[kind].values(), dropped[kind]) if found[kind] or dropped[kind] else space
        for kind, space in known.spaces.by_kind.items()
    }
    missing = (known.missing | frozenset(left_out)) - frozenset(things)
    return replace(known, spaces=joined(by_kind), owners=owners, missing=missing)


def _noted(facts: Iterable[Facts], owners: dict[str, str]) -> Iterator[Facts]:
    """Yield facts as they come, having noted whom the innovations among them belong to."""
    for each in facts:
        if each.kind is Kind.INNOVATION:
            for slug in each.codes.get(Scheme.OWNERS, ()):
                owners[each.key] = slug
        yield each
