"""What pages ask about messages and blocks; always for one viewer, and all of it only reads."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.members.messages.permissions import Acquaintance, visible_to
from hub.members.models import Block, ContactMessage, Introduction, Member, MemberStatus, Profile
from hub.members.profiles.permissions import can_view, is_in_standing

MOST_ANSWERS = 20
"""Messages of one exchange that a page shows above the one that is open."""


class Box(StrEnum):
    """The two lists of messages."""

    RECEIVED = "received"
    SENT = "sent"


def messages_of(viewer: Viewer, box: Box, page: PageRequest) -> Page[ContactMessage]:
    """Return the messages that `viewer` received or sent, the latest first, with the people loaded."""
    condition = _in_box(viewer, box)
    total = session().scalar(select(func.count(ContactMessage.id)).where(condition)) or 0
    found = session().scalars(
        select(ContactMessage)
        .options(joinedload(ContactMessage.sender), joinedload(ContactMessage.receiver))
        .where(condition)
        .order_by(ContactMessage.sent_at.desc(), ContactMessage.id.desc())
        .offset(page.offset)
        .limit(page.per_page)
    )
    return Page(found.all(), total, page)


def unread_messages(viewer: Viewer) -> int:
    """Return how many messages `viewer` received and did not open."""
    unread = select(func.count(ContactMessage.id)).where(
        _in_box(viewer, Box.RECEIVED), ContactMessage.read_at.is_(None)
    )
    return session().scalar(unread) or 0


def message_by_id(public_id: str, viewer: Viewer) -> ContactMessage:
    """Return a message that `viewer` wrote or received.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    found = session().scalar(
        select(ContactMessage)
        .options(joinedload(ContactMessage.sender), joinedload(ContactMessage.receiver))
        .where(ContactMessage.public_id == public_id, visible_to(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


def answered_by(message: ContactMessage) -> list[ContactMessage]:
    """Return the messages that led to this one, the latest first."""
    led: list[ContactMessage] = []
    before = message.answers
    while before is not None and len(led) < MOST_ANSWERS:
        led.append(before)
        before = before.answers
    return led


def answers_to(message: ContactMessage, viewer: Viewer) -> Sequence[ContactMessage]:
    """Return what was answered to a message, the oldest first."""
    found = session().scalars(
        select(ContactMessage)
        .options(joinedload(ContactMessage.sender))
        .where(ContactMessage.answers_id == message.id, visible_to(viewer))
        .order_by(ContactMessage.id)
        .limit(MOST_ANSWERS)
    )
    return found.all()


def member_known_to(public_id: str, viewer: Viewer) -> Member:
    """Return somebody else of whom `viewer` knows: by their profile, a message or an introduction that they asked for.

    Raises:
        NotFoundError: there is nobody of this id, or nobody whom this viewer knows.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    if found is None or found.id == viewer.member_id or not acquaintance_of(viewer, found).is_known:
        raise NotFoundError
    return found


def blocked_by(public_id: str, viewer: Viewer) -> Member:
    """Return somebody whom `viewer` blocked, whether or not they still know of them.

    Raises:
        NotFoundError: they blocked nobody of this id.
    """
    found = session().scalar(
        select(Member)
        .join(Block, Block.blocked_id == Member.id)
        .where(Member.public_id == public_id, Block.member_id == viewer.member_id)
    )
    if found is None:
        raise NotFoundError
    return found


def acquaintance_of(viewer: Viewer, member: Member) -> Acquaintance:
    """Return how `viewer` and `member` stand to each other at this moment."""
    profile = session().get(Profile, member.id)
    blocks = session().execute(
        select(Block.member_id, Block.blocked_id).where(
            Block.member_id.in_((viewer.member_id, member.id)),
            Block.blocked_id.in_((viewer.member_id, member.id)),
        )
    )
    pairs = {(row.member_id, row.blocked_id) for row in blocks}
    written = select(ContactMessage.id).where(
        ContactMessage.sender_id == member.id, ContactMessage.receiver_id == viewer.member_id
    )
    asked = select(Introduction.id).where(
        Introduction.asked_by_id == member.id,
        Introduction.asked_id == viewer.member_id,
        Introduction.is_delivered,
    )
    is_visible = profile is not None and can_view(viewer, profile)
    has_written = session().scalar(written.limit(1)) is not None and _is_somebody(member)
    return Acquaintance(
        member_id=member.id,
        is_in_standing=is_in_standing(member),
        is_visible=is_visible,
        takes_messages=profile is not None and profile.is_contactable,
        has_written=has_written,
        blocks=(member.id, viewer.member_id) in pairs,
        is_blocked=(viewer.member_id, member.id) in pairs,
        # also one that was taken back: who read it can still block who wrote it
        has_asked=not is_visible and not has_written and session().scalar(asked.limit(1)) is not None,
    )


def blocks_of(viewer: Viewer) -> Sequence[Block]:
    """Return whom `viewer` blocked, the latest first, with the people loaded."""
    found = session().scalars(
        select(Block)
        .options(joinedload(Block.blocked))
        .where(Block.member_id == viewer.member_id)
        .order_by(Block.blocked_at.desc(), Block.blocked_id.desc())
    )
    return found.all()


def _is_somebody(member: Member) -> bool:
    return member.status is not MemberStatus.ERASED


def _in_box(viewer: Viewer, box: Box) -> ColumnElement[bool]:
    column = ContactMessage.receiver_id if box is Box.RECEIVED else ContactMessage.sender_id
    return column == viewer.member_id
