"""Featuring takes two curators; what nobody on a team may judge reaches the integrity officers."""

import pytest

from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryStatus, ShowcaseStatus
from hub.showcases.permissions import can_decide_feature
from hub.showcases.review.escalation import undecidable
from hub.showcases.review.featuring import (
    approve_feature,
    decline_feature,
    end_feature,
    propose_feature,
    withdraw_feature,
)
from hub.showcases.review.queries import features_of, open_features
from hub.showcases.review.recusing import recuse_from_entry
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.review.judging import reviewed_showcase, under_review
from tests.showcases.scenes import POLICE, confirmed_entry, drafted_entry, make_curator, published_showcase

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    first, second = make_curator(), make_curator()
    showcase = published_showcase(first, team=[second])
    return first, second, confirmed_entry(showcase)


def propose(curator, entry, reason="It is used in three countries."):
    return did(propose_feature, curator, entry, reason=reason)


def test_one_proposes_and_another_approves(scene):
    first, second, entry = scene
    proposal = propose(first, entry)
    assert (told(first), told(second)) == ([], ["feature_proposed"])
    assert can_decide_feature(viewer_of(second), proposal)
    assert not can_decide_feature(viewer_of(first), proposal)
    with pytest.raises(ForbiddenError):
        did(approve_feature, first, proposal)
    did(approve_feature, second, proposal)
    assert (entry.is_featured, proposal.status) == (True, ProposalStatus.APPROVED)
    assert len(history_of(entry.subject, events=(Event.ENTRY_FEATURE,))) == 1
    with pytest.raises(ConflictError):
        did(approve_feature, second, proposal)


def test_one_ends_it(scene):
    first, second, entry = scene
    did(approve_feature, second, propose(first, entry))
    did(end_feature, first, entry)
    assert entry.is_featured is False
    with pytest.raises(ConflictError):
        did(end_feature, first, entry)


def test_declining_needs_words_and_leaves_them_to_read(scene):
    first, second, entry = scene
    proposal = propose(first, entry)
    with pytest.raises(InvalidError):
        did(decline_feature, second, proposal, words=" ")
    did(decline_feature, second, proposal, words="Too early.")
    assert [each.decision_words for each in features_of(entry)] == ["Too early."]
    assert entry.is_featured is False
    propose(second, entry)


def test_it_is_proposed_once_at_a_time(scene):
    first, second, entry = scene
    proposal = propose(first, entry)
    with pytest.raises(ConflictError):
        propose(second, entry)
    with pytest.raises(NotFoundError):
        did(withdraw_feature, second, proposal)
    did(withdraw_feature, first, proposal)
    propose(second, entry)


@pytest.mark.parametrize("status", [EntryStatus.UNDER_REVIEW, EntryStatus.REJECTED, EntryStatus.WITHDRAWN])
def test_only_what_was_accepted_is_featured(scene, status):
    first, _second, entry = scene
    entry.status = status
    session().commit()
    with pytest.raises(ConflictError):
        propose(first, entry)


def test_who_recuses_themselves_takes_their_proposal_back(scene):
    first, second, entry = scene
    proposal = propose(first, entry)
    did(recuse_from_entry, first, entry)
    assert proposal.status is ProposalStatus.WITHDRAWN
    assert open_features(entry.showcase, viewer_of(first)) == []
    propose(second, entry)


def test_a_proposal_of_who_left_the_team_is_not_approved(scene):
    first, second, entry = scene
    proposal = propose(first, entry)
    showcase = entry.showcase
    showcase.curators = [each for each in showcase.curators if each.member_id == second.id]
    session().commit()
    with pytest.raises(ConflictError):
        did(approve_feature, second, proposal)
    did(decline_feature, second, proposal, words="They left.")


def test_who_has_a_conflict_neither_hears_nor_decides(scene):
    first, second, entry = scene
    own = confirmed_entry(entry.showcase, by=second, presenters=[])
    proposal = propose(first, own)
    assert told(second) == []
    assert open_features(entry.showcase, viewer_of(second)) == []
    with pytest.raises(NotFoundError):
        did(approve_feature, second, proposal)


def officer():
    return viewer_of(make_member(roles=[Role.INTEGRITY_OFFICER]))


def escalated(viewer=None):
    return undecidable(viewer or officer(), Bench())


def test_an_entry_that_nobody_may_judge_is_escalated_without_its_name(database):
    showcase, (curator,), _entries = reviewed_showcase()
    make_curator()
    under_review(showcase, by=curator, presenters=[])
    (found,) = escalated()
    assert (found.kind, found.candidates, found.free) == ("showcase_entries", 1, 0)
    assert (found.title, found.address) == (showcase.name, showcase.public_id)
    assert escalated(viewer_of(curator)) == []


def test_decisions_that_nobody_may_send_are_escalated(database):
    showcase, (first, second), _none = reviewed_showcase(entries=0, team=2)
    under_review(showcase, by=first, presenters=[])
    assert escalated() == []
    under_review(showcase, by=second, presenters=[])
    (found,) = escalated()
    assert (found.kind, found.waiting_since) == ("showcase_decisions", showcase.call_closes_at)


def test_escalation_names_no_showcase_outside_the_officers_audience(database):
    showcase, (curator,), _none = reviewed_showcase(entries=0, readership=POLICE)
    under_review(showcase, by=curator, presenters=[])
    (found,) = escalated()
    assert (found.title, found.address, found.tlp) == (None, None, showcase.tlp)


def test_drafts_and_what_is_over_are_not_escalated(database):
    showcase, (curator,), _none = reviewed_showcase(entries=0)
    drafted_entry(showcase, by=curator, presenters=[])
    over, (tied,), _none = reviewed_showcase(entries=0)
    under_review(over, by=tied, presenters=[])
    over.status = ShowcaseStatus.CANCELLED
    database.commit()
    assert escalated() == []
