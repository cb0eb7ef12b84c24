"""Named receivers who say that they will not respond."""

import pytest

from hub.collaboration.models import ReceiverStatus, RequestStatus
from hub.collaboration.receiving.service import refuse_request
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from tests.collaboration.acts import did, told
from tests.collaboration.requests import opened_request
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def poster(database):
    return make_member()


def test_the_requester_hears_why_and_need_not_wait(poster):
    receiver = make_member()
    request = opened_request(poster, receivers=[receiver, make_member()])
    did(refuse_request, receiver, request, reason="no_time", words="In March we could.")
    passed, other = request.receivers
    assert (passed.status, passed.reason, passed.words) == (
        ReceiverStatus.PASSED,
        "no_time",
        "In March we could.",
    )
    assert passed.answered_by_id == receiver.id
    assert other.status is ReceiverStatus.ASKED
    assert request.first_answered_at is not None
    assert told(poster) == ["receiver_passed"]
    with pytest.raises(ConflictError):
        did(refuse_request, receiver, request, reason="no_time")


def test_representatives_refuse_for_their_organisation_and_others_of_it_do_not(poster):
    organisation = make_organisation()
    request = opened_request(poster, receivers=[organisation])
    with pytest.raises(ForbiddenError):
        did(refuse_request, make_member(belongs_to=[organisation]), request, reason="no_time")
    did(refuse_request, make_member(represents=[organisation]), request, reason="not_ours")
    assert request.receivers[0].status is ReceiverStatus.PASSED


def test_who_was_not_asked_finds_nothing(poster):
    request = opened_request(poster, receivers=[make_member()])
    with pytest.raises(NotFoundError):
        did(refuse_request, make_member(), request, reason="no_time")
    with pytest.raises(ForbiddenError):
        did(refuse_request, make_member(), opened_request(poster), reason="no_time")


@pytest.mark.parametrize(("reason", "field"), [("", "reason"), ("lazy", "reason"), ("other", "words")])
def test_a_reason_of_the_list_is_needed(poster, reason, field):
    receiver = make_member()
    with pytest.raises(InvalidError) as fault:
        did(refuse_request, receiver, opened_request(poster, receivers=[receiver]), reason=reason)
    assert fault.value.field == field


def test_what_takes_no_responses_needs_no_refusal(poster):
    receiver = make_member()
    request = opened_request(poster, receivers=[receiver], status=RequestStatus.AGREED)
    with pytest.raises(ConflictError):
        did(refuse_request, receiver, request, reason="no_time")
