"""The links in mails: the token that an address carries, signed, and what it stands for."""

from http import HTTPStatus

from flask import Response, request
from sqlalchemy import select

from hub.core.database import session
from hub.core.i18n import N_
from hub.core.sealing import unsign
from hub.members.links import VOID
from hub.members.models import MailToken, TokenPurpose
from hub.web.errors import Wording, error_page
from hub.web.i18n import translate
from hub.web.runtime import runtime

VOID_LINK = Wording(N_("This link no longer works"), VOID)

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


def void_page(text: str, address: str, *, lead: str = VOID) -> Response:
    """Return 410 for a link that was used, is too old or never was: the same page, and the way to a new one.

    Args:
        text: translated words of the button.
        address: where it leads.
        lead: message id of what is said instead of the usual words.
    """
    return error_page(VOID_LINK, HTTPStatus.GONE, lead=translate(lead), actions=[(text, address)])
