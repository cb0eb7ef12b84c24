"""The catalogue as a directory, and innovations as lines of a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.catalogue.models import Innovation, InnovationRevision, RevisionText
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.queries import (
    innovations_by_public_id,
    newest_innovations,
)
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.search.documents import Collection, Results, Sort
from hub.search.highlights import Passage, excerpt
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.record import stale_year_of
from hub.web.finding import Directory, Words, show, vocabulary_facet
from hub.web.i18n import by_name, country_name, direction_of, language, listed, term, translate
from hub.web.markdown import plain_text
from hub.web.sessions import viewer

SHOWN_COUNTRIES, MANY_COUNTRIES = 3, 20
NEWEST = 3


@dataclass(frozen=True)
class Hit:
    """One innovation in a list, in words; `stale_year` is the newest year of its evidence where that is old."""

    name: str
    href: str
    by: str
    passage: Sequence[Passage]
    facts: Sequence[str]
    tlp: str
    status: str
    language: str
    direction: str
    level: int | None
    stale_year: int | None


@catalogue.get("")
@public
def search() -> ResponseReturnValue:
    """Search the catalogue, filter it, and page through what was found."""
    return show(CATALOGUE)


def found(results: Results) -> list[Hit]:
    """Return the innovations of one page of results as lines."""
    return [hit_of(each, results.terms) for each in innovations_by_public_id(results.ids, viewer())]


def newest() -> list[Hit]:
    """Return a few of the newest innovations as lines."""
    return [hit_of(each) for each in newest_innovations(viewer(), NEWEST)]


def hit_of(innovation: Innovation, terms: frozenset[str] = frozenset()) -> Hit:
    """Return a shown innovation as a line of a list, in the reader's language where there is a text in it."""
    revision = innovation.published_revision
    if revision is None:
        raise NotFoundError
    words = revision.text_in(language().code)
    return Hit(
        name=words.name,
        href=url_for("catalogue.show", slug=innovation.slug),
        by=" · ".join(filter(None, (innovation.owner.name if innovation.owner else "", countries(revision)))),
        passage=passage_of(words, terms),
        facts=[term("kinds", revision.kind) if revision.kind else "", since(revision)],
        tlp=innovation.tlp,
        status=innovation.status,
        language=words.language,
        direction=direction_of(words.language),
        level=innovation.evidence_level,
        stale_year=stale_year_of(innovation),
    )


def passage_of(words: RevisionText, terms: frozenset[str]) -> Sequence[Passage]:
    """Return the short description, or a part of the first other text where only that holds what was searched."""
    texts = (getattr(words, name) for name in TEXT_FIELDS if name != "name")
    passages = (excerpt(plain_text(text), terms) for text in texts if text)
    first = next(passages, [])
    if not terms or _has_hit(first):
        return first
    return next(filter(_has_hit, passages), first)


def _has_hit(passage: Sequence[Passage]) -> bool:
    return any(piece.is_hit for piece in passage)


def countries(revision: InnovationRevision) -> str:
    """Return where it is in use, in a few words."""
    names = by_name(country_name(code) for code in revision.deployed_in)
    if len(names) > MANY_COUNTRIES:
        return translate("%(number)s countries", number=len(names))
    if len(names) > SHOWN_COUNTRIES + 1:
        return translate(
            "%(names)s and %(number)s more countries",
            names=listed(names[:SHOWN_COUNTRIES]),
            number=len(names) - SHOWN_COUNTRIES,
        )
    return listed(names)


def since(revision: InnovationRevision) -> str:
    """Return since when it exists, or nothing where that is not known."""
    return translate("since %(year)s", year=revision.year_started) if revision.year_started else ""


CATALOGUE = Directory(
    endpoint="catalogue.search",
    collection=Collection.INNOVATIONS,
    facets=(
        vocabulary_facet("function", "functions", N_("What it helps you do")),
        vocabulary_facet("offence", "offences", N_("Offence")),
        vocabulary_facet("evidence", "evidence_levels", N_("Evidence"), has_order=True),
        vocabulary_facet("country", "countries", N_("Country")),
        vocabulary_facet("kind", "kinds", N_("Kind")),
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
        loose=N_("No innovation holds all of these words. These hold some of them."),
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
    styles=("css/evidence.css",),
)
"""The catalogue's filters, orders and words."""
