"""Takes back that somebody was told of a suggestion, where it was not mailed yet."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import update

from hub.core.clock import now
from hub.core.database import session
from hub.matching.facts import Kind
from hub.notifications.models import Notification

TOLD_AS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INNOVATION: "innovation_suggested",
        Kind.REQUEST: "request_suggested",
        Kind.MEMBER: "member_suggested",
    }
)
"""The kinds of notifications by what is suggested."""


def take_back_told(member_id: int, subject: str) -> None:
    """Mark as read what tells a member of a suggestion, so that no digest names it; what was mailed stays mailed.

    Args:
        member_id: who was told.
        subject: what was suggested, as the audit log names it.
    """
    session().execute(
        update(Notification)
        .where(
            Notification.member_id == member_id,
            Notification.subject == subject,
            Notification.kind.in_(sorted(TOLD_AS.values())),
            Notification.read_at.is_(None),
        )
        .values(read_at=now(), waits=False),
        execution_options={"synchronize_session": False},
    )
