"""Decisions that wait, and sending all of them together."""

import pytest

from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryDecision, EntryStatus, ShowcaseStatus
from hub.showcases.permissions import can_judge
from hub.showcases.review.deciding import (
    Decision,
    decide_entry,
    decide_several,
    next_position,
    seen_of,
    undo_decision,
)
from hub.showcases.review.queries import entries_judged
from hub.showcases.review.recusing import recuse_from_entry
from hub.showcases.review.sending import outlook_of, send_decisions
from hub.showcases.review.stages import begin_review, reopen_entries
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.review.judging import WORDS, decided, reviewed_showcase, under_review
from tests.showcases.scenes import drafted_entry, make_curator, opened_showcase, proposed_entry

pytestmark = pytest.mark.db

ACCEPT = Decision(EntryDecision.ACCEPT, WORDS)


@pytest.fixture
def scene(database):
    return reviewed_showcase(entries=3, team=2)


def decide(curator, entry, decision=ACCEPT, seen=None):
    did(decide_entry, curator, entry, decision, seen=seen_of(entry) if seen is None else seen)


def test_a_decision_waits_and_tells_nobody(scene):
    _showcase, (curator, _other), (entry, *_rest) = scene
    decide(curator, entry)
    assert (entry.status, entry.pending) == (EntryStatus.UNDER_REVIEW, EntryDecision.ACCEPT)
    assert (entry.decided_at, entry.decision_words, entry.version) == (None, "", 1)
    assert told(entry.proposed_by) == []
    assert len(history_of(entry.subject, events=(Event.ENTRY_DECIDE,))) == 1


def test_a_decision_is_changed_and_taken_back(scene):
    _showcase, (first, second), (entry, *_rest) = scene
    decide(first, entry)
    decide(second, entry, Decision(EntryDecision.WAITLIST, "Close.", 4))
    assert (entry.pending, entry.waitlist_position) == (EntryDecision.WAITLIST, 4)
    did(undo_decision, first, entry, seen=seen_of(entry))
    assert (entry.pending, entry.pending_words, entry.waitlist_position) == (None, "", None)
    with pytest.raises(ConflictError):
        did(undo_decision, first, entry, seen="")


def test_who_decides_over_an_unseen_decision_is_told(scene):
    _showcase, (first, second), (entry, *_rest) = scene
    decide(first, entry)
    with pytest.raises(ConflictError):
        decide(second, entry, Decision(EntryDecision.REJECT, WORDS), seen="")
    assert entry.pending is EntryDecision.ACCEPT


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(EntryDecision.REJECT, " "), "words"),
        (Decision(EntryDecision.ACCEPT, "x" * 2_001), "words"),
        (Decision(EntryDecision.WAITLIST, WORDS), "position"),
        (Decision(EntryDecision.WAITLIST, WORDS, 0), "position"),
        (Decision(EntryDecision.WAITLIST, WORDS, 10_001), "position"),
    ],
)
def test_what_cannot_be_decided_so(scene, decision, field):
    _showcase, (curator, _other), (entry, *_rest) = scene
    with pytest.raises(InvalidError) as caught:
        decide(curator, entry, decision)
    assert caught.value.field == field


def test_nothing_is_decided_while_the_call_is_open_or_once_sent(database):
    curator = make_curator()
    showcase = opened_showcase(curator)
    with pytest.raises(ConflictError):
        decide(curator, proposed_entry(showcase))
    sent, (curator,), (entry,) = reviewed_showcase()
    decided(entry, curator)
    did(send_decisions, curator, sent)
    with pytest.raises(ConflictError):
        decide(curator, entry)


def test_only_who_judges_decides(scene):
    showcase, (curator, other), (entry, *_rest) = scene
    with pytest.raises(NotFoundError):
        decide(make_curator(), entry)
    with pytest.raises(ForbiddenError):
        decide(entry.proposed_by, entry)
    own = under_review(showcase, by=other, presenters=[])
    with pytest.raises(NotFoundError):
        decide(other, own)
    decide(curator, own)


