"""The entries of a showcase by their scores: weighted means, and how far the curators are apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, pstdev

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.showcases.models import Criterion, Entry, EntryReview, EntryScore, EntryStatus, Showcase
from hub.showcases.review.judges import Judge, judges_by_entry, judges_of
from hub.showcases.review.permissions import is_being_reviewed
from hub.showcases.review.queries import entries_judged

Points = Mapping[int, int]
"""Points by id of the criterion."""


@dataclass(frozen=True)
class Standing:
    """What the scores of one entry come to.

    Args:
        mean: the mean of the curators' weighted means, from 1 to 5.
        lowest: the lowest of these.
        highest: the highest of these.
        deviation: their standard deviation.
        by_criterion: the mean of the points by id of the criterion.
    """

    mean: float
    lowest: float
    highest: float
    deviation: float
    by_criterion: Mapping[int, float]


@dataclass(frozen=True)
class RankedEntry:
    """One line of the ranking.

    Args:
        entry: the entry.
        reviews: how many gave scores that count.
        judges: how many may.
        own: the viewer's own weighted mean, or None.
        own_points: the viewer's own points by id of the criterion.
        standing: what all scores come to; None where nobody gave any or the viewer owes their own.
    """

    entry: Entry
    reviews: int
    judges: int
    own: float | None = None
    own_points: Points = field(default_factory=dict)
    standing: Standing | None = None


def weighted_mean(points: Points, weights: Mapping[int, int]) -> float:
    """Return the mean of points, each as heavy as the published weight of its criterion.

    Args:
        points: for every criterion.
        weights: by id of the criterion.
    """
    return sum(points[number] * weight for number, weight in weights.items()) / sum(weights.values())


def standing_of(reviews: Collection[Points], weights: Mapping[int, int]) -> Standing | None:
    """Return what reviews of one entry come to; None where there is none.

    Args:
        reviews: the points of each curator, for every criterion.
        weights: by id of the criterion.
    """
    if not reviews or not weights:
        return None
    means = [weighted_mean(each, weights) for each in reviews]
    return Standing(
        mean=fmean(means),
        lowest=min(means),
        highest=max(means),
        deviation=pstdev(means),
        by_criterion={number: fmean([each[number] for each in reviews]) for number in weights},
    )


def weights_of(criteria: Collection[Criterion]) -> dict[int, int]:
    """Return the weights of criteria by their ids."""
    return {each.id: each.weight for each in criteria}


def ranking(showcase: Showcase, viewer: Viewer, judges: Sequence[Judge] | None = None) -> list[RankedEntry]:
    """Return the entries that `viewer` may judge, the best first, those without figures last.

    Scores count of who may judge the entry at this moment. The number of queries does not grow with the entries.

    Args:
        showcase: of which showcase.
        viewer: who asks.
        judges: its curators, where the caller looked them up.
    """
    free = judges_by_entry(judges_of(showcase) if judges is None else judges)
    weights = weights_of(showcase.criteria)
    points = _points(showcase, weights)
    lines = [
        _line(entry, points.get(entry.id, {}), free.get(entry.id, frozenset()), weights, viewer)
        for entry in entries_judged(showcase, viewer)
        if entry.status is not EntryStatus.WITHDRAWN
    ]
    return sorted(lines, key=lambda each: -each.standing.mean if each.standing else 0.0)


def _line(
    entry: Entry,
    by_member: Mapping[int, Points],
    free: frozenset[int],
    weights: Mapping[int, int],
    viewer: Viewer,
) -> RankedEntry:
    counted = {member: points for member, points in by_member.items() if member in free}
    own = counted.get(viewer.member_id or 0, {})
    may_read = bool(own) or not is_being_reviewed(entry)
    return RankedEntry(
        entry=entry,
        reviews=len(counted),
        judges=len(free),
        own=weighted_mean(own, weights) if own and weights else None,
        own_points=own,
        standing=standing_of(list(counted.values()), weights) if may_read else None,
    )


def _points(showcase: Showcase, weights: Mapping[int, int]) -> Mapping[int, Mapping[int, Points]]:
    """Return what was given in this showcase, by entry, curator and criterion; whole reviews only."""
    found: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = session().execute(
        select(EntryReview.entry_id, EntryReview.curator_id, EntryScore.criterion_id, EntryScore.points)
        .join(EntryScore, EntryScore.review_id == EntryReview.id)
        .join(Entry, Entry.id == EntryReview.entry_id)
        .where(Entry.showcase_id == showcase.id, EntryReview.submitted_at.is_not(None))
    )
    for entry_id, curator_id, criterion_id, points in rows:
        found[entry_id][curator_id][criterion_id] = points
    return {
        entry_id: {member: points for member, points in by_member.items() if points.keys() == weights.keys()}
        for entry_id, by_member in found.items()
    }
