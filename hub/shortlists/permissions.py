"""Who may keep shortlists, how much of them, and which lists somebody may read."""

from sqlalchemy import ColumnElement, and_, false, or_, select

from hub.access.viewer import Viewer
from hub.members.models import Block, Member, MemberStatus
from hub.shortlists.models import Shortlist, ShortlistShare

MOST_SHORTLISTS = 50
"""Lists that one member can keep at once."""

MOST_ENTRIES = 100
"""Innovations on one list."""

MOST_SHARES = 50
"""Members and organisations with whom one list is shared."""


def can_keep_shortlists(viewer: Viewer) -> bool:
    """Whether `viewer` may keep and read shortlists: approved members."""
    return viewer.is_member


def is_kept_by(viewer: Viewer, shortlist: Shortlist) -> bool:
    """Whether the list is the viewer's own: only its keeper changes it, shares it and deletes it."""
    return viewer.member_id is not None and viewer.member_id == shortlist.member_id


def is_share_with(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for shares with `viewer`, or with an organisation of theirs."""
    return or_(
        ShortlistShare.member_id == viewer.member_id,
        ShortlistShare.organisation_id.in_(sorted(viewer.organisations)),
    )


def is_shared_with(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for lists of others that are shared with `viewer`, or with an organisation of theirs.

    A list goes with its keeper: nobody reads it while the keeper is not approved, nor whoever blocked them.
    """
    if viewer.member_id is None:
        return false()
    shared = select(ShortlistShare.shortlist_id).where(is_share_with(viewer))
    approved = select(Member.id).where(Member.status == MemberStatus.APPROVED)
    blocked = select(Block.blocked_id).where(Block.member_id == viewer.member_id)
    return and_(
        Shortlist.id.in_(shared),
        Shortlist.member_id != viewer.member_id,
        Shortlist.member_id.in_(approved),
        Shortlist.member_id.not_in(blocked),
    )


def readable_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for lists that `viewer` may read: their own and those shared with them.

    What stands on a list is asked for again, record by record: a list opens none.
    """
    if viewer.member_id is None:
        return false()
    return or_(Shortlist.member_id == viewer.member_id, is_shared_with(viewer))
