"""What coordinators decide about requests that are open: new requirements, and calls from conversations."""

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import Role
from hub.audit.events import Event
from hub.audit.queries import history_of
from hub.collaboration.conversations.permissions import can_read, conversations_visible_to
from hub.collaboration.hearing import may_hear_of
from hub.collaboration.models import CallStatus, Conversation, RequestStatus, ResponseStatus, VersionStatus
from hub.collaboration.queries import request_by_id
from hub.collaboration.responses.details import OfferDetails
from hub.collaboration.responses.service import save_offer
from hub.collaboration.review.calls import answer_call
from hub.collaboration.review.conflicts import release_conflicted
from hub.collaboration.review.counting import review_piles
from hub.collaboration.review.parties import conflict_with, free_coordinators, parties_of
from hub.collaboration.review.queries import desk_queue, item_by_id
from hub.collaboration.review.taking import take_item
from hub.collaboration.review.versions import approve_version, compared, decline_version
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.permissions import conflict_of
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.notifications.models import Notification
from hub.organisations.models import MembershipRole, MembershipStatus, OrganisationMembership
from tests.collaboration.acts import did, told
from tests.collaboration.levels.waiting import called, proposed
from tests.collaboration.requests import GEORGIAN_POLICE, make_coordinator, opened_request, submitted_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def coordinator(database):
    return make_coordinator()


def joined(member, organisation):
    """Return a membership that begins now."""
    return OrganisationMembership(
        member_id=member.id,
        organisation_id=organisation.id,
        role=MembershipRole.MEMBER,
        status=MembershipStatus.ACTIVE,
        started_at=now(),
    )


def in_queue(person):
    return {line.public_id for line in desk_queue(viewer_of(person))}


def counted(person):
    return {
        kind: session().query(since).filter(*conditions).count()
        for kind, since, conditions in review_piles(viewer_of(person))
    }


def test_approved_requirements_take_the_place_of_the_old_ones(coordinator):
    poster, responder = make_member(), make_member()
    request = opened_request(poster)
    responded(request, responder)
    version = proposed(request)
    did(take_item, coordinator, version)
    did(approve_version, coordinator, version)
    assert version.status is VersionStatus.IN_FORCE
    assert (version.taken_by_id, version.decided_by_id) == (None, coordinator.id)
    assert request.requirements_number == 2
    assert told(poster) == ["requirements_decided"]
    assert told(responder) == ["requirements_changed"]
    assert [each.event for each in history_of(version.subject)] == [Event.REQUIREMENTS_TAKE]
    assert [each.event for each in history_of(request.subject)] == [Event.REQUIREMENTS_CHANGE]


def test_declined_requirements_leave_the_old_ones_in_force(coordinator):
    poster = make_member()
    request = opened_request(poster)
    version = proposed(request, taken_by_id=coordinator.id)
    with pytest.raises(InvalidError):
        did(decline_version, coordinator, version, words=" ")
    did(decline_version, coordinator, version, words="It shuts out who responded.")
    assert (version.status, request.requirements_number) == (VersionStatus.DECLINED, 1)
    assert told(poster) == ["requirements_decided"]
    with pytest.raises(ConflictError):
        did(approve_version, coordinator, version)


def test_requirements_of_a_request_that_takes_no_responses_wait_no_more(coordinator):
    request = opened_request(status=RequestStatus.AGREED)
    version = proposed(request, taken_by_id=coordinator.id)
    assert in_queue(coordinator) == set()
    with pytest.raises(ConflictError):
        did(approve_version, coordinator, version)


def test_what_changes_is_shown_beside_what_was(database):
    request = opened_request(requirements=("Works offline", "Reads OCDS"), nice=("Free of charge",))
    version = proposed(request)
    lines = [(each.was, each.now, each.is_essential) for each in compared(version)]
    assert lines == [
        ("Works offline", "Works offline", True),
        ("Reads OCDS", None, True),
        ("Free of charge", None, False),
    ]
    assert [each.is_same for each in compared(version)] == [True, False, False]


def test_who_responds_hears_nothing_of_new_requirements_nor_calls(database):
    organisation = make_organisation("Tenders Watch")
    rival = make_member(roles=[Role.COORDINATOR])
    colleague = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    funder = make_member(roles=[Role.COORDINATOR])
    did(declare_interest, funder, Declaration("funding", "Tenders Watch"))
    free = make_coordinator()
    request = opened_request()
    responded(request, rival, status=ResponseStatus.DRAFT)
    response = responded(request, organisation=organisation)
    matters = [proposed(request), called(response)]
    assert in_queue(free) == {each.public_id for each in matters}
    assert free_coordinators(parties_of(request)) == {free.id}
    for person in (rival, colleague, funder):
        viewer = viewer_of(person)
        assert in_queue(person) == set()
        assert sum(counted(person).values()) == 0
        assert session().query(type(request)).filter(may_hear_of(viewer)).all() == []
        for each in matters:
            with pytest.raises(NotFoundError):
                item_by_id(type(each), each.public_id, viewer)
            with pytest.raises(NotFoundError):
                did(take_item, person, each)
    assert counted(free)["requirements_versions"] == counted(free)["coordinator_calls"] == 1


