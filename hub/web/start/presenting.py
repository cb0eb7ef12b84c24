"""How everything of entries for showcases that can wait on somebody is called; it is done on the page of the entry."""

from collections.abc import Callable

from flask_babel import LazyString, lazy_gettext as _l, ngettext

from hub.showcases.own import ENDS
from hub.web.start.desks import Desk
from hub.web.zones import MINUTE

MINE = "showcases.mine"


def _desk(kind: str, title: Callable[[int], str], why: LazyString, action: LazyString) -> Desk:
    ends = kind in ENDS
    # the end of a call is stored as the first moment after the last minute that counts
    return Desk(title, why, MINE, action, is_promised=False, ends=ends, after=-MINUTE if ends else Desk.after)


_DESKS = (
    (
        "entry_draft",
        lambda n: ngettext(
            "Propose your entry for a showcase", "Propose your %(num)s entries for showcases", n
        ),
        _l("Nobody sees it until you propose it, and after that minute none is taken."),
        _l("Go on"),
    ),
    (
        "entry_accepted",
        lambda n: ngettext(
            "Confirm your accepted entry, or step back",
            "Confirm your %(num)s accepted entries, or step back",
            n,
        ),
        _l("The team plans with it once you confirm. If you step back, the next one moves up."),
        _l("Answer"),
    ),
    (
        "entry_presenterless",
        lambda n: ngettext(
            "Name somebody who presents your entry", "Name somebody who presents your %(num)s entries", n
        ),
        _l("Everybody who was named has left or stepped back."),
        _l("Name somebody"),
    ),
    (
        "presenter_asked",
        lambda n: ngettext(
            "Say whether you will present an innovation",
            "Say whether you will present %(num)s innovations",
            n,
        ),
        _l("You were named as a presenter at a showcase."),
        _l("Answer"),
    ),
)

PRESENTING: dict[str, Desk] = {kind: _desk(kind, title, why, action) for kind, title, why, action in _DESKS}
"""Every kind of `hub.showcases.own.matters_of`, by its name."""
