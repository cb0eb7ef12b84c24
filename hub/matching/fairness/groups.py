"""To which country, member type and size of organisation a thing that is suggested belongs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.catalogue.models import Innovation
from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.matching.facts import Kind
from hub.members.models import Member
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership


class Dimension(StrEnum):
    """By what exposure is counted."""

    COUNTRY = "country"
    MEMBER_TYPE = "member_type"
    ORGANISATION_SIZE = "organisation_size"


class Size(StrEnum):
    """How many members of the hub an organisation has."""

    ONE = "one"
    FEW = "few"
    """Two to nine."""
    MANY = "many"
    """Ten and more."""


MANY_FROM = 10

NOT_STATED = ""
"""The group of what does not say, or belongs to no organisation."""

DIMENSIONS: Mapping[Kind, tuple[Dimension, ...]] = {
    Kind.INNOVATION: (Dimension.COUNTRY, Dimension.ORGANISATION_SIZE),
    Kind.REQUEST: (Dimension.COUNTRY, Dimension.MEMBER_TYPE, Dimension.ORGANISATION_SIZE),
    Kind.MEMBER: (Dimension.COUNTRY, Dimension.MEMBER_TYPE, Dimension.ORGANISATION_SIZE),
}
"""What each kind is counted by; an innovation belongs to an organisation, which is no type of member."""


_COMES_FROM: Mapping[Kind, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str | None]]] = {
    Kind.INNOVATION: (Innovation.public_id, Innovation.origin_country),
    Kind.REQUEST: (CollaborationRequest.public_id, CollaborationRequest.country),
    Kind.MEMBER: (Member.public_id, Member.country),
    Kind.ORGANISATION: (Organisation.slug, Organisation.country),
}
"""Key and country of each kind."""


@dataclass(frozen=True)
class Groups:
    """To what one thing belongs.

    Args:
        country: ISO code of where it comes from; empty where it does not say.
        member_type: of the member, or of who posted the request; empty of innovations.
        size: of the organisation it belongs to, the largest of a member's; empty where there is none.
    """

    country: str = NOT_STATED
    member_type: str = NOT_STATED
    size: str = NOT_STATED

    def value(self, dimension: Dimension) -> str:
        """Return its group in one dimension."""
        return {
            Dimension.COUNTRY: self.country,
            Dimension.MEMBER_TYPE: self.member_type,
            Dimension.ORGANISATION_SIZE: self.size,
        }[dimension]


def size_of(members: int) -> str:
    """Return the band for a number of members; nothing for none."""
    if members <= 0:
        return NOT_STATED
    return Size.ONE if members == 1 else Size.FEW if members < MANY_FROM else Size.MANY


def countries_of(kind: Kind, keys: Collection[str]) -> dict[str, frozenset[str]]:
    """Return where things come from, by key; one query. What does not say is left out.

    Args:
        kind: of the things.
        keys: their public ids, or slugs of organisations; some hundreds at most.
    """
    if not keys:
        return {}
    key, country = _COMES_FROM[kind]
    rows = session().execute(select(key, country).where(key.in_(sorted(keys)), country.is_not(None)))
    return {name: frozenset({code}) for name, code in rows if code}


def groups_of(kind: Kind, keys: Collection[str]) -> dict[str, Groups]:
    """Return to what things belong, by key; two queries. What does not exist is left out.

    Args:
        kind: innovations, requests or members.
        keys: their public ids, some hundreds at most.
    """
    if not keys:
        return {}
    if kind is Kind.MEMBER:
        return _of_members(keys)
    rows = _rows(kind, keys)
    sizes = _sizes({owner for *_, owner in rows if owner is not None})
    return {
        key: Groups(country or NOT_STATED, member_type or NOT_STATED, size_of(sizes.get(owner or 0, 0)))
        for key, country, member_type, owner in rows
    }


def _rows(kind: Kind, keys: Collection[str]) -> list[tuple[str, str | None, str, int | None]]:
    if kind is Kind.INNOVATION:
        found = select(Innovation.public_id, Innovation.origin_country, Innovation.owner_id)
        rows = session().execute(found.where(Innovation.public_id.in_(sorted(keys))))
        return [(key, country, NOT_STATED, owner) for key, country, owner in rows]
    posted = (
        select(
            CollaborationRequest.public_id,
            CollaborationRequest.country,
            Member.member_type,
            CollaborationRequest.organisation_id,
        )
        .join(Member, Member.id == CollaborationRequest.posted_by_id)
        .where(CollaborationRequest.public_id.in_(sorted(keys)))
    )
    return [(key, country, kind_of, owner) for key, country, kind_of, owner in session().execute(posted)]


def _of_members(keys: Collection[str]) -> dict[str, Groups]:
    rows = session().execute(
        select(Member.id, Member.public_id, Member.country, Member.member_type).where(
            Member.public_id.in_(sorted(keys))
        )
    )
    members = {number: (key, country, member_type) for number, key, country, member_type in rows}
    belonging = session().execute(
        select(OrganisationMembership.member_id, OrganisationMembership.organisation_id).where(
            OrganisationMembership.member_id.in_(sorted(members)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
    )
    owners: dict[int, set[int]] = {}
    for member_id, organisation_id in belonging:
        owners.setdefault(member_id, set()).add(organisation_id)
    sizes = _sizes({each for organisations in owners.values() for each in organisations})
    return {
        key: Groups(
            country or NOT_STATED,
            member_type,
            size_of(max((sizes.get(each, 0) for each in owners.get(number, ())), default=0)),
        )
        for number, (key, country, member_type) in members.items()
    }


def _sizes(organisation_ids: Collection[int]) -> dict[int, int]:
    """Return how many active members organisations have, by id."""
    if not organisation_ids:
        return {}
    of = OrganisationMembership.organisation_id
    rows = session().execute(
        select(of, func.count())
        .where(of.in_(sorted(organisation_ids)), OrganisationMembership.status == MembershipStatus.ACTIVE)
        .group_by(of)
    )
    return {number: count for number, count in rows}  # noqa: C416 - rows are no pairs to mypy
