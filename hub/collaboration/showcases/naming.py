"""Has a request be about a showcase, or be born from one of its entries, as far as its requester may know of them."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.showcases.models import Entry, Showcase
from hub.showcases.models.showcase import SHOWN
from hub.showcases.permissions import in_programme_for, visible_to

MOST_OFFERED = 100
"""Showcases that a form offers, those that begin or began last first."""

NO_SUCH_SHOWCASE = N_("There is no such showcase that you can see.")


def showcases_offered(viewer: Viewer) -> list[Showcase]:
    """Return the showcases that a request of `viewer` can be about, the latest first; drafts are none."""
    found = session().scalars(
        select(Showcase)
        .where(visible_to(viewer), Showcase.status.in_(SHOWN))
        .order_by(Showcase.starts_at.desc(), Showcase.id)
        .limit(MOST_OFFERED)
    )
    return list(found)


def write_showcase(viewer: Viewer, request: CollaborationRequest, showcase_id: int | None) -> None:
    """Have a request be about a showcase that the viewer may know of; one that stands there already may stay.

    Raises:
        InvalidError: there is none, or not for this viewer.
    """
    if showcase_id == request.showcase_id:
        return
    if showcase_id is not None:
        shown = (Showcase.id == showcase_id, visible_to(viewer), Showcase.status.in_(SHOWN))
        if session().scalar(select(Showcase.id).where(*shown)) is None:
            raise InvalidError(NO_SUCH_SHOWCASE, field="showcase")
    # an entry belongs to the showcase that it was shown at
    request.showcase_id, request.entry_id = showcase_id, None


def write_entry(viewer: Viewer, request: CollaborationRequest, entry_id: int | None) -> None:
    """Have a request be born from an entry in the programme of its showcase; one that stands there already may stay.

    Raises:
        InvalidError: there is none, or not for this viewer.
    """
    if entry_id == request.entry_id:
        return
    if entry_id is not None:
        named = (
            Entry.id == entry_id,
            Entry.showcase_id == request.showcase_id,
            in_programme_for(viewer),
        )
        if session().scalar(select(Entry.id).where(*named)) is None:
            raise InvalidError(NO_SUCH_SHOWCASE, field="showcase")
    request.entry_id = entry_id
