"""The evidence of an innovation, for a viewer."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from hub.access.viewer import Viewer
from hub.catalogue.evidence.permissions import evidence_visible_to
from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, Replication
from hub.core.database import session
from hub.core.errors import NotFoundError


def evidence_of(innovation: Innovation, viewer: Viewer, *, limit: int | None = None) -> Sequence[Evidence]:
    """Return what `viewer` may see of the evidence, what was accepted first.

    Then what is about the innovation itself, then what is about a replication; of each the newest first.

    Args:
        innovation: an innovation that the viewer may know of.
        viewer: who looks.
        limit: how many at most, or None for all.
    """
    return (
        session()
        .scalars(
            select(Evidence)
            .where(evidence_visible_to(viewer, innovation))
            .order_by(
                (Evidence.status == EvidenceStatus.ACCEPTED).desc(),
                Evidence.replication_id.is_(None).desc(),
                Evidence.year.desc(),
                Evidence.id.desc(),
            )
            .limit(limit)
            .options(
                joinedload(Evidence.file),
                joinedload(Evidence.replication).joinedload(Replication.adopter),
                joinedload(Evidence.added_by),
            )
        )
        .all()
    )


def evidence_count(innovation: Innovation, viewer: Viewer) -> int:
    """Return how many pieces of evidence `viewer` may see."""
    counted = session().scalar(select(func.count()).where(evidence_visible_to(viewer, innovation)))
    return counted or 0


def evidence_by_id(innovation: Innovation, public_id: str, viewer: Viewer) -> Evidence:
    """Return one piece of the innovation's evidence.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    evidence = session().scalar(
        select(Evidence).where(evidence_visible_to(viewer, innovation), Evidence.public_id == public_id)
    )
    if evidence is None:
        raise NotFoundError
    return evidence
