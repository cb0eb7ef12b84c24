"""How search finds people: one document for each member who chose to be listed, and what queues it."""

from collections.abc import Iterable, Iterator, Mapping

from babel import Locale
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from hub.access.audience import LAW_ENFORCEMENT_LABEL, MEMBER_LABEL, PUBLIC_LABEL, is_within
from hub.core import clock
from hub.core.database import session
from hub.members.models import (
    FieldAudience,
    Member,
    MemberStatus,
    Profile,
    ProfileScheme,
    TermAddition,
)
from hub.members.profiles.languages import language_words
from hub.members.profiles.permissions import is_in_standing, is_wide_enough
from hub.members.profiles.queries import additions_of, profile_of
from hub.search.documents import LANGUAGE, Collection, Document, texts_by_language
from hub.search.service import queue_document, queue_removal
from hub.vocabularies.loader import vocabulary

BATCH = 500
"""How many profiles are read at once for a rebuild."""

LABELS = {
    FieldAudience.PUBLIC: PUBLIC_LABEL,
    FieldAudience.MEMBERS: MEMBER_LABEL,
    FieldAudience.LAW_ENFORCEMENT: LAW_ENFORCEMENT_LABEL,
}
"""The label of each audience; nobody finds what is for nobody."""

FACETS = {
    "function": ProfileScheme.FUNCTIONS,
    "offence": ProfileScheme.OFFENCES,
    "skill": ProfileScheme.SKILLS,
    "language": ProfileScheme.LANGUAGES,
    "open_to": ProfileScheme.OPEN_TO,
}
"""The facets that come from lists of the profile; beside them stand `type` and `country`."""


PREFIX = "member:"


def document_id(member: Member) -> str:
    """Return the id under which search knows a member."""
    return f"{PREFIX}{member.public_id}"


def public_ids_of(document_ids: Iterable[str]) -> list[str]:
    """Return the public ids of the members that search knows under some ids, in their order."""
    return [each.removeprefix(PREFIX) for each in document_ids]


def profile_document(
    profile: Profile, additions: Mapping[str, TermAddition] | None = None
) -> Document | None:
    """Return a profile as search knows it, or None where nobody is to find it.

    A text for fewer people than the page is left out: whoever found the page by its words would learn them. Ways to
    reach the person are never in it.

    Args:
        profile: with its member.
        additions: the additions that it holds, by code, where they are read for many at once.
    """
    member = profile.member
    if profile.audience is FieldAudience.NOBODY or not is_in_standing(member):
        return None
    added = additions_of([profile]) if additions is None else additions
    named = {"name": member.display_name, "classification": " ".join(_words_of(profile, added))}
    written = {"short_description": profile.headline, "offers": profile.offers, "needs": profile.needs}
    if is_wide_enough(profile.biography_audience, profile.audience):
        written["biography"] = profile.biography
    return Document(
        id=document_id(member),
        labels=frozenset({LABELS[profile.audience]}),
        texts=texts_by_language((LANGUAGE, named), (profile.language, written)),
        facets={
            "type": (member.member_type,),
            "country": (member.country,) if member.country else (),
            **{facet: _codes(profile, scheme) for facet, scheme in FACETS.items()},
        },
        sort={"published": profile.updated_at.timestamp()},
        collection=Collection.MEMBERS,
    )


def profile_documents() -> Iterator[Document]:
    """Yield every listed profile as search knows it, to rebuild an index, in a fixed number of queries for each 500."""
    listed = session().scalars(
        select(Profile)
        .join(Profile.member)
        .where(
            Profile.audience != FieldAudience.NOBODY,
            Member.status == MemberStatus.APPROVED,
            or_(Member.vetted_until.is_(None), Member.vetted_until > clock.now()),
        )
        .order_by(Profile.member_id)
        .options(contains_eager(Profile.member), selectinload(Profile.terms))
        .execution_options(yield_per=BATCH)
    )
    for profiles in listed.partitions():
        additions = additions_of(profiles)
        for profile in profiles:
            document = profile_document(profile, additions)
            if document is not None:
                yield document


def requeue(member: Member) -> None:
    """Have search find `member` as they stand now; to be called wherever a status changes."""
    profile = profile_of(member.id)
    if profile is None or profile.audience is FieldAudience.NOBODY:
        return
    queue_change(document_id(member), None, profile_document(profile))


def queue_change(identity: str, before: Document | None, after: Document | None) -> None:
    """Put a changed document into the index, or take it out; withheld meanwhile where fewer people may read it.

    Args:
        identity: the document's id.
        before: what the index holds, as far as is known.
        after: what it is to hold, or None.
    """
    if after is None:
        queue_removal(identity)
        return
    narrows = before is not None and (
        not is_within(before.labels, after.labels) or not before.filled <= after.filled
    )
    queue_document(after, narrows=narrows)


def _codes(profile: Profile, scheme: ProfileScheme) -> tuple[str, ...]:
    return tuple(each.code for each in profile.terms if each.scheme is scheme)


def _words_of(profile: Profile, added: Mapping[str, TermAddition]) -> Iterator[str]:
    """Yield the words of what was chosen from lists, so that people are found by them too; in English, as records."""
    yield vocabulary("member_types").label(profile.member.member_type)
    if profile.member.country:
        country = profile.member.country
        yield str(Locale("en").territories.get(country, country))
    for term in profile.terms:
        if term.code in added:
            yield added[term.code].label
        elif term.scheme is ProfileScheme.LANGUAGES:
            yield from language_words(term.code)
        else:
            found = vocabulary(term.scheme.value).find(term.code)
            if found is not None:
                yield found.label
                yield from found.aliases
