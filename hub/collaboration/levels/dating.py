"""What notifications about requests say besides their words: the moment they are about, and whether it still waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from hub.collaboration.closing.dates import REOPEN_WITHIN
from hub.collaboration.levels.matters import WaitingKind, matters
from hub.collaboration.levels.moments import UNANSWERED
from hub.collaboration.models import CollaborationRequest, PlanStep
from hub.core.database import session
from hub.notifications.kinds import KINDS
from hub.notifications.kinds.kind import Dated

Told = tuple[str, str]
"""The kind of a notification, and what it is about as the audit log names it."""

WAITING = {
    "request_submitted": (WaitingKind.REVIEW,),
    "requirements_proposed": (WaitingKind.REQUIREMENTS,),
    "coordinator_called": (WaitingKind.CALL,),
    "unanswered_in_country": UNANSWERED,
    "unanswered_long": UNANSWERED,
}
"""Kinds of notifications that say that something waits, and what."""

INVITED = "request_invited"
"""The kind that invites to respond, which is over once no responses are taken."""

MINUTE = timedelta(minutes=1)

REQUEST, STEP = "request:", "step:"


@dataclass(frozen=True)
class Detail:
    """What belongs to a notification; only for who may know of its subject, which the caller has asked.

    Args:
        moment: when, or on which day; None where that is not known.
        words: what somebody wrote, such as the words of a step; may be empty.
    """

    moment: datetime | date | None
    words: str = ""


def details_of(told: Collection[Told]) -> dict[Told, Detail]:
    """Return the present details of those of `told` that have any, in two queries at most."""
    dated = [(kind, subject) for kind, subject in told if kind in KINDS and KINDS[kind].dated]
    steps: dict[str, Detail] = {}
    requests: dict[str, CollaborationRequest] = {}
    if keys := _keys(dated, STEP):
        for step in session().scalars(select(PlanStep).where(PlanStep.public_id.in_(keys))):
            steps[STEP + step.public_id] = Detail(step.due_on, step.words)
    if keys := _keys(dated, REQUEST):
        wanted = select(CollaborationRequest).where(CollaborationRequest.public_id.in_(keys))
        requests = {each.subject: each for each in session().scalars(wanted)}
    found = {each: steps[each[1]] for each in dated if each[1] in steps}
    for kind, subject in dated:
        if subject in requests:
            found[kind, subject] = Detail(_moment(requests[subject], KINDS[kind].dated))
    return found


def over(told: Collection[Told]) -> set[Told]:
    """Return those of `told` that say that something waits which does not wait any more, in four queries at most."""
    return _gone(told) | _closed([(kind, subject) for kind, subject in told if kind == INVITED and subject])


def _closed(invited: Collection[Told]) -> set[Told]:
    """Return the invitations to requests that take no responses now."""
    keys = _keys(invited, REQUEST)
    if not keys:
        return set()
    wanted = select(CollaborationRequest).where(CollaborationRequest.public_id.in_(keys))
    taking = {each.subject for each in session().scalars(wanted) if each.takes_responses}
    return {each for each in invited if each[1] not in taking}


def _gone(told: Collection[Told]) -> set[Told]:
    """Return what waited for a decision and does not any more."""
    named = [(kind, subject) for kind, subject in told if kind in WAITING and subject]
    waiting: set[Told] = set()
    desks = [each for each in named if WAITING[each[0]] is not UNANSWERED]
    if desks:
        kinds = {one for kind, _subject in desks for one in WAITING[kind]}
        found = matters(kinds).subquery()
        subjects = {subject for _kind, subject in desks}
        rows = set(session().scalars(select(found.c.subject).where(found.c.subject.in_(sorted(subjects)))))
        waiting |= {each for each in desks if each[1] in rows}
    late = [each for each in named if WAITING[each[0]] is UNANSWERED]
    if late:
        keys = sorted({subject.removeprefix(REQUEST) for _kind, subject in late})
        found = matters(UNANSWERED, CollaborationRequest.public_id.in_(keys)).subquery()
        numbers = select(found.c.request_id)
        rows = {
            REQUEST + key
            for key in session().scalars(
                select(CollaborationRequest.public_id).where(CollaborationRequest.id.in_(numbers))
            )
        }
        waiting |= {each for each in late if each[1] in rows}
    return set(named) - waiting


def _keys(dated: Collection[Told], prefix: str) -> list[str]:
    return sorted({subject.removeprefix(prefix) for _kind, subject in dated if subject.startswith(prefix)})


def _moment(request: CollaborationRequest, which: Dated | None) -> datetime | None:
    """Return a moment of a request as people name it: the last minute of a time that is stored as its end."""
    if which is Dated.REOPENING:
        return None if request.closed_at is None else request.closed_at + REOPEN_WITHIN
    end = request.due_at if which is Dated.UNTIL else request.expires_at
    return None if end is None else end - MINUTE
