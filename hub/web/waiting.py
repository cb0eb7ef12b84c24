"""How long somebody must wait before the next try, in words."""

from datetime import timedelta

from flask_babel import ngettext

from hub.core import clock
from hub.core.errors import HubError, TooManyError
from hub.web.i18n import translate
from hub.web.zones import in_zone

A_MINUTE = 60


def wait_time(seconds: int) -> str:
    """Return a time to wait, such as "40 seconds" or "3 minutes"."""
    minutes = -(-seconds // A_MINUTE)
    if seconds <= A_MINUTE:
        return str(ngettext("%(num)s second", "%(num)s seconds", seconds))
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))


def refusal_words(error: HubError) -> str:
    """Return what a refusal says; of a limit also the moment from which there is room again."""
    words = translate(error.message, **error.parameters)
    if not isinstance(error, TooManyError):
        return words
    room_at = clock.now() + timedelta(seconds=error.retry_after + A_MINUTE)
    return translate(
        "%(words)s You can go on from %(moment)s.", words=words, moment=in_zone(room_at.replace(second=0))
    )


def wait_words(seconds: int) -> str:
    """Return how long to wait before the next try to sign in."""
    return translate(
        "Too many tries with this address or from this network. Wait %(wait)s, then try again.",
        wait=wait_time(seconds),
    )
