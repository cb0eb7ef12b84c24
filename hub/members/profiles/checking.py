"""What can never be true of a profile: lengths, hidden signs, addresses, codes and too many rows."""

import unicodedata
from collections.abc import Mapping, Sequence

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.lookalikes import HIDDEN_FOUND, hidden_signs, sign_name
from hub.core.written import INVISIBLE, WEB_ADDRESS
from hub.members.models import NAME_LENGTH, ProfileScheme, normal_email
from hub.members.models.profiles import (
    BIOGRAPHY_LENGTH,
    HEADLINE_LENGTH,
    LINK_LENGTH,
    LINK_TITLE_LENGTH,
    MOST_LINKS,
    MOST_TERMS,
    OFFER_LENGTH,
    PHONE_LENGTH,
    TERM_LENGTH,
)
from hub.members.profiles.languages import is_language
from hub.members.service import require_address, require_code
from hub.vocabularies.loader import vocabulary

LINES = {"display_name": NAME_LENGTH, "headline": HEADLINE_LENGTH, "contact_phone": PHONE_LENGTH}
TEXTS = {"biography": BIOGRAPHY_LENGTH, "offers": OFFER_LENGTH, "needs": OFFER_LENGTH}
"""The most characters of each text, by field."""

POLICE = "law_enforcement"
"""The member type that nobody takes or drops by themselves: a coordinator read the application for it."""


def check_line(field: str, value: str, most: int) -> None:
    """Refuse a line of text that is too long, is several lines, or holds signs that nobody sees.

    Raises:
        InvalidError: it cannot be stored so; names the field.
    """
    check_text(field, value, most)
    if any(sign in value for sign in "\t\n\r"):
        raise InvalidError(N_("Write this on one line."), field=field)
    hidden = hidden_signs(value)
    if hidden:
        raise InvalidError(HIDDEN_FOUND, field=field, sign=hidden[0])


def check_no_address(field: str, value: str) -> None:
    """Refuse a name that holds a web address: names stand in mails to people who never asked for one.

    Raises:
        InvalidError: it does; names the field.
    """
    folded = unicodedata.normalize("NFKC", value).casefold()
    if "://" in folded or "www." in folded:
        raise InvalidError(N_("A name cannot hold a web address."), field=field)


def check_text(field: str, value: str, most: int) -> None:
    """Refuse a text that is too long or holds control characters.

    Raises:
        InvalidError: it cannot be stored so; names the field.
    """
    if hidden := INVISIBLE.search(value):
        raise InvalidError(HIDDEN_FOUND, field=field, sign=sign_name(hidden[0]))
    if len(value) > most:
        raise InvalidError(
            N_("Shorten this to %(limit)s characters or fewer; it has %(length)s."),
            field=field,
            limit=most,
            length=len(value),
        )


def check_said(said: Mapping[str, str]) -> None:
    """Refuse texts that cannot be stored, by the fields of `LINES` and `TEXTS`.

    Raises:
        InvalidError: one cannot; names the field.
    """
    if not said["display_name"].strip():
        raise InvalidError(N_("Enter the name that others are to read."), field="display_name")
    check_no_address("display_name", said["display_name"])
    for field, most in LINES.items():
        check_line(field, said[field], most)
    for field, most in TEXTS.items():
        check_text(field, said[field], most)


def check_contact_email(address: str) -> None:
    """Refuse what cannot be an address; an empty one is none.

    Raises:
        InvalidError: it cannot.
    """
    if address:
        try:
            require_address(normal_email(address))
        except InvalidError as error:
            raise InvalidError(error.message, field="contact_email", **error.parameters) from None


def check_links(links: Sequence[tuple[str, str]]) -> None:
    """Refuse too many links, and what is no http or https address.

    Args:
        links: address and title of each.

    Raises:
        InvalidError: one cannot be stored so.
    """
    if len(links) > MOST_LINKS:
        raise InvalidError(N_("Give at most %(most)s links."), field="links", most=MOST_LINKS)
    for url, title in links:
        check_text("links", url, LINK_LENGTH)
        if not WEB_ADDRESS.fullmatch(url):
            raise InvalidError(N_("Enter a web address that begins with http:// or https://."), field="links")
        check_line("links", title, LINK_TITLE_LENGTH)


def check_added(scheme: ProfileScheme, label: str) -> None:
    """Refuse an addition to a list that cannot be one.

    Raises:
        InvalidError: it cannot; names the field.
    """
    field = added_field(scheme)
    if len(label) > TERM_LENGTH:
        raise InvalidError(
            N_("“%(start)s…” has %(length)s characters. Use at most %(limit)s, one on each line."),
            field=field,
            start=label[:20],
            length=len(label),
            limit=TERM_LENGTH,
        )
    check_line(field, label, TERM_LENGTH)
    if not any(sign.isalnum() for sign in label):
        raise InvalidError(N_("“%(label)s” has neither letters nor digits."), field=field, label=label)


def check_number(scheme: ProfileScheme, number: int) -> None:
    """Refuse more values of one list than a reader can take in.

    Raises:
        InvalidError: there are too many.
    """
    if number > MOST_TERMS:
        raise InvalidError(
            N_("Choose at most %(most)s; you have %(number)s."),
            field=scheme.value,
            most=MOST_TERMS,
            number=number,
        )


def check_member_type(present: str, wanted: str) -> None:
    """Refuse an unknown type, and to become or cease to be law enforcement without a coordinator.

    Raises:
        InvalidError: it cannot be chosen.
    """
    require_code("member_type", wanted, "member_types")
    if present != wanted and POLICE in (present, wanted):
        raise InvalidError(
            N_("Only a coordinator changes to or from law enforcement. Write to one if this is wrong."),
            field="member_type",
        )


def is_listed(scheme: ProfileScheme, code: str) -> bool:
    """Whether the vocabulary of a list holds `code`."""
    if scheme is ProfileScheme.LANGUAGES:
        return is_language(code)
    return code in vocabulary(scheme.value)


def added_field(scheme: ProfileScheme) -> str:
    """Return the name of the field in which people type what a list lacks."""
    return f"added_{scheme.value}"
