"""A showcase of whose team one is; for everybody else there is none at this address."""

from hub.showcases.models import Showcase
from hub.showcases.queries import curated_showcase
from hub.web.sessions import viewer


def team_showcase(slug: str) -> Showcase:
    """Return the showcase with this slug or id, if whoever is signed in is on its team.

    Raises:
        NotFoundError: there is none, or they are not.
    """
    return curated_showcase(slug, viewer())
