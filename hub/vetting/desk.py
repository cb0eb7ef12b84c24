"""What waits for coordinators about people, each with how long it waits and what keeps a coordinator from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.integrity.permissions import Conflict, conflict_of
from hub.members.models import Member, MemberStatus
from hub.organisations.models import LawEnforcementStatus
from hub.vetting.involvements import involvements_of, with_organisations
from hub.vetting.models import Application, FactorReset, RoleProposal
from hub.vetting.queries import (
    OPEN_STATES,
    UNDECIDED_RESETS,
    is_waiting,
    members_to_vet_again,
    waiting_applications,
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
        is_supported: whether a first coordinator agreed.
        is_mine: whether that was this viewer.
    """

    thing: Thing
    member: Member
    since: datetime
    conflict: Conflict | None
    is_supported: bool = False
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
    involved = involvements_of(people)

    def conflict(member: Member, organisation_id: int | None = None) -> Conflict | None:
        further = frozenset({organisation_id} if organisation_id else ())
        return conflict_of(viewer, with_organisations(involved[member.id], further))

    return VettingDesk(
        [
            Waiting(each, each.member, each.confirmed_at or each.applied_at, conflict(each.member))
            for each in applications
        ],
        [
            Waiting(
                each,
                each.member,
                each.requested_at,
                conflict(each.member, each.organisation_id),
                each.first_verified_by_id is not None,
                each.first_verified_by_id == viewer.member_id,
            )
            for each in statuses
        ],
        [
            Waiting(
                each,
                each.member,
                each.requested_at,
                conflict(each.member),
                each.first_approved_by_id is not None,
                each.first_approved_by_id == viewer.member_id,
            )
            for each in resets
        ],
        [Waiting(each, each, each.vetted_until or each.created_at, conflict(each)) for each in due],
    )


@dataclass(frozen=True)
class Numbers:
    """How many things wait: about people, for coordinators; and proposals of roles, for a second person."""

    people: int
    roles: int


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
    )
    *people, roles = session().execute(select(*(each.scalar_subquery() for each in counts))).one()
    return Numbers(sum(people), roles)
