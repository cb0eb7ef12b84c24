"""Messages between members: who reaches whom, what is refused alike, and how many an hour takes."""

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.messages.queries import (
    Box,
    blocked_by,
    blocks_of,
    member_known_to,
    message_by_id,
    messages_of,
    unread_messages,
)
from hub.members.messages.service import TAKES_NONE, read_message, refusal, unblock_member
from hub.members.models import ContactMessage, FieldAudience, MemberStatus, Profile
from tests.factories import make_member, make_profile

pytestmark = pytest.mark.db


def number_stored():
    return session().scalar(select(func.count(ContactMessage.id)))


def profile_of(member):
    return session().get(Profile, member.id)


def test_a_message_reaches_the_other_and_leaves_no_trace_in_the_log(people):
    message = people.write(people.nino, people.dana)
    received = messages_of(viewer_of(people.dana), Box.RECEIVED, PageRequest())
    assert [each.id for each in received.items] == [message.id]
    assert unread_messages(viewer_of(people.dana)) == 1
    assert messages_of(viewer_of(people.nino), Box.RECEIVED, PageRequest()).total == 0
    assert session().scalar(select(func.count(AuditEntry.number))) == 0


def test_it_is_read_when_its_receiver_opens_it(people):
    message = people.write(people.nino, people.dana)
    for reader, unread in ((people.nino, 1), (people.dana, 0)):
        with transaction():
            read_message(viewer_of(reader), message)
        assert unread_messages(viewer_of(people.dana)) == unread


def test_others_find_nothing_of_it(people):
    message = people.write(people.nino, people.dana)
    with pytest.raises(NotFoundError):
        message_by_id(message.public_id, viewer_of(make_member()))


@pytest.mark.parametrize("audience", [FieldAudience.NOBODY, FieldAudience.LAW_ENFORCEMENT])
def test_whom_one_does_not_see_one_cannot_write_to(people, audience):
    people.change(profile_of(people.dana), audience=audience)
    with pytest.raises(NotFoundError):
        people.write(people.nino, people.dana)


def test_who_wrote_first_can_be_answered_though_they_are_in_no_list(people):
    people.change(profile_of(people.dana), audience=FieldAudience.NOBODY, is_contactable=False)
    first = people.write(people.dana, people.nino)
    answer = people.write(people.nino, people.dana, answers=first)
    assert answer.answers_id == first.id


@pytest.mark.parametrize("reason", ["takes none", "blocked", "suspended", "lapsed"])
def test_every_refusal_reads_the_same(people, reason):
    people.write(people.dana, people.nino)  # so that Nino knows of Dana whatever becomes of her
    if reason == "takes none":
        session().query(ContactMessage).delete()
        people.change(profile_of(people.dana), is_contactable=False)
    elif reason == "blocked":
        people.block(people.dana, people.nino)
    else:
        people.change(people.dana, status=MemberStatus(reason))
    with pytest.raises(ForbiddenError) as refused:
        people.write(people.nino, people.dana)
    assert refused.value.message == TAKES_NONE
    assert refusal(viewer_of(people.nino), people.dana) == TAKES_NONE


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.LAPSED, MemberStatus.CONFIRMED])
def test_who_is_no_member_cannot_write(people, status):
    people.change(people.nino, status=status)
    with pytest.raises(NotFoundError):
        people.write(people.nino, people.dana)


def test_nobody_writes_to_themselves(people):
    with pytest.raises(NotFoundError):
        people.write(people.nino, people.nino)


def test_whom_one_blocked_one_cannot_write_to_until_it_ends(people):
    people.block(people.nino, people.dana)
    people.block(people.nino, people.dana)
    assert [each.blocked_id for each in blocks_of(viewer_of(people.nino))] == [people.dana.id]
    with pytest.raises(ConflictError):
        people.write(people.nino, people.dana)
    with transaction():
        unblock_member(viewer_of(people.nino), people.dana)
    assert people.write(people.nino, people.dana).id


def test_a_block_can_be_ended_when_the_other_shows_themselves_no_more(people):
    people.block(people.nino, people.dana)
    people.change(profile_of(people.dana), audience=FieldAudience.NOBODY)
    assert blocked_by(people.dana.public_id, viewer_of(people.nino)) == people.dana
    # a block is no acquaintance: it opens no way to write, report or learn the name
    with pytest.raises(NotFoundError):
        member_known_to(people.dana.public_id, viewer_of(people.nino))
    with pytest.raises(NotFoundError):
        people.write(people.nino, people.dana)
    with pytest.raises(NotFoundError):
        blocked_by(people.nino.public_id, viewer_of(people.dana))


def test_only_what_came_from_the_receiver_can_be_answered(people):
    third = make_member()
    make_profile(third)
    between_others = people.write(third, people.dana)
    own = people.write(people.nino, people.dana)
    for wrong in (between_others, own):
        with pytest.raises(NotFoundError):
            people.write(people.nino, people.dana, answers=wrong)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"subject": "a" * 151}, "subject"),
        ({"subject": "two\nlines"}, "subject"),
        ({"subject": "Ten\u202eders"}, "subject"),
        ({"words": "\n"}, "words"),
        ({"words": "a" * 4_001}, "words"),
        ({"words": "turned \u202e round"}, "words"),
    ],
)
def test_texts_that_cannot_be_sent_name_their_field(people, said, field):
    with pytest.raises(InvalidError) as refused:
        people.write(people.nino, people.dana, **said)
    assert refused.value.field == field
    assert number_stored() == 0
