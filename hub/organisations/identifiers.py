"""Identifiers of organisations in the registers of org-id.guide: their written form, checked and made alike."""

import re
import unicodedata

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.organisations.registers import FORMS, Form
from hub.vocabularies.loader import vocabulary

SCHEMES = "identifier_schemes"

LONGEST = 80
"""Characters that the column takes."""

ANY_FORM = re.compile(r"\S{2,80}")

DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
"""What word processors and keyboards of other countries put where a register writes a hyphen."""


def check_identifier(scheme: str, identifier: str) -> str:
    """Return an identifier as its register writes it.

    Args:
        scheme: code of the register, such as "GB-COH".
        identifier: what somebody typed or pasted; white space around it, hyphens and dots that the number only
            carries for reading, and the scheme's own code in front are taken away.

    Raises:
        InvalidError: the hub does not take this register (field "identifier_scheme"), or the identifier cannot be
            one of it (field "identifier"); the message says which form is expected and gives an example.
    """
    if scheme not in vocabulary(SCHEMES):
        raise InvalidError(N_("Choose a register from the list."), field="identifier_scheme")
    form = FORMS.get(scheme)
    # Far above any register's length, so that a pasted page is refused before it is searched.
    typed = "" if len(identifier) > 4 * LONGEST else identifier
    text = unicodedata.normalize("NFKC", typed).translate(DASHES).strip()
    if text.upper().startswith(f"{scheme}-"):
        text = text[len(scheme) + 1 :]
    return _written(form, text) if form else _any_form(text)


def org_id(scheme: str, identifier: str) -> str:
    """Return the identifier that is unique in the world, such as "GB-COH-09876543" (org-id.guide)."""
    return f"{scheme}-{identifier}"


def scheme_country(scheme: str) -> str | None:
    """Return the ISO code of the country whose register this is, or None for one of many countries."""
    code = scheme.partition("-")[0]
    return None if code in {"XI", "XM"} else code


def _written(form: Form, text: str) -> str:
    bare = "".join(text.split())
    for sign in form.for_reading:
        bare = bare.replace(sign, "")
    bare = bare.lower() if form.is_lower_case else bare.upper()
    found = re.fullmatch(form.pattern, bare, re.ASCII)
    if found is None:
        raise InvalidError(form.words, field="identifier", example=form.example, digits=form.digits)
    written = found.expand(form.written).zfill(form.width)
    if form.has_right_check_digit and not form.has_right_check_digit(written):
        raise InvalidError(
            N_("The check digit does not fit: a character is wrong. A right identifier is %(example)s."),
            field="identifier",
            example=form.example,
        )
    return written


def _any_form(text: str) -> str:
    if not ANY_FORM.fullmatch(text) or not text.isprintable():
        raise InvalidError(
            N_("Enter the identifier as the register writes it, without spaces, such as %(example)s."),
            field="identifier",
            example="OP-218-051",
        )
    return text
