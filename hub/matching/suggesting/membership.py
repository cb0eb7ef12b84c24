"""Suggestions are for members alone."""

from hub.access.viewer import Viewer
from hub.core.errors import ForbiddenError


def member_id_of(viewer: Viewer) -> int:
    """Return the id of the member who looks for something.

    Raises:
        ForbiddenError: the viewer is no member.
    """
    if viewer.member_id is None:
        raise ForbiddenError
    return viewer.member_id
