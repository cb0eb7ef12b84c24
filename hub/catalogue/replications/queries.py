"""The replications of an innovation, for a viewer."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, Replication, ReplicationStatus
from hub.catalogue.permissions import registered_by, visible_to
from hub.catalogue.replications.permissions import can_confirm, replications_visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError

MAX_WAITING = 200
"""The most claims that the list of those to confirm shows."""


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


def claims_to_confirm(viewer: Viewer, innovation: Innovation | None = None) -> list[Replication]:
    """Return the claims that wait for `viewer` to confirm or dispute them, the oldest first.

    Args:
        viewer: somebody who speaks for an adopter or an owner; for all others the list is empty.
        innovation: the only innovation to look at, or None for all that the viewer may know of.
    """
    if viewer.member_id is None:
        return []
    represented = sorted(viewer.represents)
    found = session().scalars(
        select(Replication)
        .join(Replication.innovation)
        .where(
            Replication.status == ReplicationStatus.CLAIMED,
            visible_to(viewer),
            or_(
                Replication.adopter_id.in_(represented),
                Innovation.owner_id.in_(represented),
                registered_by(viewer),
            ),
            *([] if innovation is None else [Replication.innovation_id == innovation.id]),
        )
        .order_by(Replication.claimed_at, Replication.id)
        .limit(MAX_WAITING)
        .options(
            joinedload(Replication.adopter),
            joinedload(Replication.innovation)
            .joinedload(Innovation.published_revision)
            .selectinload(InnovationRevision.texts),
        )
    )
    return [each for each in found if can_confirm(viewer, each)]
