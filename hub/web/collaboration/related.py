"""Requests on pages of other things: those about an innovation, those of an organisation; for any template to ask."""

from collections.abc import Callable

from hub.catalogue.models import Innovation
from hub.collaboration.directory import next_requests
from hub.collaboration.models import CollaborationRequest
from hub.organisations.models import Organisation
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.lines import RequestLine, request_lines
from hub.web.sessions import viewer

MOST = 5
"""Requests that another thing's page shows; the directory has the rest."""


@collaboration.app_context_processor
def related() -> dict[str, Callable[..., list[RequestLine]]]:
    """Give templates the requests of a thing; asked only by pages that show them."""
    return {"requests_about": requests_about, "requests_of": requests_of}


def requests_about(innovation: Innovation) -> list[RequestLine]:
    """Return requests about an innovation that this reader may see and respond to now, due soonest first."""
    return request_lines(next_requests(viewer(), MOST, CollaborationRequest.innovation_id == innovation.id))


def requests_of(organisation: Organisation) -> list[RequestLine]:
    """Return requests of an organisation that this reader may see and respond to now, due soonest first."""
    return request_lines(
        next_requests(viewer(), MOST, CollaborationRequest.organisation_id == organisation.id)
    )
