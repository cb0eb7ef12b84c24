"""What ties the two sides of a response, in words."""

from collections.abc import Iterable

from hub.collaboration.models import Side
from hub.collaboration.responses.conflicts import Tie, TieKind
from hub.core.i18n import N_
from hub.web.i18n import translate

NAMED = {
    (TieKind.SAME_ORGANISATION, None): N_("Both sides belong to %(organisation)s."),
    (TieKind.FORMER_MEMBERSHIP, Side.RESPONDER): N_(
        "Who responded left %(organisation)s less than 24 months ago."
    ),
    (TieKind.FORMER_MEMBERSHIP, Side.REQUESTER): N_(
        "Somebody of the requester left %(organisation)s less than 24 months ago."
    ),
    (TieKind.INTEREST, Side.RESPONDER): N_("Who responded declared an interest in %(organisation)s."),
    (TieKind.INTEREST, Side.REQUESTER): N_(
        "Somebody of the requester declared an interest in %(organisation)s."
    ),
}
"""Where the organisation is named in the request or in the response."""

NAMELESS = {
    (TieKind.SAME_ORGANISATION, None): N_(
        "Who posted the request and who responded belong to the same organisation."
    ),
    (TieKind.FORMER_MEMBERSHIP, Side.RESPONDER): N_(
        "Who responded left an organisation of the requester less than 24 months ago."
    ),
    (TieKind.FORMER_MEMBERSHIP, Side.REQUESTER): N_(
        "Somebody of the requester left an organisation of the responder less than 24 months ago."
    ),
    (TieKind.INTEREST, Side.RESPONDER): N_(
        "Who responded declared an interest in an organisation of the requester."
    ),
    (TieKind.INTEREST, Side.REQUESTER): N_(
        "Somebody of the requester declared an interest in an organisation of the responder."
    ),
}
"""Where somebody merely belongs to it, so that its name would tell of that."""


def told(ties: Iterable[Tie]) -> list[str]:
    """Return in words what ties the two sides of a response."""
    return [_told(each) for each in ties]


def _told(tie: Tie) -> str:
    key = (tie.kind, tie.side)
    if tie.organisation is None:
        return translate(NAMELESS[key])
    return translate(NAMED[key], organisation=tie.organisation.name)
