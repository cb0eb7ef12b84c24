"""Writing to members through the hub, and blocking them. Whoever calls tells the receiver in the same transaction.

Messages are between two people: the audit log does not hold them. Nobody learns the other's address.
"""

from sqlalchemy import delete, update

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.messages.permissions import can_block, can_read, can_write
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Block, ContactMessage, Member
from hub.members.models.messages import MESSAGE_LENGTH, SUBJECT_LENGTH
from hub.members.profiles.checking import check_line, check_text

TAKES_NONE = N_("This member takes no messages from you through the hub.")
"""Said alike to whom they blocked, where they take none at all, and where their account rests."""

YOU_BLOCKED = N_("You blocked this member. End the block to write to them.")


def send_message(
    actor: Viewer,
    receiver: Member,
    *,
    subject: str,
    words: str,
    answers: ContactMessage | None = None,
) -> ContactMessage:
    """Send a message to another member.

    Args:
        actor: who writes, as they stand in this transaction.
        receiver: to whom.
        subject: one line.
        words: plain text.
        answers: a message from the receiver that this one answers.

    Returns:
        The message, of which the receiver is to be told.

    Raises:
        NotFoundError: the actor is no member, or does not know of the receiver or of the message that they answer.
        ForbiddenError: the receiver takes no messages from them; it does not say why.
        ConflictError: the actor blocked the receiver.
        InvalidError: a text cannot be sent so; names the field.
    """
    other = acquaintance_of(actor, receiver)
    if not actor.is_member or actor.member_id == receiver.id or not other.is_known:
        raise NotFoundError
    is_answer = answers is not None and answers.sender_id == receiver.id and can_read(actor, answers)
    if answers is not None and not is_answer:
        raise NotFoundError
    if other.is_blocked:
        raise ConflictError(YOU_BLOCKED)
    if not can_write(actor, other):
        raise ForbiddenError(TAKES_NONE)
    _check(subject, words)
    message = ContactMessage(
        sender_id=actor.member_id,
        receiver_id=receiver.id,
        answers_id=answers.id if answers else None,
        subject=subject.strip(),
        words=words,
        sent_at=clock.now(),
    )
    session().add(message)
    session().flush()
    return message


def read_message(actor: Viewer, message: ContactMessage) -> None:
    """Note that the receiver opened a message; of anybody else nothing is noted."""
    if actor.member_id != message.receiver_id:
        return
    session().execute(
        update(ContactMessage)
        .where(ContactMessage.id == message.id, ContactMessage.read_at.is_(None))
        .values(read_at=clock.now())
    )


def block_member(actor: Viewer, member: Member) -> None:
    """Have nothing more from `member` reach the actor; the member does not learn of it. Doing it twice is no fault.

    Raises:
        NotFoundError: the actor is no member, or does not know of the other.
    """
    other = acquaintance_of(actor, member)
    if not can_block(actor, other):
        raise NotFoundError
    hold_member(actor.member_id)
    if session().get(Block, (actor.member_id, member.id)) is None:
        session().add(Block(member_id=actor.member_id, blocked_id=member.id, blocked_at=clock.now()))
        session().flush()


def unblock_member(actor: Viewer, member: Member) -> None:
    """Let messages from `member` reach the actor again. Doing it twice is no fault."""
    session().execute(delete(Block).where(Block.member_id == actor.member_id, Block.blocked_id == member.id))


def refusal(actor: Viewer, member: Member) -> str:
    """Return the message id of why the actor cannot write to `member` now, or nothing."""
    other = acquaintance_of(actor, member)
    if other.is_blocked:
        return YOU_BLOCKED
    return "" if can_write(actor, other) else TAKES_NONE


def _check(subject: str, words: str) -> None:
    if not subject.strip():
        raise InvalidError(N_("Say in a few words what it is about."), field="subject")
    check_line("subject", subject, SUBJECT_LENGTH)
    if not words.strip():
        raise InvalidError(N_("Write what you want to say."), field="words")
    check_text("words", words, MESSAGE_LENGTH)
