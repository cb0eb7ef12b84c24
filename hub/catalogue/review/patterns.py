"""Patterns of what does not belong into a record: addresses, numbers, names of people. Guesses, no proof."""

import re
from collections.abc import Iterator
from enum import StrEnum


class Pattern(StrEnum):
    """What a stretch of text looks like."""

    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    CASE = "case"
    NUMBER = "number"
    NAME = "name"


WEB_LINK = re.compile(r"https?://\S+", re.IGNORECASE)

CASE_WORDS = (
    "case|file|docket|Aktenzeichen|Az\\.|affaire|dossier|caso|causa|expediente|processo|procedimento|perkara|дело|справа|"
    "საქმე|قضية"
)
TITLES = (
    "Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Monsieur|Madame|Mme|Señor|Señora|Sr|Sra|Dña|Senhor|Senhora|Signor|Signora|"
    "Bapak|Bpk|Ibu|Pan|Pani|Gospodin|Gospođa|Господин|Госпожа|ბატონი|ქალბატონი|السيد|السيدة"
)
WITHOUT_CASE = re.compile(r"[\u0590-\u08ff\u10a0-\u10ff]")
"""Letters of scripts that have no capitals."""

PATTERNS = (
    (Pattern.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    (Pattern.ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")),
    (Pattern.CASE, re.compile(r"\b[A-Z]{1,6}[-/]\d{1,7}[/-](?:19|20)?\d{2}\b")),
    (
        Pattern.CASE,
        re.compile(
            rf"\b(?:{CASE_WORDS})\s{{0,2}}(?:no\.?|nr\.?|n\.?º|№|#)?\s{{0,2}}[\w-]{{0,6}}\d+[/-]\d{{2,6}}",
            re.IGNORECASE,
        ),
    ),
    (Pattern.PHONE, re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){7,14}(?!\w)")),
    (Pattern.NUMBER, re.compile(r"(?<![\w.,/-])\d{9,}(?![\w/-])")),
    (Pattern.NAME, re.compile(rf"\b(?:{TITLES})\.?\s([^\W\d_][^\W\d_'’-]*(?:[\s'’-][^\W\d_]{{2,}}){{0,2}})")),
)
"""The patterns in the order in which they are looked for; what one found is no longer seen by the next."""

NAME_WORDS = 2
"""The least words of a title with a name."""

IBAN_RULE = (97, 1)
"""An account number, its first four signs put last and letters read as 10 to 35, leaves 1 when divided by 97."""


def traces_in(text: str) -> Iterator[tuple[Pattern, str]]:
    """Yield what looks like an address, a number or a name of a person or a case; web addresses are left out."""
    rest = WEB_LINK.sub(" ", text)
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(rest):
            if _is_likely(kind, found):
                yield kind, _excerpt(kind, found.group().strip())
        rest = pattern.sub(lambda found, kind=kind: " " if _is_likely(kind, found) else found.group(), rest)  # type: ignore[misc]


def _is_likely(kind: Pattern, found: re.Match[str]) -> bool:
    if kind is Pattern.ACCOUNT:
        return _is_iban(found.group())
    if kind is Pattern.NAME:
        first = found.group(1)[0]
        return first.isupper() or bool(WITHOUT_CASE.match(first))
    return True


def _excerpt(kind: Pattern, text: str) -> str:
    """Return what was found, of a name without the words behind it that begin with a small letter."""
    words = text.split()
    while kind is Pattern.NAME and len(words) > NAME_WORDS and words[-1][0].islower():
        words.pop()
    return " ".join(words) if kind is Pattern.NAME else text


def _is_iban(text: str) -> bool:
    """Whether the check digits of an international account number (ISO 13616) are right."""
    signs = text.replace(" ", "")
    divisor, remainder = IBAN_RULE
    number = "".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])
    return int(number) % divisor == remainder
