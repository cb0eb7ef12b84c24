"""The replications of an innovation, for a viewer."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, Replication, ReplicationStatus
from hub.catalogue.replications.permissions import replications_visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError


def replications_of(
    innovation: Innovation, viewer: Viewer, *, limit: int | None = None
) -> Sequence[Replication]:
    """Return the replications that `viewer` may see, in the order in which they began; what was withdrawn is left out.

    Args:
        innovation: an innovation that the viewer may know of.
        viewer: who looks.
        limit: how many at most, or None for all.
    """
    return (
        session()
        .scalars(
            select(Replication)
            .where(
                replications_visible_to(viewer, innovation),
                Replication.status != ReplicationStatus.WITHDRAWN,
            )
            .order_by(Replication.started_on.is_(None), Replication.started_on, Replication.id)
            .limit(limit)
            .options(joinedload(Replication.adopter))
        )
        .all()
    )


def replication_count(innovation: Innovation, viewer: Viewer) -> int:
    """Return how many replications `viewer` may see."""
    counted = session().scalar(
        select(func.count()).where(
            replications_visible_to(viewer, innovation), Replication.status != ReplicationStatus.WITHDRAWN
        )
    )
    return counted or 0


def replication_by_id(innovation: Innovation, public_id: str, viewer: Viewer) -> Replication:
    """Return one replication of the innovation.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    replication = session().scalar(
        select(Replication).where(
            replications_visible_to(viewer, innovation), Replication.public_id == public_id
        )
    )
    if replication is None:
        raise NotFoundError
    return replication
