"""Reporting that a member abuses the hub, and deciding it.

A decision changes nothing else: whether somebody is suspended is decided in their file.
"""

from datetime import timedelta

from sqlalchemy import delete, select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.escalation import COORDINATORS
from hub.integrity.permissions import CONFLICT_WORDS, conflict_of
from hub.integrity.queries import deciders
from hub.integrity.viewers import viewer_of
from hub.members.holding import hold_member
from hub.members.messages.permissions import can_block
from hub.members.messages.queries import acquaintance_of
from hub.members.models import AbuseReport, AbuseStatus, ContactMessage, Member
from hub.members.models.messages import REPORT_LENGTH
from hub.members.profiles.checking import check_text
from hub.members.service import require_code
from hub.notifications.service import notify
from hub.vetting.involvements import abuse_involvement
from hub.vetting.lifecycle import ABUSE_REPORTS
from hub.vetting.permissions import abuse_conflict, can_vet_some

REPORTS_KEPT = timedelta(days=365)
"""After the decision."""


def report_abuse(
    actor: Member, about: Member, *, kind: str, words: str, message: ContactMessage | None = None
) -> AbuseReport:
    """Report a member of whom the actor knows, or a message from them.

    Args:
        actor: who reports.
        about: whom.
        kind: code of the vocabulary `abuse_kinds`.
        words: what happened.
        message: a message that the actor got from them; who decides reads it.

    Raises:
        NotFoundError: the actor is no member, knows nothing of the other, or the message is not from them to the actor.
        InvalidError: kind or words cannot be accepted; names the field.
        ConflictError: the same is reported already and not decided.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member or not can_block(viewer, acquaintance_of(viewer, about)):
        raise NotFoundError
    if message is not None and (message.sender_id, message.receiver_id) != (about.id, actor.id):
        raise NotFoundError
    report = AbuseReport(kind=kind, words=words, message_id=message.id if message else None)
    return _send(viewer, actor, about, report)


def report_said(
    actor: Member, about: Member, *, kind: str, words: str, quoted: str, quoted_from: str
) -> AbuseReport:
    """Report what a member said where the actor read it; who calls makes sure that they did.

    Args:
        actor: who reports.
        about: who said it.
        kind: code of the vocabulary `abuse_kinds`.
        words: what happened.
        quoted: what was said; who decides reads it.
        quoted_from: where, as the audit log names it.

    Raises:
        NotFoundError: the actor is no member, or said it themselves.
        InvalidError: kind or words cannot be accepted; names the field.
        ConflictError: the same is reported already and not decided.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member or actor.id == about.id:
        raise NotFoundError
    report = AbuseReport(kind=kind, words=words, quoted=quoted, quoted_from=quoted_from)
    return _send(viewer, actor, about, report)


def uphold_report(actor: Member, report: AbuseReport, words: str) -> None:
    """Find that it is abuse, with words to who reported it.

    Raises:
        NotFoundError: the actor is no coordinator.
        ForbiddenError: the actor has a conflict of interest.
        InvalidError: no words; names the field.
        ConflictError: it was decided meanwhile.
    """
    _decide(actor, report, "uphold", Event.MEMBER_UPHOLD_ABUSE, words)


def dismiss_report(actor: Member, report: AbuseReport, words: str) -> None:
    """Find that it is none, with words to who reported it.

    Raises:
        NotFoundError, ForbiddenError, InvalidError, ConflictError: as for upholding.
    """
    _decide(actor, report, "dismiss", Event.MEMBER_DISMISS_ABUSE, words)


def forget_reports() -> int:
    """Delete the reports of abuse that were decided a year ago; return how many."""
    gone = session().execute(
        delete(AbuseReport).where(
            AbuseReport.status != AbuseStatus.SUBMITTED, AbuseReport.decided_at <= clock.now() - REPORTS_KEPT
        ),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _send(viewer: Viewer, actor: Member, about: Member, report: AbuseReport) -> AbuseReport:
    require_code("kind", report.kind, "abuse_kinds")
    _require_words("words", report.words)
    report.reported_by_id, report.about_id, report.reported_at = actor.id, about.id, clock.now()
    _require_first(report)
    session().add(report)
    session().flush()
    record(viewer, Event.MEMBER_REPORT_ABUSE, report.subject, after={"kind": report.kind})
    involved = abuse_involvement(report)
    free = [each.member_id for each in deciders(COORDINATORS) if conflict_of(each, involved) is None]
    notify([each for each in free if each is not None], "abuse_reported", report.subject)
    return report


def _decide(actor: Member, report: AbuseReport, action: str, event: Event, words: str) -> None:
    viewer = _decider(actor, report)
    _require_words("words", words)
    ABUSE_REPORTS.move(report, action, answer=words, decided_by_id=actor.id, decided_at=clock.now())
    # the words are for who reported; the log, which nobody can change, holds that it was decided and by whom
    record(viewer, event, report.subject)
    notify([report.reported_by_id], "abuse_decided", report.subject)


def _decider(actor: Member, report: AbuseReport) -> Viewer:
    viewer = viewer_of(actor)
    if not can_vet_some(viewer):
        raise NotFoundError
    conflict = abuse_conflict(viewer, report)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    return viewer


def _require_words(field: str, words: str) -> None:
    if not words.strip():
        raise InvalidError(N_("Say it in your own words."), field=field)
    check_text(field, words, REPORT_LENGTH)


def _require_first(report: AbuseReport) -> None:
    """Refuse a second report of the same thing; of two sent at once, one waits here for the other."""
    hold_member(report.reported_by_id)
    same = select(AbuseReport.id).where(
        AbuseReport.reported_by_id == report.reported_by_id,
        AbuseReport.about_id == report.about_id,
        AbuseReport.message_id.is_not_distinct_from(report.message_id),
        AbuseReport.quoted_from == (report.quoted_from or ""),
        AbuseReport.status == AbuseStatus.SUBMITTED,
    )
    if session().scalar(same.limit(1)) is not None:
        raise ConflictError(N_("You reported this already. A coordinator decides about it."))
