"""Finds what looks like a trace of a real case or person in words, before they are stored. Guesses, no proof."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import unquote_plus

from hub.catalogue.review.patterns import WEB_LINK, Pattern, traces_in
from hub.core.i18n import N_


class TraceKind(StrEnum):
    """What a stretch of text looks like."""

    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    PASSPORT = "passport"
    CARD = "card"
    CASE = "case"
    NUMBER = "number"


KIND_WORDS = MappingProxyType(
    {
        TraceKind.EMAIL: N_("an email address"),
        TraceKind.PHONE: N_("a telephone number"),
        TraceKind.ACCOUNT: N_("the number of a bank account"),
        TraceKind.CARD: N_("the number of a payment card"),
        TraceKind.PASSPORT: N_("the number of a passport or identity card"),
        TraceKind.CASE: N_("the number of a case"),
        TraceKind.NUMBER: N_("a long number that may stand for a person"),
    }
)
"""What each kind is called, as message ids."""

ACCOUNT_WORDS = (
    "account|acct\\.?|a/c|IBAN|BIC|Konto|Kontonummer|compte|cuenta|conta|conto|rekening|nomor rekening|"
    "счёт|счет|рахунок|ანგარიში|حساب"
)
PASSPORT_WORDS = (
    "passport|travel document|identity card|ID card|Reisepass|Personalausweis|passeport|pasaporte|passaporte|"
    "passaporto|paspor|KTP|NIK|паспорт|პასპორტი|პირადი ნომერი|جواز السفر|جواز سفر"
)
BETWEEN = r"\s{0,2}(?:number|no\.?|nr\.?|n\.?º|№|#|:|is|номер|ნომერი|رقم){0,2}\s{0,2}[:#]?\s{0,2}"
"""What people write between the word and the number."""

BY_WORD = (
    (
        TraceKind.PASSPORT,
        re.compile(
            rf"\b(?:{PASSPORT_WORDS}){BETWEEN}((?=(?:[A-Z0-9]*\d){{4}})[A-Z0-9]{{6,12}})\b", re.IGNORECASE
        ),
    ),
    (TraceKind.PASSPORT, re.compile(r"\bP[A-Z<][A-Z]{3}[A-Z]+(?:<[A-Z]*){4,}")),
    # one or two letters and seven digits, as most passports have them
    (TraceKind.PASSPORT, re.compile(r"(?<![\w-])[A-Z]{1,2}\d{7}(?![\w-])")),
    (
        TraceKind.ACCOUNT,
        re.compile(rf"\b(?:{ACCOUNT_WORDS}){BETWEEN}(\d(?:[ -]?\d){{5,20}})\b", re.IGNORECASE),
    ),
    (TraceKind.CARD, re.compile(r"(?<![\w.,/-])\d{4}(?:[ -]\d{4}){3}(?![\w/-])")),
    # 2023-CR-0042, and 12 Js 345/22 as German prosecutors and courts write
    (TraceKind.CASE, re.compile(r"(?<![\w-])(?:19|20)\d{2}[-/][A-Z]{1,4}[-/]\d{2,7}(?![\w-])")),
    (
        TraceKind.CASE,
        re.compile(r"(?<![\w/])\d{1,4} (?:Js|UJs|KLs|Ks|Ls|Ds|Cs|Gs|Qs|Ss|StR|BJs|AR) \d{1,6}/\d{2}(?!\w)"),
    ),
    # as social security numbers are written in the United States
    (TraceKind.NUMBER, re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")),
)
"""What a word in front of it, or its form, tells; the second group of passports is the line that machines read."""

FROM_PATTERN = MappingProxyType(
    {
        Pattern.EMAIL: TraceKind.EMAIL,
        Pattern.PHONE: TraceKind.PHONE,
        Pattern.ACCOUNT: TraceKind.ACCOUNT,
        Pattern.CASE: TraceKind.CASE,
        Pattern.NUMBER: TraceKind.NUMBER,
    }
)
"""Which patterns of the catalogue count here: a title with a name does not, since partners may be named."""


@dataclass(frozen=True)
class Trace:
    """Something that was found.

    Args:
        kind: what it looks like.
        excerpt: the stretch of text.
    """

    kind: TraceKind
    excerpt: str


def traces_in_words(text: str, known: Collection[Trace] = ()) -> list[Trace]:
    """Return what looks like a number or an address of a person, an account or a case, each once.

    Args:
        text: what somebody typed; of web addresses in it only what they ask for counts, behind their question mark.
        known: what was found before and looked at.
    """
    rest = WEB_LINK.sub(_asked_for, _seen(text))
    found: list[Trace] = []
    for kind, pattern in BY_WORD:
        likely = [
            each for each in pattern.finditer(rest) if kind is not TraceKind.CARD or _is_card(each.group())
        ]
        found += (Trace(kind, each.group().strip()) for each in likely)
        for each in likely:
            rest = rest[: each.start()] + " " * len(each.group()) + rest[each.end() :]
    found += (
        Trace(FROM_PATTERN[pattern], excerpt)
        for pattern, excerpt in traces_in(rest)
        if pattern in FROM_PATTERN
    )
    return [each for each in dict.fromkeys(found) if each not in known]


def _seen(text: str) -> str:
    """Return words as a reader sees them: without signs that have no width, which would part a number."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


def _asked_for(link: re.Match[str]) -> str:
    """Return what a web address asks for, in words; the rest of it tells of nobody."""
    query = link.group().partition("?")[2]
    return " " + " ".join(unquote_plus(each) for each in re.split(r"[&;=#]", query)) + " "


def _is_card(number: str) -> bool:
    """Whether the check digit of a card number (ISO/IEC 7812) is right."""
    digits = [int(each) for each in reversed(number) if each.isdigit()]
    doubled = (2 * each - 9 * (each > 4) for each in digits[1::2])  # noqa: PLR2004 - two digits are added up
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
