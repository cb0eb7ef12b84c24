"""The innovation that a request is about, where whoever looks may see it."""

from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_view
from hub.collaboration.models import CollaborationRequest
from hub.web.sessions import viewer


def shown_innovation(request: CollaborationRequest) -> Innovation | None:
    """Return the innovation that a request is about, or None where there is none or none for this reader."""
    found = request.innovation
    return found if found is not None and can_view(viewer(), found) else None