def test_several_are_decided_at_once_in_their_order(scene):
    showcase, (curator, _other), (first, second, third) = scene
    decided(third, curator, EntryDecision.WAITLIST, position=2)
    ids = [second.public_id, first.public_id, second.public_id]
    assert did(decide_several, curator, showcase, ids, Decision(EntryDecision.WAITLIST, WORDS)) == 2
    assert (second.waitlist_position, first.waitlist_position) == (3, 4)


def test_of_several_all_are_decided_or_none(scene):
    showcase, (curator, _other), (first, second, third) = scene
    decided(third, curator)
    for more in (third, proposed_entry(opened_showcase()), drafted_entry(showcase)):
        with pytest.raises(ConflictError):
            did(decide_several, curator, showcase, [first.public_id, more.public_id], ACCEPT)
    assert (first.pending, second.pending) == (None, None)
    with pytest.raises(InvalidError):
        did(decide_several, curator, showcase, [], ACCEPT)


def test_of_several_none_is_one_with_a_conflict(scene):
    showcase, (_curator, other), (first, *_rest) = scene
    own = under_review(showcase, by=other, presenters=[])
    with pytest.raises(ConflictError):
        did(decide_several, other, showcase, [first.public_id, own.public_id], ACCEPT)


def test_all_are_answered_together(scene):
    showcase, (first, second), (one, two, three) = scene
    four = under_review(showcase)
    decided(one, first, words="Welcome.")
    decided(two, second, EntryDecision.WAITLIST, position=7)
    decided(three, first, EntryDecision.REJECT)
    decided(four, first, EntryDecision.WAITLIST, position=3)
    assert did(send_decisions, second, showcase) == 4
    assert [each.status for each in (one, two, three, four)] == [
        EntryStatus.ACCEPTED,
        EntryStatus.WAITLISTED,
        EntryStatus.REJECTED,
        EntryStatus.WAITLISTED,
    ]
    assert (one.decided_by_id, one.decision_words, one.pending) == (first.id, "Welcome.", None)
    assert (four.waitlist_position, two.waitlist_position) == (1, 2)
    assert (showcase.decisions_sent_by_id, told(one.proposed_by)) == (second.id, ["entry_accepted"])
    assert told(two.proposed_by) == ["entry_waitlisted"]
    assert told(three.proposed_by) == ["entry_rejected"]
    assert len(history_of(one.subject, events=(Event.ENTRY_ACCEPT,))) == 1


def test_nothing_is_sent_while_one_is_undecided(scene):
    showcase, (curator, _other), (one, two, three) = scene
    decided(one, curator)
    decided(two, curator)
    assert outlook_of(showcase, viewer_of(curator)).undecided == [three]
    with pytest.raises(ConflictError):
        did(send_decisions, curator, showcase)
    assert (one.status, told(one.proposed_by)) == (EntryStatus.UNDER_REVIEW, [])


def test_who_has_a_conflict_with_one_sends_nothing_and_learns_nothing(scene):
    showcase, (free, tied), entries = scene
    own = under_review(showcase, by=tied, presenters=[])
    for each in entries:
        decided(each, free)
    with pytest.raises(ForbiddenError) as undecided:
        did(send_decisions, tied, showcase)
    decided(own, free)
    with pytest.raises(ForbiddenError) as refused:
        did(send_decisions, tied, showcase)
    assert undecided.value.message == refused.value.message
    assert "conflict" not in refused.value.message
    outlook = outlook_of(showcase, viewer_of(tied))
    assert (outlook.decided[EntryDecision.ACCEPT], outlook.undecided) == (entries, [])
    assert did(send_decisions, free, showcase) == 4


def test_they_are_sent_once_and_in_time(scene):
    showcase, (curator, _other), entries = scene
    for each in entries:
        decided(each, curator)
    did(send_decisions, curator, showcase)
    with pytest.raises(ConflictError):
        did(send_decisions, curator, showcase)
    with pytest.raises(ConflictError):
        did(send_decisions, curator, opened_showcase(curator))
    with pytest.raises(NotFoundError):
        did(send_decisions, make_curator(), showcase)


def test_a_showcase_without_entries_has_nothing_to_wait_for(database):
    showcase, (curator,), _none = reviewed_showcase(entries=0)
    assert did(send_decisions, curator, showcase) == 0
    assert showcase.decisions_sent_at is not None


