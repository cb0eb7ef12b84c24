"""What becomes of messages, and of the name, when one side erases the account."""

import pytest
from sqlalchemy import select

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.pagination import PageRequest
from hub.integrity.viewers import viewer_of
from hub.members.messages.forgetting import forget_messages
from hub.members.messages.queries import Box, messages_of
from hub.members.models import ContactMessage
from hub.privacy.erasure import erase_account, new_pseudonym
from tests.factories import make_member

pytestmark = pytest.mark.db


def erase(member):
    with transaction():
        erase_account(member)


def test_what_others_wrote_stays_readable_for_them(database):
    somebody, other = make_member(), make_member()
    with transaction():
        first = ContactMessage(sender=somebody, receiver=other, subject="Ledgers", words="Hello")
        database.add(first)
        database.flush()
        database.add(
            ContactMessage(
                sender=other,
                receiver=somebody,
                subject="Ledgers",
                words="Thank you",
                answers=first,
                read_at=now(),
            )
        )
    erase(somebody)
    assert forget_messages() == 0
    (kept,) = messages_of(viewer_of(other), Box.SENT, PageRequest(1, 20)).items
    assert (kept.words, kept.answers_id, kept.read_at) == ("Thank you", None, None)
    assert kept.receiver.display_name == somebody.display_name
    assert messages_of(viewer_of(other), Box.RECEIVED, PageRequest(1, 20)).items == []
    erase(other)
    assert database.scalars(select(ContactMessage)).all() == []


def test_two_who_leave_are_told_apart():
    assert len({new_pseudonym() for _ in range(20)}) > 15
