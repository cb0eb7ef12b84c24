"""Setting suggestions aside and taking that back: what one member does not want to see again, theirs alone to know."""

from dataclasses import dataclass

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.alerts.things import Thing, describe
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.pagination import Page, PageRequest
from hub.integrity.viewers import viewer_of
from hub.matching.models import Dismissal
from hub.matching.models.dismissal import WORDS_LENGTH
from hub.matching.suggesting.purposes import aim_of, kind_of
from hub.matching.withdrawing import take_back_told
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.profiles.checking import check_text
from hub.vocabularies import vocabulary

MOST = 1_000
"""What one member may have set aside."""

TOO_MANY = N_("You have set %(number)s suggestions aside, which is the most. Take some back first.")

OTHER = "other"
"""The reason that says nothing without words."""


@dataclass(frozen=True)
class SetAside:
    """A dismissal, and what it is about as its member may know it now.

    Args:
        dismissal: the row.
        thing: what was set aside.
        purpose: the request, innovation, entry or country for which it was suggested; None where for themselves.
    """

    dismissal: Dismissal
    thing: Thing
    purpose: Thing | None = None


def dismiss(actor: Member, subject: str, *, purpose: str = "", reason: str, words: str = "") -> Dismissal:
    """Set a suggestion aside until the actor takes it back; doing it again replaces reason and words.

    Args:
        actor: an approved member.
        subject: what is suggested, such as `innovation:<public id>`.
        purpose: for what it is suggested, as `hub.matching.suggesting.purposes` says; empty for the actor themselves.
        reason: code of the vocabulary `dismissal_reasons`.
        words: more about it, for the actor alone; needed for another reason.

    Raises:
        ForbiddenError: the actor is not approved.
        NotFoundError: they may not know of the thing, or what it is suggested for is not theirs.
        InvalidError: of `reason` or `words`.
        ConflictError: they have set as many aside as can be kept.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member:
        raise ForbiddenError
    kind, _key = kind_of(subject)
    aim_of(viewer, purpose, kind)
    if subject not in describe({subject}, viewer):
        raise NotFoundError
    words = words.strip()
    _check(reason, words)
    hold_member(actor.id)
    dismissal = _found(actor, subject, purpose)
    if dismissal is None:
        _require_room(actor)
        dismissal = Dismissal(member_id=actor.id, subject=subject, purpose=purpose, reason=reason)
        session().add(dismissal)
    dismissal.reason, dismissal.words, dismissal.dismissed_at = reason, words, clock.now()
    session().flush()
    if not purpose:
        take_back_told(actor.id, subject)
    # whom or what somebody set aside is theirs alone: the log says that they did, not what and why
    record(viewer, Event.MATCHING_DISMISS, f"member:{actor.public_id}")
    return dismissal


def _check(reason: str, words: str) -> None:
    if reason not in vocabulary("dismissal_reasons"):
        raise InvalidError(N_("Choose a reason."), field="reason")
    if reason == OTHER and not words:
        raise InvalidError(N_("Say in a few words what the reason is."), field="words")
    check_text("words", words, WORDS_LENGTH)


def _require_room(actor: Member) -> None:
    """Refuse more than anybody needs: each list of suggestions reads them."""
    kept = select(func.count(Dismissal.id)).where(Dismissal.member_id == actor.id)
    if (session().scalar(kept) or 0) >= MOST:
        raise ConflictError(TOO_MANY, number=MOST)


def _found(actor: Member, subject: str, purpose: str) -> Dismissal | None:
    return session().scalar(
        select(Dismissal).where(
            Dismissal.member_id == actor.id, Dismissal.subject == subject, Dismissal.purpose == purpose
        )
    )


def restore(actor: Member, public_id: str) -> None:
    """Let something that the actor set aside be suggested again.

    Args:
        actor: who set it aside.
        public_id: of the dismissal.

    Raises:
        NotFoundError: there is no such dismissal of theirs.
    """
    viewer = viewer_of(actor)
    # of two clicks the second finds nothing
    hold_member(actor.id)
    dismissal = session().scalar(
        select(Dismissal).where(Dismissal.public_id == public_id, Dismissal.member_id == actor.id)
    )
    if dismissal is None or not viewer.is_member:
        raise NotFoundError
    session().delete(dismissal)
    session().flush()
    record(viewer, Event.MATCHING_RESTORE, f"member:{actor.public_id}")


def dismissals_of(viewer: Viewer, page: PageRequest, language: str = "") -> Page[SetAside]:
    """Return a page of what `viewer` set aside, the latest first; without what they may no longer know of.

    Such are counted all the same, since only one page is described.

    Args:
        viewer: who set it aside.
        page: which page.
        language: BCP 47 tag of the reader's language, for what things are called.
    """
    if not viewer.is_member:
        return Page((), 0, page)
    mine = Dismissal.member_id == viewer.member_id
    total = session().scalar(select(func.count(Dismissal.id)).where(mine)) or 0
    rows = session().scalars(
        select(Dismissal)
        .where(mine)
        .order_by(Dismissal.dismissed_at.desc(), Dismissal.id.desc())
        .offset(page.offset)
        .limit(page.per_page)
    )
    found = rows.all()
    named = {each.subject for each in found} | {each.purpose for each in found if each.purpose}
    things = describe(named, viewer, language)
    known = [
        SetAside(each, things[each.subject], things.get(each.purpose))
        for each in found
        if each.subject in things and (not each.purpose or each.purpose in things)
    ]
    return Page(known, total, page)
