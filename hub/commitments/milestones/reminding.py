"""Tells the owner of a commitment, once each, that a milestone is due within a month, and that it is overdue."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, exists, literal, select

from hub.commitments.holding import hold_commitment
from hub.commitments.models import Commitment, CommitmentStatus, Milestone
from hub.commitments.models.milestone import OPEN
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member, MemberStatus
from hub.notifications.models import Notification
from hub.notifications.service import notify, take_back

DUE, OVERDUE = "milestone_due", "milestone_overdue"

BEFORE = timedelta(days=30)
"""How long before its day somebody is told that a milestone is due."""

AFTER = timedelta(days=30)
"""How long after its day somebody is told that it is overdue; what lies longer in the past is history."""

AT_A_TIME = 100
"""How many are looked up together."""


def due_soon() -> list[int]:
    """Return the ids of milestones that are due within a month and whose owner has not heard of it."""
    return _unheard(DUE, due_soon_between(_today()))


def remind_of_due(number: int) -> bool:
    """Tell the owner that a milestone is due, if it still is; return whether they were told."""
    return _remind(DUE, number, due_soon_between(_today()))


def overdue() -> list[int]:
    """Return the ids of milestones that are overdue since at most a month and whose owner has not heard of it."""
    return _unheard(OVERDUE, overdue_between(_today()))


def remind_of_overdue(number: int) -> bool:
    """Tell the owner that a milestone is overdue, if it still is; return whether they were told."""
    return _remind(OVERDUE, number, overdue_between(_today()))


def due_soon_between(today: date) -> tuple[date, date]:
    """Return the first and the last day on which a milestone is due soon."""
    return today, today + BEFORE


def overdue_between(today: date) -> tuple[date, date]:
    """Return the first and the last day of which a milestone is newly overdue."""
    return today - AFTER, today - timedelta(days=1)


def forget_reminders(commitment: Commitment, milestone: Milestone | None = None) -> None:
    """Delete what was told of milestones whose day or owner is another one now, or that are done.

    Args:
        commitment: what they belong to.
        milestone: which one; None for all of the commitment.
    """
    some = select(Milestone).where(Milestone.commitment_id == commitment.id)
    for each in [milestone] if milestone is not None else session().scalars(some).all():
        for kind in (DUE, OVERDUE):
            take_back(kind, each.subject)


def _unheard(kind: str, days: tuple[date, date], *conditions: ColumnElement[bool]) -> list[int]:
    subject = literal("milestone:", String).concat(Milestone.public_id)
    is_told = exists().where(
        Notification.kind == kind,
        Notification.member_id == Commitment.owner_id,
        Notification.subject == subject,
    )
    return list(
        session().scalars(
            select(Milestone.id)
            .join(Commitment, Commitment.id == Milestone.commitment_id)
            .join(Member, Member.id == Commitment.owner_id)
            .where(
                Milestone.status.in_(OPEN),
                Milestone.due_on.between(*days),
                Commitment.status == CommitmentStatus.ACTIVE,
                Member.status == MemberStatus.APPROVED,
                ~is_told,
                *conditions,
            )
            .order_by(Milestone.due_on, Milestone.id)
            .limit(AT_A_TIME)
        )
    )


def _remind(kind: str, number: int, days: tuple[date, date]) -> bool:
    milestone = session().get_one(Milestone, number)
    hold_commitment(milestone.commitment)
    session().refresh(milestone)
    if not _unheard(kind, days, Milestone.id == number):
        return False
    owner = milestone.commitment.owner_id
    notify({owner} if owner is not None else (), kind, milestone.subject)
    return True


def _today() -> date:
    return clock.now().date()
