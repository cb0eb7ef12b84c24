"""How long organisations take to a first answer, in words."""

from flask_babel import lazy_gettext as _l, ngettext

from hub.collaboration.board.medians import AnswerTime, Band
from hub.web.i18n import translate

BANDS = {
    Band.FEW: _l("3 to 9 answers"),
    Band.SOME: _l("10 to 49 answers"),
    Band.MANY: _l("50 answers or more"),
}
"""Roughly how many answers stand behind a median."""


def said_time(time: AnswerTime) -> str:
    """Return the median alone, such as “3 days”."""
    days = round(time.days)
    if not days:
        return translate("Less than a day")
    return str(ngettext("%(num)s day", "%(num)s days", days))


def said_answer_time(time: AnswerTime | None) -> str:
    """Return the median and how much stands behind it, or that too little does."""
    if time is None:
        return translate("Too few answers to say")
    return translate("%(time)s (median of %(number)s)", time=said_time(time), number=BANDS[time.band])
