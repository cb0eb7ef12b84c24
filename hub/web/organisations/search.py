"""The directory of organisations: those that the hub verified, or had verified once."""

from collections.abc import Collection as Several, Sequence
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.organisations.directory import organisations_by_slug
from hub.organisations.documents import slugs_of
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.permissions import PUBLIC_STATES
from hub.search.documents import Collection, Query, Results, Sort
from hub.search.highlights import Passage, excerpt
from hub.search.queries import find
from hub.web.access import public
from hub.web.finding import Directory, Facet, Labels, Words, show, vocabulary_facet
from hub.web.i18n import country_name, direction_of, term, translate
from hub.web.organisations.blueprint import organisations
from hub.web.runtime import runtime
from hub.web.sessions import viewer

NEWEST = 3

STATUS_WORDS = {
    OrganisationStatus.VERIFIED: N_("Verified"),
    OrganisationStatus.LAPSED: N_("Verification lapsed"),
}


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation in a list, in words; `status` is shown unless it is verified."""

    name: str
    short_name: str
    href: str
    by: str
    passage: Sequence[Passage]
    status: OrganisationStatus
    is_authority: bool
    language: str
    direction: str


@organisations.get("")
@public
def search() -> ResponseReturnValue:
    """Search the directory, filter it, and page through what was found."""
    return show(ORGANISATIONS)


def lines_of(results: Results) -> list[OrganisationLine]:
    """Return the organisations of one page of results as lines."""
    found = organisations_by_slug(slugs_of(results.ids), viewer())
    return [line_of(each, results.terms) for each in found]


def newest() -> list[OrganisationLine]:
    """Return the organisations that were verified last as lines."""
    query = Query(
        labels=viewer().labels,
        sort=Sort.NEWEST,
        page=PageRequest(1, NEWEST),
        collection=Collection.ORGANISATIONS,
    )
    return lines_of(find(runtime().search, query))


def line_of(organisation: Organisation, terms: frozenset[str] = frozenset()) -> OrganisationLine:
    """Return an organisation as a line of a list."""
    return OrganisationLine(
        name=organisation.name,
        short_name=organisation.short_name or "",
        href=url_for("organisations.show", slug=organisation.slug),
        by=kind_and_country(organisation),
        passage=passage_of(organisation, terms),
        status=organisation.status,
        is_authority=organisation.is_article_36_authority,
        language=organisation.language,
        direction=direction_of(organisation.language),
    )


def kind_and_country(organisation: Organisation) -> str:
    """Return what an organisation is and where, in a few words."""
    kind = term("organisation_types", organisation.type) if organisation.type else ""
    country = country_name(organisation.country) if organisation.country else ""
    return " · ".join(filter(None, (kind, country)))


def passage_of(organisation: Organisation, terms: frozenset[str]) -> Sequence[Passage]:
    """Return the description, or a part of what it says about its money where only that holds what was searched."""
    texts = [excerpt(text, terms) for text in (organisation.description, organisation.funding) if text]
    held = (each for each in texts if any(piece.is_hit for piece in each))
    return next(held, excerpt(organisation.description, terms) if organisation.description else ())


def _status_labels(codes: Several[str]) -> Labels:
    known = {each.value for each in PUBLIC_STATES}
    return {code: translate(STATUS_WORDS[OrganisationStatus(code)]) for code in codes if code in known}


ORGANISATIONS = Directory(
    endpoint="organisations.search",
    collection=Collection.ORGANISATIONS,
    facets=(
        vocabulary_facet("type", "organisation_types", N_("Type")),
        vocabulary_facet("country", "countries", N_("Country")),
        Facet("status", N_("Verification"), _status_labels),
    ),
    sorts={Sort.RELEVANCE: N_("Best match"), Sort.NEWEST: N_("Last verified first")},
    words=Words(
        title=N_("Organisations"),
        box=N_("Search the organisations"),
        found=lambda number: ngettext("%(num)s organisation", "%(num)s organisations", number),
        loose=N_("No organisation's page holds all of these words"),
        no_match=N_("No organisation matches all of this"),
        no_word=N_("No organisation matches “%(word)s”"),
        nothing=N_("No organisation is verified yet"),
        advice=N_(
            "Try fewer or other words: a part of the name, its short form, or its number in a register."
        ),
        all=N_("Show all organisations"),
        newest=N_("Lately verified"),
    ),
    lines=lambda _search, results: lines_of(results),
    newest=newest,
    folder="organisations",
)
"""The directory's filters, orders and words."""
