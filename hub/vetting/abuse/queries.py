"""What waits of reports of abuse, what became of one's own, and a report as who decides it reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Role, Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.escalation import Bench
from hub.integrity.permissions import Conflict, conflict_of
from hub.members.models import AbuseReport, AbuseStatus
from hub.vetting.involvements import abuse_involvements_of

SIDES = (joinedload(AbuseReport.reported_by), joinedload(AbuseReport.about))
MOST_SHOWN = 50


@dataclass(frozen=True)
class WaitingReport:
    """One line of the desk.

    Args:
        report: what waits.
        conflict: what keeps this viewer from deciding it, or None.
        is_escalated: whether nobody is free to decide it.
    """

    report: AbuseReport
    conflict: Conflict | None
    is_escalated: bool


def waiting_reports() -> Sequence[AbuseReport]:
    """Return the reports that nobody decided, the oldest first; who calls makes sure who reads them."""
    found = session().scalars(
        select(AbuseReport)
        .options(*SIDES)
        .where(AbuseReport.status == AbuseStatus.SUBMITTED)
        .order_by(AbuseReport.reported_at, AbuseReport.id)
    )
    return found.all()


def abuse_desk(viewer: Viewer) -> list[WaitingReport]:
    """Return what waits for coordinators, with the conflicts of `viewer`, in a fixed number of queries."""
    if not viewer.has_role(Role.COORDINATOR):
        return []
    reports, bench = waiting_reports(), Bench()
    involved = abuse_involvements_of(reports)

    def line(report: AbuseReport) -> WaitingReport:
        conflict = conflict_of(viewer, involved[report.id])
        is_short = conflict is not None and bench.shortage(involved[report.id]) is not None
        return WaitingReport(report, conflict, is_short)

    return [line(each) for each in reports]


def report_by_id(public_id: str, viewer: Viewer) -> AbuseReport:
    """Return a report, decided or not; the page asks whether a conflict keeps its content from the coordinator.

    Raises:
        NotFoundError: there is none, or `viewer` is no coordinator.
    """
    found = session().scalar(
        select(AbuseReport)
        .options(*SIDES, joinedload(AbuseReport.message))
        .where(AbuseReport.public_id == public_id)
    )
    if found is None or not viewer.has_role(Role.COORDINATOR):
        raise NotFoundError
    return found


def reports_by(viewer: Viewer) -> Sequence[AbuseReport]:
    """Return what `viewer` reported, the latest first, with whom it is about."""
    found = session().scalars(
        select(AbuseReport)
        .options(joinedload(AbuseReport.about))
        .where(AbuseReport.reported_by_id == viewer.member_id)
        .order_by(AbuseReport.id.desc())
        .limit(MOST_SHOWN)
    )
    return found.all()


def other_reports_about(report: AbuseReport) -> dict[AbuseStatus, int]:
    """Return how many further reports about the same person there are, by what became of them."""
    counted = session().execute(
        select(AbuseReport.status, func.count(AbuseReport.id).label("number"))
        .where(AbuseReport.about_id == report.about_id, AbuseReport.id != report.id)
        .group_by(AbuseReport.status)
    )
    return {row.status: row.number for row in counted}
