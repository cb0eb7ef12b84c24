"""One person, request or report as coordinators look it up, and what the hub knows beside it."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.members.models import Member, MemberStatus, normal_email
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    name_key,
)
from hub.organisations.permissions import is_not_merged
from hub.organisations.queries import memberships_of
from hub.vetting.models import Application, FactorReset
from hub.vetting.permissions import can_vet_some, is_known

Thing = TypeVar("Thing", Member, LawEnforcementStatus, FactorReset)

MOST_ALIKE = 20
"""People shown at most in one list, such as accounts that may be somebody's other one."""


def person_by_id(public_id: str, viewer: Viewer) -> Member:
    """Return whom the vetting desk knows by this random id.

    Raises:
        NotFoundError: nobody, somebody who has not confirmed their address, or `viewer` does not vet.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    return _known(found, found, viewer)


def people_called(words: str, viewer: Viewer) -> Sequence[Member]:
    """Return at most 20 people whom the vetting desk knows by a part of their name, their address or their random id.

    Args:
        words: what a coordinator typed; nothing finds nobody.
        viewer: who asks; who does not vet finds nobody.
    """
    sought = words.strip()
    if not sought or not sought.isprintable() or not can_vet_some(viewer):
        return ()
    return (
        session()
        .scalars(
            select(Member)
            .where(
                Member.status.not_in((MemberStatus.APPLIED, MemberStatus.ERASED)),
                or_(
                    Member.public_id == sought,
                    Member.email == normal_email(sought),
                    Member.display_name.icontains(sought, autoescape=True),
                ),
            )
            .order_by(Member.display_name, Member.id)
            .limit(MOST_ALIKE)
        )
        .all()
    )


def status_by_id(public_id: str, viewer: Viewer) -> LawEnforcementStatus:
    """Return a law-enforcement status, asked for or ended too.

    Raises:
        NotFoundError: there is none, or `viewer` does not vet.
    """
    found = session().scalar(select(LawEnforcementStatus).where(LawEnforcementStatus.public_id == public_id))
    return _known(found, found.member if found else None, viewer)


def own_status_by_id(public_id: str, member: Member) -> LawEnforcementStatus:
    """Return a law-enforcement status of `member`'s own.

    Raises:
        NotFoundError: there is none.
    """
    found = session().scalar(
        select(LawEnforcementStatus).where(
            LawEnforcementStatus.public_id == public_id, LawEnforcementStatus.member_id == member.id
        )
    )
    if found is None:
        raise NotFoundError
    return found


def reset_by_id(public_id: str, viewer: Viewer) -> FactorReset:
    """Return a report of lost second factors.

    Raises:
        NotFoundError: there is none, or `viewer` does not vet.
    """
    found = session().scalar(select(FactorReset).where(FactorReset.public_id == public_id))
    return _known(found, found.member if found else None, viewer)


def statuses_of(member_id: int) -> Sequence[LawEnforcementStatus]:
    """Return every law-enforcement status that a member asked for, the latest first."""
    return (
        session()
        .scalars(
            select(LawEnforcementStatus)
            .options(joinedload(LawEnforcementStatus.organisation))
            .where(LawEnforcementStatus.member_id == member_id)
            .order_by(LawEnforcementStatus.id.desc())
        )
        .all()
    )


def names_of(public_ids: Collection[str]) -> dict[str, Member]:
    """Return members by their random ids, as the audit log names who acted."""
    found = session().scalars(select(Member).where(Member.public_id.in_(sorted(public_ids))))
    return {each.public_id: each for each in found}


def all_organisations() -> Sequence[Organisation]:
    """Return the organisations of the hub by name, for coordinators to choose from."""
    return (
        session()
        .scalars(select(Organisation).where(is_not_merged()).order_by(Organisation.name, Organisation.id))
        .all()
    )


def organisations_named(name: str) -> Sequence[Organisation]:
    """Return the organisations of the hub that bear a name, in whatever case and spacing it was typed."""
    key = name_key(name)
    if not key:
        return ()
    return session().scalars(select(Organisation).where(Organisation.name_key == key, is_not_merged())).all()


def accounts_alike(member: Member) -> Sequence[Member]:
    """Return other accounts with the same display name, or with the same mail domain and organisation."""
    return (
        session()
        .scalars(
            select(Member)
            .where(
                Member.id != member.id,
                Member.status.not_in([MemberStatus.APPLIED, MemberStatus.ERASED]),
                or_(
                    func.lower(Member.display_name) == func.lower(member.display_name),
                    _is_colleague(member),
                ),
            )
            .order_by(Member.id)
            .limit(MOST_ALIKE)
        )
        .all()
    )


def _is_colleague(member: Member) -> ColumnElement[bool]:
    """Return the condition for members with the mail domain of `member` and an organisation in common with them."""
    domain = (member.email or "").rpartition("@")[2]
    keys = _organisation_keys(member)
    named = exists().where(
        Application.member_id == Member.id, func.lower(func.trim(Application.organisation_name)).in_(keys)
    )
    belongs = exists().where(
        OrganisationMembership.member_id == Member.id,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
        Organisation.id == OrganisationMembership.organisation_id,
        Organisation.name_key.in_(keys),
    )
    return Member.email.endswith(f"@{domain}", autoescape=True) & or_(named, belongs)


def _organisation_keys(member: Member) -> list[str]:
    """Return the names of the organisations that somebody named or belongs to, as typed and as compared."""
    names = (
        session()
        .scalars(
            select(Application.organisation_name).where(
                Application.member_id == member.id, Application.organisation_name != ""
            )
        )
        .all()
    )
    belongs = {each.organisation.name_key for each in memberships_of(member.id)}
    return sorted({name_key(name) for name in names} | {name.strip().lower() for name in names} | belongs)


def _known(thing: Thing | None, member: Member | None, viewer: Viewer) -> Thing:
    if thing is None or member is None or not can_vet_some(viewer) or not is_known(member):
        raise NotFoundError
    return thing
