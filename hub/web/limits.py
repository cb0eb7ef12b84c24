"""How often one person may do what many could overdo; off by `HUB_LIMITS=off`, which is for this machine only.

Tries to sign in, second factors, invitations and messages are counted elsewhere, in the database.
"""

import hashlib

from flask import Flask, request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerSecond

from hub.core.errors import TooManyError
from hub.core.i18n import N_
from hub.members.delays import network_key
from hub.members.models import normal_email
from hub.members.queries import token_hash
from hub.web import counting
from hub.web.counting import limiter
from hub.web.runtime import runtime
from hub.web.sessions import sign_in_token, viewer

__all__ = [
    "ABUSE_REPORTS",
    "CALLS",
    "COMING",
    "COMPARISONS",
    "DOSSIERS",
    "EXPORTS",
    "GUESTS",
    "GUESTS_ADDRESS",
    "GUESTS_MAILBOX",
    "JOINING",
    "JOINING_ADDRESS",
    "LOGS",
    "MATCHES",
    "OWN_DATA",
    "PREVIEWS",
    "PROBLEM_REPORTS",
    "REMARKS",
    "REPORTS",
    "RESETS",
    "RESETS_ADDRESS",
    "SEARCHES",
    "SHARES",
    "SUGGESTIONS",
    "TASTES",
    "UNSUBSCRIBING",
    "UPLOADS",
    "address",
    "browser",
    "configure",
    "has_room",
    "limiter",
    "mailbox",
    "network",
    "sender",
    "spend",
]

PROBLEM_REPORTS = RateLimitItemPerHour(10, namespace="problem-reports")
"""Problem reports that one member, or one network of visitors, may send."""

ABUSE_REPORTS = RateLimitItemPerHour(10, namespace="abuse-reports")
"""Reports of abuse that one member may send."""

CALLS = RateLimitItemPerHour(5, namespace="calls")
"""Calls for a coordinator by one member, each of which tells every coordinator who is free."""

COMPARISONS = RateLimitItemPerHour(30, namespace="comparisons")
"""Organisations that one member may have compared with all others before registering one."""

REMARKS = RateLimitItemPerHour(60, namespace="remarks")
"""Remarks about entries for showcases by one curator."""

EXPORTS = RateLimitItemPerHour(5, namespace="exports")
"""Downloads of search results."""

LOGS = RateLimitItemPerHour(60, namespace="logs")
"""Downloads of the published log and of all checkpoints by one network; what has not changed does not count."""

REPORTS = RateLimitItemPerHour(60, namespace="reports")
"""Downloads of figures of showcases by one member, or one network of visitors."""

DOSSIERS = RateLimitItemPerHour(60, namespace="dossiers")
"""Dossiers of shortlists that one member may open, each as long as a hundred records."""

SHARES = RateLimitItemPerHour(30, namespace="shares")
"""Shares of shortlists by one member, each of which tells somebody."""

OWN_DATA = RateLimitItemPerHour(5, namespace="own-data")
"""Files of their own data that one member may ask for."""

UPLOADS = RateLimitItemPerHour(40, namespace="uploads")
"""Files that one member may send; refused ones stand on the disk for a day."""

SEARCHES = RateLimitItemPerSecond(20, 4, namespace="searches")
"""Searches of one session, or one network of visitors: five a second, twenty of them at once."""

SUGGESTIONS = RateLimitItemPerSecond(20, 4, namespace="suggestions")
"""Lists of suggestions for one session, or one network of visitors: as many as searches, counted for themselves."""

MATCHES = RateLimitItemPerSecond(20, 10, namespace="matches")
"""Pages with matches that one member may have worked out."""

PREVIEWS = RateLimitItemPerSecond(6, 10, namespace="previews")
"""Previews of other weights by one member, each of which works out all lists twice."""

TASTES = RateLimitItemPerHour(200, namespace="tastes")
"""What one member may set aside and take back, and changes of their weights, each of which is logged."""

JOINING = RateLimitItemPerHour(20, namespace="joining")
"""Applications from one network."""

JOINING_ADDRESS = RateLimitItemPerHour(3, namespace="joining-address")
"""Applications for one e-mail address, each of which sends a mail there."""

GUESTS = RateLimitItemPerHour(300, namespace="guests")
"""Registrations of guests for one showcase from one network: a whole hall may sit behind one address."""

GUESTS_ADDRESS = RateLimitItemPerHour(3, namespace="guests-address")
"""Registrations of guests for one e-mail address from one network, each of which sends a mail there."""

GUESTS_MAILBOX = RateLimitItemPerHour(12, namespace="guests-mailbox")
"""The same from all networks together: more than one stranger can use up, so that strangers lock nobody out."""

COMING = RateLimitItemPerHour(60, namespace="coming")
"""Changes of one registration for a showcase and of its seats, each of which is logged."""

RESETS = RateLimitItemPerHour(20, namespace="resets")
"""Requests from one network for a link to set a new password."""

UNSUBSCRIBING = RateLimitItemPerHour(600, namespace="unsubscribing")
"""Links to end mails that are opened or used from one network; mail providers do it for many people from the same."""

RESETS_ADDRESS = RateLimitItemPerHour(3, namespace="resets-address")
"""The same for one e-mail address, whether or not an account has it."""

SENT_TOO_MANY = N_(
    "You have sent %(number)s within an hour, which is the most. What you typed is kept; wait a little."
)


def sender() -> str:
    """Return what stands for who asks: the member, or for everybody else the network."""
    somebody = viewer()
    if somebody.public_id is not None:
        return f"member:{somebody.public_id}"
    return network()


def network() -> str:
    """Return what stands for the network of who asks, signed in or not."""
    return f"network:{network_key(request.remote_addr or '')}"


def browser() -> str:
    """Return what stands for the session of who asks, or for visitors the network."""
    token = sign_in_token()
    # a made-up cookie opens no session, and so no count of its own
    if token is None or viewer().public_id is None:
        return network()
    return f"session:{token_hash(token)}"


def address(typed: str) -> str:
    """Return what stands for an e-mail address, as it was typed; who reads the counts cannot read it."""
    return f"address:{hashlib.sha256(normal_email(typed).encode('utf-8', 'surrogatepass')).hexdigest()}"


def mailbox(typed: str) -> str:
    """Return the same for all addresses that end in one mailbox, as far as their spelling tells: `ana+1@`, `ana+2@`."""
    name, at, domain = normal_email(typed).rpartition("@")
    return address(name.partition("+")[0] + at + domain)


def spend(limit: RateLimitItem, words: str = SENT_TOO_MANY, *, key: str = "") -> None:
    """Count one more act under `limit`.

    Args:
        limit: how many in which time.
        words: message id for who has used it up; may name the `number`.
        key: for whom it counts, such as `network()` or `address(…)`; who asks (`sender()`), if none is given.

    Raises:
        TooManyError: they have used up what the limit allows.
    """
    if runtime().settings.limits == "off":
        return
    wait = counting.wait_for_room(limit, key or sender())
    if wait:
        raise TooManyError(words, retry_after=wait, number=limit.amount)


def has_room(limit: RateLimitItem, *, key: str) -> bool:
    """Count one more act under `limit` if it has room, for who must not read from the answer how many there were.

    Args:
        limit: how many in which time.
        key: for whom it counts, such as `address(…)`.
    """
    return runtime().settings.limits == "off" or not counting.wait_for_room(limit, key)


def configure(app: Flask) -> None:
    """Give the limits their store."""
    settings = app.extensions["hub"].settings
    counting.configure(app, settings)
