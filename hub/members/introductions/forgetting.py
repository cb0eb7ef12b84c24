"""When introductions end by the clock, and when their words, contacts and rows go: at moments that who asked knows."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, delete, func, or_, select, update

from hub.core import clock
from hub.core.database import session
from hub.members.introductions.lifecycle import INTRODUCTIONS
from hub.members.models import Introduction, IntroductionStatus, Member

WORDS_KEPT = timedelta(days=30)
"""How long note and contact stay after an introduction was taken back or its time was over. That somebody declined
earlier changes nothing of it: who asked could read that from their own page."""

CONTACTS_KEPT = timedelta(days=90)
"""How long both contacts stay after both agreed."""

ROWS_KEPT = timedelta(days=365)
"""How long it is kept that one asked for the other, counted from asking."""

MOST_AT_ONCE = 100


def overdue_introductions() -> Sequence[int]:
    """Return the ids of introductions whose time to answer is over, some at a time."""
    found = session().scalars(
        select(Introduction.id)
        .where(Introduction.status == IntroductionStatus.ASKED, Introduction.expires_at <= clock.now())
        .order_by(Introduction.expires_at, Introduction.id)
        .limit(MOST_AT_ONCE)
    )
    return found.all()


def expire_introduction(number: int) -> bool:
    """End one introduction whose time is over; return whether it was still waiting."""
    introduction = session().get(Introduction, number, with_for_update=True)
    is_over = introduction is not None and introduction.expires_at <= clock.now()
    if introduction is None or not is_over or introduction.status is not IntroductionStatus.ASKED:
        return False
    _expire(introduction)
    return True


def end_overdue(asked_by_id: int | None, asked: Member) -> None:
    """End what the clock has not ended yet between two, before the one asks the other anew."""
    found = session().scalars(
        select(Introduction).where(
            Introduction.asked_by_id == asked_by_id,
            Introduction.asked_id == asked.id,
            Introduction.status == IntroductionStatus.ASKED,
            Introduction.expires_at <= clock.now(),
        )
    )
    for each in found.all():
        _expire(each)


def forget_introductions() -> int:
    """Empty what is no longer kept of introductions, and delete those of a year ago; return how many."""
    moment = clock.now()
    accepted = Introduction.status == IntroductionStatus.ACCEPTED
    ended_at = func.coalesce(Introduction.withdrawn_at, Introduction.expires_at)
    is_over = or_(
        and_(accepted, Introduction.ended_at <= moment - CONTACTS_KEPT),
        and_(~accepted, ended_at <= moment - WORDS_KEPT),
    )
    gone = session().execute(
        delete(Introduction).where(is_over, Introduction.asked_at <= moment - ROWS_KEPT),
        execution_options={"synchronize_session": False},
    )
    emptied = session().execute(
        update(Introduction)
        .where(is_over, Introduction.forgotten_at.is_(None))
        .values(note="", about="", contact_of_asker="", contact_of_asked="", forgotten_at=moment),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount + emptied.rowcount)  # type: ignore[attr-defined]


def introductions_named(member: Member) -> Sequence[str]:
    """Return how notifications name the introductions of somebody who leaves; all of them go with either side."""
    found = session().scalars(
        select(Introduction.public_id).where(
            or_(Introduction.asked_by_id == member.id, Introduction.asked_id == member.id)
        )
    )
    return [f"introduction:{public_id}" for public_id in found]


def _expire(introduction: Introduction) -> None:
    INTRODUCTIONS.move(introduction, "expire", ended_at=introduction.expires_at)
