"""Who may speak for an organisation."""

from hub.access.viewer import Viewer
from hub.organisations.models import Organisation


def can_represent(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether `viewer` may register innovations for it: its representative, or its country's focal point."""
    return organisation.id in viewer.represents or organisation.country in viewer.focal_countries
