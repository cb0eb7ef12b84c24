"""What nobody on the team of a showcase is free to judge or to send, and showcases that nobody can look after."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.core.database import session
from hub.integrity.escalation import Bench, Escalated
from hub.integrity.permissions import can_handle_conflicts
from hub.showcases.models import Entry, Showcase, ShowcaseStatus
from hub.showcases.models.entry import REVIEWED
from hub.showcases.permissions import can_join, can_judge, can_view, is_on_team
from hub.showcases.review.permissions import REVIEWING, takes_decisions

ENTRIES_KIND = "showcase_entries"
SENDING_KIND = "showcase_decisions"
TEAM_KIND = "showcase_team"


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return what nobody of the team of a showcase may judge or send, and showcases without a team, the oldest first.

    Nothing for anybody but integrity officers. It names the showcase where they may see it, never an entry.

    Args:
        viewer: who asks.
        bench: whoever decides; coordinators are on it.
    """
    if not can_handle_conflicts(viewer):
        return []
    found = [each for showcase in _reviewed() for each in _of(viewer, showcase, bench)]
    found += [
        _escalated(viewer, showcase, TEAM_KIND, showcase.saved_at, 0)
        for showcase in _to_come()
        if not any(is_on_team(each, showcase) or can_join(each, showcase) for each in bench.deciders)
    ]
    return sorted(found, key=lambda each: each.waiting_since)


def _of(viewer: Viewer, showcase: Showcase, bench: Bench) -> Iterator[Escalated]:
    entries = _entries(showcase)
    if not entries:
        return
    team = [each for each in bench.deciders if is_on_team(each, showcase)]
    orphans = [each for each in entries if not any(can_judge(judge, each) for judge in team)]
    for entry in orphans:
        yield _escalated(viewer, showcase, ENTRIES_KIND, entry.proposed_at or entry.created_at, len(team))
    if orphans or not takes_decisions(showcase):
        return
    if not any(all(can_judge(judge, each) for each in entries) for judge in team):
        since = showcase.call_closes_at or showcase.saved_at
        yield _escalated(viewer, showcase, SENDING_KIND, since, len(team))


def _escalated(viewer: Viewer, showcase: Showcase, kind: str, since: datetime, team: int) -> Escalated:
    is_shown = can_view(viewer, showcase)
    return Escalated(
        kind=kind,
        waiting_since=since,
        candidates=team,
        free=0,
        title=showcase.name if is_shown else None,
        language=showcase.language if is_shown else None,
        address=showcase.public_id if is_shown else None,
        tlp=showcase.tlp,
    )


def _reviewed() -> Sequence[Showcase]:
    return _showcases(Showcase.status.in_(REVIEWING), Showcase.decisions_sent_at.is_(None))


def _to_come() -> Sequence[Showcase]:
    """Return the showcases for which somebody has something left to do."""
    return _showcases(Showcase.status.not_in((ShowcaseStatus.REPORTED, ShowcaseStatus.CANCELLED)))


def _showcases(*conditions: ColumnElement[bool]) -> Sequence[Showcase]:
    return (
        session()
        .scalars(
            select(Showcase)
            .where(*conditions)
            .options(selectinload(Showcase.curators), selectinload(Showcase.label_rows))
            .order_by(Showcase.id)
        )
        .all()
    )


def _entries(showcase: Showcase) -> Sequence[Entry]:
    innovation = joinedload(Entry.innovation, innerjoin=True)
    return (
        session()
        .scalars(
            select(Entry)
            .where(Entry.showcase_id == showcase.id, Entry.status.in_(REVIEWED))
            .options(
                selectinload(Entry.presenters),
                selectinload(Entry.attempts),
                innovation.joinedload(Innovation.published_revision).selectinload(
                    InnovationRevision.organisations
                ),
            )
            .order_by(Entry.id)
        )
        .all()
    )
