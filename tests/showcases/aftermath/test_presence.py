"""What was presented is marked by curators free of conflict, once its slot has begun, and corrected later."""

from datetime import timedelta

import pytest

from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.showcases.aftermath.presence import (
    mark_missed,
    mark_presented,
    mark_rest_presented,
    marked_entries,
)
from hub.showcases.models import EntryStatus, ShowcaseStatus
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.past import past_showcase
from tests.showcases.scenes import confirmed_entry, make_curator, make_slot, published_showcase

pytestmark = pytest.mark.db

WHY = "The train from Warsaw was cancelled."


@pytest.fixture
def curator(database):
    return make_curator()


def shown_now(curator, *, team=(), begins=-timedelta(minutes=30), **columns):
    """Store a live showcase with a slot that begins at a moment from now."""
    showcase = past_showcase(curator, team=team, status=ShowcaseStatus.LIVE, ago=timedelta(hours=1))
    entry = confirmed_entry(showcase, **columns)
    make_slot(showcase, entry, after=now() + begins - showcase.starts_at)
    return entry


def tags(thing):
    found = session().query(AuditEntry).filter_by(subject=thing.subject).order_by(AuditEntry.number)
    return [(each.tag, each.reason) for each in found]


def test_it_is_marked_and_corrected_both_ways(curator):
    entry = shown_now(curator)
    did(mark_presented, curator, entry)
    assert entry.status is EntryStatus.PRESENTED
    entry.is_featured = True
    session().commit()
    did(mark_missed, curator, entry, words=WHY)
    assert (entry.status, entry.presence_words) == (EntryStatus.NOT_PRESENTED, WHY)
    assert not entry.is_featured
    did(mark_missed, curator, entry, words="The room was flooded.")
    assert entry.presence_words == "The room was flooded."
    did(mark_presented, curator, entry)
    assert (entry.status, entry.presence_words) == (EntryStatus.PRESENTED, "")
    did(mark_presented, curator, entry)
    assert tags(entry) == [
        ("entry:present", ""),
        ("entry:miss", WHY),
        ("entry:miss", "The room was flooded."),
        ("entry:present", ""),
    ]


def test_before_its_slot_nobody_knows(curator):
    entry = shown_now(curator, begins=timedelta(minutes=5))
    with pytest.raises(ConflictError):
        did(mark_presented, curator, entry)
    coming = confirmed_entry(published_showcase(curator))
    with pytest.raises(ConflictError):
        did(mark_missed, curator, coming, words=WHY)


def test_a_reason_is_needed(curator):
    entry = shown_now(curator)
    with pytest.raises(InvalidError):
        did(mark_missed, curator, entry, words=" \n")


def test_who_has_a_conflict_marks_nothing_and_finds_nothing_to_mark(curator):
    tied = make_curator()
    entry = shown_now(curator, team=[tied], by=tied, organisation_id=None)
    with pytest.raises(ForbiddenError):
        did(mark_presented, tied, entry)
    assert did(mark_rest_presented, tied, entry.showcase) == 0
    assert marked_entries(entry.showcase, viewer_of(tied)) == []
    assert entry.status is EntryStatus.CONFIRMED


@pytest.mark.parametrize("make", [make_curator, make_member])
def test_others_mark_nothing(curator, make):
    entry = shown_now(curator)
    somebody = make()
    with pytest.raises(ForbiddenError):
        did(mark_presented, somebody, entry)
    with pytest.raises(NotFoundError):
        did(mark_rest_presented, somebody, entry.showcase)


def test_all_the_rest_is_marked_at_once(curator):
    entry = shown_now(curator)
    showcase = entry.showcase
    missed, later = (confirmed_entry(showcase) for _ in range(2))
    make_slot(showcase, missed, after=timedelta(minutes=1))
    make_slot(showcase, later, after=timedelta(hours=3))
    did(mark_missed, curator, missed, words=WHY)
    assert did(mark_rest_presented, curator, showcase) == 1
    states = [each.status for each in (entry, missed, later)]
    assert states == [EntryStatus.PRESENTED, EntryStatus.NOT_PRESENTED, EntryStatus.CONFIRMED]
    assert did(mark_rest_presented, curator, showcase) == 0


def test_what_was_never_confirmed_can_only_be_missed(curator):
    entry = shown_now(curator, status=EntryStatus.ACCEPTED, answered_at=None)
    entry.showcase.status = ShowcaseStatus.CLOSED
    session().commit()
    with pytest.raises(ConflictError):
        did(mark_presented, curator, entry)
    did(mark_missed, curator, entry, words=WHY)
    assert entry.status is EntryStatus.NOT_PRESENTED
