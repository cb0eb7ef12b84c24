"""Who of a showcase is told that something happened, always under its label."""

from collections.abc import Callable, Collection

from sqlalchemy import select

from hub.access.viewer import Role, Viewer
from hub.core.database import session
from hub.integrity.queries import deciders
from hub.notifications.service import notify
from hub.organisations.people import speakers_of
from hub.organisations.queries import present_ids
from hub.showcases.models import Entry, Registration, RegistrationStatus, Showcase
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import can_judge, is_on_team


def team_ids(showcase: Showcase) -> frozenset[int]:
    """Return the ids of the curators of a showcase who are coordinators now."""
    return _coordinators(lambda viewer: is_on_team(viewer, showcase))


def judge_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of the curators who may judge an entry."""
    return _coordinators(lambda viewer: can_judge(viewer, entry))


def side_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of who acts for an entry: who proposed it, or the representatives of the owner of today."""
    if entry.organisation_id is None:
        return frozenset({entry.proposed_by_id})
    return speakers_of(set(present_ids({entry.organisation_id}).values()))


def presenter_ids(entry: Entry) -> frozenset[int]:
    """Return the ids of the members who are still meant to present an entry."""
    return frozenset(
        each.member_id for each in entry.presenters if each.member_id is not None and each.status in STANDING
    )


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
    notify((side_ids(entry) | presenter_ids(entry)) - {but}, kind, entry.subject, tlp=entry.showcase.tlp)


def tell_members(member_ids: Collection[int], kind: str, subject: str, showcase: Showcase) -> None:
    """Tell some members of a thing that belongs to a showcase."""
    notify(frozenset(member_ids), kind, subject, tlp=showcase.tlp)


def _coordinators(fits: Callable[[Viewer], bool]) -> frozenset[int]:
    found = (each.member_id for each in deciders(frozenset({Role.COORDINATOR})) if fits(each))
    return frozenset(number for number in found if number is not None)
