"""When messages go: after two years, or with whoever wrote them; what a report holds stays as long as it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from hub.core.clock import now
from hub.core.database import session
from hub.members.models import AbuseReport, ContactMessage, Member, MemberStatus

MESSAGES_KEPT = timedelta(days=730)


def forget_messages() -> int:
    """Delete messages of two years ago that no report holds, and those of people who left; return how many."""
    left = select(Member.id).where(Member.status == MemberStatus.ERASED)
    gone = _forget(
        or_(
            ContactMessage.sent_at <= now() - MESSAGES_KEPT,
            ContactMessage.sender_id.in_(left),
        )
    )
    return len(gone)


def forget_messages_of(member: Member) -> Sequence[str]:
    """Delete what somebody who leaves wrote, save what a report holds; what others wrote to them stays theirs.

    Returns:
        How notifications name what went.
    """
    gone = _forget(ContactMessage.sender_id == member.id)
    return [f"message:{public_id}" for public_id in gone]


def _forget(is_over: ColumnElement[bool]) -> Sequence[str]:
    """Delete messages that no report holds, and return their public ids."""
    reported = exists().where(AbuseReport.message_id == ContactMessage.id)
    rows = (
        session().execute(select(ContactMessage.id, ContactMessage.public_id).where(is_over, ~reported)).all()
    )
    numbers = [each.id for each in rows]
    for statement in (
        update(ContactMessage).where(ContactMessage.answers_id.in_(numbers)).values(answers_id=None),
        delete(ContactMessage).where(ContactMessage.id.in_(numbers)),
    ):
        session().execute(statement, execution_options={"synchronize_session": False})
    return [each.public_id for each in rows]
