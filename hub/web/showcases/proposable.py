"""Whether an innovation can be proposed for a showcase now, for the page of the innovation to ask."""

from collections.abc import Callable

from hub.catalogue.models import Innovation
from hub.showcases.entries.queries import OpenCall, open_calls_for
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases


@showcases.app_context_processor
def proposable() -> dict[str, Callable[[Innovation], list[OpenCall]]]:
    """Give templates the open calls for an innovation; asked only by pages that show them."""
    return {"calls_for": calls_for}


def calls_for(innovation: Innovation) -> list[OpenCall]:
    """Return the open calls for which this reader could propose an innovation, or has begun an entry."""
    somebody = viewer()
    return [
        each for each in open_calls_for(innovation, somebody) if each.is_showable or each.entry is not None
    ]
