"""How often one member may have suggestions worked out: each page of them costs more than a search."""

from flask import request

from hub.core.i18n import N_
from hub.web.limits import MATCHES, spend
from hub.web.matches.blueprint import matches
from hub.web.sessions import viewer

TOO_FAST = N_(
    "The hub works out suggestions for one member %(number)s times within ten seconds. Wait a moment, then try again."
)


@matches.before_request
def spare() -> None:
    """Count a page that a member asks for; the one about the method is the same for everybody."""
    if viewer().is_member and request.endpoint != "matches.method":
        spend(MATCHES, TOO_FAST)
