"""Who takes part when a person is vetted: themselves and the organisations that they belong to or name."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.core.database import session
from hub.integrity.permissions import Involvement
from hub.members.models import Member
from hub.members.service import subject_of
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership, name_key
from hub.vetting.models import Application, RoleProposal


def involvement_of(member: Member, organisations: frozenset[int] = frozenset()) -> Involvement:
    """Return who takes part in a decision about `member`, for the search for conflicts.

    Args:
        member: whom it is about.
        organisations: further organisations that the decision names.
    """
    return with_organisations(involvements_of([member])[member.id], organisations)


def involvements_of(members: Iterable[Member]) -> dict[int, Involvement]:
    """Return who takes part in decisions about several members, by their ids, in a fixed number of queries."""
    by_id = {member.id: member for member in members}
    belongs = _belonging(by_id)
    named = _named_by(by_id)
    return {
        number: Involvement(
            frozenset({number}), frozenset(belongs[number] | named[number]), subject_of(member)
        )
        for number, member in by_id.items()
    }


def with_organisations(involvement: Involvement, organisations: frozenset[int]) -> Involvement:
    """Return the involvement with further organisations in it."""
    return replace(involvement, organisation_ids=involvement.organisation_ids | organisations)


def proposal_involvement(proposal: RoleProposal) -> Involvement:
    """Return who takes part in a proposal of a role."""
    return involvement_of(proposal.member)


def _belonging(member_ids: Collection[int]) -> defaultdict[int, set[int]]:
    found = session().execute(
        select(OrganisationMembership.member_id, OrganisationMembership.organisation_id).where(
            OrganisationMembership.member_id.in_(sorted(member_ids)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
    )
    return _grouped((number, organisation_id) for number, organisation_id in found)


def _named_by(member_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """Return the organisations for which people say they apply, and those which invited them, by member."""
    latest = (
        select(func.max(Application.id))
        .where(Application.member_id.in_(sorted(member_ids)))
        .group_by(Application.member_id)
    )
    applications = (
        session()
        .scalars(
            select(Application)
            .options(joinedload(Application.invitation))
            .where(Application.id.in_(latest.scalar_subquery()))
        )
        .all()
    )
    keys = {name_key(each.organisation_name) for each in applications if each.organisation_name}
    known: defaultdict[str, set[int]] = defaultdict(set)
    if keys:
        named = select(Organisation.name_key, Organisation.id).where(Organisation.name_key.in_(sorted(keys)))
        for key, organisation_id in session().execute(named):
            known[key].add(organisation_id)
    return _grouped(
        (each.member_id, organisation_id)
        for each in applications
        for organisation_id in (*known.get(name_key(each.organisation_name), ()), *_invited_to(each))
    )


def _invited_to(application: Application) -> tuple[int, ...]:
    invited = application.invitation
    return (invited.organisation_id,) if invited and invited.organisation_id else ()


def _grouped(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    grouped: defaultdict[int, set[int]] = defaultdict(set)
    for number, organisation_id in pairs:
        grouped[number].add(organisation_id)
    return grouped
