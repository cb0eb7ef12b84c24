"""Requests and what belongs to them are called by the title of the request, to those alone who may know of it."""

import pytest

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR, Role
from hub.alerts.things import describe
from hub.collaboration.models import ConversationMessage, Participation, QuestionStatus, RequestStatus, Side
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from tests.collaboration.levels.waiting import asked, called, partnership, planned, proposed, recorded
from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS, drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member

pytestmark = pytest.mark.db

TITLE = "Pilot partner for red-flag screening"


@pytest.fixture
def people(database):
    """One of each who may stand to a request."""
    return {
        "poster": make_member(),
        "responder": make_member(),
        "other": make_member(),
        "member": make_member(),
        "police": make_member(law_enforcement="GE"),
        "coordinator": make_member(roles=[Role.COORDINATOR]),
    }


def knowing(people, subject):
    viewers = {name: viewer_of(each) for name, each in people.items()} | {"visitor": VISITOR}
    return {name for name, viewer in viewers.items() if describe({subject}, viewer)}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, {"poster", "responder", "other", "member", "police", "coordinator", "visitor"}),
        ({"readership": MEMBERS}, {"poster", "responder", "other", "member", "police", "coordinator"}),
        ({"readership": GEORGIAN_POLICE}, {"poster", "police"}),
    ],
)
def test_a_request_is_named_to_its_audience(people, columns, expected):
    request = opened_request(people["poster"], **columns)
    version = proposed(request)
    assert knowing(people, request.subject) == knowing(people, version.subject) == expected


def test_drafts_and_requests_to_named_receivers_are_named_to_their_own(people):
    draft = drafted_request(people["poster"])
    named = opened_request(people["poster"], receivers=[people["responder"]])
    assert knowing(people, draft.subject) == {"poster"}
    assert knowing(people, named.subject) == {"poster", "responder"}


def test_a_response_and_what_follows_are_named_to_its_two_sides(people):
    response = partnership(people["poster"], people["responder"])
    responded(response.request, people["other"])
    subjects = [
        response.subject,
        f"partnership:{response.public_id}",
        f"step:{planned(response).public_id}",
        recorded(response).subject,
    ]
    for subject in subjects:
        assert knowing(people, subject) == {"poster", "responder"}, subject
    found = describe(set(subjects), viewer_of(people["poster"]))
    key = f"{response.request.public_id}/responses/{response.public_id}"
    assert {each.key for each in found.values()} == {key}
    assert {each.title for each in found.values()} == {TITLE}
    assert [found[each].kind for each in subjects] == ["response", *["partnership"] * 3]


def test_a_question_is_named_to_all_once_it_is_answered(people):
    question = asked(opened_request(people["poster"], readership=MEMBERS), people["responder"])
    assert knowing(people, question.subject) == {"poster", "responder"}
    question.status, question.answer, question.answered_at = QuestionStatus.ANSWERED, "Three.", now()
    session().commit()
    assert knowing(people, question.subject) == set(people)


def test_a_conversation_is_named_to_who_is_in_it_and_to_the_coordinator_who_was_called(people):
    call = called(partnership(people["poster"], people["responder"]))
    message = ConversationMessage(
        conversation_id=call.conversation_id,
        author_id=people["poster"].id,
        side=Side.REQUESTER,
        tlp=Tlp.CLEAR,
        words="Hello",
    )
    session().add(message)
    session().commit()
    for subject in (call.subject, call.conversation.subject, message.subject):
        assert knowing(people, subject) == {"poster", "responder"}
    call.taken_by_id, call.taken_at = people["coordinator"].id, now()
    session().add(
        Participation(
            conversation_id=call.conversation_id,
            member_id=people["responder"].id,
            side=Side.RESPONDER,
            left_at=now(),
        )
    )
    session().commit()
    for subject in (call.subject, call.conversation.subject, message.subject):
        assert knowing(people, subject) == {"poster", "coordinator"}


@pytest.mark.parametrize("strict", ["request", "response", "conversation", "message"])
def test_the_strictest_label_of_all_that_a_message_belongs_to_counts(people, strict):
    response = partnership(people["poster"], people["responder"])
    conversation = called(response).conversation
    message = ConversationMessage(
        conversation_id=conversation.id, author_id=people["poster"].id, tlp=Tlp.GREEN, words="Hello"
    )
    session().add(message)
    things = {
        "request": response.request,
        "response": response,
        "conversation": conversation,
        "message": message,
    }
    things[strict].tlp = Tlp.AMBER_STRICT
    session().commit()
    (found,) = describe({message.subject}, viewer_of(people["poster"])).values()
    assert found.tlp is Tlp.AMBER_STRICT


def test_what_was_withdrawn_is_named_to_its_sides_alone(people):
    request = opened_request(people["poster"])
    response = responded(request, people["responder"])
    request.status, request.closed_at = RequestStatus.WITHDRAWN, now()
    session().commit()
    assert knowing(people, request.subject) == knowing(people, response.subject) == {"poster", "responder"}
