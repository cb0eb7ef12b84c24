"""Escalation of what nobody answers: to the focal points of the country first, later to coordinators."""

from datetime import timedelta

from sqlalchemy import select

from hub.access.audience import Tlp
from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.collaboration.levels.moments import COORDINATORS_AFTER, FOCAL_POINT_AFTER, UNANSWERED
from hub.collaboration.levels.taking import AT_A_TIME, Matter, held, still_waits, take_step, untaken
from hub.collaboration.levels.working_days import working_days_between
from hub.collaboration.models import CollaborationRequest, LevelStep
from hub.collaboration.permissions import is_in_audience
from hub.collaboration.review.parties import free_coordinators, parties_of
from hub.collaboration.telling import receiver_ids, requester_ids
from hub.core import clock
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.notifications.queries import unread_by
from hub.notifications.service import notify
from hub.vetting.queries import focal_points_of

AFTER = {LevelStep.FOCAL_POINT: FOCAL_POINT_AFTER, LevelStep.COORDINATORS: COORDINATORS_AFTER}
"""Working days after which each step is taken."""

KINDS = {LevelStep.FOCAL_POINT: "unanswered_in_country", LevelStep.COORDINATORS: "unanswered_long"}
"""What is told: that something waits, under its label."""

QUIET_FOR = timedelta(days=1)
"""How long nobody is told the same again who has not read it yet."""


def unanswered() -> list[tuple[Matter, LevelStep]]:
    """Return what has been unanswered for so many working days that a step is due, the longest first."""
    now = clock.now()
    return [
        (matter, step)
        for step, days in AFTER.items()
        for matter in _overdue(step, days)[:AT_A_TIME]
        if now > matter.since
    ]


def escalate(key: tuple[Matter, LevelStep]) -> bool:
    """Tell those who may help that something waits for an answer; the log names what it is. Belongs into a transaction.

    The request is named to who is inside its audience, the others hear its label alone. Not told are those who are a
    side of it themselves, and coordinators with a conflict of interest, who may not help. Where a country has no focal
    point, nobody is told before the coordinators.

    Args:
        key: what waits, and which step.

    Returns:
        Whether the step was taken now.
    """
    matter, step = key
    request = held(matter.request_id)
    if not still_waits(matter) or not take_step(matter.subject, step, matter.since):
        return False
    parties = parties_of(request)
    if step is LevelStep.FOCAL_POINT:
        told = _focal_points(matter.country) - parties.member_ids
    else:
        told = free_coordinators(parties)
    _tell(told - requester_ids(request) - receiver_ids(request), KINDS[step], request, Tlp(matter.tlp))
    record(
        VISITOR,
        Event.REQUEST_ESCALATE,
        request.subject,
        reason=step.value,
        after={"subject": matter.subject, "since": matter.since.isoformat()},
    )
    return True


def _tell(member_ids: frozenset[int], kind: str, request: CollaborationRequest, tlp: Tlp) -> None:
    """Tell who may know of a request that it waits, the others that something does; nobody the same twice in a row."""
    members = session().scalars(select(Member).where(Member.id.in_(sorted(member_ids)))).all()
    viewers = viewers_of(members)
    knowing = frozenset(each.id for each in members if is_in_audience(viewers[each.id], request))
    since = clock.now() - QUIET_FOR
    for told, subject in ((knowing, request.subject), (member_ids - knowing, "")):
        notify(told - unread_by(told, kind, [subject], tlp=tlp, since=since), kind, subject, tlp=tlp)


def _overdue(step: LevelStep, days: int) -> list[Matter]:
    now = clock.now()
    # there are never more working days than days, so that most of what is young need not be looked at
    old = untaken(UNANSWERED, step, before=now - timedelta(days=days))
    return [each for each in old if working_days_between(each.since, now, each.country) >= days]


def _focal_points(country: str | None) -> frozenset[int]:
    return frozenset(each.member_id for each in focal_points_of(country)) if country else frozenset()
