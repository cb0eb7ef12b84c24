"""How long organisations take to a first answer: what counts, for whom, and what is not told."""

from datetime import timedelta

import pytest

from hub.access.viewer import VISITOR
from hub.collaboration.board.medians import (
    Band,
    answer_time_in_all,
    answer_time_of,
    answer_times,
)
from hub.collaboration.models import QuestionStatus, ReceiverStatus, RequestStatus, ResponseStatus
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.organisations.models import MergedOrganisation
from tests.collaboration.levels.waiting import asked
from tests.collaboration.requests import MEMBERS, make_coordinator, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def organisation(database):
    return make_organisation("Tenders Watch")


def answered_after(request, *days, **columns):
    """Store responses that got a first answer after so many days."""
    for each in days:
        moment = now() - timedelta(days=10)
        responded(
            request,
            submitted_at=moment,
            first_answered_at=moment + timedelta(days=each),
            status=ResponseStatus.SHORTLISTED,
            **columns,
        )


def each_answered_after(organisation, *days, **columns):
    """Store requests that take no responses any more, each with one response that got its first answer then."""
    for each in days:
        answered_after(closed_request(organisation, **columns), each)


def closed_request(organisation=None, **columns):
    return opened_request(
        status=RequestStatus.EXPIRED, organisation_id=organisation and organisation.id, **columns
    )


def test_it_is_the_one_in_the_middle(organisation):
    each_answered_after(organisation, 1, 2, 9)
    time = answer_time_of(organisation, VISITOR)
    assert (round(time.days, 2), time.band) == (2, Band.FEW)


def test_of_an_even_number_it_is_the_mean_of_two(organisation):
    each_answered_after(organisation, 1, 2, 4, 9)
    assert round(answer_time_of(organisation, VISITOR).days, 2) == 3


def test_two_answers_say_nothing(organisation):
    each_answered_after(organisation, 1, 2)
    assert answer_time_of(organisation, VISITOR) is None
    assert answer_time_in_all(VISITOR) is None
    assert answer_times(VISITOR, PageRequest()).total == 0


def test_answers_about_fewer_than_three_requests_say_nothing(organisation):
    answered_after(closed_request(organisation), 1, 2, 3)
    answered_after(closed_request(organisation), 4)
    assert answer_time_of(organisation, VISITOR) is None
    assert answer_times(VISITOR, PageRequest()).total == 0
    answered_after(closed_request(organisation), 5)
    assert answer_time_of(organisation, VISITOR) is not None


def test_responses_count_once_the_request_takes_none_any_more(organisation):
    each_answered_after(organisation, 2, 3)
    request = opened_request(organisation_id=organisation.id)
    answered_after(request, 1)
    assert answer_time_of(organisation, VISITOR) is None
    request.status = RequestStatus.AGREED
    session().commit()
    assert answer_time_of(organisation, VISITOR) is not None


def test_questions_and_answers_of_receivers_count_too(organisation):
    moment = now() - timedelta(days=9)
    day = timedelta(days=1)
    request = opened_request(organisation_id=organisation.id)
    asked(
        request,
        asked_at=moment,
        answered_at=moment + day,
        status=QuestionStatus.ANSWERED,
        answer="All.",
    )
    poster = make_member()
    for days in (2, 3):
        received = opened_request(
            poster, receivers=[organisation], status=RequestStatus.EXPIRED, opened_at=moment
        )
        (receiver,) = received.receivers
        receiver.status, receiver.answered_at = ReceiverStatus.PASSED, moment + days * day
        session().commit()
    assert round(answer_time_of(organisation, viewer_of(poster)).days, 2) == 2
    # whoever may not know of the requests learns nothing of what was answered
    assert answer_time_of(organisation, VISITOR) is None


def test_what_was_answered_more_than_a_year_ago_does_not_count(organisation):
    request = closed_request(organisation)
    long_ago = now() - timedelta(days=366)
    for _ in range(3):
        responded(request, submitted_at=long_ago, first_answered_at=long_ago)
    assert answer_time_of(organisation, VISITOR) is None


def test_what_the_viewer_may_not_know_of_does_not_count(organisation):
    each_answered_after(organisation, 1, 2, 3, readership=MEMBERS)
    assert answer_time_of(organisation, VISITOR) is None
    assert answer_time_of(organisation, viewer_of(make_member())).days > 0


def test_what_was_merged_into_an_organisation_is_theirs(organisation):
    former = make_organisation()
    each_answered_after(former, 1, 2, 3)
    session().add(MergedOrganisation(organisation_id=former.id, into_id=organisation.id))
    session().commit()
    assert answer_time_of(organisation, VISITOR) is not None
    (found,) = answer_times(VISITOR, PageRequest()).items
    assert found.organisation is organisation


def test_the_slowest_comes_first_and_members_who_act_for_themselves_count_in_all(organisation):
    slow = make_organisation()
    each_answered_after(organisation, 1, 1, 1)
    each_answered_after(slow, 8, 8, 8)
    each_answered_after(None, 3, 3, 3, 3)
    viewer = viewer_of(make_coordinator())
    assert [each.organisation for each in answer_times(viewer, PageRequest()).items] == [slow, organisation]
    assert [round(each.time.days) for each in answer_times(viewer, PageRequest()).items] == [8, 1]
    overall = answer_time_in_all(viewer)
    assert (round(overall.days), overall.band) == (3, Band.SOME)
