"""What waits for the team of showcases: as piles for the start page, and showcase by showcase for its desk."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.models import (
    Entry,
    EntryReview,
    EntryStatus,
    FeatureProposal,
    Registration,
    RegistrationStatus,
    Showcase,
    ShowcaseStatus,
)
from hub.showcases.models.showcase import TAKES_REGISTRATIONS
from hub.showcases.permissions import judged_by, on_team_of

Counted = tuple[str, InstrumentedAttribute[Any], tuple[ColumnElement[bool], ...]]
"""Name of a pile, since when one of it waits, and the conditions."""


@dataclass(frozen=True)
class TeamWaiting:
    """How much of one showcase waits for one curator; what they may not judge is not counted."""

    to_score: int = 0
    to_approve: int = 0
    features: int = 0

    @property
    def is_any(self) -> bool:
        """Whether anything waits."""
        return bool(self.to_score or self.to_approve or self.features)


def team_piles(viewer: Viewer) -> Iterator[Counted]:
    """Yield what waits for `viewer` as a curator of any showcase, for the one query that counts everything."""
    yield "entries_to_score", Entry.proposed_at, _to_score(viewer)
    yield "registrations_to_approve", Registration.arrived_at, _to_approve(viewer)
    yield "features_to_decide", FeatureProposal.proposed_at, _features(viewer)
    yield "reports_due", Showcase.closed_at, (Showcase.status == ShowcaseStatus.CLOSED, on_team_of(viewer))


def count_waiting(viewer: Viewer) -> int:
    """Return how much waits for `viewer` as a curator of any showcase, in one query."""
    counts = (
        select(func.count(since)).where(*conditions).scalar_subquery()
        for _kind, since, conditions in team_piles(viewer)
    )
    return sum(session().execute(select(*counts)).one())


def waiting_in(viewer: Viewer, numbers: Collection[int]) -> dict[int, TeamWaiting]:
    """Return what waits for `viewer` in each of some showcases, by their ids, in three queries."""
    counts: dict[str, dict[int, int]] = {
        "to_score": _by_showcase(numbers, Entry.showcase_id, *_to_score(viewer)),
        "to_approve": _by_showcase(numbers, Registration.showcase_id, *_to_approve(viewer)),
        "features": _by_showcase(numbers, Entry.showcase_id, *_features(viewer)),
    }
    return {
        number: TeamWaiting(**{name: found.get(number, 0) for name, found in counts.items()})
        for number in numbers
    }


def _by_showcase(
    numbers: Collection[int], column: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> dict[int, int]:
    rows = session().execute(
        select(column, func.count()).where(*conditions, column.in_(sorted(numbers))).group_by(column)
    )
    return {row[0]: row[1] for row in rows}


def _to_score(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    scored = exists().where(
        EntryReview.entry_id == Entry.id,
        EntryReview.curator_id == viewer.member_id,
        EntryReview.submitted_at.is_not(None),
    )
    reviewed = select(Showcase.id).where(
        Showcase.status == ShowcaseStatus.REVIEW, Showcase.decisions_sent_at.is_(None)
    )
    return (
        Entry.status == EntryStatus.UNDER_REVIEW,
        Entry.showcase_id.in_(reviewed),
        judged_by(viewer),
        ~scored,
    )


def _to_approve(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    own = select(Showcase.id).where(on_team_of(viewer), Showcase.status.in_(TAKES_REGISTRATIONS))
    return (
        Registration.status == RegistrationStatus.ASKED,
        Registration.showcase_id.in_(own),
        or_(Registration.member_id.is_(None), Registration.member_id != viewer.member_id),
    )


def _features(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (
        Entry.id == FeatureProposal.entry_id,
        FeatureProposal.status == ProposalStatus.PROPOSED,
        FeatureProposal.proposed_by_id != viewer.member_id,
        judged_by(viewer),
    )
