"""What matching knows of members: of others what their profile page tells, of oneself also what one made and asked."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.access.audience import person_label
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.innovation import SHOWN
from hub.collaboration.models import CollaborationRequest
from hub.core import clock
from hub.core.database import session
from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.subjects import requests
from hub.matching.subjects.codes import said
from hub.matching.subjects.innovations import text_of
from hub.matching.subjects.naming import standards_in
from hub.members.models import FieldAudience, Member, MemberStatus, Profile, ProfileScheme
from hub.members.profiles.documents import LABELS
from hub.members.profiles.permissions import is_wide_enough
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
)
from hub.organisations.permissions import PUBLIC_STATES, is_not_merged

BATCH = 500
"""How many profiles are read at once."""

MOST_OWN = 10
"""Of so many innovations, and of so many requests, the newest, somebody is known to themselves by."""

SCHEMES = {
    Scheme.FUNCTIONS: ProfileScheme.FUNCTIONS,
    Scheme.OFFENCES: ProfileScheme.OFFENCES,
    Scheme.SECTORS: ProfileScheme.SECTORS,
    Scheme.SKILLS: ProfileScheme.SKILLS,
    Scheme.LANGUAGES: ProfileScheme.LANGUAGES,
    Scheme.OPEN_TO: ProfileScheme.OPEN_TO,
}


def own_facts(member_id: int) -> Facts:
    """Return all that matching knows of a member, whoever may read it: for suggestions to that member alone.

    Raises:
        NoResultFound: there is no such member.
    """
    member = session().get_one(Member, member_id)
    profile = session().scalar(
        select(Profile).where(Profile.member_id == member_id).options(selectinload(Profile.terms))
    )
    texts = _said(profile, bound=FieldAudience.NOBODY) if profile is not None else []
    return Facts(
        Kind.MEMBER,
        member.public_id,
        frozenset({person_label(member_id)}),
        (*texts, *_own_innovations(member_id), *_own_requests(member_id)),
        _codes(member, profile, (), texts),
    )


def facts_of(public_ids: Collection[str]) -> dict[str, Facts]:
    """Return the facts of those of the members whom somebody else may find, by public id, as others know them."""
    found = session().scalars(_listed().where(Member.public_id.in_(public_ids))).all()
    return {each.key: each for each in _facts(found)}


def all_facts() -> Iterator[Facts]:
    """Yield the facts of every member whom somebody else may find, in a fixed number of queries for each 500."""
    listed = session().scalars(_listed().order_by(Profile.member_id).execution_options(yield_per=BATCH))
    for profiles in listed.partitions():
        yield from _facts(profiles)


def _facts(profiles: Sequence[Profile]) -> Iterator[Facts]:
    named = _named_at([each.member_id for each in profiles])
    for profile in profiles:
        member = profile.member
        texts = _said(profile, bound=profile.audience)
        yield Facts(
            Kind.MEMBER,
            member.public_id,
            frozenset({LABELS[profile.audience]}),
            tuple(texts),
            _codes(member, profile, named.get(member.id, ()), texts),
            member.vetted_until.timestamp() if member.vetted_until else None,
        )


def _listed() -> Select[Profile]:
    """Return the statement for profiles that somebody else may find, each with its member and lists."""
    return (
        select(Profile)
        .join(Profile.member)
        .where(
            Profile.audience != FieldAudience.NOBODY,
            Member.status == MemberStatus.APPROVED,
            or_(Member.vetted_until.is_(None), Member.vetted_until > clock.now()),
        )
        .options(contains_eager(Profile.member), selectinload(Profile.terms))
    )


def _said(profile: Profile, *, bound: FieldAudience) -> list[Text]:
    """Return the texts of a profile; its biography is for fewer people where its audience is narrower than `bound`."""
    texts = [
        Text(Role.ABOUT, profile.language, title=profile.headline),
        Text(Role.OFFERS, profile.language, body=profile.offers),
        Text(Role.NEEDS, profile.language, body=profile.needs),
    ]
    audience = profile.biography_audience
    if is_wide_enough(audience, bound):
        texts.append(Text(Role.BIOGRAPHY, profile.language, body=profile.biography))
    elif audience is not FieldAudience.NOBODY:
        labels = frozenset({LABELS[audience]})
        texts.append(Text(Role.BIOGRAPHY, profile.language, body=profile.biography, labels=labels))
    return [text for text in texts if text.title.strip() or text.body.strip()]


def _codes(
    member: Member, profile: Profile | None, organisations: Collection[str], texts: Collection[Text]
) -> dict[Scheme, frozenset[str]]:
    terms = profile.terms if profile is not None else []
    return said(
        {
            **{
                scheme: [each.code for each in terms if each.scheme is chosen]
                for scheme, chosen in SCHEMES.items()
            },
            Scheme.COUNTRIES: (member.country,),
            Scheme.MEMBER_TYPES: (member.member_type,),
            Scheme.OWNERS: organisations,
            # what few may read names nothing to everybody
            Scheme.STANDARDS: frozenset[str]().union(
                *(standards_in(text) for text in texts if text.labels is None)
            ),
        }
    )


def _named_at(member_ids: Collection[int]) -> dict[int, set[str]]:
    """Return the slugs of the organisations on whose pages each of some members is named."""
    named: dict[int, set[str]] = {}
    found = session().execute(
        select(OrganisationMembership.member_id, Organisation.slug)
        .join(OrganisationMembership.organisation)
        .where(
            OrganisationMembership.member_id.in_(member_ids),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
            OrganisationMembership.is_shown.is_(True),
            Organisation.status.in_(sorted(PUBLIC_STATES)),
            is_not_merged(),
        )
    )
    for member_id, slug in found:
        named.setdefault(member_id, set()).add(slug)
    return named


def _own_innovations(member_id: int) -> Iterator[Text]:
    """Yield the words of the newest shown records that somebody registered or speaks for, compiled ones left out."""
    revision = joinedload(Innovation.published_revision)
    found = session().scalars(
        select(Innovation)
        .where(Innovation.status.in_(SHOWN), Innovation.is_compiled.is_(False), _is_own(member_id))
        .order_by(Innovation.published_at.desc(), Innovation.id.desc())
        .limit(MOST_OWN)
        .options(revision.selectinload(InnovationRevision.texts))
    )
    for innovation in found:
        if innovation.published_revision is not None:
            for written in innovation.published_revision.texts:
                yield text_of(written, Role.OWN_INNOVATION)


def _is_own(member_id: int) -> ColumnElement[bool]:
    spoken_for = select(OrganisationMembership.organisation_id).where(
        OrganisationMembership.member_id == member_id,
        OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
    )
    return or_(
        and_(Innovation.registered_by_id == member_id, Innovation.is_handed_over.is_(False)),
        Innovation.owner_id.in_(spoken_for),
    )


def _own_requests(member_id: int) -> Iterator[Text]:
    """Yield the words of the newest requests that somebody posted and that were open once."""
    found = session().scalars(
        requests.loaded()
        .where(CollaborationRequest.posted_by_id == member_id, CollaborationRequest.opened_at.is_not(None))
        .order_by(CollaborationRequest.opened_at.desc(), CollaborationRequest.id.desc())
        .limit(MOST_OWN)
    )
    for request in found:
        yield requests.text_of(request, Role.OWN_REQUEST)
