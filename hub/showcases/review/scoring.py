"""Scores of one curator for one entry: kept as a draft, given, and changed until the decisions are sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, StaleVersionError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_judge
from hub.showcases.models import Entry, EntryReview, EntryScore
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.models.review import MOST_POINTS
from hub.showcases.review.permissions import is_being_reviewed, is_submitted
from hub.showcases.review.queries import own_review

CLOSED = N_("No scores are taken for this entry any more.")
MISSING = N_("Choose a score.")


@dataclass(frozen=True)
class Scores:
    """What a curator thinks of an entry.

    Args:
        points: 1 to 5 by id of the criterion.
        comment: why; the other curators read it with the points.
    """

    points: Mapping[int, int]
    comment: str = ""


def points_field(criterion_id: int) -> str:
    """Return what errors at the points for one criterion are named after."""
    return f"points-{criterion_id}"


def save_scores(actor: Member, entry: Entry, scores: Scores, *, version: int, is_final: bool) -> EntryReview:
    """Keep scores as a draft, or give them; what was given stays given and can be changed.

    Args:
        actor: a curator free of conflict with the entry.
        entry: which one.
        scores: points and comment.
        version: of the review that the actor changed; 0 where they had none.
        is_final: whether they are given, so that they count and the others' can be read.

    Raises:
        NotFoundError, ForbiddenError: the actor does not judge the entry.
        ConflictError: it is decided, or its call was cancelled.
        StaleVersionError: the actor saved it in another window meanwhile.
        InvalidError: points are missing or none of ours, or the comment is too long; names the field.
    """
    viewer = holding_as_judge(actor, entry)
    if not is_being_reviewed(entry):
        raise ConflictError(CLOSED)
    review = own_review(viewer, entry)
    if version != (review.version if review else 0):
        raise StaleVersionError
    _check(entry, scores, is_complete=is_final or is_submitted(review))
    if review is None:
        review = EntryReview(entry_id=entry.id, curator_id=actor.id, version=0)
        session().add(review)
    now = clock.now()
    review.comment = scores.comment.strip()
    review.version += 1
    review.saved_at = now
    if is_final and review.submitted_at is None:
        review.submitted_at = now
    _take_over(review, scores.points)
    session().flush()
    if review.submitted_at is not None:
        record(
            viewer,
            Event.ENTRY_SCORE,
            entry.subject,
            after={
                "points": {str(each): scores.points[each] for each in sorted(scores.points)},
                "comment": review.comment,
            },
        )
    return review


def _check(entry: Entry, scores: Scores, *, is_complete: bool) -> None:
    asked = {each.id for each in entry.showcase.criteria}
    for number, points in scores.points.items():
        if number not in asked or not 1 <= points <= MOST_POINTS:
            raise InvalidError(MISSING, field=points_field(number))
    if is_complete:
        for criterion in entry.showcase.criteria:
            if criterion.id not in scores.points:
                raise InvalidError(MISSING, field=points_field(criterion.id))
    check_text("comment", scores.comment.strip(), WORDS_LENGTH)


def _take_over(review: EntryReview, points: Mapping[int, int]) -> None:
    kept = {each.criterion_id: each for each in review.scores}
    review.scores = [each for each in review.scores if each.criterion_id in points]
    for number, value in points.items():
        if number in kept:
            kept[number].points = value
        else:
            review.scores.append(EntryScore(criterion_id=number, points=value))
