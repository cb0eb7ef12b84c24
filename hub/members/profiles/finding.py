"""Finding members by part of their name, for who wants to ask or to name them."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.names import holds
from hub.members.models import Member, Profile
from hub.members.profiles.permissions import listed_for

MOST_FOUND = 8
"""Members that a search by name shows."""


def members_called(viewer: Viewer, words: str, *, but: Collection[int] = ()) -> list[Member]:
    """Return members of the directory who can be written to, and `viewer`, whose name holds these words.

    Args:
        viewer: who looks.
        words: part of a name.
        but: ids of members who are left out.
    """
    found = session().scalars(
        select(Profile)
        .join(Profile.member)
        .where(
            listed_for(viewer),
            or_(Profile.is_contactable, Member.id == viewer.member_id),
            Member.id.not_in(sorted(but)),
            holds(Member.display_name, words),
        )
        .options(contains_eager(Profile.member))
        .order_by(Member.display_name, Member.id)
        .limit(MOST_FOUND)
    )
    return [each.member for each in found]
