"""Whom somebody who saw an entry can ask: the organisation that shows it, and presenters who take requests."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest
from hub.collaboration.permissions import requested_by
from hub.core.database import session
from hub.members.messages.permissions import can_write
from hub.members.messages.queries import acquaintance_of
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.organisations.people import speakers
from hub.organisations.permissions import can_view
from hub.organisations.queries import present_ids
from hub.showcases.models import Entry
from hub.showcases.models.entry import STANDING
from hub.showcases.permissions import is_on_entry_side, is_presenter


def can_ask_side(viewer: Viewer, entry: Entry) -> bool:
    """Whether `viewer` may ask who shows an entry for a request: a member who is neither its side nor presents it."""
    return viewer.is_member and not is_on_entry_side(viewer, entry) and not is_presenter(viewer, entry)


def side_reached(viewer: Viewer, entry: Entry) -> list[Organisation | Member]:
    """Return whom of an entry a request of `viewer` would reach: the organisation first, then people.

    Whether somebody blocked the viewer or takes nothing at all is not told apart.
    """
    people = [each.member for each in entry.presenters if each.status in STANDING and each.member is not None]
    if entry.organisation_id is None and entry.proposed_by not in people:
        people.insert(0, entry.proposed_by)
    reached: list[Organisation | Member] = []
    organisation = _organisation(entry)
    if organisation is not None and can_view(viewer, organisation) and speakers(organisation):
        reached.append(organisation)
    return [*reached, *(each for each in people if _takes(viewer, each))]


def asked_before(viewer: Viewer, entry: Entry) -> list[CollaborationRequest]:
    """Return the requests of the viewer's side that were born from an entry, the latest first."""
    found = session().scalars(
        select(CollaborationRequest)
        .where(CollaborationRequest.entry_id == entry.id, requested_by(viewer))
        .order_by(CollaborationRequest.id.desc())
    )
    return list(found)


def _organisation(entry: Entry) -> Organisation | None:
    """Return the organisation that shows an entry, as it is today."""
    if entry.organisation_id is None:
        return None
    present = present_ids({entry.organisation_id})[entry.organisation_id]
    return session().get(Organisation, present)


def _takes(viewer: Viewer, member: Member) -> bool:
    other = acquaintance_of(viewer, member)
    return other.is_known and can_write(viewer, other)
