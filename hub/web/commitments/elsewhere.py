"""Commitments on pages of other things: the hub's own promise on the home page, those of a country on its page."""

from hub.commitments.directory import CommitmentFilters, listed_commitments
from hub.commitments.models import Commitment
from hub.core.pagination import Page, PageRequest
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.promise import promise_line
from hub.web.sessions import viewer

MOST = 5
"""Commitments that the page of a country names; the directory has the rest."""


@commitments.app_context_processor
def elsewhere() -> dict[str, object]:
    """Give templates commitments; asked only by pages that show them."""
    return {"commitments_of_country": commitments_of_country, "promise_line": promise_line}


def commitments_of_country(country: str) -> Page[Commitment]:
    """Return the commitments of the latest plan of a country that this reader may know of, and how many there are."""
    return listed_commitments(viewer(), CommitmentFilters(country=country), PageRequest(1, MOST))
