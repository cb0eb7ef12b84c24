"""Suggestions as they stand on pages: what is suggested, how far it fits in a number, and why in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from hub.collaboration.directory import shown_requests
from hub.core.i18n import N_
from hub.matching.facts import Kind
from hub.matching.parts import Pairing
from hub.matching.suggesting.suggestion import Suggestion
from hub.members.profiles.queries import listed_profiles
from hub.organisations.directory import organisations_by_slug
from hub.web.catalogue.hits import hits_of
from hub.web.collaboration.lines import request_lines
from hub.web.i18n import country_name, term, translate
from hub.web.matches.reasons import Mark, Reason, added_words, reasons_of
from hub.web.members.search import line_of as member_line
from hub.web.organisations.search import kind_and_country
from hub.web.sessions import viewer

MOST_FITTING = 3
"""Reasons for it that a card tells; the page that explains tells all."""

KIND_WORDS: Mapping[Pairing, str] = {
    Pairing.MEMBER_INNOVATION: N_("Innovation you could use"),
    Pairing.MEMBER_REQUEST: N_("Request you could answer"),
    Pairing.MEMBER_MEMBER: N_("Somebody to work with"),
    Pairing.REQUEST_MEMBER: N_("Member who could answer"),
    Pairing.REQUEST_ORGANISATION: N_("Organisation that could answer"),
    Pairing.REQUEST_INNOVATION: N_("Innovation that may answer it"),
    Pairing.INNOVATION_REQUEST: N_("Request that it could answer"),
    Pairing.INNOVATION_MEMBER: N_("Member who could help"),
    Pairing.COUNTRY_INNOVATION: N_("Innovation for your country"),
}
"""What each suggestion is to the reader, in the line above its name."""


@dataclass(frozen=True)
class Named:
    """What something is called, for a card.

    Args:
        name: as it is written.
        href: its page.
        language: BCP 47 tag of the name; empty for a proper name.
        by: who is behind it and where, in few words.
        tlp: its label; empty for who has none.
    """

    name: str
    href: str
    language: str = ""
    by: str = ""
    tlp: str = ""


@dataclass(frozen=True)
class Card:
    """One suggestion in words.

    Args:
        subject: how dismissals and the audit log name it.
        kind: what it is.
        key: its public id, or an organisation's slug.
        above: what it is to the reader.
        thing: what it is called.
        score: points, 0 to 100.
        reasons: what fits, what does not, what is missing; the first few.
        is_from_floor: whether it stands where it does because things of its country are seldom suggested.
        has_yielded: whether something with fewer points stands above it, because of what it has in common with others.
        why_href: the page that explains it whole.
        dismiss_href: where the reader sets it aside.
    """

    subject: str
    kind: Kind
    key: str
    above: str
    thing: Named
    score: int
    reasons: tuple[Reason, ...]
    is_from_floor: bool
    has_yielded: bool
    why_href: str
    dismiss_href: str


def cards_of(suggestions: Sequence[Suggestion], purpose: str = "") -> list[Card]:
    """Return suggestions as cards in their order, without what the reader may not see; a few queries a kind.

    Args:
        suggestions: of any kinds.
        purpose: for what they were made; empty for the reader themselves.
    """
    things = named((each.kind, each.key) for each in suggestions)
    added = added_words(each.match for each in suggestions)
    yielded = have_yielded(suggestions)
    here = request.full_path.rstrip("?")
    return [
        Card(
            subject=each.subject,
            kind=each.kind,
            key=each.key,
            above=translate(KIND_WORDS[each.match.pairing]),
            thing=things[each.subject],
            score=round(each.score),
            reasons=short(reasons_of(each.match, added)),
            is_from_floor=each.is_from_floor,
            has_yielded=each.subject in yielded,
            why_href=url_for("matches.why", **about(purpose, each.subject)),
            dismiss_href=url_for("matches.dismiss", **about(purpose, each.subject), next=here),
        )
        for each in suggestions
        if each.subject in things
    ]


def have_yielded(suggestions: Sequence[Suggestion]) -> frozenset[str]:
    """Return the subjects of those that stand below something with fewer points, as far as whole points show it."""
    found, least = set(), round(max((each.score for each in suggestions), default=0))
    for each in suggestions:
        if each.is_from_floor:
            continue
        if round(each.score) > least:
            found.add(each.subject)
        least = min(least, round(each.score))
    return frozenset(found)


def about(purpose: str, subject: str) -> dict[str, Any]:
    """Return the arguments of an address that names a suggestion."""
    return {"for": purpose, "about": subject} if purpose else {"about": subject}


def short(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the strongest that fit, then what speaks against it or else differs, and one thing that is missing."""
    fitting = [each for each in reasons if each.mark is Mark.FITS][:MOST_FITTING]
    against = [each for each in reasons if each.mark is Mark.AGAINST]
    differing = [each for each in reasons if each.mark is Mark.DIFFERS][: 0 if against else 1]
    missing = [each for each in reasons if each.mark is Mark.MISSING and each.is_said]
    # what the reader can mend comes before what others leave out
    missing.sort(key=lambda each: not each.href)
    return (*fitting, *against, *differing, *missing[:1])


def named(wanted: Iterable[tuple[Kind, str]]) -> dict[str, Named]:
    """Return what things are called, by subject, as far as lists show them to the reader.

    Args:
        wanted: kind and key of each.
    """
    keys: dict[Kind, list[str]] = {}
    for kind, key in wanted:
        keys.setdefault(kind, []).append(key)
    found: dict[str, Named] = {}
    for kind, known in keys.items():
        found |= {f"{kind}:{key}": thing for key, thing in NAMERS[kind](known).items()}
    return found


def _innovations(keys: Sequence[str]) -> dict[str, Named]:
    return {
        each.public_id: Named(each.name, each.href, each.language, each.by, each.tlp)
        for each in hits_of(keys)
    }


def _requests(keys: Sequence[str]) -> dict[str, Named]:
    found = {}
    for line in request_lines(shown_requests(keys, viewer())):
        asker = line.asker.organisation.name if line.asker.organisation else line.asker.name
        place = country_name(line.asker.country) if line.asker.country else ""
        kind = term("request_types", line.request.type) if line.request.type else ""
        by = " · ".join(filter(None, (kind, asker, place)))
        found[line.request.public_id] = Named(
            line.request.title, line.href, line.request.language, by, line.request.tlp
        )
    return found


def _members(keys: Sequence[str]) -> dict[str, Named]:
    found = {}
    for profile in listed_profiles(keys, viewer()):
        line = member_line(profile)
        found[profile.public_id] = Named(line.name, line.href, by=line.by)
    return found


def _organisations(keys: Sequence[str]) -> dict[str, Named]:
    return {
        each.slug: Named(each.name, url_for("organisations.show", slug=each.slug), by=kind_and_country(each))
        for each in organisations_by_slug(keys, viewer())
    }


NAMERS = {
    Kind.INNOVATION: _innovations,
    Kind.REQUEST: _requests,
    Kind.MEMBER: _members,
    Kind.ORGANISATION: _organisations,
}
"""How each kind is looked up."""
