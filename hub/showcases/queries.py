"""Showcases, entries and slots by their addresses, for a viewer."""

from sqlalchemy import ColumnElement, or_, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.models import Entry, Showcase
from hub.showcases.permissions import entries_visible_to, on_team_of, visible_to


def showcase_by_slug(slug: str, viewer: Viewer) -> Showcase:
    """Return a showcase that `viewer` may know of, by its slug or its random id.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    return _found(slug, visible_to(viewer))


def curated_showcase(slug: str, viewer: Viewer) -> Showcase:
    """Return a showcase of whose team `viewer` is.

    Raises:
        NotFoundError: there is none, or they are not on its team.
    """
    return _found(slug, on_team_of(viewer))


def _found(slug: str, condition: ColumnElement[bool]) -> Showcase:
    found = session().scalar(
        select(Showcase).where(or_(Showcase.slug == slug, Showcase.public_id == slug), condition)
    )
    if found is None:
        raise NotFoundError
    return found


def entry_by_id(public_id: str, viewer: Viewer) -> Entry:
    """Return an entry that `viewer` may know of.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    found = session().scalar(select(Entry).where(Entry.public_id == public_id, entries_visible_to(viewer)))
    if found is None:
        raise NotFoundError
    return found
