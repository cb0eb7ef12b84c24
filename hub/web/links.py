"""The links in mails: the token that an address carries, signed, and what it stands for."""

from flask import request
from sqlalchemy import select

from hub.core.database import session
from hub.core.sealing import unsign
from hub.members.models import MailToken, TokenPurpose
from hub.web.runtime import runtime

FIELD = "token"
"""The name of the parameter in the link and of the hidden field in the form behind it."""


def sent_token() -> str:
    """Return the signed token that came with this request, for the form to hand on."""
    return request.values.get(FIELD, "")


def token_for(purpose: TokenPurpose) -> MailToken | None:
    """Return what the link of this request stands for, used up or not; None where it is forged."""
    public_id = unsign(runtime().settings.secret_key(), purpose.value, sent_token())
    if public_id is None:
        return None
    return session().scalar(
        select(MailToken).where(MailToken.public_id == public_id, MailToken.purpose == purpose)
    )
