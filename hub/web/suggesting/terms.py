"""Finds terms of the catalogue's filters by how their names begin, in the language of the page."""

from functools import cache

from hub.search.analysis import fold_name
from hub.vocabularies.loader import vocabulary
from hub.web.catalogue.search import CATALOGUE
from hub.web.i18n import country_name, language, term

SCHEMES = {facet.name: facet.scheme for facet in CATALOGUE.facets if facet.scheme}
"""The filters whose terms are suggested, in the order of the page, with the vocabulary of each."""

MOST = 4
"""Terms that are looked at; each is counted."""

Found = tuple[str, str, str]
"""Filter, code and name of a term."""


def terms_like(typed: str) -> list[Found]:
    """Return terms whose name, or else a word of it, begins with what was typed."""
    begun = fold_name(typed)
    if not begun:
        return []
    names = _names(language().code)
    whole = [found for name, found in names if name.startswith(begun)]
    within = [found for name, found in names if f" {begun}" in name]
    return list(dict.fromkeys([*whole, *within]))[:MOST]


@cache
def _names(language_code: str) -> tuple[tuple[str, Found], ...]:
    """Return the folded name of every term, and of each other name that people type in English."""
    del language_code  # part of the key: the names are those of this request's language
    return tuple(
        (fold_name(name), (facet, each.code, label))
        for facet, scheme in SCHEMES.items()
        for each in vocabulary(scheme).terms
        for label in (country_name(each.code) if scheme == "countries" else term(scheme, each.code),)
        for name in (label, *each.aliases)
    )
