"""Who takes part when a person is vetted: themselves and the organisations that they belong to or name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from hub.core import clock
from hub.core.database import session
from hub.integrity.interests import cooling_since
from hub.integrity.permissions import Involvement
from hub.members.models import AbuseReport, Member
from hub.members.service import subject_of
from hub.organisations.models import (
    LawEnforcementStatus,
    MembershipStatus,
    Organisation,
    OrganisationMembership,
    name_key,
)
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
    applications = _applications_of(by_id)
    named = _named_by(by_id, applications)
    invited = _grouped(
        (each.member_id, each.invitation.invited_by_id)
        for each in applications
        if each.invitation and each.decision is None
    )
    return {
        number: Involvement(
            frozenset({number}) | invited[number],
            frozenset(belongs[number] | named[number]),
            subject_of(member),
        )
        for number, member in by_id.items()
    }


def with_organisations(involvement: Involvement, organisations: frozenset[int]) -> Involvement:
    """Return the involvement with further organisations in it."""
    return replace(involvement, organisation_ids=involvement.organisation_ids | organisations)


def proposal_involvement(proposal: RoleProposal) -> Involvement:
    """Return who takes part in a proposal of a role."""
    return involvement_of(proposal.member)


def abuse_involvement(report: AbuseReport) -> Involvement:
    """Return who takes part in a decision about a report of abuse: who reported, and who was reported."""
    return abuse_involvements_of([report])[report.id]


def abuse_involvements_of(reports: Collection[AbuseReport]) -> dict[int, Involvement]:
    """Return who takes part in decisions about several reports, by their ids, in a fixed number of queries."""
    involved = involvements_of({side for each in reports for side in (each.reported_by, each.about)})
    found = {}
    for report in reports:
        one, other = involved[report.reported_by_id], involved[report.about_id]
        found[report.id] = Involvement(
            one.member_ids | other.member_ids,
            one.organisation_ids | other.organisation_ids,
            report.subject,
            frozenset({one.subject, other.subject}),
        )
    return found


def _belonging(member_ids: Collection[int]) -> defaultdict[int, set[int]]:
    """Return the organisations to which people belong, or belonged until lately, by member."""
    since = datetime.combine(cooling_since(clock.now().date()), time(), UTC)
    found = session().execute(
        select(OrganisationMembership.member_id, OrganisationMembership.organisation_id).where(
            OrganisationMembership.member_id.in_(sorted(member_ids)),
            or_(
                OrganisationMembership.status == MembershipStatus.ACTIVE,
                OrganisationMembership.ended_at > since,
            ),
        )
    )
    return _grouped((number, organisation_id) for number, organisation_id in found)


def _applications_of(member_ids: Collection[int]) -> Sequence[Application]:
    return (
        session()
        .scalars(
            select(Application)
            .options(joinedload(Application.invitation))
            .where(Application.member_id.in_(sorted(member_ids)))
        )
        .all()
    )


def _named_by(member_ids: Collection[int], applications: Iterable[Application]) -> defaultdict[int, set[int]]:
    """Return the organisations for which people say they apply, which invited them, or as whose officers they ask."""
    statuses = (
        session()
        .execute(
            select(
                LawEnforcementStatus.member_id,
                LawEnforcementStatus.organisation_id,
                LawEnforcementStatus.authority,
            ).where(LawEnforcementStatus.member_id.in_(sorted(member_ids)))
        )
        .all()
    )
    by_name = [(each.member_id, name_key(each.organisation_name)) for each in applications]
    by_name += [(number, name_key(authority)) for number, _, authority in statuses]
    known = _organisations_called({key for _, key in by_name if key})
    return _grouped(
        (
            *((number, found) for number, key in by_name for found in known.get(key, ())),
            *((each.member_id, found) for each in applications for found in _invited_to(each)),
            *((number, found) for number, found, _ in statuses if found is not None),
        )
    )


def _organisations_called(keys: Collection[str]) -> dict[str, set[int]]:
    if not keys:
        return {}
    named = select(Organisation.name_key, Organisation.id).where(Organisation.name_key.in_(sorted(keys)))
    known: defaultdict[str, set[int]] = defaultdict(set)
    for key, organisation_id in session().execute(named):
        known[key].add(organisation_id)
    return known


def _invited_to(application: Application) -> tuple[int, ...]:
    invited = application.invitation
    return (invited.organisation_id,) if invited and invited.organisation_id else ()


def _grouped(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    grouped: defaultdict[int, set[int]] = defaultdict(set)
    for number, organisation_id in pairs:
        grouped[number].add(organisation_id)
    return grouped
