"""What works together with an innovation: what reads a data standard that it writes, and what writes one that it reads.

It is told from what records say of standards, without a score, and to everybody who may read both records.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationStatus, RevisionTerm, TermScheme
from hub.catalogue.permissions import in_audience_of, is_inside
from hub.catalogue.queries import loaded_for_lists
from hub.core.database import session

MOST = 6
"""The most innovations that are named in each direction."""


@dataclass(frozen=True)
class Link:
    """An innovation that shares data standards with another.

    Args:
        innovation: which, as lists show it.
        standards: codes of the vocabulary `standards`, in alphabetical order.
    """

    innovation: Innovation
    standards: tuple[str, ...]


@dataclass(frozen=True)
class Composition:
    """What works together with an innovation.

    Args:
        feeds: what reads a standard that it writes.
        is_fed_by: what writes a standard that it reads.
    """

    feeds: tuple[Link, ...] = ()
    is_fed_by: tuple[Link, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.feeds or self.is_fed_by)


def composes_with(innovation: Innovation, viewer: Viewer) -> Composition:
    """Return what works together with an innovation, among the published records that `viewer` is the audience of.

    First come those that share the standard which the fewest others handle. The number of queries is fixed.

    Args:
        innovation: of whose published revision the standards are compared.
        viewer: who reads; who is not inside its audience or on its owner's side is told nothing.
    """
    if innovation.published_revision_id is None or not is_inside(viewer, innovation):
        return Composition()
    own = _standards_of(innovation)
    found = _others(innovation, own, viewer)
    feeds = _best(found[TermScheme.STANDARDS_READ])
    is_fed_by = _best(found[TermScheme.STANDARDS_WRITTEN])
    loaded = _loaded({*feeds, *is_fed_by})
    return Composition(_links(feeds, loaded), _links(is_fed_by, loaded))


OPPOSITE = {
    TermScheme.STANDARDS_WRITTEN: TermScheme.STANDARDS_READ,
    TermScheme.STANDARDS_READ: TermScheme.STANDARDS_WRITTEN,
}
"""What one writes, another reads."""


def _standards_of(innovation: Innovation) -> set[tuple[TermScheme, str]]:
    rows = session().execute(
        select(RevisionTerm.scheme, RevisionTerm.code).where(
            RevisionTerm.revision_id == innovation.published_revision_id,
            RevisionTerm.scheme.in_(sorted(OPPOSITE)),
        )
    )
    return {(scheme, code) for scheme, code in rows}


def _others(
    innovation: Innovation, own: Iterable[tuple[TermScheme, str]], viewer: Viewer
) -> Mapping[TermScheme, Mapping[int, set[str]]]:
    """Return by how the others handle a standard, which of them handle which of those that the innovation has."""
    wanted = {(OPPOSITE[scheme], code) for scheme, code in own}
    found: dict[TermScheme, defaultdict[int, set[str]]] = {scheme: defaultdict(set) for scheme in OPPOSITE}
    if not wanted:
        return found
    rows = session().execute(
        select(Innovation.id, RevisionTerm.scheme, RevisionTerm.code)
        .join(RevisionTerm, RevisionTerm.revision_id == Innovation.published_revision_id)
        .where(
            RevisionTerm.scheme.in_(sorted(OPPOSITE)),
            RevisionTerm.code.in_(sorted({code for _, code in wanted})),
            Innovation.id != innovation.id,
            Innovation.status == InnovationStatus.PUBLISHED,
            in_audience_of(viewer),
        )
    )
    for number, scheme, code in rows:
        if (scheme, code) in wanted:
            found[scheme][number].add(code)
    return found


def _best(found: Mapping[int, set[str]]) -> dict[int, tuple[str, ...]]:
    """Return the standards of those that are named, by id: what many handle says less than what few do."""
    handled = Counter(code for codes in found.values() for code in codes)
    worth = {number: sum(1 / handled[code] for code in codes) for number, codes in found.items()}
    first = sorted(found, key=lambda number: (-worth[number], number))[:MOST]
    return {number: tuple(sorted(found[number])) for number in first}


def _loaded(numbers: Iterable[int]) -> dict[int, Innovation]:
    wanted = sorted(numbers)
    if not wanted:
        return {}
    rows = session().scalars(select(Innovation).where(Innovation.id.in_(wanted)).options(*loaded_for_lists()))
    return {each.id: each for each in rows}


def _links(best: Mapping[int, tuple[str, ...]], loaded: Mapping[int, Innovation]) -> tuple[Link, ...]:
    return tuple(Link(loaded[number], codes) for number, codes in best.items())
