"""The directory of members: nobody is in it who did not choose it, and each is found by whom they chose."""

from collections.abc import Collection as Several, Sequence
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.members.models import ProfileScheme, TermStatus
from hub.members.profiles.checking import is_listed
from hub.members.profiles.documents import public_ids_of
from hub.members.profiles.queries import ADDITION, ShownProfile, ShownTerm, held_additions, listed_profiles
from hub.search.documents import Collection, Query, Results, Sort
from hub.search.highlights import Passage, excerpt
from hub.search.queries import find
from hub.web.access import public
from hub.web.finding import Directory, Facet, Labels, Words, show, vocabulary_facet
from hub.web.i18n import country_name, direction_of, listed, term, translate
from hub.web.members.blueprint import members
from hub.web.profile_words import term_words
from hub.web.runtime import runtime
from hub.web.sessions import viewer

MOST_SHOWN = 40
"""Values of a list without end that stand among the filters: others are found by words."""

SHOWN_SKILLS = 5
NEWEST = 3

USED = frozenset({TermStatus.ADDED, TermStatus.KEPT})


@dataclass(frozen=True)
class MemberLine:
    """One person in a list, in words."""

    name: str
    href: str
    by: str
    passage: Sequence[Passage]
    facts: Sequence[str]
    language: str
    direction: str


@members.get("")
@public
def search() -> ResponseReturnValue:
    """Search the directory, filter it, and page through who was found."""
    return show(MEMBERS)


def lines_of(results: Results) -> list[MemberLine]:
    """Return the people of one page of results as lines."""
    profiles = listed_profiles(public_ids_of(results.ids), viewer())
    return [line_of(each, results.terms) for each in profiles]


def newest() -> list[MemberLine]:
    """Return those who changed their profile last as lines."""
    query = Query(
        labels=viewer().labels,
        sort=Sort.NEWEST,
        page=PageRequest(1, NEWEST),
        collection=Collection.MEMBERS,
    )
    return lines_of(find(runtime().search, query))


def line_of(profile: ShownProfile, terms: frozenset[str] = frozenset()) -> MemberLine:
    """Return what the viewer may read of a profile as a line of a list."""
    place = country_name(profile.country) if profile.country else ""
    return MemberLine(
        name=profile.display_name,
        href=url_for("members.show", public_id=profile.public_id),
        by=" · ".join(filter(None, (term("member_types", profile.member_type), place))),
        passage=passage_of(profile, terms),
        facts=[*_skills(profile), *_open_to(profile)],
        language=profile.language,
        direction=direction_of(profile.language),
    )


def passage_of(profile: ShownProfile, terms: frozenset[str]) -> Sequence[Passage]:
    """Return the headline, or a part of the first other text where only that holds what was searched."""
    texts = (profile.headline, profile.offers, profile.needs, profile.biography)
    passages = [excerpt(text, terms) for text in texts if text]
    held = (each for each in passages if any(piece.is_hit for piece in each))
    return next(held, excerpt(profile.headline, terms) if profile.headline else ())


def _skills(profile: ShownProfile) -> list[str]:
    skills = [term_words(each) for each in profile.terms[ProfileScheme.SKILLS]]
    if not skills:
        return []
    if len(skills) > SHOWN_SKILLS + 1:
        rest = len(skills) - SHOWN_SKILLS
        skills = [*skills[:SHOWN_SKILLS], ngettext("%(num)s more", "%(num)s more", rest)]
    return [translate("Skills: %(names)s", names=listed(skills))]


def _open_to(profile: ShownProfile) -> list[str]:
    ways = [term_words(each) for each in profile.terms[ProfileScheme.OPEN_TO]]
    return [translate("Open to: %(ways)s", ways=listed(ways))] if ways else []


def list_facet(name: str, scheme: ProfileScheme, legend: str) -> Facet:
    """Return the filter for a list to which people add what it lacks; of that only what somebody shows who asks."""

    def labels(codes: Several[str]) -> Labels:
        added = held_additions(codes, viewer())
        words = {code: added[code].label for code in codes if code in added and added[code].status in USED}
        known = (code for code in codes if not code.startswith(ADDITION) and is_listed(scheme, code))
        return {**words, **{code: term_words(ShownTerm(scheme, code)) for code in known}}

    return Facet(name, legend, labels, most=MOST_SHOWN)


MEMBERS = Directory(
    endpoint="members.search",
    collection=Collection.MEMBERS,
    facets=(
        vocabulary_facet("type", "member_types", N_("Member type")),
        list_facet("skill", ProfileScheme.SKILLS, N_("Skills")),
        list_facet("language", ProfileScheme.LANGUAGES, N_("Languages")),
        vocabulary_facet("open_to", "open_to", N_("Open to")),
        vocabulary_facet("country", "countries", N_("Country")),
        vocabulary_facet("function", "functions", N_("What they do")),
        vocabulary_facet("offence", "offences", N_("Offence")),
    ),
    sorts={Sort.RELEVANCE: N_("Best match"), Sort.NEWEST: N_("Last changed first")},
    words=Words(
        title=N_("Members"),
        box=N_("Search the members"),
        found=lambda number: ngettext("%(num)s member", "%(num)s members", number),
        loose=N_("No member's page holds all of these words"),
        no_match=N_("No member matches all of this"),
        no_word=N_("No member matches “%(word)s”"),
        nothing=N_("Nobody has chosen to be listed yet"),
        advice=N_("Try fewer or other words: a skill, a language, a country, or what somebody offers."),
        all=N_("Show all members"),
        newest=N_("Lately changed"),
    ),
    lines=lambda _search, results: lines_of(results),
    newest=newest,
    folder="members",
)
"""The directory's filters, orders and words."""
