"""Takes back that somebody was told of a suggestion, where it was not mailed yet."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import update

from hub.core.clock import now
from hub.core.database import session
from hub.matching.facts import Kind
from hub.matching.parts import Part
from hub.notifications.models import Notification

TOPICS = (Part.FUNCTIONS, Part.OFFENCES, Part.SECTORS)

TOLD_AS: Mapping[Kind, Mapping[Part, str]] = MappingProxyType(
    {
        Kind.INNOVATION: {
            Part.WORDS: "innovation_suggested",
            Part.NEED: "innovation_suggested_by_need",
            **dict.fromkeys((*TOPICS, Part.STANDARDS), "innovation_suggested_by_topic"),
        },
        Kind.REQUEST: {
            Part.WORDS: "request_suggested",
            Part.NEED: "request_suggested_by_need",
            Part.SKILLS: "request_suggested_by_skills",
            **dict.fromkeys(TOPICS, "request_suggested_by_topic"),
        },
        Kind.MEMBER: {
            Part.WORDS: "member_suggested",
            Part.NEED: "member_suggested_by_need",
            Part.SKILLS: "member_suggested_by_skills",
            **dict.fromkeys(TOPICS, "member_suggested_by_topic"),
        },
    }
)
"""The kinds of notifications by what is suggested, and by the part that fits best, which their words name."""

ALL_TOLD = frozenset(name for names in TOLD_AS.values() for name in names.values())


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
            Notification.kind.in_(sorted(ALL_TOLD)),
            Notification.read_at.is_(None),
        )
        .values(read_at=now(), waits=False),
        execution_options={"synchronize_session": False},
    )
