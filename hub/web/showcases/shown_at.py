"""Showcases on pages of other things: where an innovation was on stage, those in a country, the next one."""

from collections.abc import Sequence

from hub.catalogue.models import Innovation
from hub.showcases.listing import next_showcases, showcases_in
from hub.showcases.models import Showcase
from hub.showcases.shown import Appearance, appearances_of
from hub.web.sessions import viewer
from hub.web.showcases.blueprint import showcases

MOST = 5
"""Showcases that another thing's page names; the directory has the rest."""


@showcases.app_context_processor
def shown_at() -> dict[str, object]:
    """Give templates the showcases of a thing; asked only by pages that show them."""
    return {
        "shown_at": appearances,
        "showcases_of_country": showcases_of_country,
        "next_showcase": next_showcase,
    }


def appearances(innovation: Innovation) -> list[Appearance]:
    """Return where an innovation stands in a published programme that this reader may see, the latest first."""
    return appearances_of(innovation.id, viewer(), MOST)


def showcases_of_country(country: str) -> Sequence[Showcase]:
    """Return the latest showcases that take place in a country and that this reader may see."""
    return showcases_in(country, viewer(), MOST)


def next_showcase() -> Showcase | None:
    """Return the next showcase that this reader may see."""
    return next(iter(next_showcases(viewer(), 1)), None)
