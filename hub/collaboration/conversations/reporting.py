"""Reporting a message of a conversation as abuse; the report holds its words, so that who decides reads no more."""

from hub.collaboration.conversations.permissions import can_report
from hub.collaboration.models import ConversationMessage
from hub.core.errors import NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import AbuseReport, Member, MemberStatus
from hub.vetting.abuse.service import report_said


def report_message(actor: Member, message: ConversationMessage, *, kind: str, words: str) -> AbuseReport:
    """Report a message that the actor reads to the coordinators, about its author.

    Args:
        actor: who reports.
        message: what was written.
        kind: code of the vocabulary `abuse_kinds`.
        words: what happened.

    Raises:
        NotFoundError: the actor does not read it or wrote it, or its author left the hub.
        InvalidError: kind or words cannot be accepted; names the field.
        ConflictError: the same is reported already and not decided.
    """
    if not can_report(viewer_of(actor), message) or message.author.status is MemberStatus.ERASED:
        raise NotFoundError
    named = [each.file.filename for each in message.files]
    quoted = "\n\n".join([f"TLP:{message.tlp}", message.words, *named])
    return report_said(
        actor, message.author, kind=kind, words=words, quoted=quoted, quoted_from=message.subject
    )