def test_the_sides_of_a_conversation_stay_parties_though_the_response_was_withdrawn(database):
    person = make_member(roles=[Role.COORDINATOR])
    request = opened_request()
    call = called(responded(request, person, status=ResponseStatus.WITHDRAWN))
    assert conflict_of(viewer_of(person), parties_of(request)) is None
    assert conflict_with(viewer_of(person), call) is not None
    assert in_queue(person) == set()


def test_who_came_to_have_a_conflict_gives_back_what_they_hold(coordinator):
    request = opened_request()
    version = proposed(request, taken_by_id=coordinator.id)
    responded(request, coordinator)
    assert did(release_conflicted, coordinator) == 1
    assert version.taken_by_id is None
    assert Event.RECUSAL_RECORD in [each.event for each in history_of(request.subject)]


def test_a_call_names_nothing_until_it_is_taken(coordinator):
    request = opened_request()
    call = called(responded(request))
    (line,) = desk_queue(viewer_of(coordinator))
    assert (line.kind, line.title, line.country) == ("coordinator_calls", None, None)
    did(take_item, coordinator, call)
    (line,) = desk_queue(viewer_of(coordinator))
    assert line.title == request.title
    assert desk_queue(viewer_of(make_coordinator())) == []


def test_who_took_a_call_reads_until_it_is_answered(coordinator):
    request = opened_request(readership=GEORGIAN_POLICE)
    call = called(responded(request))
    with pytest.raises(NotFoundError):
        request_by_id(request.public_id, viewer_of(coordinator))
    did(take_item, coordinator, call)
    viewer = viewer_of(coordinator)
    assert request_by_id(request.public_id, viewer) is request
    did(answer_call, coordinator, call, words=" Meet on Monday. ")
    assert (call.status, call.answer) == (CallStatus.ANSWERED, "Meet on Monday.")
    with pytest.raises(NotFoundError):
        request_by_id(request.public_id, viewer)
    assert [each.event for each in history_of(call.subject)] == [Event.CALL_TAKE, Event.CALL_ANSWER]


def test_who_comes_into_a_conflict_reads_no_conversation_that_they_took(coordinator):
    organisation = make_organisation()
    call = called(responded(opened_request(organisation_id=organisation.id)), taken_by_id=coordinator.id)
    assert can_read(viewer_of(coordinator), call.conversation)
    session().add(joined(coordinator, organisation))
    session().commit()
    viewer = viewer_of(coordinator)
    assert not can_read(viewer, call.conversation)
    assert session().query(Conversation).filter(conversations_visible_to(viewer)).count() == 0


def test_who_comes_into_a_conflict_reads_no_request_that_they_took(coordinator):
    organisation = make_organisation()
    columns = {"organisation_id": organisation.id, "readership": GEORGIAN_POLICE}
    reviewed = submitted_request(taken_by=coordinator, **columns)
    changed, talked = opened_request(**columns), opened_request(**columns)
    proposed(changed, taken_by_id=coordinator.id)
    called(responded(talked), taken_by_id=coordinator.id)
    requests = (reviewed, changed, talked)
    for each in requests:
        assert request_by_id(each.public_id, viewer_of(coordinator)) is each
    session().add(joined(coordinator, organisation))
    session().commit()
    for each in requests:
        with pytest.raises(NotFoundError):
            request_by_id(each.public_id, viewer_of(coordinator))
    assert did(release_conflicted, coordinator) == len(requests)


def test_the_answer_bears_the_label_of_the_response_that_was_raised_meanwhile(coordinator):
    responder = make_member()
    call = called(responded(opened_request(), responder), taken_by_id=coordinator.id)
    response = call.conversation.response
    did(save_offer, responder, response, OfferDetails(offer="More", tlp=Tlp.RED), version=1)
    assert call.conversation.tlp is Tlp.RED
    did(answer_call, coordinator, call, words="Meet on Monday.")
    (found,) = session().query(Notification).filter_by(kind="call_answered")
    assert found.tlp is Tlp.RED


def test_only_who_called_is_told_of_the_answer(coordinator):
    poster, responder = make_member(), make_member()
    call = called(responded(opened_request(poster), responder), taken_by_id=coordinator.id)
    with pytest.raises(InvalidError):
        did(answer_call, coordinator, call, words="")
    did(answer_call, coordinator, call, words="Meet on Monday.")
    assert (told(responder), told(poster)) == (["call_answered"], [])
    with pytest.raises(ConflictError):
        did(answer_call, coordinator, call, words="Again.")
