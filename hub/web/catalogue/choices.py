"""What the forms of the catalogue offer to choose from, in this request's language."""

from functools import cache

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from hub.catalogue.models.content import OrganisationRole
from hub.organisations.queries import organisations_spoken_for
from hub.vocabularies.loader import Term, vocabulary
from hub.web.i18n import (
    PSEUDO,
    SOURCE,
    by_name,
    language,
    language_name,
    languages,
    term,
    translate,
)
from hub.web.sessions import current_member, viewer

NOT_CHOSEN = ""

VARIANTS = ("pt-BR", "zh-Hans", "zh-Hant")
"""Forms of a language that differ so much in writing that people ask for one of them."""

ROLE_LABELS = {
    OrganisationRole.MAINTAINER: _l("Maintainer"),
    OrganisationRole.FUNDER: _l("Funder"),
    OrganisationRole.IMPLEMENTER: _l("Implementer"),
    OrganisationRole.EVALUATOR: _l("Evaluator"),
}
"""What an organisation is to an innovation besides its owner."""


def organisation_options() -> list[tuple[str, str]]:
    """Return (id, name) of the organisations that this person may speak for, after an empty choice."""
    spoken_for = ((str(each.id), each.name) for each in organisations_spoken_for(viewer()))
    return [(NOT_CHOSEN, translate("Choose an organisation")), *spoken_for]


def country_options() -> list[tuple[str, str, dict[str, str]]]:
    """Return (code, name, other names as an attribute) of every country, by name in this request's language."""
    return list(_countries_in(language().locale))


@cache
def _countries_in(locale: str) -> tuple[tuple[str, str, dict[str, str]], ...]:
    """Return the countries by name in a language; kept, because a page with many rows asks for them in each."""
    territories = Locale.parse(locale).territories
    named = {str(territories.get(each.code, each.code)): each for each in vocabulary("countries").terms}
    return tuple((named[name].code, name, also(named[name])) for name in by_name(named))


def asked_country() -> str | None:
    """Return the country of the address, or that of the signed-in member; none where the address asks for none."""
    asked = request.args.get("country")
    if asked is not None:
        return asked if asked in vocabulary("countries") else None
    member = current_member()
    return member.country if member else None


def one_country() -> list[tuple[str, str] | tuple[str, str, dict[str, str]]]:
    """Return the countries after an empty choice."""
    return [(NOT_CHOSEN, ""), *country_options()]


def also(term: Term) -> dict[str, str]:
    """Return the attribute by which the autocomplete finds an option under its other names."""
    return {"data-also": ", ".join(term.aliases)} if term.aliases else {}


@cache
def _living_languages() -> frozenset[str]:
    """Return the codes of the languages that the CLDR names and that have a locale or a state of their own."""
    official = {
        code
        for spoken in get_global("territory_languages").values()
        for code, facts in spoken.items()
        if facts.get("official_status")
    }
    written = {identifier.partition("_")[0] for identifier in locale_identifiers()}
    return frozenset((official | written) & set(Locale("en").languages))


def language_codes() -> frozenset[str]:
    """Return the BCP 47 codes of the languages on offer: those of the pages, and every other of some size."""
    pages = {each.code for each in languages() if each is not PSEUDO}
    return _living_languages() | pages | set(VARIANTS)


def language_options() -> list[tuple[str, str]]:
    """Return (code, name) of the languages on offer that have a name in this request's language, by name."""
    named: dict[str, list[str]] = {}
    for code in sorted(language_codes()):
        named.setdefault(language_name(code), []).append(code)
    return [(code, name) for name in by_name(named) for code in named[name] if name != code]


def page_language() -> str:
    """Return the language of this page, in which texts are most likely written."""
    return SOURCE.code if language() is PSEUDO else language().code


def role_options() -> list[tuple[str, str]]:
    """Return (code, label) of the roles of organisations, after an empty choice."""
    return [(NOT_CHOSEN, ""), *((role.value, str(label)) for role, label in ROLE_LABELS.items())]


def area_options() -> list[tuple[str, str]]:
    """Return (code, label) of the areas of prerequisites, after an empty choice."""
    terms = vocabulary("prerequisite_areas").terms
    return [(NOT_CHOSEN, ""), *((each.code, term("prerequisite_areas", each.code)) for each in terms)]


def topic_options() -> list[SelectChoice]:
    """Return the common prerequisites, grouped by their area, after an empty choice."""
    found = [
        SelectChoice(
            value=each.code,
            label=term("prerequisites", each.code),
            optgroup=term("prerequisite_areas", each.code.partition(".")[0]),
        )
        for each in vocabulary("prerequisites").terms
    ]
    return [SelectChoice(value=NOT_CHOSEN, label=translate("None of these")), *found]