def test_drafts_and_withdrawn_entries_hold_nothing_up(scene):
    showcase, (curator, _other), entries = scene
    drafted_entry(showcase)
    proposed_entry(showcase, status=EntryStatus.WITHDRAWN)
    for each in entries:
        decided(each, curator)
    assert did(send_decisions, curator, showcase) == 3


def test_a_decision_counts_while_who_took_it_may_judge(scene):
    showcase, (first, second), entries = scene
    for each in entries:
        decided(each, second)
    did(recuse_from_entry, second, entries[0], "We quarrelled.")
    assert outlook_of(showcase, viewer_of(first)).undecided == [entries[0]]
    # not by recusal, but by leaving the team
    showcase.curators = [each for each in showcase.curators if each.member_id == first.id]
    session().commit()
    assert len(outlook_of(showcase, viewer_of(first)).undecided) == 3


def test_places_begin_after_those_that_one_may_know(scene):
    showcase, (free, tied), (one, *_rest) = scene
    decided(one, free, EntryDecision.WAITLIST, position=2)
    decided(under_review(showcase, by=tied, presenters=[]), free, EntryDecision.WAITLIST, position=9)
    assert (next_position(showcase, viewer_of(free)), next_position(showcase, viewer_of(tied))) == (10, 3)


def test_the_end_of_a_call_begins_the_review_and_tells_who_has_something_to_judge(database):
    free, tied = make_curator(), make_curator()
    showcase = opened_showcase(free, team=[tied], status=ShowcaseStatus.REVIEW)
    entry = proposed_entry(showcase, by=tied, presenters=[])
    draft = drafted_entry(showcase)
    assert did(begin_review, viewer_of(free), showcase) == 1
    assert (entry.status, draft.status) == (EntryStatus.UNDER_REVIEW, EntryStatus.DRAFT)
    assert (told(free), told(tied)) == (["entries_to_score"], [])
    assert len(history_of(entry.subject, events=(Event.ENTRY_BEGIN_REVIEW,))) == 1


def test_opening_the_call_again_brings_entries_back_until_one_is_decided(scene):
    showcase, (curator, _other), entries = scene
    assert did(reopen_entries, viewer_of(curator), showcase) == 3
    assert {each.status for each in entries} == {EntryStatus.PROPOSED}
    did(begin_review, viewer_of(curator), showcase)
    decided(entries[0], curator)
    with pytest.raises(ConflictError):
        did(reopen_entries, viewer_of(curator), showcase)


def test_opening_the_call_again_tells_nothing_of_a_decision_that_one_may_not_know(scene):
    showcase, (free, tied), (entry, *_rest) = scene
    decided(entry, free)
    did(recuse_from_entry, tied, entry)
    did(reopen_entries, viewer_of(tied), showcase)
    assert (entry.status, entry.pending) == (EntryStatus.PROPOSED, None)
    did(begin_review, viewer_of(tied), showcase)
    # own acts are counted in own data: none are with this entry
    steps = history_of(
        entry.subject, events=(Event.ENTRY_DECIDE, Event.ENTRY_REOPEN, Event.ENTRY_BEGIN_REVIEW)
    )
    assert len(steps) == 3
    assert tied.public_id not in {each.actor for each in steps}


def test_a_recusal_outlasts_proposing_anew(scene):
    showcase, (free, recused), (entry, *_rest) = scene
    did(recuse_from_entry, recused, entry)
    entry.status = EntryStatus.WITHDRAWN
    anew = under_review(showcase, entry.innovation)
    for who, hears in ((recused, False), (free, True)):
        viewer = viewer_of(who)
        assert can_judge(viewer, anew) is hears
        assert (anew in entries_judged(showcase, viewer)) is hears
    assert can_judge(viewer_of(recused), under_review(showcase))


def test_a_recused_curator_may_not_recuse_twice_nor_a_member(scene):
    _showcase, (curator, _other), (entry, *_rest) = scene
    with pytest.raises(InvalidError):
        did(recuse_from_entry, curator, entry, "x" * 501)
    did(recuse_from_entry, curator, entry)
    for somebody in (curator, make_member()):
        with pytest.raises(NotFoundError):
            did(recuse_from_entry, somebody, entry)
