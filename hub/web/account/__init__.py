"""Signing in and out, and the pages about one's own account, one file a thing."""

from hub.web.account import (
    address,
    code,
    interests,
    invitations,
    law_enforcement,
    loss,
    outbox_demo,
    passkeys,
    passwords,
    places,
    renewal,
    roles,
    security,
    signing_in,
    totp,
    views,
)

__all__ = [
    "address",
    "code",
    "interests",
    "invitations",
    "law_enforcement",
    "loss",
    "outbox_demo",
    "passkeys",
    "passwords",
    "places",
    "renewal",
    "roles",
    "security",
    "signing_in",
    "totp",
    "views",
]
