"""How often one person may do what many could overdo; counted in the memory of one process, off by `HUB_LIMITS=off`."""

import time

from flask import Flask, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerHour

from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.members.delays import network_key
from hub.web.runtime import runtime
from hub.web.sessions import viewer

PROBLEM_REPORTS = RateLimitItemPerHour(10, namespace="problem-reports")
"""Problem reports that one member, or one network of visitors, may send."""

EXPORTS = RateLimitItemPerHour(5, namespace="exports")
"""Downloads of search results."""


UPLOADS = RateLimitItemPerHour(40, namespace="uploads")
"""Files that one member may send; refused ones stand on the disk for a day."""


def sender() -> str:
    """Return what stands for who asks: the member, or for everybody else the network."""
    somebody = viewer()
    if somebody.public_id is not None:
        return f"member:{somebody.public_id}"
    return f"network:{network_key(request.remote_addr or '')}"


limiter = Limiter(sender, strategy="moving-window", storage_uri="memory://")


SENT_TOO_MANY = N_(
    "You have sent %(number)s within an hour, which is the most. What you typed is kept; wait a little."
)


def spend(limit: RateLimitItem, words: str = SENT_TOO_MANY) -> None:
    """Count one more act under `limit` for who asks.

    Args:
        limit: how many in which time.
        words: message id for who has used it up; may name the `number`.

    Raises:
        TooManyError: they have used up what the limit allows.
    """
    if runtime().settings.limits == "off":
        return
    key = sender()
    if not limiter.limiter.hit(limit, key):
        free_at = limiter.limiter.get_window_stats(limit, key).reset_time
        raise TooManyError(
            words,
            retry_after=max(1, int(free_at - time.time()) + 1),
            number=limit.amount,
        )


def configure(app: Flask) -> None:
    """Give the limiter its store."""
    limiter.init_app(app)
