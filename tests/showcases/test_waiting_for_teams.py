"""What waits for the team of a showcase: counted for each curator, without what they may not hear of."""

import pytest

from hub.alerts.waiting import what_waits
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.showcases.making.queries import showcases_of_team, showcases_to_join
from hub.showcases.making.waiting import count_waiting, waiting_in
from hub.showcases.models import EntryReview, EntryStatus, FeatureProposal, RegistrationStatus, ShowcaseStatus
from tests.catalogue.records import make_scene
from tests.factories import make_member
from tests.showcases.scenes import (
    POLICE,
    drafted_showcase,
    make_curator,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)

pytestmark = pytest.mark.db

FIRST = PageRequest()


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def free(scene):
    """A curator without a conflict."""
    return make_curator()


@pytest.fixture
def tied(scene):
    """A curator who belongs to the owner of the innovation."""
    return make_curator(belongs_to=[scene.owner])


@pytest.fixture
def showcase(free, tied):
    return opened_showcase(free, team=[tied], status=ShowcaseStatus.REVIEW)


@pytest.fixture
def entry(scene, showcase):
    return proposed_entry(showcase, recorded_innovation(scene), status=EntryStatus.UNDER_REVIEW)


def waits(curator, showcase):
    return waiting_in(viewer_of(curator), [showcase.id])[showcase.id]


def test_entries_wait_for_the_scores_of_who_may_judge_them(free, tied, showcase, entry):
    assert waits(free, showcase).to_score == 1
    assert "entries_to_score" in what_waits(viewer_of(free))
    assert not waits(tied, showcase).is_any
    assert "entries_to_score" not in what_waits(viewer_of(tied))
    assert (count_waiting(viewer_of(free)), count_waiting(viewer_of(tied))) == (1, 0)


def test_a_draft_of_scores_still_waits_and_submitted_ones_do_not(free, showcase, entry):
    review = EntryReview(entry_id=entry.id, curator_id=free.id)
    session().add(review)
    session().commit()
    assert waits(free, showcase).to_score == 1
    review.submitted_at = now()
    session().commit()
    assert waits(free, showcase).to_score == 0


def test_a_cancelled_showcase_waits_for_nothing(free):
    cancelled = opened_showcase(free, status=ShowcaseStatus.CANCELLED)
    proposed_entry(cancelled, status=EntryStatus.UNDER_REVIEW)
    registered(cancelled, status=RegistrationStatus.ASKED)
    assert not waits(free, cancelled).is_any


def test_registrations_wait_for_approval_by_others(free, tied, showcase):
    registered(showcase, tied, status=RegistrationStatus.ASKED)
    assert (waits(free, showcase).to_approve, waits(tied, showcase).to_approve) == (1, 0)


def test_a_proposal_to_feature_waits_for_another_curator(free, showcase, entry):
    third = make_curator()
    joined = opened_showcase(third, team=[free], status=ShowcaseStatus.REVIEW)
    shown = proposed_entry(joined, status=EntryStatus.UNDER_REVIEW)
    session().add(
        FeatureProposal(entry_id=shown.id, proposed_by_id=third.id, proposed_at=now(), reason="It is new.")
    )
    session().commit()
    assert (waits(free, joined).features, waits(third, joined).features) == (1, 0)


def test_a_report_waits_once_it_is_over(free):
    opened_showcase(free, status=ShowcaseStatus.CLOSED)
    assert what_waits(viewer_of(free))["reports_due"].number == 1


def test_nothing_of_it_waits_for_anybody_else(entry):
    for somebody in (make_curator(), make_member()):
        assert not {"entries_to_score", "reports_due"} & set(what_waits(viewer_of(somebody)))


def test_the_desk_lists_own_teams_and_what_can_be_joined(free, showcase):
    drafted, hidden = drafted_showcase(free), opened_showcase(readership=POLICE)
    over, other = published_showcase(free, status=ShowcaseStatus.CLOSED), opened_showcase()
    viewer = viewer_of(free)
    own = showcases_of_team(viewer, FIRST)
    assert (own.total, own.items[-1]) == (3, over)
    assert {each.id for each in own.items} == {showcase.id, drafted.id, over.id}
    assert [each.id for each in showcases_to_join(viewer, FIRST).items] == [other.id]
    assert hidden not in showcases_to_join(viewer, FIRST).items
    assert showcases_to_join(viewer_of(make_member()), FIRST).total == 0
