"""Tells those who follow a search what is new in it, once this node's index knows of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.access.audience import person_label
from hub.alerts.models import Follow, FollowedKind
from hub.alerts.news import Entry, News, entries_between, first_publications, newest_entry
from hub.alerts.telling import BATCH, read_mark, tell
from hub.audit.events import Event
from hub.catalogue.models import Innovation
from hub.core.database import session, transaction
from hub.core.pagination import MAX_PER_PAGE, PageRequest
from hub.integrity.viewers import viewers_of
from hub.search.documents import Query, Results, Sort
from hub.search.engine import SearchEngine
from hub.search.models import SearchJournal
from hub.search.queries import find

SEARCHES = "searches"
"""The mark of how far the log was read for those who follow searches."""

DEPTH = 10
"""Pages of a search that are looked through for what is new; what is new stands first."""


@dataclass(frozen=True)
class _Found:
    """What is to be told: up to which entry the log was read, from where, and whom each piece of news concerns."""

    after: int
    upto: int
    receivers: Mapping[News, Collection[int]]


def tell_searchers(engine: SearchEngine) -> bool:
    """Tell what one batch of the log adds to the searches that somebody follows.

    The engine is asked before the transaction, so that nobody who writes waits for it; what it found is asked again,
    for each receiver, inside. If another worker was quicker, nothing is told twice.

    Returns:
        whether more of the log may be waiting.

    Raises:
        UnavailableError: there is no sound index at the moment; nothing is lost.
    """
    found = _look(engine)
    if found is None:
        return False
    with transaction():
        mark = read_mark(SEARCHES)
        if mark.number != found.after:
            return True
        tell(list(found.receivers), found.receivers)
        mark.number = found.upto
        session().flush()
    return found.upto < newest_entry()


def _look(engine: SearchEngine) -> _Found | None:
    """Return what the next batch adds, or None where nothing is new or the index does not know of it yet."""
    with transaction():
        after = read_mark(SEARCHES).number
    upto = min(newest_entry(), after + BATCH)
    entries = first_publications(entries_between(after, upto, {Event.INNOVATION_PUBLISH}))
    applied = engine.applied_number()
    if entries and applied is None:
        return None
    pending = _pending([each.key for each in entries], applied or 0)
    for entry in entries:
        if entry.key in pending:
            upto = entry.number - 1
            break
    entries = [each for each in entries if each.number <= upto]
    if upto <= after:
        return None
    return _Found(after, upto, _receivers(engine, entries))


def _pending(public_ids: Sequence[str], applied: int) -> frozenset[str]:
    """Return those of the documents whose last change the index has not taken in."""
    rows = select(SearchJournal.document_id).where(
        SearchJournal.document_id.in_(sorted(public_ids)), SearchJournal.number > applied
    )
    return frozenset(session().scalars(rows))


def _receivers(engine: SearchEngine, entries: Sequence[Entry]) -> dict[News, set[int]]:
    """Return, by news, the ids of those whose searches find it with the labels that they hold now."""
    if not entries:
        return {}
    news = {
        each.key: News(
            each.number, each.at, "followed_published", f"innovation:{each.key}", each.actor, frozenset()
        )
        for each in entries
    }
    follows = (
        session()
        .scalars(
            select(Follow)
            .where(Follow.kind == FollowedKind.SEARCH, Follow.followed_at <= max(each.at for each in entries))
            .options(joinedload(Follow.member))
            .order_by(Follow.member_id)
        )
        .all()
    )
    viewers = viewers_of(list({each.member for each in follows}))
    depth = _depth(news)
    known: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
    receivers: dict[News, set[int]] = {each: set() for each in news.values()}
    for follow in follows:
        # no innovation is for named people, so that one search serves all who hold the same other labels
        labels = viewers[follow.member_id].labels - {person_label(follow.member_id)}
        asked = (follow.key, labels)
        if asked not in known:
            known[asked] = _new_in(engine, follow, labels, frozenset(news), depth)
        for key in known[asked]:
            if follow.followed_at <= news[key].at:
                receivers[news[key]].add(follow.member_id)
    return receivers


def _depth(public_ids: Collection[str]) -> int:
    """Return how many pages of a search, the newest first, hold everything published since the first of these."""
    since = select(func.min(Innovation.published_at)).where(Innovation.public_id.in_(sorted(public_ids)))
    count = session().scalar(
        select(func.count(Innovation.id)).where(Innovation.published_at >= since.scalar_subquery())
    )
    return min(DEPTH, -(-(count or 0) // MAX_PER_PAGE))


def _new_in(
    engine: SearchEngine, follow: Follow, labels: frozenset[str], wanted: frozenset[str], depth: int
) -> frozenset[str]:
    """Return which of the `wanted` innovations a followed search finds with all of its words."""
    found: set[str] = set()
    for number in range(1, depth + 1):
        results = _page(engine, follow, labels, number)
        if results.loose:
            break
        found |= wanted.intersection(results.ids)
        if number * MAX_PER_PAGE >= results.total:
            break
    return frozenset(found)


def _page(engine: SearchEngine, follow: Follow, labels: frozenset[str], number: int) -> Results:
    query = follow.query or {}
    return find(
        engine,
        Query(
            labels=labels,
            text=str(query.get("q", "")),
            filters={name: frozenset(codes) for name, codes in query.get("filters", {}).items()},
            sort=Sort.NEWEST,
            page=PageRequest(number, MAX_PER_PAGE),
        ),
    )
