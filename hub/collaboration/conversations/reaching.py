"""Whom a message of a conversation would reach, and why it cannot be written."""

from collections.abc import Collection

from sqlalchemy import or_, select

from hub.access.viewer import Viewer
from hub.collaboration.conversations.permissions import can_begin, is_closed
from hub.collaboration.conversations.queries import Talk
from hub.collaboration.models import Conversation, Side
from hub.collaboration.telling import requester_ids, responder_ids
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, HubError
from hub.core.i18n import N_
from hub.members.models import Block, Member
from hub.members.profiles.permissions import is_in_standing

CLOSED = N_("This conversation is closed: nothing more can be written. What was written stays here.")
NOT_BEGUN = N_(
    "The requester begins the conversation, or you do once your response is shortlisted. Until then you can ask a"
    " question on the page of the request."
)
YOU_LEFT = N_("You left this conversation. Come back to write in it.")
ALL_LEFT = N_("Everybody on the other side has left this conversation, so nobody would read it.")
YOU_BLOCKED = N_("You blocked whoever is on the other side. End the block to write to them.")
TAKES_NONE = N_("Nobody on the other side takes messages from you through the hub.")
"""Said alike to whom they blocked, and where their accounts rest."""


def refusal(viewer: Viewer, talk: Talk) -> HubError | None:
    """Return why `viewer` cannot write now, in the words that they may read, or None.

    A block is between two people: who blocked the writer is not told of the message, and only where nobody else is left
    on the other side is it refused.
    """
    if is_closed(talk.response):
        return ConflictError(CLOSED)
    if talk.has_left:
        return ConflictError(YOU_LEFT)
    if talk.conversation is None and not can_begin(viewer, talk.response):
        return ForbiddenError(NOT_BEGUN)
    if talk.side is None:
        return None
    return _unreached(viewer, talk, talk.side)


def told_of_message(viewer: Viewer, talk: Talk) -> frozenset[int]:
    """Return the ids of who is told that `viewer` wrote: both sides, save who left and who blocked the writer."""
    response = talk.response
    present = (requester_ids(response.request) | responder_ids(response)) - left_ids(talk.conversation)
    return present - {viewer.member_id} - _pairs(viewer, present)[0]


def left_ids(conversation: Conversation | None) -> frozenset[int]:
    """Return the ids of who left a conversation and did not come back."""
    participations = conversation.participations if conversation else []
    return frozenset(each.member_id for each in participations if each.left_at is not None)


def _unreached(viewer: Viewer, talk: Talk, side: Side) -> HubError | None:
    response = talk.response
    others = responder_ids(response) if side is Side.REQUESTER else requester_ids(response.request)
    others -= {viewer.member_id}
    present = others - left_ids(talk.conversation)
    if others and not present:
        return ConflictError(ALL_LEFT)
    blocking, blocked = _pairs(viewer, present)
    if present and present <= blocked:
        return ConflictError(YOU_BLOCKED)
    if not _in_standing(present - blocking):
        return ForbiddenError(TAKES_NONE)
    return None


def _pairs(viewer: Viewer, member_ids: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of those of the members who blocked `viewer`, and of those whom `viewer` blocked."""
    ids = sorted(member_ids)
    found = (
        session()
        .execute(
            select(Block.member_id, Block.blocked_id).where(
                or_(
                    (Block.member_id == viewer.member_id) & Block.blocked_id.in_(ids),
                    (Block.blocked_id == viewer.member_id) & Block.member_id.in_(ids),
                )
            )
        )
        .all()
    )
    blocking = frozenset(row.member_id for row in found if row.blocked_id == viewer.member_id)
    blocked = frozenset(row.blocked_id for row in found if row.member_id == viewer.member_id)
    return blocking, blocked


def _in_standing(member_ids: Collection[int]) -> bool:
    members = session().scalars(select(Member).where(Member.id.in_(sorted(member_ids))))
    return any(is_in_standing(each) for each in members)
