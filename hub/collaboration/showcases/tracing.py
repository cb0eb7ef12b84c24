"""What came of showing something: requests born from entries, partnerships, signed outcomes, confirmed replications.

A request counts for readers who may see it, and for all readers of the report where its requester agreed to that. The
entry must be one that they may see, and a replication one of an innovation that they may see.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, Replication, ReplicationStatus
from hub.catalogue.permissions import visible_to as innovations_visible_to
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeStatus,
    Response,
    ResponseStatus,
)
from hub.collaboration.partnerships.permissions import UNDER_WAY
from hub.collaboration.permissions import visible_to
from hub.core.database import session
from hub.showcases.aftermath.audience import Readers, named_to
from hub.showcases.models import Entry, Showcase

GROWN = (ReplicationStatus.CONFIRMED, ReplicationStatus.EVIDENCED, ReplicationStatus.VERIFIED)
"""States in which both sides stand behind a replication."""

MOST_NAMED = 50
"""Replications that a report names; the figure counts all."""


@dataclass(frozen=True)
class Traces:
    """How much came of a showcase.

    Args:
        requests: sent to those who presented.
        partnerships: of these, how many led to an accepted response.
        outcomes: of these, of how many both sides signed what came of it.
        replications: confirmed ones that grew out of them.
    """

    requests: int
    partnerships: int
    outcomes: int
    replications: int


@dataclass(frozen=True)
class Grown:
    """A replication that grew out of an entry.

    Args:
        entry: what was shown.
        replication: what grew out of it.
    """

    entry: Entry
    replication: Replication


def traces_of(showcase: Showcase, readers: Readers) -> Traces:
    """Return what came of a showcase, as far as each of some readers may know of it."""
    counted = _counted(showcase, readers)
    partners = _partners(counted)
    requests, partnerships, outcomes, replications = (
        session().scalar(each) or 0
        for each in (
            select(func.count()).select_from(counted.subquery()),
            select(func.count(CollaborationRequest.id.distinct())).where(
                CollaborationRequest.id.in_(partners)
            ),
            select(func.count(Response.request_id.distinct()))
            .join(Outcome, Outcome.response_id == Response.id)
            .where(Response.request_id.in_(partners), Outcome.status == OutcomeStatus.AGREED),
            _grown(counted, readers, func.count(Replication.id.distinct())),
        )
    )
    return Traces(requests, partnerships, outcomes, replications)


def grown_from(showcase: Showcase, viewer: Viewer) -> list[Grown]:
    """Return the confirmed replications that grew out of a showcase and that `viewer` may know of, the oldest first."""
    counted = _counted(showcase, (viewer,))
    pairs = _grown(counted, (viewer,), Entry.id, Replication.id).distinct().limit(MOST_NAMED)
    found = session().execute(pairs.order_by(Replication.id, Entry.id)).all()
    entries = {
        each.id: each
        for each in session().scalars(
            select(Entry)
            .where(Entry.id.in_({entry for entry, _ in found}))
            .options(joinedload(Entry.innovation))
        )
    }
    replications = {
        each.id: each
        for each in session().scalars(
            select(Replication)
            .where(Replication.id.in_({number for _, number in found}))
            .options(joinedload(Replication.adopter))
        )
    }
    return [Grown(entries[entry], replications[number]) for entry, number in found]


def _counted(showcase: Showcase, readers: Readers) -> Select[int]:
    """Return a select of the ids of requests that count."""
    return (
        select(CollaborationRequest.id)
        .join(Entry, Entry.id == CollaborationRequest.entry_id)
        .where(
            Entry.showcase_id == showcase.id,
            CollaborationRequest.opened_at.is_not(None),
            CollaborationRequest.tlp != Tlp.RED,
            named_to(readers),
            or_(CollaborationRequest.is_counted, and_(*(visible_to(each) for each in readers))),
        )
    )


def _partners(counted: Select[int]) -> Select[int]:
    """Return a select of those that led to an accepted response."""
    return (
        select(CollaborationRequest.id)
        .join(Response, Response.request_id == CollaborationRequest.id)
        .where(
            CollaborationRequest.id.in_(counted),
            CollaborationRequest.status.in_(UNDER_WAY),
            Response.status == ResponseStatus.ACCEPTED,
        )
    )


def _grown(
    counted: Select[int],
    readers: Readers,
    *columns: Any,  # noqa: ANN401 - columns of any type
) -> Select[Any]:
    """Return a select of columns of what grew out of the requests that count."""
    return (
        select(*columns)
        .select_from(Outcome)
        .join(Replication, Replication.id == Outcome.replication_id)
        .join(Response, Response.id == Outcome.response_id)
        .join(CollaborationRequest, CollaborationRequest.id == Response.request_id)
        .join(Entry, Entry.id == CollaborationRequest.entry_id)
        .where(
            CollaborationRequest.id.in_(counted),
            Replication.status.in_(GROWN),
            *(
                Replication.innovation_id.in_(select(Innovation.id).where(innovations_visible_to(each)))
                for each in readers
            ),
        )
    )
