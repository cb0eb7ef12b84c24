"""Who reads a conversation, who may write in it and whom a message reaches."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR
from hub.audit.models import AuditEntry
from hub.collaboration.conversations import limits
from hub.collaboration.conversations.permissions import can_read, conversations_visible_to
from hub.collaboration.conversations.queries import (
    conversations_with_news,
    file_by_id,
    message_by_id,
    messages_in,
    talk_about,
)
from hub.collaboration.conversations.quoting import quotes_of
from hub.collaboration.conversations.service import (
    leave_conversation,
    open_conversation,
    raise_label,
    return_to_conversation,
    send_message,
    show_reading,
)
from hub.collaboration.models import (
    Conversation,
    ConversationMessage,
    RequestStatus,
    ResponseStatus,
    Side,
)
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    TooManyError,
)
from hub.core.uploads import AcceptedFile
from hub.members.models import Block, ContactMessage, MemberStatus
from hub.notifications.models import Notification
from hub.notifications.queries import unread_count
from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS
from tests.collaboration.talks import begun, called, helper, make_scene, sees, wrote
from tests.factories import make_member


def told(kind):
    """Return who was told something of a kind."""
    return {
        each.member_id for each in session().scalars(select(Notification).where(Notification.kind == kind))
    }


def forget_told():
    """Forget what anybody was told until now."""
    session().execute(delete(Notification))
    session().commit()


def tags():
    """Return what the audit log holds."""
    return set(session().scalars(select(AuditEntry.tag)))


def rows_for(who):
    """Return how many conversations the SQL condition gives somebody."""
    return len(session().scalars(select(Conversation).where(conversations_visible_to(sees(who)))).all())


def block(one, other):
    """Have one member block another."""
    session().add(Block(member_id=one.id, blocked_id=other.id, blocked_at=clock.now()))
    session().commit()


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


@pytest.mark.parametrize("words", ["", "  \n", "a" * 8_001, "a\u202eb"])
def test_words_that_cannot_be_sent_are_refused(database, words):
    with pytest.raises(InvalidError) as refused:
        wrote(make_scene(), "poster", words)
    assert refused.value.field == "words"


def test_six_files_are_too_many(database):
    files = [AcceptedFile(f"name{place}", "plan.txt", "text/plain", 4, "0" * 64) for place in range(6)]
    with pytest.raises(InvalidError) as refused:
        wrote(make_scene(), "poster", files=files)
    assert refused.value.field == "files"


def test_thirty_messages_an_hour_count_those_to_members_too(database, monkeypatch):
    monkeypatch.setattr(limits, "MOST_AN_HOUR", 3)
    scene = begun()
    session().add(
        ContactMessage(
            sender_id=scene.poster.id,
            receiver_id=scene.stranger.id,
            subject="Hello",
            words="Hello",
            sent_at=clock.now() - timedelta(minutes=50),
        )
    )
    session().commit()
    wrote(scene, "poster")
    with pytest.raises(TooManyError) as refused:
        wrote(scene, "poster")
    assert 0 < refused.value.retry_after <= 601
    wrote(scene, "poster", is_limited=False)


def test_whoever_blocked_the_writer_is_not_told_and_alone_refuses(database):
    scene = begun()
    block(scene.colleague, scene.responder)
    wrote(scene, "responder")
    assert scene.poster.id in told("conversation_message")
    forget_told()
    block(scene.poster, scene.responder)
    with pytest.raises(ForbiddenError):
        wrote(scene, "responder")
    assert not told("conversation_message")


def test_who_blocked_the_only_other_one_must_end_the_block(database):
    scene = begun()
    block(scene.poster, scene.responder)
    with pytest.raises(ConflictError):
        wrote(scene, "poster")


def test_a_suspended_other_side_is_refused_in_the_words_of_a_block(database):
    scene = begun()
    scene.responder.status = MemberStatus.SUSPENDED
    session().commit()
    with pytest.raises(ForbiddenError) as resting:
        wrote(scene, "poster")
    scene.responder.status = MemberStatus.APPROVED
    block(scene.responder, scene.poster)
    block(scene.responder, scene.colleague)
    with pytest.raises(ForbiddenError) as blocked:
        wrote(scene, "poster")
    assert resting.value.message == blocked.value.message


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


def test_a_label_is_raised_and_never_lowered(database):
    scene = begun(readership=MEMBERS)
    assert scene.conversation.tlp is Tlp.GREEN
    with transaction():
        raise_label(scene.responder, scene.conversation, Tlp.RED)
    for lower in (Tlp.RED, Tlp.AMBER):
        with pytest.raises(InvalidError), transaction():
            raise_label(scene.poster, scene.conversation, lower)
    message = wrote(scene, "responder")
    assert message.tlp is Tlp.RED
    first = session().scalars(select(ConversationMessage).order_by(ConversationMessage.id)).first()
    assert first.tlp is Tlp.GREEN
    with pytest.raises(NotFoundError), transaction():
        raise_label(scene.rival, scene.conversation, Tlp.RED)


def test_a_stricter_response_raises_the_label_of_what_follows(database):
    scene = begun()
    scene.response.tlp = Tlp.AMBER
    session().commit()
    assert wrote(scene, "poster").tlp is Tlp.AMBER


def test_mails_quote_clear_and_green_for_those_who_read_it(database):
    scene = begun(readership=MEMBERS)
    message = wrote(scene, "poster", "Only *this*.")
    assert quotes_of([message.subject], sees(scene.responder)) == {message.subject: "Only *this*."}
    assert quotes_of([message.subject], sees(scene.rival)) == {}
    assert quotes_of([message.subject, "request:x"], VISITOR) == {}
    with transaction():
        raise_label(scene.poster, scene.conversation, Tlp.AMBER)
    assert quotes_of([message.subject], sees(scene.responder)) == {}


def test_long_messages_are_quoted_from_their_beginning(database):
    scene = make_scene(readership=MEMBERS)
    message = wrote(scene, "poster", "word " * 500)
    quoted = quotes_of([message.subject], sees(scene.responder))[message.subject]
    assert quoted.endswith("word…")
    assert len(quoted) <= 1_001


def test_what_was_written_is_news_until_it_is_opened(database):
    scene = begun()
    wrote(scene, "poster")
    news = conversations_with_news(sees(scene.responder))
    assert [(each.id, number) for each, number in news] == [(scene.conversation.id, 2)]
    assert conversations_with_news(sees(scene.poster)) == []
    with transaction():
        open_conversation(scene.responder, scene.conversation)
    assert conversations_with_news(sees(scene.responder)) == []
    assert unread_count(scene.responder.id) == 0
    assert unread_count(scene.colleague.id) == 2
    wrote(scene, "poster")
    block(scene.responder, scene.poster)
    assert conversations_with_news(sees(scene.responder)) == []


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


def test_messages_and_files_are_found_by_who_reads_them_alone(database):
    scene = make_scene()
    file = AcceptedFile("n" * 43, "plan.txt", "text/plain", 4, "0" * 64)
    message = wrote(scene, "poster", files=[file])
    sent = message.files[0]
    assert message_by_id(message.public_id, sees(scene.responder)).id == message.id
    assert file_by_id(scene.conversation, sent.public_id, sees(scene.responder)).id == sent.id
    for who in (scene.rival, scene.stranger, helper()):
        with pytest.raises(NotFoundError):
            message_by_id(message.public_id, sees(who))
        with pytest.raises(NotFoundError):
            file_by_id(scene.conversation, sent.public_id, sees(who))


def test_pages_of_messages_lead_back_to_the_first(database):
    scene = make_scene()
    for number in range(53):
        wrote(scene, "poster", f"Number {number}", is_limited=False)
    latest = messages_in(scene.conversation)
    assert (len(latest.items), latest.has_earlier, latest.is_latest) == (50, True, True)
    earlier = messages_in(scene.conversation, before=latest.items[0].public_id)
    assert [each.words for each in earlier.items] == ["Number 0", "Number 1", "Number 2"]
    assert (earlier.has_earlier, earlier.is_latest) == (False, False)
    assert messages_in(scene.conversation, before="nothing").is_latest


def test_a_new_representative_reads_what_was_written_before(database):
    scene = begun()
    later = make_member(represents=[scene.request.organisation])
    assert can_read(sees(later), scene.conversation)
    assert rows_for(later) == 1
