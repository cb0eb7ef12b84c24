"""What one member was told, and how often they want it mailed; nobody reads the notifications of others."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select

from hub.access.audience import Tlp
from hub.core.database import session
from hub.core.pagination import Page, PageRequest
from hub.notifications.kinds import USUAL
from hub.notifications.models import Frequency, Notification, NotificationPreference, Topic


def notifications_of(member_id: int, page: PageRequest, *, unread_only: bool = False) -> Page[Notification]:
    """Return a page of what a member was told, the newest first."""
    conditions = [Notification.member_id == member_id]
    if unread_only:
        conditions.append(Notification.read_at.is_(None))
    found = (
        session()
        .scalars(
            select(Notification)
            .where(*conditions)
            .order_by(Notification.created_at.desc(), Notification.id.desc())
            .offset(page.offset)
            .limit(page.per_page)
        )
        .all()
    )
    total = session().scalar(select(func.count()).select_from(Notification).where(*conditions)) or 0
    return Page(found, total, page)


def newest_unread(member_id: int, limit: int) -> Sequence[Notification]:
    """Return what a member was told last and has not read, the newest first, without counting the rest."""
    return (
        session()
        .scalars(
            select(Notification)
            .where(Notification.member_id == member_id, Notification.read_at.is_(None))
            .order_by(Notification.created_at.desc(), Notification.id.desc())
            .limit(limit)
        )
        .all()
    )


def unread_count(member_id: int) -> int:
    """Return how many notifications a member has not read."""
    return session().scalar(UNREAD, {"member_id": member_id}) or 0


UNREAD = (
    select(func.count())
    .select_from(Notification)
    .where(Notification.member_id == bindparam("member_id"), Notification.read_at.is_(None))
)
"""Made once, for every page of somebody signed in asks it."""


def unread_by(
    member_ids: Collection[int],
    kind: str,
    subjects: Collection[str] | Select[str],
    *,
    tlp: Tlp | None = None,
    since: datetime | None = None,
) -> frozenset[int]:
    """Return the ids of those who were told something and have not read it yet.

    Args:
        member_ids: who is asked about.
        kind: of the notification.
        subjects: what it may be about, or the select of them.
        tlp: the label under which it was told; any unless given.
        since: only what was told from this moment on.
    """
    found = select(Notification.member_id).where(
        Notification.member_id.in_(sorted(member_ids)),
        Notification.kind == kind,
        Notification.subject.in_(subjects),
        Notification.read_at.is_(None),
    )
    if tlp is not None:
        found = found.where(Notification.tlp == tlp)
    if since is not None:
        found = found.where(Notification.created_at >= since)
    return frozenset(session().scalars(found))


def frequencies_of(member_ids: Collection[int], topic: Topic) -> dict[int, Frequency]:
    """Return how often members want one topic mailed, by id; those who chose nothing are left out."""
    rows = session().execute(
        select(NotificationPreference.member_id, NotificationPreference.frequency).where(
            NotificationPreference.member_id.in_(sorted(member_ids)), NotificationPreference.topic == topic
        )
    )
    return {row.member_id: row.frequency for row in rows}


def chosen_frequencies(member_ids: Collection[int]) -> dict[tuple[int, Topic], Frequency]:
    """Return all that members chose, by id and topic."""
    rows = session().execute(
        select(
            NotificationPreference.member_id, NotificationPreference.topic, NotificationPreference.frequency
        ).where(NotificationPreference.member_id.in_(sorted(member_ids)))
    )
    return {(row.member_id, row.topic): row.frequency for row in rows}


def preferences_of(member_id: int) -> dict[Topic, Frequency]:
    """Return how often a member wants each topic mailed, chosen or usual."""
    chosen = session().execute(
        select(NotificationPreference.topic, NotificationPreference.frequency).where(
            NotificationPreference.member_id == member_id
        )
    )
    return {**USUAL, **{row.topic: row.frequency for row in chosen}}
