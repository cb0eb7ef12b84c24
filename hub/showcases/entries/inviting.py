"""Whom the side of an entry may name as presenters: members inside the audience who can be written to."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.messages.permissions import can_write
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Member
from hub.showcases.models import Entry, EntryPresenter, Showcase, Slot
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import is_on_team

NOT_THERE = N_("This member is not there, or not any more. Choose again.")
OUTSIDE = N_("%(name)s is outside the audience of this showcase, so they could not present there.")
TAKES_NONE = N_("%(name)s takes nothing from you through the hub, so you cannot name them.")
NAMED_ALREADY = N_("%(name)s is named already.")
ELSEWHERE = N_("%(name)s presents another entry at the same time. Choose somebody else.")
IS_CURATOR = N_("%(name)s cannot be named for this showcase. Choose somebody else.")


def check_named(viewer: Viewer, entry: Entry, member: Member) -> None:
    """Refuse a member whom `viewer` cannot name as a presenter of an entry; anybody may name themselves.

    Nobody else names a curator of the team: who presents an entry may not judge it, so naming them would choose the
    judges.

    Raises:
        InvalidError: with field `member`; names them where the viewer may know them.
    """
    if any(each.member_id == member.id for each in entry.presenters):
        raise InvalidError(NAMED_ALREADY, field="member", name=member.display_name)
    if member.id != viewer.member_id:
        other = acquaintance_of(viewer, member)
        if not other.is_known:
            raise InvalidError(NOT_THERE, field="member")
        if not can_write(viewer, other):
            raise InvalidError(TAKES_NONE, field="member", name=member.display_name)
        if is_on_team(viewer_of(member), entry.showcase):
            raise InvalidError(IS_CURATOR, field="member", name=member.display_name)
    if not is_invitable(member, entry.showcase):
        raise InvalidError(OUTSIDE, field="member", name=member.display_name)
    # before, it would tell of entries that nobody knows yet; publishing looks through all of them
    if entry.showcase.is_programme_public and _presents_meanwhile(member, entry):
        raise InvalidError(ELSEWHERE, field="member", name=member.display_name)


def _presents_meanwhile(member: Member, entry: Entry) -> bool:
    """Whether a member presents another entry while this one has its slot."""
    slot = session().scalar(select(Slot).where(Slot.entry_id == entry.id))
    if slot is None:
        return False
    other = (
        select(Slot.id)
        .join(EntryPresenter, EntryPresenter.entry_id == Slot.entry_id)
        .where(
            Slot.showcase_id == entry.showcase_id,
            Slot.id != slot.id,
            Slot.starts_at < slot.ends_at,
            Slot.ends_at > slot.starts_at,
            EntryPresenter.member_id == member.id,
            EntryPresenter.status.in_(STANDING),
        )
    )
    return session().scalar(other.limit(1)) is not None


def is_invitable(member: Member, showcase: Showcase) -> bool:
    """Whether a member is inside the audience of a showcase."""
    viewer = viewer_of(member)
    return viewer.is_member and bool(viewer.labels & showcase.labels)


def member_to_name(public_id: str, viewer: Viewer) -> Member:
    """Return a member whom somebody chose from what a search found; whether they can be named is asked later.

    Raises:
        InvalidError: there is no such member.
    """
    found = session().scalar(select(Member).where(Member.public_id == public_id))
    if found is None or (found.id != viewer.member_id and not acquaintance_of(viewer, found).is_known):
        raise InvalidError(NOT_THERE, field="member")
    return found
