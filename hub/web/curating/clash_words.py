"""Puts into words why something does not fit into a programme: moments in the time of its venue."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from hub.core.errors import InvalidError
from hub.showcases.models import Showcase
from hub.showcases.programme.clashes import Clash
from hub.web.curating.ranking import HIDDEN_NAME
from hub.web.i18n import translate
from hub.web.zones import bare_in_zone


def clash_words(clash: Clash, zone: str) -> str:
    """Return why something does not fit, in words.

    Args:
        clash: the reason.
        zone: that of the venue.
    """
    return translate(clash.message, **_worded(clash.parameters, zone))


@contextmanager
def in_venue_time(showcase: Showcase) -> Iterator[None]:
    """Let what is refused inside name moments in the time of the venue.

    Raises:
        InvalidError: that of the service, with words for its moments.
    """
    zone = showcase.time_zone
    try:
        yield
    except InvalidError as error:
        raise InvalidError(error.message, error.field, **_worded(error.parameters, zone)) from None


def _worded(parameters: Mapping[str, object], zone: str) -> dict[str, object]:
    worded = {
        name: bare_in_zone(value, zone) if isinstance(value, datetime) else value
        for name, value in parameters.items()
    }
    # an innovation outside the curator's audience has no title here
    return {**worded, "title": worded["title"] or translate(HIDDEN_NAME)} if "title" in worded else worded
