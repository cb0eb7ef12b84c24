"""Once a week, tells who chose it what is new among their suggestions: a few, none twice; the digests take it along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, zip_longest

from sqlalchemy import func, or_, select

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.alerts.things import describe
from hub.core import clock
from hub.core.database import session
from hub.core.pagination import Page, PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.index.index import MatchIndex
from hub.matching.models import Dismissal, SuggestionRound, SuggestionTold
from hub.matching.parts import Part
from hub.matching.suggesting.innovations import innovations_for_me
from hub.matching.suggesting.people import people_for_me
from hub.matching.suggesting.requests import requests_for_me
from hub.matching.suggesting.suggestion import Suggestion
from hub.matching.withdrawing import TOLD_AS
from hub.members.holding import hold_member
from hub.members.models import Member, MemberStatus
from hub.notifications.digests import begins_at, period_of
from hub.notifications.models import Frequency, Notification, NotificationPreference, Topic
from hub.notifications.queries import frequencies_of
from hub.notifications.service import notify

MOST = 5
"""Suggestions that a member is told of in a week, and that wait for their digest at most."""

LEAST_SCORE = 25.0
"""Points below which nothing is told by mail; the pages show it all the same."""

BEFORE = timedelta(hours=12)
"""How long before the weekly digests are made it is begun to look what is new."""

LOOKED_AT = tuple(PageRequest(number, 10) for number in (1, 2, 3))
"""How far down each list it is looked, one page after the other while too little is new."""


@dataclass(frozen=True)
class New:
    """What is new among a member's suggestions.

    Args:
        subject: what it is, as the audit log names it.
        kind: the kind of notification that says why, by what fits best.
    """

    subject: str
    kind: str


Suggest = Callable[[MatchIndex, Viewer, PageRequest], Page[Suggestion]]


def week_of(moment: datetime) -> date:
    """Return the week that is looked for at `moment`, by the Monday on which its digests are made."""
    return period_of(Frequency.WEEKLY, moment + BEFORE)


def due_members(week: date, limit: int, *, after: int = 0) -> Sequence[int]:
    """Return the ids of members for whom it was not looked yet, in order; who chose it since waits for the next week.

    Args:
        week: as `week_of` gives it.
        limit: how many at most.
        after: only ids above this one.
    """
    found = session().scalars(
        select(NotificationPreference.member_id)
        .join(Member, Member.id == NotificationPreference.member_id)
        .outerjoin(SuggestionRound, SuggestionRound.member_id == NotificationPreference.member_id)
        .where(
            NotificationPreference.topic == Topic.MATCHES,
            NotificationPreference.frequency != Frequency.OFF,
            NotificationPreference.chosen_at < begins_at(week) - BEFORE,
            Member.status == MemberStatus.APPROVED,
            or_(SuggestionRound.week.is_(None), SuggestionRound.week < week),
            NotificationPreference.member_id > after,
        )
        .order_by(NotificationPreference.member_id)
        .limit(limit)
    )
    return found.all()


def new_suggestions(index: MatchIndex, member: Member) -> list[New]:
    """Return what is suggested to a member and was never told, the best first.

    The kinds take turns, so that five are not five of one.

    Raises:
        UnavailableError: the index is being prepared.
    """
    viewer = viewer_of(member)
    if not viewer.is_member:
        return []
    lists: tuple[Suggest, ...] = (innovations_for_me, requests_for_me, people_for_me)
    turns = chain.from_iterable(zip_longest(*(_new_in(each, index, member, viewer) for each in lists)))
    return [each for each in turns if each is not None]


def told_as(suggestion: Suggestion) -> str:
    """Return the kind of notification that names the part that fits best, of those that say what it is about."""
    told = TOLD_AS[suggestion.kind]
    fitting = [each for each in suggestion.match.matched if each.part in told]
    best = max(fitting, key=lambda each: each.points, default=None)
    return told[best.part if best else Part.WORDS]


def tell_suggestions(member: Member, week: date, found: Sequence[New]) -> int:
    """Tell a member of the first few of `found`, once a week; return of how many.

    What they may not know of any more, set aside or were told of meanwhile is left out, and so is what is TLP:RED. What
    waits from weeks before counts, so that no mail names more than the most.

    Args:
        member: who is told.
        week: as `week_of` gives it.
        found: what `new_suggestions` returned, the best first.
    """
    hold_member(member.id)
    if not _take_turn(member, week):
        return 0
    chosen = frequencies_of([member.id], Topic.MATCHES).get(member.id, Frequency.OFF)
    if chosen is Frequency.OFF:
        return 0
    viewer = viewer_of(member)
    kinds = {each.subject: each.kind for each in found}
    things = describe(kinds, viewer)
    told = [each for each in _allowed(member, viewer, [*kinds]) if things[each].tlp is not Tlp.RED]
    told = told[: max(0, MOST - _waiting(member))]
    # the newest stands first in a mail, so the best is told last
    for subject in reversed(told):
        session().add(SuggestionTold(member_id=member.id, subject=subject, told_at=clock.now()))
        notify([member.id], kinds[subject], subject, tlp=things[subject].tlp)
    session().flush()
    return len(told)


def _new_in(suggest: Suggest, index: MatchIndex, member: Member, viewer: Viewer) -> list[New]:
    """Return the first of one list that are worth telling and new, the best first."""
    found: list[New] = []
    for asked in LOOKED_AT:
        page = suggest(index, viewer, asked)
        worth = {each.subject: told_as(each) for each in page.items if each.score >= LEAST_SCORE}
        found += [New(each, worth[each]) for each in _allowed(member, viewer, [*worth])]
        if len(found) >= MOST or page.number >= page.last:
            break
    return found[:MOST]


def _allowed(member: Member, viewer: Viewer, subjects: Sequence[str]) -> list[str]:
    """Return those of `subjects` that the member may know of, was never told of and did not set aside."""
    wanted = sorted(set(subjects))
    told = session().scalars(
        select(SuggestionTold.subject).where(
            SuggestionTold.member_id == member.id, SuggestionTold.subject.in_(wanted)
        )
    )
    aside = session().scalars(
        select(Dismissal.subject).where(
            Dismissal.member_id == member.id, Dismissal.purpose == "", Dismissal.subject.in_(wanted)
        )
    )
    gone = {*told, *aside}
    known = describe([each for each in wanted if each not in gone], viewer)
    return [each for each in dict.fromkeys(subjects) if each in known]


def _take_turn(member: Member, week: date) -> bool:
    """Note that it was looked for a member this week; False where somebody else has done it."""
    present = session().get(SuggestionRound, member.id, populate_existing=True)
    if present is None:
        session().add(SuggestionRound(member_id=member.id, week=week))
    elif present.week >= week:
        return False
    else:
        present.week, present.made_at = week, clock.now()
    session().flush()
    return True


def _waiting(member: Member) -> int:
    """Return how many suggestions the next digest of a member names already."""
    counted = session().scalar(
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.member_id == member.id,
            Notification.topic == Topic.MATCHES,
            Notification.waits,
            Notification.read_at.is_(None),
        )
    )
    return counted or 0
