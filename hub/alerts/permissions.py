"""Who may follow things, and end what."""

from hub.access.viewer import Viewer
from hub.alerts.models import Follow

MOST_FOLLOWS = 200
"""Things that one member can follow at once, saved searches among them."""

MOST_SEARCHES = 50
"""Searches that one member can save; each is asked again whenever something is published."""


def can_follow(viewer: Viewer) -> bool:
    """Whether `viewer` may follow what they may see: approved members."""
    return viewer.is_member


def can_unfollow(member_id: int, follow: Follow) -> bool:
    """Whether a member may end a follow: their own, also while they are not approved."""
    return follow.member_id == member_id
