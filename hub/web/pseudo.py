"""A pseudo translation made from the message template: it shows what was forgotten, and whether longer words fit."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.support import NullTranslations

ACCENTS = str.maketrans(
    "aceghijklnoprstuwyzACDEGHIJKLNOPRSTUWYZ",
    "áçéĝĥíĵķļñóþŕšţûŵýžÁÇÐÉĜĤÍĴĶĻÑÓÞŔŠŢÛŴÝŽ",
)

KEPT = re.compile(r"(%\(\w+\)[a-z]|%%?\{\w+\}|%%|<[^>]*>|&\w+;|&#\d+;|https?://\S+)")
"""Placeholders, markup and addresses, which a translator leaves as they are."""


def pseudo(message: str) -> str:
    """Return `message` with accents, in brackets; placeholders and markup stay."""
    parts = KEPT.split(message)
    words = "".join(part if place % 2 else part.translate(ACCENTS) for place, part in enumerate(parts))
    return f"[{words}]"


@cache
def _messages(template: Path) -> frozenset[str]:
    with template.open("rb") as file:
        catalogue = read_po(file)
    ids: set[str] = set()
    for message in catalogue:
        ids.update(message.id if isinstance(message.id, tuple | list) else [message.id])
    return frozenset(ids - {""})


class PseudoTranslations(NullTranslations):
    """Translates what the template at `template` names; any other string stays plain, so that it is noticed."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self._template = template

    def _say(self, message: str) -> str:
        return pseudo(message) if message in _messages(self._template) else message

    def gettext(self, message: str) -> str:
        """Return the pseudo translation."""
        return self._say(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the pseudo translation of singular or plural."""
        return self._say(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return the pseudo translation; the context changes nothing."""
        del context
        return self._say(message)

    # Flask-Babel asks by the older names.
    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext
