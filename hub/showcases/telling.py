"""Who of a showcase is told that something happened, always under its label."""

from collections.abc import Callable, Collection

from sqlalchemy import select

from hub.access.viewer import VISITOR, Role, Viewer
from hub.core.database import session
from hub.integrity.queries import deciders
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.notifications.service import notify
from hub.organisations.people import speakers_of
from hub.organisations.queries import present_ids
from hub.showcases.models import Entry, Registration, RegistrationStatus, Showcase
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import can_judge, can_view, is_on_team


def team_ids(showcase: Showcase) -> frozenset[int]:
    """Return the ids of the curators of a showcase who are coordinators now."""
    return _coordinators(lambda viewer: is_on_team(viewer, showcase))


def judge_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of the curators who may judge an entry."""
    return _coordinators(lambda viewer: can_judge(viewer, entry))


def side_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of who acts for an entry: who proposed it, or the representatives of the owner of today.

    Who of them may not know of the showcase is left out.
    """
    return inside(entry.showcase, _spoken_for_by(entry))


def presenter_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of the members who are still meant to present an entry, and may know of the showcase."""
    return inside(entry.showcase, _presented_by(entry))


def registrant_ids(showcase: Showcase, *statuses: RegistrationStatus) -> frozenset[int]:
    """Return the ids of the members whose registration has one of some states."""
    return frozenset(
        number
        for number in session().scalars(
            select(Registration.member_id).where(
                Registration.showcase_id == showcase.id, Registration.status.in_(statuses)
            )
        )
        if number is not None
    )


def tell_team(kind: str, showcase: Showcase, *, but: int | None = None) -> None:
    """Tell the curators of a showcase."""
    notify(team_ids(showcase) - {but}, kind, showcase.subject, tlp=showcase.tlp)


def tell_judges(kind: str, entry: Entry, *, but: int | None = None) -> None:
    """Tell the curators who may judge an entry; who has a conflict with it hears nothing."""
    notify(judge_ids(entry) - {but}, kind, entry.subject, tlp=entry.showcase.tlp)


def tell_side(kind: str, entry: Entry, *, but: int | None = None) -> None:
    """Tell who acts for an entry, and its presenters."""
    told = inside(entry.showcase, _spoken_for_by(entry) | _presented_by(entry))
    notify(told - {but}, kind, entry.subject, tlp=entry.showcase.tlp)


def tell_members(member_ids: Collection[int], kind: str, subject: str, showcase: Showcase) -> None:
    """Tell some members of a thing that belongs to a showcase."""
    notify(frozenset(member_ids), kind, subject, tlp=showcase.tlp)


def inside(showcase: Showcase, member_ids: frozenset[int]) -> frozenset[int]:
    """Return those of some members, by their ids, who may know of a showcase."""
    if not member_ids or can_view(VISITOR, showcase):
        return member_ids
    members = session().scalars(select(Member).where(Member.id.in_(sorted(member_ids)))).all()
    return frozenset(number for number, viewer in viewers_of(members).items() if can_view(viewer, showcase))


def _spoken_for_by(entry: Entry) -> frozenset[int]:
    if entry.organisation_id is None:
        return frozenset({entry.proposed_by_id})
    return speakers_of(set(present_ids({entry.organisation_id}).values()))


def _presented_by(entry: Entry) -> frozenset[int]:
    return frozenset(
        each.member_id for each in entry.presenters if each.member_id is not None and each.status in STANDING
    )


def _coordinators(fits: Callable[[Viewer], bool]) -> frozenset[int]:
    found = (each.member_id for each in deciders(frozenset({Role.COORDINATOR})) if fits(each))
    return frozenset(number for number in found if number is not None)
