"""Who may state what a country has; everybody may read it."""

from hub.access.viewer import Viewer


def can_state(viewer: Viewer, country: str) -> bool:
    """Whether `viewer` may state what `country` (ISO code) has: its focal point."""
    return country in viewer.focal_countries
