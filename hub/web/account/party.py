"""For whom passkeys are made, and why they cannot be used where this page was opened."""

import ipaddress
from urllib.parse import urlsplit

from flask import request

from hub.members.passkeys import RelyingParty, relying_party
from hub.web.i18n import translate
from hub.web.runtime import runtime


def party() -> RelyingParty:
    """Return the hub at its configured address, whatever the request says of itself."""
    return relying_party(runtime().settings.base_url)


def passkey_obstacle() -> str:
    """Return, in words, why no browser uses a passkey at the address of this request; empty where it does."""
    own = party()
    if _is_number(own.id):
        return translate("Passkeys need a host name, and this hub has only a number for an address.")
    if request.host != urlsplit(own.origin).netloc:
        return translate(
            "Passkeys work only at %(address)s. You opened the hub at another address.", address=own.origin
        )
    return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
