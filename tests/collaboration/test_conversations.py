"""Who reads a conversation, who may write in it, and leaving it."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.collaboration.conversations.permissions import can_read, conversations_visible_to
from hub.collaboration.conversations.queries import (
    talk_about,
)
from hub.collaboration.conversations.service import (
    leave_conversation,
    open_conversation,
    return_to_conversation,
    send_message,
    show_reading,
)
from hub.collaboration.models import (
    Conversation,
    RequestStatus,
    ResponseStatus,
    Side,
)
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
)
from tests.collaboration.requests import GEORGIAN_POLICE
from tests.collaboration.talks import (
    begun,
    called,
    forget_told,
    helper,
    make_scene,
    rows_for,
    sees,
    tags,
    told,
    wrote,
)
from tests.factories import make_member


@pytest.mark.db
def test_both_sides_read_it_and_nobody_else(database):
    scene = begun()
    coordinator = helper()
    people = {
        "poster": (scene.poster, True),
        "colleague": (scene.colleague, True),
        "responder": (scene.responder, True),
        "rival": (scene.rival, False),
        "stranger": (scene.stranger, False),
        "coordinator": (coordinator, False),
    }
    for name, (who, may) in people.items():
        assert can_read(sees(who), scene.conversation) is may, name
        assert rows_for(who) == int(may), name
    assert not can_read(VISITOR, scene.conversation)
    assert not session().scalars(select(Conversation).where(conversations_visible_to(VISITOR))).all()


@pytest.mark.parametrize(
    ("status", "responder_reads"),
    [
        (RequestStatus.COMPLETED, True),
        (RequestStatus.EXPIRED, True),
        (RequestStatus.WITHDRAWN, True),
        (RequestStatus.CANCELLED, True),
    ],
)
def test_what_has_ended_stays_readable_for_both(database, status, responder_reads):
    scene = begun()
    scene.request.status = status
    session().commit()
    for who in (scene.poster, scene.responder):
        assert can_read(sees(who), scene.conversation)
        assert rows_for(who) == 1


def test_who_is_no_longer_in_the_audience_reads_it_no_more(database):
    scene = begun()
    scene.request.set_readership(GEORGIAN_POLICE)
    session().commit()
    assert not can_read(sees(scene.responder), scene.conversation)
    assert rows_for(scene.responder) == 0
    assert rows_for(scene.poster) == 1


def test_a_withdrawn_response_keeps_its_conversation_and_closes_it(database):
    scene = begun()
    scene.response.status = ResponseStatus.WITHDRAWN
    session().commit()
    assert rows_for(scene.poster) == rows_for(scene.responder) == 1
    with pytest.raises(ConflictError):
        wrote(scene, "poster")


def test_a_withdrawn_response_without_a_conversation_is_hidden_from_the_requester(database):
    scene = make_scene(status=ResponseStatus.WITHDRAWN)
    with pytest.raises(NotFoundError):
        talk_about(scene.request.public_id, scene.response.public_id, sees(scene.poster))


def test_a_draft_has_no_conversation(database):
    scene = make_scene(status=ResponseStatus.DRAFT)
    for who in (scene.poster, scene.responder):
        with pytest.raises(NotFoundError):
            talk_about(scene.request.public_id, scene.response.public_id, sees(who))


def test_a_coordinator_who_took_a_call_reads_it_until_it_is_answered(database):
    scene, coordinator = begun(), helper()
    call = called(scene, taken_by=coordinator)
    assert can_read(sees(coordinator), scene.conversation)
    assert rows_for(coordinator) == 1
    talk = talk_about(scene.request.public_id, scene.response.public_id, sees(coordinator))
    assert talk.side is None
    call.status, call.answer, call.answered_at = "answered", "You both do.", clock.now()
    session().commit()
    assert not can_read(sees(coordinator), scene.conversation)
    assert rows_for(coordinator) == 0


def test_a_call_that_nobody_took_opens_it_to_nobody(database):
    scene, coordinator = begun(), helper()
    called(scene)
    assert rows_for(coordinator) == 0


@pytest.mark.db
def test_the_first_message_opens_the_discussion_and_counts_as_an_answer(database):
    scene = make_scene()
    message = wrote(scene, "poster")
    assert message.side is Side.REQUESTER
    assert scene.request.status is RequestStatus.IN_DISCUSSION
    assert scene.response.first_answered_at is not None
    assert told("conversation_message") == {scene.responder.id, scene.colleague.id}
    assert {"conversation:start", "request:discuss"} <= tags()


def test_a_responder_waits_until_the_requester_shows_interest(database):
    scene = make_scene()
    with pytest.raises(ForbiddenError):
        wrote(scene, "responder")
    wrote(scene, "poster")
    assert wrote(scene, "responder").side is Side.RESPONDER


@pytest.mark.parametrize("status", [ResponseStatus.SHORTLISTED, ResponseStatus.ACCEPTED])
def test_a_responder_who_was_chosen_may_write_first(database, status):
    scene = make_scene(status=status)
    wrote(scene, "responder")
    assert scene.request.status is RequestStatus.OPEN


@pytest.mark.parametrize("who", ["rival", "stranger"])
def test_nobody_else_can_write(database, who):
    with pytest.raises(NotFoundError):
        wrote(begun(), who)


def test_a_declined_response_can_be_read_and_not_be_written_to(database):
    scene = begun()
    scene.response.status, scene.response.decided_at = ResponseStatus.DECLINED, clock.now()
    session().commit()
    with pytest.raises(ConflictError):
        wrote(scene, "responder")
    assert rows_for(scene.responder) == 1


@pytest.mark.db
def test_who_left_reads_nothing_until_they_come_back(database):
    scene = begun()
    with transaction():
        leave_conversation(scene.responder, scene.conversation)
    assert not can_read(sees(scene.responder), scene.conversation)
    assert rows_for(scene.responder) == 0
    assert talk_about(scene.request.public_id, scene.response.public_id, sees(scene.responder)).has_left
    assert told("participant_left") == {scene.poster.id, scene.colleague.id}
    with pytest.raises(ConflictError):
        wrote(scene, "responder")
    with pytest.raises(ConflictError):
        wrote(scene, "poster")
    with pytest.raises(NotFoundError), transaction():
        leave_conversation(scene.responder, scene.conversation)
    with transaction():
        return_to_conversation(scene.responder, scene.conversation)
    assert rows_for(scene.responder) == 1
    with pytest.raises(NotFoundError), transaction():
        return_to_conversation(scene.responder, scene.conversation)
    assert {"conversation:leave", "conversation:return"} <= tags()


def test_who_left_is_not_told_of_messages(database):
    scene = begun()
    with transaction():
        leave_conversation(scene.colleague, scene.conversation)
    forget_told()
    wrote(scene, "responder")
    assert told("conversation_message") == {scene.poster.id}


def test_nothing_is_noted_of_a_coordinator_who_reads(database):
    scene, coordinator = begun(), helper()
    called(scene, taken_by=coordinator)
    with transaction():
        open_conversation(coordinator, scene.conversation)
    assert coordinator.id not in {each.member_id for each in scene.conversation.participations}
    with pytest.raises(NotFoundError), transaction():
        show_reading(coordinator, scene.conversation, shows=True)


def test_a_coordinator_who_was_called_can_write(database):
    scene, coordinator = begun(), helper()
    called(scene, taken_by=coordinator)
    forget_told()
    with transaction():
        message = send_message(coordinator, scene.response, words="Keep to the rules.")
    assert message.side is None
    assert told("conversation_message") == {scene.poster.id, scene.colleague.id, scene.responder.id}


def test_consent_to_receipts_is_given_and_taken_back(database):
    scene = begun()
    for shows in (True, False):
        with transaction():
            show_reading(scene.responder, scene.conversation, shows=shows)
        own = next(each for each in scene.conversation.participations if each.member_id == scene.responder.id)
        assert own.shows_reading is shows


def test_a_new_representative_reads_what_was_written_before(database):
    scene = begun()
    later = make_member(represents=[scene.request.organisation])
    assert can_read(sees(later), scene.conversation)
    assert rows_for(later) == 1
