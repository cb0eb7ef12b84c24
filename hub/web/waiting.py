"""How long somebody must wait before the next try, in words."""

from flask_babel import ngettext

from hub.web.i18n import translate

A_MINUTE = 60


def wait_time(seconds: int) -> str:
    """Return a time to wait, such as "40 seconds" or "3 minutes"."""
    minutes = -(-seconds // A_MINUTE)
    if seconds <= A_MINUTE:
        return str(ngettext("%(num)s second", "%(num)s seconds", seconds))
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))


def wait_words(seconds: int) -> str:
    """Return how long to wait before the next try to sign in."""
    return translate(
        "Too many tries with this address or from this network. Wait %(wait)s, then try again.",
        wait=wait_time(seconds),
    )
