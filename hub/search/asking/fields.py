"""The typed fields of a query, such as `country:ge`, and the codes that a typed value means."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

from hub.search.analysis import LANGUAGES, fold_name, language_of, read, words_in
from hub.vocabularies.labels import labels_in_all
from hub.vocabularies.licences import OPEN
from hub.vocabularies.loader import vocabulary

NAME_FIELDS = frozenset({"name", "title"})
"""Typed fields that ask for a word in names."""

FACETS: Mapping[str, tuple[str, str]] = {
    "function": ("function", "functions"),
    "offence": ("offence", "offences"),
    "offense": ("offence", "offences"),
    "sector": ("sector", "sectors"),
    "area": ("policy_area", "policy_areas"),
    "policy_area": ("policy_area", "policy_areas"),
    "country": ("country", "countries"),
    "deployed": ("deployed", "countries"),
    "kind": ("kind", "kinds"),
    "stage": ("stage", "stages"),
    "evidence": ("evidence", "evidence_levels"),
    "standard": ("standard", "standards"),
    "licence": ("licence", "licences"),
    "license": ("licence", "licences"),
    "audience_for": ("audience_for", "intended_users"),
    "user": ("audience_for", "intended_users"),
    "language": ("language", ""),
    "type": ("type", ""),
    "skill": ("skill", "skills"),
}
"""Typed field -> the facet, and the vocabulary of its codes, if it has one."""

UNLISTED: Mapping[str, frozenset[str]] = {"licence": frozenset({OPEN})}
"""Values of a facet that its vocabulary does not hold."""


def codes_of(field: str, value: str) -> frozenset[str]:
    """Return the codes of a typed field's facet that a typed value may mean, whatever its case.

    Codes count, and names of the vocabulary, of countries and languages also in the languages of the analysis;
    `2+` means 2 and more. Words that are part of names mean all codes that are called so. A value that nothing knows
    stands for itself as typed, in capitals and in small letters.
    """
    facet, scheme = FACETS[field]
    known = _known(facet, scheme)
    least = value.removesuffix("+")
    if least != value and least.isdecimal():
        return frozenset(
            code for codes in known.values() for code in codes if _is_number_from(code, int(least))
        )
    exact = known.get(value.casefold()) or known.get(fold_name(value))
    return exact or _called(facet, scheme, value) or frozenset({value, value.lower(), value.upper()})


def _called(facet: str, scheme: str, value: str) -> frozenset[str]:
    """Return the codes whose name in any one language holds all words of a value."""
    wanted = {language: _terms(value, language) for language in LANGUAGES}
    return frozenset(
        code
        for code, language, terms in _words_of_names(facet, scheme)
        if wanted[language] and wanted[language] <= terms
    )


@cache
def _words_of_names(facet: str, scheme: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Return the terms of each name of a code, with the code and the language they are of."""
    labels = [(code, language_of(tag), name) for code, tag, name in (labels_in_all(scheme) if scheme else ())]
    known = {code for code, _language, _name in labels}
    labels += [
        (code, language, name)
        for language in LANGUAGES
        for code, name in _said(facet, scheme, language)
        if code in known or not scheme
    ]
    found = ((code, language, _terms(name, language)) for code, language, name in dict.fromkeys(labels))
    return tuple(each for each in found if each[2])


def _terms(text: str, language: str) -> frozenset[str]:
    return frozenset(term for word in words_in(text) for term in read(word, language).terms)


def _is_number_from(code: str, least: int) -> bool:
    return code.isdecimal() and int(code) >= least


@cache
def _known(facet: str, scheme: str) -> Mapping[str, frozenset[str]]:
    """Return the codes of a facet by everything that may be typed for them; a code itself comes before a name."""
    codes = {term.code for term in vocabulary(scheme).terms} if scheme else set()
    names: dict[str, set[str]] = {}
    if scheme:
        for code in codes:
            names.setdefault(fold_name(code), set()).add(code)
        for code, _language, name in labels_in_all(scheme):
            names.setdefault(fold_name(name), set()).add(code)
    for language in LANGUAGES:
        for code, name in _said(facet, scheme, language):
            if code in codes or not scheme:
                names.setdefault(fold_name(name), set()).add(code)
    by_code: dict[str, set[str]] = {}
    for code in (*codes, *UNLISTED.get(facet, ())):
        by_code.setdefault(code.casefold(), set()).add(code)
    return {typed: frozenset(found) for typed, found in {**names, **by_code}.items()}


def _said(facet: str, scheme: str, language: str) -> list[tuple[str, str]]:
    """Return the codes of countries or languages with their names in a language, for the facets that hold such."""
    locale = Locale(language)
    names = locale.territories if scheme == "countries" else locale.languages if facet == "language" else {}
    return [(str(code), str(name)) for code, name in names.items()]
