"""What pages read of profiles: always what the viewer may read of them, and nothing else of those who wrote them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.members.models import FieldAudience, Member, Profile, ProfileScheme, ProfileTerm, TermAddition
from hub.members.profiles.permissions import allows, can_view, listed_for, visible_to

ADDITION = "x-"
"""How the codes of additions begin."""


@dataclass(frozen=True)
class ShownTerm:
    """One value of one list of a profile.

    Args:
        scheme: the list.
        code: a code of the vocabulary, of the CLDR for languages, or of an addition.
        added: the words of an addition, as somebody wrote them; empty for what a vocabulary holds.
        language: BCP 47 tag of those words.
    """

    scheme: ProfileScheme
    code: str
    added: str = ""
    language: str = ""


@dataclass(frozen=True)
class ShownLink:
    """Where else a person can be read."""

    url: str
    title: str


@dataclass(frozen=True)
class ShownProfile:
    """What one viewer may read of a profile; what is not for them is empty, as if it had never been written.

    Args:
        member_id: whose it is; for rules, never for a page.
        public_id: the person's random id.
        display_name: the name that they chose.
        member_type: code of the vocabulary `member_types`.
        country: ISO 3166-1 alpha-2 code, or None.
        audience: who may read the page.
        language: BCP 47 tag of what the person wrote.
        terms: the values of each list in the person's order.
        is_contactable: whether members may write to the person through the hub.
    """

    member_id: int
    public_id: str
    display_name: str
    member_type: str
    country: str | None
    audience: FieldAudience
    language: str
    headline: str
    biography: str
    contact_email: str
    contact_phone: str
    offers: str
    needs: str
    terms: Mapping[ProfileScheme, tuple[ShownTerm, ...]]
    links: tuple[ShownLink, ...]
    is_contactable: bool
    updated_at: datetime


def profile_of(member_id: int) -> Profile | None:
    """Return what a member says about themselves, whole, for rules and for its owner; None before the first save."""
    return session().scalar(
        select(Profile).where(Profile.member_id == member_id).options(joinedload(Profile.member))
    )


def profile_by_public_id(public_id: str, viewer: Viewer) -> Profile:
    """Return the profile of the member with this random id.

    Raises:
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    found = session().scalar(
        select(Profile)
        .join(Profile.member)
        .where(Member.public_id == public_id, visible_to(viewer))
        .options(contains_eager(Profile.member))
    )
    if found is None:
        raise NotFoundError
    return found


def listed_profiles(public_ids: Sequence[str], viewer: Viewer) -> list[ShownProfile]:
    """Return those of the members whom the directory may show `viewer`, in the order of `public_ids`."""
    found = session().scalars(
        select(Profile)
        .join(Profile.member)
        .where(Member.public_id.in_(public_ids), listed_for(viewer))
        .options(contains_eager(Profile.member), selectinload(Profile.terms), selectinload(Profile.links))
    )
    by_id = {each.public_id: each for each in shown_profiles(viewer, found.all())}
    return [by_id[each] for each in public_ids if each in by_id]


def visible_member_ids(member_ids: Collection[int], viewer: Viewer) -> frozenset[int]:
    """Return those of the members whose profile page `viewer` may read."""
    if not member_ids:
        return frozenset()
    found = session().scalars(
        select(Profile.member_id)
        .join(Profile.member)
        .where(Profile.member_id.in_(sorted(member_ids)), visible_to(viewer))
    )
    return frozenset(found)


def shown_profile(viewer: Viewer, profile: Profile) -> ShownProfile:
    """Return what `viewer` may read of `profile`.

    Raises:
        NotFoundError: they may not read it at all.
    """
    if not can_view(viewer, profile):
        raise NotFoundError
    return _shown(viewer, profile, additions_of([profile]))


def shown_profiles(viewer: Viewer, profiles: Iterable[Profile]) -> list[ShownProfile]:
    """Return what `viewer` may read of several profiles, without those that they may not read at all."""
    seen = [each for each in profiles if can_view(viewer, each)]
    additions = additions_of(seen)
    return [_shown(viewer, each, additions) for each in seen]


def additions_of(profiles: Iterable[Profile]) -> dict[str, TermAddition]:
    """Return the additions that profiles hold, by code."""
    return additions(term.code for profile in profiles for term in profile.terms)


def additions(codes: Iterable[str]) -> dict[str, TermAddition]:
    """Return the additions among `codes`, by code; codes of vocabularies are left out."""
    wanted = {code.removeprefix(ADDITION) for code in codes if code.startswith(ADDITION)}
    if not wanted:
        return {}
    found = session().scalars(select(TermAddition).where(TermAddition.public_id.in_(sorted(wanted))))
    return {each.code: each for each in found}


def is_held() -> ColumnElement[bool]:
    """Return the SQL condition for additions that some profile holds; the others wait for nobody."""
    return exists().where(
        ProfileTerm.scheme == TermAddition.scheme, ProfileTerm.code == "x-" + TermAddition.public_id
    )


def held_additions(codes: Iterable[str], viewer: Viewer) -> dict[str, TermAddition]:
    """Return those of the additions that a profile holds which the directory may show `viewer`, by code."""
    wanted = sorted({code for code in codes if code.startswith(ADDITION)})
    if not wanted:
        return {}
    held = (
        select(ProfileTerm.code)
        .join(Profile, Profile.member_id == ProfileTerm.member_id)
        .join(Profile.member)
        .where(ProfileTerm.code.in_(wanted), listed_for(viewer))
        .distinct()
    )
    return additions(session().scalars(held))


def shown_term(scheme: ProfileScheme, code: str, added: Mapping[str, TermAddition]) -> ShownTerm:
    """Return one value of a list with its words, where it is one of the additions in `added`."""
    addition = added.get(code)
    return ShownTerm(scheme, code, addition.label, addition.language) if addition else ShownTerm(scheme, code)


def shown_terms(scheme: ProfileScheme, codes: Iterable[str]) -> dict[str, ShownTerm]:
    """Return the values of one list by code, in one query at most: for facets and chips."""
    wanted = list(codes)
    found = additions(wanted)
    return {code: shown_term(scheme, code, found) for code in wanted}


def _shown(viewer: Viewer, profile: Profile, added: Mapping[str, TermAddition]) -> ShownProfile:
    member = profile.member
    knows_contact = allows(profile.contact_audience, viewer, member.id)
    terms: dict[ProfileScheme, tuple[ShownTerm, ...]] = {
        scheme: tuple(shown_term(scheme, each.code, added) for each in profile.terms if each.scheme is scheme)
        for scheme in ProfileScheme
    }
    return ShownProfile(
        member_id=member.id,
        public_id=member.public_id,
        display_name=member.display_name,
        member_type=member.member_type,
        country=member.country,
        audience=profile.audience,
        language=profile.language,
        headline=profile.headline,
        biography=profile.biography if allows(profile.biography_audience, viewer, member.id) else "",
        contact_email=profile.contact_email if knows_contact else "",
        contact_phone=profile.contact_phone if knows_contact else "",
        offers=profile.offers,
        needs=profile.needs,
        terms=terms,
        links=tuple(ShownLink(each.url, each.title) for each in profile.links),
        is_contactable=profile.is_contactable,
        updated_at=profile.updated_at,
    )
