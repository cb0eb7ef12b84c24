"""What of entries waits on one person: drafts to propose, answers to give, presenters to name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, exists, literal, select, union_all

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.showcases.entries.checking import OPEN_ENDED
from hub.showcases.models import (
    Entry,
    EntryPresenter,
    EntryStatus,
    PresenterStatus,
    Showcase,
    ShowcaseStatus,
)
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import on_entry_side_of, visible_to

ENDS = frozenset({"entry_draft"})
"""Kinds whose moment is when it ends."""

AWAITED = (
    EntryStatus.PROPOSED,
    EntryStatus.UNDER_REVIEW,
    EntryStatus.WAITLISTED,
    EntryStatus.ACCEPTED,
    EntryStatus.CONFIRMED,
)
"""States of an entry in which somebody is to present it."""

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Matter:
    """Something of an entry that waits on somebody.

    Args:
        kind: which kind; see `matters_of`.
        entry_id: of which entry.
        since: since when, or, where a date ends it, when that is.
    """

    kind: str
    entry_id: int
    since: datetime


def matters_of(viewer: Viewer) -> Iterator[tuple[str, Rows]]:
    """Yield every kind of thing that waits on `viewer` with the select of entry_id and since."""
    if viewer.member_id is None:
        return
    moment = clock.now()
    own = on_entry_side_of(viewer)
    running = Showcase.status.not_in(OPEN_ENDED)
    yield (
        "entry_draft",
        select(Entry.id.label("entry_id"), Showcase.call_closes_at.label("since"))
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .where(
            own,
            Entry.status == EntryStatus.DRAFT,
            Showcase.status == ShowcaseStatus.CALL_OPEN,
            Showcase.call_closes_at > moment,
        ),
    )
    yield (
        "entry_accepted",
        select(Entry.id.label("entry_id"), Entry.decided_at.label("since"))
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .where(own, Entry.status == EntryStatus.ACCEPTED, running),
    )
    yield (
        "entry_presenterless",
        select(Entry.id.label("entry_id"), Entry.saved_at.label("since"))
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .where(
            own,
            Entry.status.in_(AWAITED),
            ~exists().where(EntryPresenter.entry_id == Entry.id, EntryPresenter.status.in_(STANDING)),
            running,
        ),
    )
    yield (
        "presenter_asked",
        select(Entry.id.label("entry_id"), Entry.proposed_at.label("since"))
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .join(EntryPresenter, EntryPresenter.entry_id == Entry.id)
        .where(
            EntryPresenter.member_id == viewer.member_id,
            EntryPresenter.status == PresenterStatus.ASKED,
            Entry.status.in_(AWAITED),
            running,
            visible_to(viewer),
        ),
    )


def matters(viewer: Viewer) -> list[Matter]:
    """Return what of entries waits on `viewer`, what ends first, then what waits longest."""
    kinds = [
        select(literal(kind, String).label("kind"), rows.subquery()) for kind, rows in matters_of(viewer)
    ]
    if not kinds:
        return []
    found = [
        Matter(row.kind, row.entry_id, row.since)
        for row in session().execute(union_all(*kinds))
        if row.since is not None
    ]
    return sorted(found, key=lambda each: (each.kind not in ENDS, each.since, each.entry_id))
