"""Who is in a conversation, as one reader may know it: who wrote, and who consents to show how far they read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.collaboration.conversations.queries import Messages, Talk, author_ids
from hub.collaboration.models import ConversationMessage, Participation, Side
from hub.members.models import Member, MemberStatus
from hub.members.profiles.queries import visible_member_ids
from hub.web.collaboration.asker import asker_of


@dataclass(frozen=True)
class Present:
    """Somebody in a conversation.

    Args:
        participation: how they take part.
        has_page: whether the reader may open their page.
        is_self: whether they are the reader.
    """

    participation: Participation
    has_page: bool
    is_self: bool


@dataclass(frozen=True)
class OtherSide:
    """Who is on the other side, for the heading.

    Args:
        name: of the organisation, or of the member where the reader knows it; empty for a member who is not shown.
        former: the member, where they left the hub.
    """

    name: str
    former: Member | None = None


def people_in(talk: Talk, viewer: Viewer) -> list[Present]:
    """Return who wrote in a conversation, who shows their reading, and the reader: the requester's side first."""
    if talk.conversation is None:
        return []
    wrote = author_ids(talk.conversation)
    shown = [
        each
        for each in talk.conversation.participations
        if each.member_id in wrote or each.shows_reading or each.member_id == viewer.member_id
    ]
    pages = visible_member_ids({each.member_id for each in shown}, viewer)
    ordered = sorted(shown, key=lambda each: (each.side is not Side.REQUESTER, each.id))
    return [Present(each, each.member_id in pages, each.member_id == viewer.member_id) for each in ordered]


def seen_by(talk: Talk, messages: Messages) -> dict[int, list[Member]]:
    """Return who has read up to which message, by its id, if the reader shows the same of themselves.

    Only the latest messages tell it: of earlier ones it would be true of each.
    """
    seen: dict[int, list[Member]] = defaultdict(list)
    own = talk.participation
    if talk.conversation is None or own is None or not own.shows_reading or not messages.is_latest:
        return seen
    for each in talk.conversation.participations:
        if each.id == own.id or not each.shows_reading or each.left_at is not None:
            continue
        last = _last_read(each, messages.items)
        if last is not None:
            seen[last.id].append(each.member)
    return seen


def other_side(talk: Talk) -> OtherSide:
    """Return whom the reader talks with; nobody for a coordinator, who reads what both sides write."""
    if talk.side is Side.RESPONDER:
        asker = asker_of(talk.request)
        return OtherSide(asker.organisation.name if asker.organisation else asker.name)
    responder, organisation = talk.response.responder, talk.response.organisation
    if talk.side is None:
        return OtherSide("")
    if organisation is not None:
        return OtherSide(organisation.name)
    is_gone = responder.status is MemberStatus.ERASED
    return OtherSide(responder.display_name, responder if is_gone else None)


def _last_read(
    participation: Participation, items: Sequence[ConversationMessage]
) -> ConversationMessage | None:
    """Return the latest message of somebody else that a person has read."""
    read_at = participation.read_at
    if read_at is None:
        return None
    read = [each for each in items if each.sent_at <= read_at and each.author_id != participation.member_id]
    return read[-1] if read else None
