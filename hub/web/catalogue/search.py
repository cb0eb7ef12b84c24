"""The catalogue as a directory: its filters, orders and words."""

from collections.abc import Mapping, Sequence

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.catalogue.evidence.level import levels_from
from hub.catalogue.queries import newest_innovations
from hub.catalogue.readiness.finding import states_of, works_in
from hub.core.i18n import N_
from hub.search.documents import Collection, Results, Sort
from hub.vocabularies.licences import OPEN
from hub.vocabularies.loader import vocabulary
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.choices import country_options
from hub.web.catalogue.hits import Hit, hit_of, hits_of
from hub.web.catalogue.reasons import reasons_for
from hub.web.drawn import drawn
from hub.web.finding import (
    Condition,
    Directory,
    Facet,
    Search,
    Words,
    cached_labels,
    show,
    vocabulary_facet,
)
from hub.web.i18n import country_name, language_name, term, translate
from hub.web.sessions import current_member, viewer

NEWEST = 3

LEVELS = tuple(str(level) for level in range(5, 0, -1))
NO_LEVEL = "0"
WORKS_IN = "works_in"

LONGEST_TAG = 20
"""Characters of a language's code, as the columns take it."""


@catalogue.get("")
@public
def search() -> ResponseReturnValue:
    """Search the catalogue, filter it, and page through what was found."""
    return show(CATALOGUE)


def found(asked: Search, results: Results) -> list[Hit]:
    """Return the innovations of one page of results as lines."""
    country = looked_at(asked)
    return hits_of(
        results.ids,
        results.terms,
        country=country,
        states=states_of(country) if country and results.ids else {},
        reasons=reasons_for(results) if asked.is_explained else {},
    )


def newest() -> list[Hit]:
    """Return a few of the newest innovations as lines."""
    return [hit_of(each) for each in newest_innovations(viewer(), NEWEST)]


def looked_at(asked: Search) -> str | None:
    """Return the country that may use what is found: the one asked for, else the reader's own."""
    wanted = next((each.value for each in asked.conditions if each.name == WORKS_IN), None)
    member = current_member()
    return wanted or (member.country if member else None)


def conditions() -> Sequence[Condition]:
    """Return whether the address asks for what works in a country."""
    country = request.args.get(WORKS_IN, "")
    if country not in vocabulary("countries"):
        return ()
    label = translate("Works in %(country)s", country=country_name(country))
    return (Condition(WORKS_IN, country, label, works_in(country)),)


def place_choices(_search: Search) -> Mapping[str, object]:
    """Return the reader's own country and all countries, to choose where an innovation must work."""
    member = current_member()
    return {
        "own_country": member.country if member else None,
        "country_choices": drawn("catalogue/country_choices.html", "country_choices", country_options),
    }


def counted_upwards(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many have at least each level of evidence, from counts of each; those without one stand alone."""
    least = {f"{level}+": sum(counts.get(each, 0) for each in levels_from(f"{level}+")) for level in LEVELS}
    return {**least, NO_LEVEL: counts.get(NO_LEVEL, 0)}


def _level_words(code: str) -> str:
    if not code.endswith("+"):
        return term("evidence_levels", code)
    if code[0] == LEVELS[0]:
        return translate("Level %(level)s", level=code[0])
    return translate("Level %(level)s or more", level=code[0])


EVIDENCE_ORDER = (*(code for level in LEVELS for code in (level, f"{level}+")), NO_LEVEL)

EVIDENCE = Facet(
    "evidence",
    N_("Evidence"),
    cached_labels("evidence_from", EVIDENCE_ORDER.__contains__, _level_words),
    order=EVIDENCE_ORDER,
    values_of=levels_from,
    counted=counted_upwards,
)
"""How well it is shown to work: single levels, as addresses may ask, and each level with all above it."""


def _has_language_name(code: str) -> bool:
    return code.isascii() and len(code) <= LONGEST_TAG and language_name(code) != code


LANGUAGES = Facet(
    "language",
    N_("Language of the tool"),
    cached_labels("languages", _has_language_name, language_name),
    is_folded=True,
)


def _licence_words(code: str) -> str:
    return translate("Any open licence") if code == OPEN else term("licences", code)


LICENCES = Facet(
    "licence",
    N_("Licence"),
    cached_labels("licences", {OPEN, *vocabulary("licences").codes}.__contains__, _licence_words),
    is_folded=True,
    first=OPEN,
    scheme="licences",
)

CATALOGUE = Directory(
    endpoint="catalogue.search",
    collection=Collection.INNOVATIONS,
    facets=(
        vocabulary_facet("function", "functions", N_("What it helps you do")),
        EVIDENCE,
        vocabulary_facet("standard", "standards", N_("Data it reads or writes")),
        vocabulary_facet("kind", "kinds", N_("Kind")),
        vocabulary_facet("country", "countries", N_("Country")),
        vocabulary_facet("offence", "offences", N_("Offence"), is_folded=True),
        vocabulary_facet("sector", "sectors", N_("Sector"), is_folded=True),
        vocabulary_facet("audience_for", "intended_users", N_("For whom"), is_folded=True),
        vocabulary_facet("stage", "stages", N_("Stage"), is_folded=True),
        LICENCES,
        LANGUAGES,
    ),
    sorts={
        Sort.RELEVANCE: N_("Best match"),
        Sort.NEWEST: N_("Newest first"),
        Sort.EVIDENCE: N_("Best evidence first"),
    },
    words=Words(
        title=N_("Catalogue"),
        box=N_("Search the catalogue"),
        found=lambda number: ngettext("%(num)s innovation", "%(num)s innovations", number),
        loose=N_("No innovation holds all of these words"),
        no_match=N_("No innovation matches all of this"),
        no_word=N_("No innovation matches “%(word)s”"),
        nothing=N_("Nothing is published yet"),
        advice=N_(
            "Try fewer or other words: the name of a tool, a country, or what goes wrong, such as “tenders”."
        ),
        all=N_("Show the whole catalogue"),
        newest=N_("New in the catalogue"),
    ),
    lines=found,
    newest=newest,
    folder="catalogue",
    styles=("css/evidence.css", "css/uptake.css", "css/hits.css"),
    scripts=("js/compare.js",),
    conditions=conditions,
    is_explained=True,
    more=place_choices,
)
"""The catalogue's filters, orders and words."""
