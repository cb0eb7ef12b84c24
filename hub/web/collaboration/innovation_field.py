"""An innovation of the catalogue as somebody names it in a form: by the address of its page, or by its name."""

import re

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.models.checking import check_text
from hub.catalogue.models.content import URL_LENGTH
from hub.catalogue.queries import innovations_called
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.web.catalogue.named import named
from hub.web.catalogue.reading import record_address
from hub.web.i18n import listed

ADDRESS = re.compile(r"(?:^|/)innovations/([A-Za-z0-9_-]{1,120})/?(?:[?#].*)?$")

NAME_LENGTH = URL_LENGTH
"""The most characters of a name or an address."""

MOST_OFFERED = 3
"""How many innovations are named where several could be meant."""

UNKNOWN = N_(
    "No innovation that is shown to you has these words in its name. Look it up in the catalogue and copy its "
    "name, or the address of its page."
)
SEVERAL = N_(
    "Several innovations could be meant: %(names)s. Type one of these names, or copy the address of its page."
)


def innovation_said(words: str, viewer: Viewer, *, field: str) -> Innovation | None:
    """Return the innovation that somebody names, or None where they name none.

    Args:
        words: a name, or the address of a page.
        viewer: who names it.
        field: where it was typed.

    Raises:
        InvalidError: none with these words in its name is shown to them, or several are; or somebody typed
            signs that nobody sees.
    """
    if not words:
        return None
    check_text(field, words, NAME_LENGTH)
    address = ADDRESS.search(words)
    found = innovations_called(words, viewer, slug=address[1] if address else "", most=MOST_OFFERED)
    if not found:
        raise InvalidError(UNKNOWN, field=field)
    if len(found) > 1:
        names = listed(named(each).name for each in found)
        raise InvalidError(SEVERAL, field=field, names=names)
    return found[0]


def words_for(innovation: Innovation | None) -> str:
    """Return how a form names an innovation that was chosen before."""
    return record_address(innovation) if innovation is not None else ""
