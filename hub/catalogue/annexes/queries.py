"""The annexes of an innovation, for a viewer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.annexes.permissions import annexes_visible_to, can_view_annex
from hub.catalogue.models import Annex, Innovation
from hub.core.database import session
from hub.core.errors import NotFoundError


def annexes_of(innovation: Innovation, viewer: Viewer) -> Sequence[Annex]:
    """Return the annexes that `viewer` may see, in the order in which they were added."""
    return (
        session()
        .scalars(
            select(Annex)
            .where(annexes_visible_to(viewer, innovation))
            .order_by(Annex.id)
            .options(joinedload(Annex.file), selectinload(Annex.label_rows))
        )
        .all()
    )


def annex_by_id(innovation: Innovation, public_id: str, viewer: Viewer) -> Annex:
    """Return one annex of the innovation.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    annex = session().scalar(
        select(Annex).where(Annex.innovation_id == innovation.id, Annex.public_id == public_id)
    )
    if annex is None or not can_view_annex(viewer, annex):
        raise NotFoundError
    return annex
