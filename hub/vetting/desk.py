"""What waits for coordinators about people, each with how long it waits and what keeps a coordinator from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import func, select

from hub.access.viewer import PRIVILEGED_ROLES, Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.members.models import AbuseReport, AbuseStatus, Member, MemberStatus
from hub.organisations.models import LawEnforcementStatus
from hub.vetting.escalation import still_needed
from hub.vetting.involvements import involvements_of, with_organisations
from hub.vetting.models import Application, FactorReset, RoleProposal
from hub.vetting.queries import (
    OPEN_STATES,
    UNDECIDED_RESETS,
    is_waiting,
    members_to_vet_again,
    waiting_applications,
    waiting_proposals,
    waiting_resets,
    waiting_statuses,
)
from hub.vetting.standing import DUE_BEFORE

Thing = TypeVar("Thing", Application, LawEnforcementStatus, FactorReset, Member)


@dataclass(frozen=True)
class Waiting(Generic[Thing]):
    """One line of the desk.

    Args:
        thing: what waits.
        member: whom it is about.
        since: since when it waits; for a vetting that is due, when the year ends.
        conflict: what keeps this viewer from deciding it, or None.
        is_escalated: whether too few are free of conflict to decide it.
        is_mine: whether this viewer is the first of two who agreed.
    """

    thing: Thing
    member: Member
    since: datetime
    conflict: Conflict | None
    is_escalated: bool = False
    is_mine: bool = False


@dataclass(frozen=True)
class VettingDesk:
    """Everything that waits, by kind, the oldest first."""

    applications: Sequence[Waiting[Application]]
    statuses: Sequence[Waiting[LawEnforcementStatus]]
    resets: Sequence[Waiting[FactorReset]]
    due: Sequence[Waiting[Member]]

    @property
    def number(self) -> int:
        """How many things wait."""
        return len(self.applications) + len(self.statuses) + len(self.resets) + len(self.due)


def vetting_desk(viewer: Viewer) -> VettingDesk:
    """Return what waits for coordinators, with the conflicts of `viewer`, in a fixed number of queries."""
    applications, statuses = waiting_applications(), waiting_statuses()
    resets, due = waiting_resets(), members_to_vet_again(clock.now() + DUE_BEFORE)
    people = {
        *(each.member for each in applications),
        *(each.member for each in statuses),
        *(each.member for each in resets),
        *due,
    }
    involved, bench = involvements_of(people), Bench()

    def by_one(thing: Thing, member: Member, since: datetime) -> Waiting[Thing]:
        involvement = involved[member.id]
        conflict = conflict_of(viewer, involvement)
        is_short = conflict is not None and bench.shortage(involvement) is not None
        return Waiting(thing, member, since, conflict, is_short)

    def by_two(
        thing: Thing, member: Member, since: datetime, involvement: Involvement, first: int | None
    ) -> Waiting[Thing]:
        is_short = (
            bench.shortage(involvement, needed=still_needed(bench, involvement, first), but={first})
            is not None
        )
        is_mine = first == viewer.member_id
        return Waiting(thing, member, since, conflict_of(viewer, involvement), is_short, is_mine)

    def of_status(status: LawEnforcementStatus) -> Involvement:
        named = frozenset({status.organisation_id} if status.organisation_id else ())
        return with_organisations(involved[status.member_id], named)

    return VettingDesk(
        [by_one(each, each.member, each.confirmed_at or each.applied_at) for each in applications],
        [
            by_two(each, each.member, each.requested_at, of_status(each), each.first_verified_by_id)
            for each in statuses
        ],
        [
            by_two(each, each.member, each.requested_at, involved[each.member_id], each.first_approved_by_id)
            for each in resets
        ],
        [by_one(each, each, each.vetted_until or each.created_at) for each in due],
    )


@dataclass(frozen=True)
class WaitingProposal:
    """One proposal of a role that waits for a second person.

    Args:
        proposal: the proposal.
        conflict: what keeps this viewer from deciding it, or None.
        is_escalated: whether nobody else who appoints is free of conflict; not looked up for one's own.
    """

    proposal: RoleProposal
    conflict: Conflict | None
    is_escalated: bool = False


def proposal_desk(viewer: Viewer) -> list[WaitingProposal]:
    """Return the proposals that wait, the oldest first, with the conflicts of `viewer`, in a few queries."""
    proposals, bench = waiting_proposals(), Bench(PRIVILEGED_ROLES)
    involved = involvements_of({each.member for each in proposals})

    def line(proposal: RoleProposal) -> WaitingProposal:
        first = proposal.proposed_by_id
        if first == viewer.member_id:
            return WaitingProposal(proposal, Conflict.OWN_PROPOSAL)
        involvement = involved[proposal.member_id]
        conflict = conflict_of(viewer, involvement)
        is_short = conflict is not None and bench.shortage(involvement, but={first}) is not None
        return WaitingProposal(proposal, conflict, is_short)

    return [line(each) for each in proposals]


@dataclass(frozen=True)
class Numbers:
    """How many things wait: about people and of abuse, for coordinators; proposals of roles, for a second person."""

    people: int
    roles: int
    abuse: int


def count_waiting() -> Numbers:
    """Return how much waits, in one query."""
    counts = (
        select(func.count(Application.id))
        .join(Application.member)
        .where(Member.status == MemberStatus.CONFIRMED, Application.decision.is_(None)),
        select(func.count(LawEnforcementStatus.id)).where(LawEnforcementStatus.status.in_(OPEN_STATES)),
        select(func.count(FactorReset.id)).where(FactorReset.status.in_(UNDECIDED_RESETS)),
        select(func.count(Member.id)).where(
            Member.status == MemberStatus.APPROVED, Member.vetted_until <= clock.now() + DUE_BEFORE
        ),
        select(func.count(RoleProposal.id)).where(is_waiting()),
        select(func.count(AbuseReport.id)).where(AbuseReport.status == AbuseStatus.SUBMITTED),
    )
    *people, roles, abuse = session().execute(select(*(each.scalar_subquery() for each in counts))).one()
    return Numbers(sum(people), roles, abuse)
