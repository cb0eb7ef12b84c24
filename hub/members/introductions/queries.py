"""What pages ask about introductions: for one of its two sides each, and nothing that is the other's alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.members.introductions.limits import AGAIN_AFTER
from hub.members.introductions.permissions import received_by, visible_to
from hub.members.models import Introduction, IntroductionState, IntroductionStatus, Member, Profile
from hub.members.profiles.queries import visible_member_ids


class Box(StrEnum):
    """The two lists of introductions."""

    RECEIVED = "received"
    SENT = "sent"


@dataclass(frozen=True)
class ShownIntroduction:
    """An introduction as one of its two sides may know it.

    Args:
        public_id: its random id.
        is_sent: whether who reads it asked for it.
        name: what the other is called; empty where who reads it may not see their page.
        person: the other's random id; empty where they may not see their page.
        state: how it stands for who reads it.
        asked_at: when it was asked for.
        expires_at: until when it can be answered.
        ended_at: when it was accepted, or when the reader themselves ended it; None else.
        note: why, in the words of who asked; empty once these are no longer kept.
        language: BCP 47 tag of the note.
        about: what it is about, as the audit log names it; whether the reader may see that is still to be asked.
        own_contact: how the reader said that they can be reached.
        their_contact: how the other can be reached, once both agreed.
        is_forgotten: whether words and contacts are no longer kept.
    """

    public_id: str
    is_sent: bool
    name: str
    person: str
    state: IntroductionState
    asked_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    note: str
    language: str
    about: str
    own_contact: str
    their_contact: str
    is_forgotten: bool

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an answer, as far as the reader knows."""
        return self.state is IntroductionState.WAITS


def introductions_of(viewer: Viewer, box: Box, page: PageRequest) -> Page[ShownIntroduction]:
    """Return what `viewer` was asked for, what waits for them first, or what they asked for; the latest first."""
    condition, order = _in_box(viewer, box)
    total = session().scalar(select(func.count(Introduction.id)).where(condition)) or 0
    found = session().scalars(
        select(Introduction)
        .options(joinedload(Introduction.asked_by), joinedload(Introduction.asked))
        .where(condition)
        .order_by(*order, Introduction.asked_at.desc(), Introduction.id.desc())
        .offset(page.offset)
        .limit(page.per_page)
    )
    return Page(_shown(viewer, found.all()), total, page)


def introduction_by_id(public_id: str, viewer: Viewer) -> Introduction:
    """Return an introduction that `viewer` asked for, or that reached them.

    Raises:
        NotFoundError: there is none, or not for them.
    """
    found = session().scalar(
        select(Introduction)
        .options(joinedload(Introduction.asked_by), joinedload(Introduction.asked))
        .where(Introduction.public_id == public_id, visible_to(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


def shown(viewer: Viewer, introduction: Introduction) -> ShownIntroduction:
    """Return an introduction as `viewer`, who is one of its two sides, may know it."""
    return _shown(viewer, [introduction])[0]


def waiting_for(viewer: Viewer) -> int:
    """Return how many introductions wait for the answer of `viewer`."""
    waiting = select(func.count(Introduction.id)).where(received_by(viewer), _waits())
    return session().scalar(waiting) or 0


def asked_lately(viewer: Viewer) -> frozenset[str]:
    """Return the random ids of those whom `viewer` asked of late, or is introduced to: nobody to suggest to them.

    What became of it makes no difference, so that no list of suggestions betrays it.
    """
    mine, other = Introduction.asked_by_id == viewer.member_id, Introduction.asked_id == viewer.member_id
    introduced = and_(Introduction.status == IntroductionStatus.ACCEPTED, Introduction.forgotten_at.is_(None))
    found = session().scalars(
        select(Member.public_id)
        .join(
            Introduction,
            or_(
                and_(mine, Introduction.asked_id == Member.id),
                and_(other, introduced, Introduction.asked_by_id == Member.id),
            ),
        )
        .where(or_(introduced, Introduction.asked_at > clock.now() - AGAIN_AFTER))
    )
    return frozenset(found)


def usual_contact(member: Member) -> str:
    """Return what a member is likely to give as a way to be reached: what their profile holds, else their address."""
    profile = session().get(Profile, member.id)
    given = (profile.contact_email, profile.contact_phone) if profile else ()
    return next(filter(None, given), member.email or "")


def _in_box(viewer: Viewer, box: Box) -> tuple[ColumnElement[bool], tuple[ColumnElement[int], ...]]:
    if box is Box.SENT:
        return Introduction.asked_by_id == viewer.member_id, ()
    return received_by(viewer), (case((_waits(), 0), else_=1),)


def _waits() -> ColumnElement[bool]:
    return and_(Introduction.status == IntroductionStatus.ASKED, Introduction.expires_at > clock.now())


def _shown(viewer: Viewer, introductions: Iterable[Introduction]) -> list[ShownIntroduction]:
    found = list(introductions)
    others = {each.asked_id if _is_sent(viewer, each) else each.asked_by_id for each in found}
    seen = visible_member_ids(others, viewer)
    return [_for_asker(each, seen) if _is_sent(viewer, each) else _for_asked(each, seen) for each in found]


def _is_sent(viewer: Viewer, introduction: Introduction) -> bool:
    return introduction.asked_by_id == viewer.member_id


def _for_asker(introduction: Introduction, seen: frozenset[int]) -> ShownIntroduction:
    is_seen = introduction.asked_id in seen
    return ShownIntroduction(
        public_id=introduction.public_id,
        is_sent=True,
        name=introduction.asked.display_name if is_seen else "",
        person=introduction.asked.public_id if is_seen else "",
        state=introduction.state_for_asker,
        asked_at=introduction.asked_at,
        expires_at=introduction.expires_at,
        ended_at=introduction.accepted_at or introduction.withdrawn_at,
        note=introduction.note,
        language=introduction.language,
        about=introduction.about,
        own_contact=introduction.contact_of_asker,
        # empty until it was accepted: a CHECK of the table says so
        their_contact=introduction.contact_of_asked,
        is_forgotten=introduction.forgotten_at is not None,
    )


def _for_asked(introduction: Introduction, seen: frozenset[int]) -> ShownIntroduction:
    is_seen = introduction.asked_by_id in seen
    state = introduction.state_for_asked
    is_accepted = state is IntroductionState.ACCEPTED
    return ShownIntroduction(
        public_id=introduction.public_id,
        is_sent=False,
        name=introduction.asked_by.display_name if is_seen else "",
        person=introduction.asked_by.public_id if is_seen else "",
        state=state,
        asked_at=introduction.asked_at,
        expires_at=introduction.expires_at,
        ended_at=introduction.ended_at if state is not IntroductionState.UNANSWERED else None,
        note=introduction.note,
        language=introduction.language,
        about=introduction.about,
        own_contact=introduction.contact_of_asked,
        their_contact=introduction.contact_of_asker if is_accepted else "",
        is_forgotten=introduction.forgotten_at is not None,
    )
