"""Counts what came of a showcase for its whole audience: with the report, and 6 and 12 months after the end."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.showcases.tracing import traces_of
from hub.core import clock
from hub.core.database import session
from hub.showcases.aftermath.audience import whole_audience
from hub.showcases.aftermath.figures import figures_of
from hub.showcases.keeping.holding import held_if, numbers_of
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseTally
from hub.showcases.models.showcase import OVER
from hub.showcases.telling import tell_side

WAIT_FOR_REPORT = timedelta(days=30)
"""How long after the end the first count waits for the report."""

MONTHS: Mapping[int, tuple[timedelta, timedelta | None]] = MappingProxyType(
    {
        0: (timedelta(), timedelta(days=182)),
        6: (timedelta(days=182), timedelta(days=365)),
        12: (timedelta(days=365), None),
    }
)
"""How long after the end each count is made, and until when: a later one takes the place of one that was missed."""


def to_count() -> list[tuple[int, int]]:
    """Return the ids of showcases of which something is to be counted, and for which month."""
    return [(number, months) for months in MONTHS for number in numbers_of(_is_due(months))]


def count(key: tuple[int, int]) -> bool:
    """Count what came of a showcase, and ask those who showed something; return whether it was due.

    Belongs into a transaction.

    Args:
        key: id of the showcase, and for which month.
    """
    number, months = key
    showcase = held_if(number, _is_due(months))
    if showcase is None:
        return False
    readers = whole_audience(showcase)
    figures, traces = figures_of(showcase, readers), traces_of(showcase, readers)
    counted: dict[str, int] = {
        "entries": figures.entries,
        "presented": figures.presented,
        "registrations": figures.registrations,
        "attended": figures.attended,
        "requests": traces.requests,
        "partnerships": traces.partnerships,
        "outcomes": traces.outcomes,
        "replications": traces.replications,
    }
    session().add(ShowcaseTally(showcase_id=showcase.id, months=months, **counted))
    session().flush()
    record(VISITOR, Event.SHOWCASE_TALLY, showcase.subject, after={"months": months, **counted})
    if months:
        for entry in _presented(showcase):
            tell_side("showcase_follow_up", entry)
    return True


def _presented(showcase: Showcase) -> list[Entry]:
    found = session().scalars(
        select(Entry)
        .where(Entry.showcase_id == showcase.id, Entry.status == EntryStatus.PRESENTED)
        .order_by(Entry.id)
    )
    return list(found)


def _is_due(months: int) -> ColumnElement[bool]:
    now, (begins, ends) = clock.now(), MONTHS[months]
    conditions = [
        Showcase.status.in_(OVER),
        Showcase.is_compiled.is_(False),
        Showcase.ends_at <= now - begins,
        ~exists().where(ShowcaseTally.showcase_id == Showcase.id, ShowcaseTally.months == months),
    ]
    if ends is not None:
        conditions.append(Showcase.ends_at > now - ends)
    if not months:
        conditions.append(or_(Showcase.reported_at.is_not(None), Showcase.ends_at <= now - WAIT_FOR_REPORT))
    return and_(*conditions)
