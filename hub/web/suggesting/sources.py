"""Where suggestions come from: names in the index, terms of the vocabularies, and the spelling of visible words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from flask import url_for

from hub.catalogue.lines import Content, shown_lines
from hub.collaboration.directory import shown_requests
from hub.collaboration.documents import public_ids_of as request_ids_of
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.members.profiles.documents import public_ids_of
from hub.members.profiles.queries import listed_profiles
from hub.organisations.directory import organisations_by_slug
from hub.organisations.documents import slugs_of
from hub.search.analysis import fold_name
from hub.search.asking import corrected
from hub.search.documents import Collection, Query
from hub.search.queries import count_each, find, lexicon
from hub.web.catalogue.remembered import contents
from hub.web.i18n import direction_of, language, translate
from hub.web.runtime import runtime
from hub.web.sessions import viewer
from hub.web.suggesting.terms import terms_like

LEAST_TYPED = 2
"""Characters before anything is suggested."""

MOST = 8
"""Suggestions at once."""

MOST_INNOVATIONS, MOST_OTHERS = 5, 3

INNOVATION, ORGANISATION, MEMBER, REQUEST, FILTER, SPELLING = (
    N_("Innovation"),
    N_("Organisation"),
    N_("Member"),
    N_("Request"),
    N_("Filter"),
    N_("Spelling"),
)


@dataclass(frozen=True)
class Suggestion:
    """One thing to choose.

    Args:
        text: what stands in the list, and in the box where there is no address.
        kind: what it is: innovation, organisation, member, request, filter, spelling.
        label: the same in words for who reads.
        href: where it leads; empty where it is searched for.
        lang: BCP 47 code of the text, where it is not the page's.
        dir: the writing direction of the text, where it has a language.
    """

    text: str
    kind: str
    label: str
    href: str = ""
    lang: str = ""
    dir: str = ""


def suggestions(typed: str, collection: str = "") -> list[Suggestion]:
    """Return what begins like what was typed, of all that who asks may find.

    Args:
        typed: as it stands in the box.
        collection: what the box searches; members, organisations and requests keep to themselves.
    """
    if len(typed.strip()) < LEAST_TYPED:
        return []
    sources = SOURCES.get(collection, CATALOGUE)
    found = list(chain.from_iterable(source(typed) for source in sources))
    return (found or list(_spellings(typed, collection)))[:MOST]


def _query(typed: str, collection: Collection, most: int) -> Query:
    return Query(
        labels=viewer().labels,
        text=typed,
        collection=collection,
        page=PageRequest(1, most),
        is_begun=True,
        has_counts=False,
    )


def _innovations(typed: str) -> Iterator[Suggestion]:
    results = find(runtime().search, _query(typed, Collection.INNOVATIONS, MOST_INNOVATIONS))
    lines = shown_lines(results.ids, viewer())
    for line, content in zip(lines, contents(lines), strict=True):
        name, spoken = _name_like(typed, content)
        yield Suggestion(
            name,
            "innovation",
            translate(INNOVATION),
            url_for("catalogue.show", slug=line.slug),
            lang="" if spoken == language().code else spoken,
            dir="" if spoken == language().code else direction_of(spoken),
        )


def _name_like(typed: str, content: Content) -> tuple[str, str]:
    """Return the name that holds what was typed, the reader's own first, and its language."""
    begun = fold_name(typed).split(" ")[-1]
    own = content.words_for(language().code)
    for words in (own, *content.words):
        if any(word.startswith(begun) for word in fold_name(words.fields["name"]).split(" ")):
            return words.fields["name"], words.language
    return own.fields["name"], own.language


def _organisations(typed: str) -> Iterator[Suggestion]:
    results = find(runtime().search, _query(typed, Collection.ORGANISATIONS, MOST_OTHERS))
    for organisation in organisations_by_slug(slugs_of(results.ids), viewer()):
        href = url_for("organisations.show", slug=organisation.slug)
        yield Suggestion(organisation.name, "organisation", translate(ORGANISATION), href)


def _members(typed: str) -> Iterator[Suggestion]:
    results = find(runtime().search, _query(typed, Collection.MEMBERS, MOST_OTHERS))
    for profile in listed_profiles(public_ids_of(results.ids), viewer()):
        href = url_for("members.show", public_id=profile.public_id)
        yield Suggestion(profile.display_name, "member", translate(MEMBER), href)


def _requests(typed: str) -> Iterator[Suggestion]:
    results = find(runtime().search, _query(typed, Collection.REQUESTS, MOST))
    for request in shown_requests(request_ids_of(results.ids), viewer()):
        spoken = request.language if request.language != language().code else ""
        yield Suggestion(
            request.title,
            "request",
            translate(REQUEST),
            url_for("collaboration.show", public_id=request.public_id),
            lang=spoken,
            dir=direction_of(spoken) if spoken else "",
        )


def _filters(typed: str) -> Iterator[Suggestion]:
    """Yield terms of the catalogue's filters that find something."""
    terms = terms_like(typed)
    everything = Query(labels=viewer().labels)
    filtered = [replace(everything, filters={facet: frozenset({code})}) for facet, code, _label in terms]
    counts = count_each(runtime().search, filtered)
    for (facet, code, label), count in zip(terms, counts, strict=True):
        if count:
            chosen: dict[str, Any] = {facet: code}
            href = url_for("catalogue.search", **chosen)
            yield Suggestion(label, "filter", translate(FILTER), href)


def _spellings(typed: str, collection: str) -> Iterator[Suggestion]:
    """Yield what was typed in words that what is visible holds, where that finds something."""
    searched = Collection(collection) if collection in SOURCES else Collection.INNOVATIONS
    query = Query(labels=viewer().labels, text=typed, collection=searched)
    better = corrected(typed, lexicon(runtime().search, query))
    if better and count_each(runtime().search, [replace(query, text=better)])[0]:
        yield Suggestion(better, "spelling", translate(SPELLING))


CATALOGUE: tuple[Callable[[str], Iterator[Suggestion]], ...] = (
    _innovations,
    _filters,
    _organisations,
    _members,
)

SOURCES = {
    Collection.MEMBERS.value: (_members,),
    Collection.ORGANISATIONS.value: (_organisations,),
    Collection.REQUESTS.value: (_requests,),
}
"""What the boxes of the other directories suggest."""
