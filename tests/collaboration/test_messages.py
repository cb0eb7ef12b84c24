"""Messages of a conversation: what is refused, whom they reach, under which label, and what is quoted of them."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR
from hub.collaboration.conversations import limits
from hub.collaboration.conversations.queries import (
    conversations_with_news,
    file_by_id,
    message_by_id,
    messages_in,
)
from hub.collaboration.conversations.quoting import quotes_of
from hub.collaboration.conversations.service import (
    open_conversation,
    raise_label,
)
from hub.collaboration.models import (
    ConversationMessage,
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
from hub.members.models import ContactMessage, MemberStatus
from hub.notifications.queries import unread_count
from tests.collaboration.requests import MEMBERS
from tests.collaboration.talks import (
    begun,
    block,
    forget_told,
    helper,
    make_scene,
    sees,
    told,
    wrote,
)


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


def test_an_hour_goes_on(database, monkeypatch):
    monkeypatch.setattr(limits, "MOST_AN_HOUR", 2)
    scene = make_scene()
    with time_machine.travel(clock.now(), tick=False) as moved:
        wrote(scene, "poster")
        moved.shift(timedelta(minutes=20))
        wrote(scene, "poster")
        with pytest.raises(TooManyError) as refused:
            wrote(scene, "poster")
        assert 40 * 60 <= refused.value.retry_after <= 40 * 60 + 1
        wrote(scene, "responder")  # each has an hour of their own
        moved.shift(timedelta(minutes=40, seconds=1))
        wrote(scene, "poster")
        with pytest.raises(TooManyError) as refused:
            wrote(scene, "poster")
        assert refused.value.retry_after <= 20 * 60


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
    assert [(each.conversation.id, each.number) for each in news] == [(scene.conversation.id, 2)]
    assert conversations_with_news(sees(scene.poster)) == []
    with transaction():
        open_conversation(scene.responder, scene.conversation)
    assert conversations_with_news(sees(scene.responder)) == []
    assert unread_count(scene.responder.id) == 0
    # one notification stands for all that wait unread in the conversation
    assert unread_count(scene.colleague.id) == 1
    wrote(scene, "poster")
    block(scene.responder, scene.poster)
    assert conversations_with_news(sees(scene.responder)) == []


def test_what_waits_unread_is_told_once_until_it_is_opened(database):
    scene = begun()
    for number in range(3):
        wrote(scene, "poster", f"Number {number}")
    assert unread_count(scene.responder.id) == 1
    with transaction():
        open_conversation(scene.responder, scene.conversation)
    wrote(scene, "poster")
    assert unread_count(scene.responder.id) == 1


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
