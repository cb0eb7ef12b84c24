"""Showcases, entries and slots by their addresses, for a viewer."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Select, String, bindparam, or_, select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.showcases.models import Entry, Showcase
from hub.showcases.permissions import entries_visible_to, on_team_of, visible_to

ADDRESS = bindparam("address", type_=String)


def showcase_by_slug(slug: str, viewer: Viewer) -> Showcase:
    """Return a showcase that `viewer` may know of, by its slug or its random id.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    return _found(_visible(viewer), slug)


def curated_showcase(slug: str, viewer: Viewer) -> Showcase:
    """Return a showcase of whose team `viewer` is.

    Raises:
        NotFoundError: there is none, or they are not on its team.
    """
    return _found(_by_address(on_team_of(viewer)), slug)


@lru_cache(maxsize=64)
def _visible(viewer: Viewer) -> Select[Showcase]:
    """Return the query for a showcase that one viewer may know of; to build it takes longer than to run it."""
    return _by_address(visible_to(viewer))


def _by_address(condition: ColumnElement[bool]) -> Select[Showcase]:
    return select(Showcase).where(or_(Showcase.slug == ADDRESS, Showcase.public_id == ADDRESS), condition)


def _found(query: Select[Showcase], slug: str) -> Showcase:
    found = session().scalar(query, {"address": slug})
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
