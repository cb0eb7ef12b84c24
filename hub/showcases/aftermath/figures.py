"""Figures of a showcase: what its programme named, what of it was presented, where it is from, and how many came."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from hub.catalogue.models import Innovation
from hub.catalogue.models.content import RevisionTerm, TermScheme
from hub.core.database import session
from hub.showcases.aftermath.audience import Readers, named_to
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseTally
from hub.showcases.registrations.queries import counts_of


@dataclass(frozen=True)
class Share:
    """How many entries belong to one country or function.

    Args:
        code: of the country or function; empty where none is stated.
        entries: how many the programme named.
        presented: how many of them were presented.
    """

    code: str
    entries: int
    presented: int


@dataclass(frozen=True)
class Figures:
    """What can be counted of a showcase for some readers.

    Args:
        entries: how many the programme named.
        presented: how many of them were presented.
        missed: how many were not.
        by_country: by the country of origin, the most first.
        by_function: by function; an entry with several counts under each.
        registrations: places that were given, on site and online.
        online: of these, how many online.
        attended: of these, how many were checked in.
    """

    entries: int
    presented: int
    missed: int
    by_country: tuple[Share, ...]
    by_function: tuple[Share, ...]
    registrations: int
    online: int
    attended: int


def figures_of(showcase: Showcase, readers: Readers) -> Figures:
    """Return the figures of a showcase that may be shown to each of some readers, in three queries and one count.

    Args:
        showcase: which the readers may see.
        readers: one, or somebody of each kind in the audience; entries count that all of them may see.
    """
    wanted = (Entry.showcase_id == showcase.id, named_to(readers))
    by_country = session().execute(
        select(Innovation.origin_country, Entry.status, func.count())
        .select_from(Entry)
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .where(*wanted)
        .group_by(Innovation.origin_country, Entry.status)
    )
    countries = by_country.all()
    by_function = session().execute(
        select(RevisionTerm.code, Entry.status, func.count())
        .select_from(Entry)
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .join(RevisionTerm, RevisionTerm.revision_id == Innovation.published_revision_id)
        .where(*wanted, RevisionTerm.scheme == TermScheme.FUNCTIONS)
        .group_by(RevisionTerm.code, Entry.status)
    )
    counts = counts_of(showcase)
    return Figures(
        entries=sum(number for _code, _status, number in countries),
        presented=_of(countries, EntryStatus.PRESENTED),
        missed=_of(countries, EntryStatus.NOT_PRESENTED),
        by_country=_shares(countries),
        by_function=_shares(by_function),
        registrations=counts.on_site + counts.online,
        online=counts.online,
        attended=counts.checked_in,
    )


def tallies_of(showcase: Showcase) -> list[ShowcaseTally]:
    """Return what was counted after a showcase, in order; it holds what the whole audience may see."""
    found = session().scalars(
        select(ShowcaseTally).where(ShowcaseTally.showcase_id == showcase.id).order_by(ShowcaseTally.months)
    )
    return list(found)


def _of(rows: Iterable[Row[*tuple[Any, ...]]], wanted: EntryStatus) -> int:
    return sum(number for _code, status, number in rows if status is wanted)


def _shares(rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Share, ...]:
    entries: Counter[str] = Counter()
    presented: Counter[str] = Counter()
    for code, status, number in rows:
        entries[code or ""] += number
        presented[code or ""] += number if status is EntryStatus.PRESENTED else 0
    ordered = sorted(entries, key=lambda code: (not code, -entries[code], code))
    return tuple(Share(code, entries[code], presented[code]) for code in ordered)
