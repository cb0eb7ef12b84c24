"""Scores and decisions for tests, stored or given through the services."""

from hub.core.clock import now
from hub.core.database import session
from hub.showcases.models import EntryDecision, EntryReview, EntryScore, EntryStatus, ShowcaseStatus
from tests.showcases.scenes import make_curator, opened_showcase, proposed_entry

WORDS = "Thank you. We talked about it for long."


def reviewed_showcase(*, entries=1, team=1, **columns):
    """Store a showcase whose call is over.

    Args:
        entries: how many entries are under review.
        team: how many curators there are.
        columns: as `opened_showcase` takes them.

    Returns:
        the showcase, its curators, its entries.
    """
    curators = [make_curator() for _ in range(team)]
    columns = {"status": ShowcaseStatus.REVIEW, **columns}
    showcase = opened_showcase(curators[0], team=curators[1:], **columns)
    return showcase, curators, [under_review(showcase) for _ in range(entries)]


def under_review(showcase, innovation=None, by=None, **columns):
    """Store an entry under review. Takes what `proposed_entry` takes."""
    return proposed_entry(showcase, innovation, by, **{"status": EntryStatus.UNDER_REVIEW, **columns})


def scored(entry, curator, *points, comment="", is_draft=False):
    """Store the scores of a curator: one number for each criterion, or one for all."""
    criteria, moment = entry.showcase.criteria, now()
    given = points * len(criteria) if len(points) == 1 else points
    review = EntryReview(
        entry_id=entry.id,
        curator_id=curator.id,
        comment=comment,
        saved_at=moment,
        submitted_at=None if is_draft else moment,
        scores=[
            EntryScore(criterion_id=each.id, points=value)
            for each, value in zip(criteria, given, strict=True)
        ],
    )
    session().add(review)
    session().commit()
    return review


def decided(entry, curator, decision=EntryDecision.ACCEPT, words=WORDS, position=None):
    """Store a decision that waits to be sent."""
    by = curator.id
    entry.pending, entry.pending_words = decision, words
    entry.pending_by_id, entry.pending_at = by, now()
    entry.waitlist_position = position
    session().commit()
    return entry
