"""What somebody who may judge an entry may do with it now, and from when on they read what the others think."""

from hub.access.viewer import Viewer
from hub.showcases.models import Entry, EntryReview, EntryStatus, Showcase, ShowcaseStatus
from hub.showcases.models.entry import REVIEWED
from hub.showcases.permissions import can_judge

REVIEWING = (ShowcaseStatus.CALL_OPEN, ShowcaseStatus.REVIEW)
"""States in which entries are scored."""

FEATURABLE = (EntryStatus.ACCEPTED, EntryStatus.CONFIRMED, EntryStatus.PRESENTED)
"""States in which an entry may be featured."""


def is_being_reviewed(entry: Entry) -> bool:
    """Whether the entry is scored and discussed at present: until the decisions are sent."""
    showcase = entry.showcase
    return entry.status in REVIEWED and showcase.status in REVIEWING and showcase.decisions_sent_at is None


def takes_decisions(showcase: Showcase) -> bool:
    """Whether the team decides about entries at present: after the call, and until the decisions are sent."""
    return showcase.status is ShowcaseStatus.REVIEW and showcase.decisions_sent_at is None


def is_decidable(entry: Entry) -> bool:
    """Whether a decision about the entry may be written down, changed or taken back."""
    return entry.status is EntryStatus.UNDER_REVIEW and takes_decisions(entry.showcase)


def is_submitted(review: EntryReview | None) -> bool:
    """Whether somebody gave their scores; a draft counts for nothing."""
    return review is not None and review.submitted_at is not None


def can_read_others(viewer: Viewer, entry: Entry, own: EntryReview | None) -> bool:
    """Whether `viewer` may read the scores and remarks of the others.

    Who judges the entry may, once they gave their own scores; when nobody can score it any more, without.

    Args:
        viewer: who asks.
        entry: of which entry.
        own: the viewer's own review of it.
    """
    return can_judge(viewer, entry) and (is_submitted(own) or not is_being_reviewed(entry))
