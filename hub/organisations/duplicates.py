"""Why two organisations may be one and the same, registered twice; people decide, nothing is merged by itself."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from hub.core.i18n import N_
from hub.core.lookalikes import skeleton
from hub.core.transliteration import romanised
from hub.organisations.identifiers import org_id
from hub.organisations.models import Organisation
from hub.vocabularies.mail_domains import is_free_mail

NEARLY = 90
"""Likeness in per cent from which two names in one script are nearly the same: a letter or a small word differs."""

NEARLY_ACROSS_SCRIPTS = 80
"""The same for two scripts: rules for writing a name in Latin letters differ from country to country."""

NEARLY_IN_CONSONANTS = 76
"""The same where one name is written without vowels."""

FEWEST_CONSONANTS = 4

WITHOUT_VOWELS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and the scripts like them."""

LEGAL_FORMS = frozenset({
    "aps", "asbl", "bv", "corp", "ev", "gmbh", "inc", "jsc", "limited", "llc", "llp", "ltd", "ngo", "npo", "oao", "ong",
    "ooo", "plc", "pllc", "sarl", "shpk", "spa", "srl", "stichting", "tov", "zao",
})  # fmt: skip
"""What one writes with the name and another leaves out."""

LANGUAGE_IN_PATH = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?")


@dataclass(frozen=True)
class Particulars:
    """What is compared of an organisation; empty where it is not known."""

    name: str
    short_name: str = ""
    country: str = ""
    scheme: str = ""
    identifier: str = ""
    website: str = ""
    email_domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reason:
    """Why two organisations may be the same: a message id with its parameters."""

    message: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Keys:
    """The comparable forms of one organisation."""

    name: str
    short_name: str
    latin: str
    consonants: str
    is_latin: bool
    has_no_vowels: bool
    host: str
    path: str
    domains: frozenset[str]


def particulars_of(organisation: Organisation) -> Particulars:
    """Return what is compared of a stored organisation."""
    return Particulars(
        name=organisation.name,
        short_name=organisation.short_name or "",
        country=organisation.country or "",
        scheme=organisation.identifier_scheme or "",
        identifier=organisation.identifier or "",
        website=organisation.website or "",
        email_domains=frozenset(row.domain for row in organisation.domains),
    )


def reasons(first: Particulars, second: Particulars) -> tuple[Reason, ...]:
    """Return why the two may be one organisation, the strongest first; nothing where nothing speaks for it.

    Identifiers, websites and mail domains count everywhere; names only where the countries do not differ, since every
    country has its Ministry of Justice. Names in different scripts are compared in Latin letters.
    """
    mine, yours = _keys(first), _keys(second)
    found = [
        _same_identifier(first, second),
        *((_same_name(mine, yours, first, second),) if _may_share_a_country(first, second) else ()),
        _same_website(mine, yours),
        _same_domain(mine, yours),
    ]
    return tuple(reason for reason in found if reason)


def _may_share_a_country(first: Particulars, second: Particulars) -> bool:
    return not first.country or not second.country or first.country == second.country


def _same_identifier(first: Particulars, second: Particulars) -> Reason | None:
    if not first.identifier or (first.scheme, first.identifier) != (second.scheme, second.identifier):
        return None
    whole = org_id(first.scheme, first.identifier)
    return Reason(N_("Both have the identifier %(identifier)s."), {"identifier": whole})


def _same_name(mine: _Keys, yours: _Keys, first: Particulars, second: Particulars) -> Reason | None:
    if mine.name == yours.name:
        return Reason(N_("The names read the same."))
    if mine.short_name and mine.short_name in {yours.short_name, yours.name}:
        return Reason(N_("Both are called %(name)s."), {"name": first.short_name})
    if yours.short_name and yours.short_name == mine.name:
        return Reason(N_("Both are called %(name)s."), {"name": second.short_name})
    if mine.is_latin == yours.is_latin and mine.has_no_vowels == yours.has_no_vowels:
        likely = _likeness(mine.latin, yours.latin) >= NEARLY
        return Reason(N_("The names are nearly the same.")) if likely else None
    if _is_one_name_in_two_scripts(mine, yours):
        return Reason(
            N_("In Latin letters the names are nearly the same: “%(first)s” and “%(second)s”."),
            {"first": mine.latin, "second": yours.latin},
        )
    return None


def _is_one_name_in_two_scripts(mine: _Keys, yours: _Keys) -> bool:
    if _likeness(mine.latin, yours.latin) >= NEARLY_ACROSS_SCRIPTS:
        return True
    return (
        mine.has_no_vowels != yours.has_no_vowels
        and min(len(mine.consonants), len(yours.consonants)) >= FEWEST_CONSONANTS
        and fuzz.ratio(mine.consonants, yours.consonants) >= NEARLY_IN_CONSONANTS
    )


def _likeness(first: str, second: str) -> float:
    """Return how alike two names are in per cent, in whichever order their words stand."""
    if not first or not second:
        return 0.0
    return max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second))


def _same_website(mine: _Keys, yours: _Keys) -> Reason | None:
    if not mine.host or mine.host != yours.host or (mine.path and yours.path and mine.path != yours.path):
        return None
    return Reason(N_("Both have the website %(host)s."), {"host": mine.host})


def _same_domain(mine: _Keys, yours: _Keys) -> Reason | None:
    # A domain of one may be the other's website; where both name it as website, that is said already.
    shared = mine.domains & yours.domains
    shared |= {host for host in (mine.host,) if host in yours.domains}
    shared |= {host for host in (yours.host,) if host in mine.domains}
    if not shared:
        return None
    return Reason(N_("Both use the domain %(domain)s."), {"domain": min(shared)})


@lru_cache(maxsize=16384)
def _keys(particulars: Particulars) -> _Keys:
    latin = romanised(particulars.name)
    words = [word for word in latin.split() if word not in LEGAL_FORMS]
    host, path = _place(particulars.website)
    domains = (domain.strip().lower().removeprefix("www.") for domain in particulars.email_domains)
    return _Keys(
        name=skeleton(particulars.name),
        short_name=skeleton(particulars.short_name),
        latin=" ".join(words) or latin,
        consonants=re.sub("[aeiouy ]", "", latin),
        is_latin=_is_latin(particulars.name),
        has_no_vowels=WITHOUT_VOWELS.search(particulars.name) is not None,
        host=host,
        path=path,
        domains=frozenset(domain for domain in domains if domain and not is_free_mail(domain)),
    )


def _is_latin(name: str) -> bool:
    letters = [sign for sign in unicodedata.normalize("NFKC", name) if sign.isalpha()]
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters)


def _place(website: str) -> tuple[str, str]:
    """Return host and first part of the path of a website: many bodies share the pages of one government."""
    try:
        parts = urlsplit(website if "://" in website else f"//{website}")
        host = (parts.hostname or "").strip(".").removeprefix("www.")
    except ValueError:  # brackets that are no IPv6 address
        return "", ""
    if "." not in host:
        return "", ""
    steps = [
        step for step in parts.path.casefold().split("/") if step and not LANGUAGE_IN_PATH.fullmatch(step)
    ]
    return host, steps[0] if steps else ""
