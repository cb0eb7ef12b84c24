"""Who reads the board of needs and the report of exposure, and who sets the floor."""

from hub.access.viewer import Role, Viewer


def can_curate_matching(viewer: Viewer) -> bool:
    """Whether `viewer` reads the board of needs and the report of exposure, and sets the floor."""
    return viewer.has_role(Role.COORDINATOR)
