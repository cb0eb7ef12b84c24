"""The first steps of what is done to a showcase or an entry: hold the showcase, then see who acts."""

from sqlalchemy.exc import InvalidRequestError

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.showcases.holding import hold_showcase
from hub.showcases.models import Entry, Showcase
from hub.showcases.permissions import can_judge
from hub.showcases.queries import curated_showcase, entry_by_id, showcase_by_slug


def holding_as_reader(actor: Member, showcase: Showcase) -> Viewer:
    """Hold a showcase and return the viewer that `actor` is, if they may know of it.

    Raises:
        NotFoundError: it is not the actor's to see.
    """
    hold_showcase(showcase)
    viewer = viewer_of(actor)
    showcase_by_slug(showcase.public_id, viewer)
    return viewer


def holding_as_curator(actor: Member, showcase: Showcase) -> Viewer:
    """Hold a showcase and return the viewer that `actor` is, if they are on its team.

    Raises:
        NotFoundError: they are not.
    """
    hold_showcase(showcase)
    viewer = viewer_of(actor)
    curated_showcase(showcase.public_id, viewer)
    return viewer


def holding_entry(actor: Member, entry: Entry) -> Viewer:
    """Hold the showcase of an entry, read the entry anew and return the viewer that `actor` is, if they may know of it.

    Raises:
        NotFoundError: the entry is not the actor's to see.
    """
    try:
        hold_showcase(entry.showcase)
        session().refresh(entry)
    except InvalidRequestError:
        # a draft that was discarded in another window
        raise NotFoundError from None
    viewer = viewer_of(actor)
    entry_by_id(entry.public_id, viewer)
    return viewer


def holding_as_judge(actor: Member, entry: Entry) -> Viewer:
    """Hold the showcase of an entry and return the viewer that `actor` is, if they may judge the entry.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they see it, but are not a curator free of conflict with it.
    """
    viewer = holding_entry(actor, entry)
    if not can_judge(viewer, entry):
        raise ForbiddenError
    return viewer
