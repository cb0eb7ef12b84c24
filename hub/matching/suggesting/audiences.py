"""Who is inside the audience of what something is suggested for: nobody is suggested to whom it could not be shown."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from hub.access.audience import MEMBER_LABEL
from hub.access.telling import Told
from hub.access.viewer import Viewer
from hub.core.database import session
from hub.integrity.readers import known_inside, known_speakers, narrow
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.organisations.models import Organisation, OrganisationMembership

IN_STANDING = frozenset({MEMBER_LABEL})
"""What holds who is an approved member, vetted within the year."""

Audiences = Collection[Told]
"""Sets of visibility labels by which the reader may be told who is inside; inside is who holds one of each."""


def possible_members(viewer: Viewer, audiences: Audiences) -> frozenset[str] | None:
    """Return public ids of the members whom `viewer` may know to be inside all audiences now; None where all are."""
    if not narrow(audiences):
        return None
    # those who lack what opens it now, such as a second factor, count in no total either
    known = session().scalars(select(Member.public_id).where(known_inside(viewer, audiences)))
    return members_inside(known.all(), audiences)


def possible_organisations(viewer: Viewer, audiences: Audiences) -> frozenset[str]:
    """Return slugs of the organisations that `viewer` may know to be inside all audiences by a representative.

    Where every member is, they may be some too many: `organisations_inside` says of some of them whether they are. One
    without representatives is none of them: nobody would get what is sent to it.
    """
    represented = (
        select(Organisation.slug)
        .distinct()
        .join(OrganisationMembership, OrganisationMembership.organisation_id == Organisation.id)
        .join(Member, Member.id == OrganisationMembership.member_id)
        .where(known_speakers(viewer, audiences))
    )
    found = session().scalars(represented).all()
    return organisations_inside(found, viewer, audiences) if narrow(audiences) else frozenset(found)


def members_inside(public_ids: Collection[str], audiences: Audiences) -> frozenset[str]:
    """Return those of the members who are inside all audiences at this moment."""
    bounds = narrow(audiences)
    if not bounds or not public_ids:
        return frozenset(public_ids)
    members = session().scalars(select(Member).where(Member.public_id.in_(sorted(public_ids)))).all()
    labels = _labels(members)
    return frozenset(each.public_id for each in members if _is_inside(labels[each.id], bounds))


def organisations_inside(slugs: Collection[str], viewer: Viewer, audiences: Audiences) -> frozenset[str]:
    """Return those of the organisations that `viewer` may know to be inside all audiences at this moment."""
    bounds = (IN_STANDING, *narrow(audiences))
    if not slugs:
        return frozenset()
    rows = (
        session()
        .execute(
            select(Organisation.slug, Member)
            .join(OrganisationMembership, OrganisationMembership.organisation_id == Organisation.id)
            .join(Member, Member.id == OrganisationMembership.member_id)
            .where(Organisation.slug.in_(sorted(slugs)), known_speakers(viewer, audiences))
        )
        .all()
    )
    labels = _labels({row.Member.id: row.Member for row in rows}.values())
    return frozenset(row.slug for row in rows if _is_inside(labels[row.Member.id], bounds))


def _labels(members: Iterable[Member]) -> Mapping[int, frozenset[str]]:
    return {number: viewer.labels for number, viewer in viewers_of(list(members)).items()}


def _is_inside(labels: frozenset[str], bounds: Iterable[frozenset[str]]) -> bool:
    return all(labels & each for each in bounds)
