"""Who may write to whom through the hub, and who may read a message."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_

from hub.access.viewer import Viewer
from hub.members.models import ContactMessage


@dataclass(frozen=True)
class Acquaintance:
    """How somebody who looks and another member stand to each other.

    Args:
        member_id: the other one.
        is_in_standing: whether they are approved, and vetted within the year.
        is_visible: whether the one who looks may read their profile.
        takes_messages: whether their profile says that members may write to them.
        has_written: whether they wrote to the one who looks.
        blocks: whether they blocked the one who looks, who does not learn of it.
        is_blocked: whether the one who looks blocked them.
        has_asked: whether all that makes them known is that they asked to be introduced to the one who looks.
    """

    member_id: int
    is_in_standing: bool
    is_visible: bool
    takes_messages: bool
    has_written: bool
    blocks: bool
    is_blocked: bool
    has_asked: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the one who looks knows of the other at all; that they blocked them once is no acquaintance."""
        return self.is_visible or self.has_written or self.has_asked


def can_write(viewer: Viewer, other: Acquaintance) -> bool:
    """Whether `viewer` may write: to members whom they see and who take messages, or who wrote to them first."""
    may_reach = other.has_written or (other.is_visible and other.takes_messages)
    return _is_another(viewer, other) and takes_from(other) and may_reach and not other.is_blocked


def takes_from(other: Acquaintance) -> bool:
    """Whether anything from the one who looks would reach the other, as far as standing and blocks go."""
    return other.is_in_standing and not other.blocks


def can_block(viewer: Viewer, other: Acquaintance) -> bool:
    """Whether `viewer` may block: another member whom they know of."""
    return _is_another(viewer, other) and other.is_known


def can_read(viewer: Viewer, message: ContactMessage) -> bool:
    """Whether `viewer` wrote the message or received it."""
    return viewer.member_id is not None and viewer.member_id in (message.sender_id, message.receiver_id)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for the messages that `viewer` may read."""
    if viewer.member_id is None:
        return false()
    return or_(ContactMessage.sender_id == viewer.member_id, ContactMessage.receiver_id == viewer.member_id)


def _is_another(viewer: Viewer, other: Acquaintance) -> bool:
    return viewer.is_member and viewer.member_id != other.member_id
