"""What keeps one member from asking for another, or from accepting, in words that betray no block and no answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, or_, select

from hub.access.viewer import Viewer
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.members.introductions.limits import AGAIN_AFTER
from hub.members.introductions.permissions import shows_enough
from hub.members.messages.permissions import can_write, takes_from
from hub.members.messages.queries import acquaintance_of
from hub.members.messages.service import TAKES_NONE
from hub.members.models import Introduction, IntroductionStatus, Member, Profile


class Hindrance(StrEnum):
    """Why somebody cannot ask now."""

    BLOCKED = "blocked"
    """They blocked the other themselves."""
    INTRODUCED = "introduced"
    ASKED_YOU = "asked_you"
    """The other asked them, and waits for an answer."""
    ASKED = "asked"
    """They asked not long ago; what became of it makes no difference."""
    NARROW = "narrow"
    """The other could not read who asks."""
    REFUSED = "refused"
    """The other takes nothing from them; why is not told."""


WORDS = {
    Hindrance.BLOCKED: N_("You blocked this member. End the block to ask for an introduction."),
    Hindrance.INTRODUCED: N_("You and this member are introduced already."),
    Hindrance.ASKED_YOU: N_("This member has asked to be introduced to you. Answer that first."),
    Hindrance.ASKED: N_("You asked this member within the last 90 days. After that you can ask again."),
    Hindrance.NARROW: N_(
        "Your page is not for this member, so they could not see who asks. Choose who can read it in your profile."
    ),
    Hindrance.REFUSED: TAKES_NONE,
}
"""Message ids of what each is called where there is no room for more."""

YOU_BLOCKED = N_("You blocked this member. End the block to accept.")

NOT_NOW = N_("This member cannot be introduced at present.")
"""Said alike where their account rests and where they blocked who reads it."""


@dataclass(frozen=True)
class Hindered:
    """What keeps somebody from asking.

    Args:
        kind: why.
        introduction: the one that stands in the way, which they may see; None where none does.
        again_at: from when on they can ask again; None where that is not a matter of time.
    """

    kind: Hindrance
    introduction: Introduction | None = None
    again_at: datetime | None = None

    @property
    def words(self) -> str:
        """Message id of what is said."""
        return WORDS[self.kind]


def hindered(viewer: Viewer, member: Member) -> Hindered | None:
    """Return what keeps `viewer` from asking to be introduced to `member`, or None.

    What somebody has done themselves comes before what the other may have done: a decline or a block changes none of
    it for as long as an introduction stands in the way.

    Raises:
        NotFoundError: they are no member, or may not see the other's page.
    """
    other = acquaintance_of(viewer, member)
    if not viewer.is_member or viewer.member_id == member.id or not other.is_visible:
        raise NotFoundError
    if other.is_blocked:
        return Hindered(Hindrance.BLOCKED)
    between = _between(viewer, member)
    if between is not None:
        return between
    own, theirs = session().get(Profile, viewer.member_id), session().get_one(Profile, member.id)
    if own is None or not shows_enough(own.audience, theirs.audience):
        return Hindered(Hindrance.NARROW)
    return None if can_write(viewer, other) else Hindered(Hindrance.REFUSED)


def refusal_to_accept(viewer: Viewer, introduction: Introduction) -> str:
    """Return the message id of why who was asked cannot accept now, or nothing."""
    other = acquaintance_of(viewer, introduction.asked_by)
    if other.is_blocked:
        return YOU_BLOCKED
    return "" if takes_from(other) else NOT_NOW


def _between(viewer: Viewer, member: Member) -> Hindered | None:
    """Return the introduction between the two that stands in the way, the one that both agreed to first."""
    moment = clock.now()
    asked = and_(Introduction.asked_by_id == viewer.member_id, Introduction.asked_id == member.id)
    received = and_(Introduction.asked_by_id == member.id, Introduction.asked_id == viewer.member_id)
    latest = select(Introduction).order_by(Introduction.asked_at.desc(), Introduction.id.desc()).limit(1)
    accepted = session().scalar(
        latest.where(
            or_(asked, received),
            Introduction.status == IntroductionStatus.ACCEPTED,
            Introduction.forgotten_at.is_(None),
        )
    )
    if accepted is not None:
        return Hindered(Hindrance.INTRODUCED, accepted)
    waits = session().scalar(
        latest.where(
            received,
            Introduction.is_delivered,
            Introduction.status == IntroductionStatus.ASKED,
            Introduction.expires_at > moment,
        )
    )
    if waits is not None:
        return Hindered(Hindrance.ASKED_YOU, waits)
    # accepted ones do not count: whose contacts are no longer kept can be introduced anew
    lately = session().scalar(
        latest.where(
            asked,
            Introduction.status != IntroductionStatus.ACCEPTED,
            Introduction.asked_at > moment - AGAIN_AFTER,
        )
    )
    return None if lately is None else Hindered(Hindrance.ASKED, lately, lately.asked_at + AGAIN_AFTER)
