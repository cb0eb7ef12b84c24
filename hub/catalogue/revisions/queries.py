"""The revisions of an innovation, for a viewer."""

from collections.abc import Sequence

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, RevisionStatus
from hub.catalogue.revisions.permissions import can_view_revision, revisions_visible_to
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest

IS_APPROVED = InnovationRevision.status == RevisionStatus.APPROVED


def shown_revisions(
    innovation: Innovation, viewer: Viewer, *, limit: int | None = None
) -> Sequence[InnovationRevision]:
    """Return the approved revisions that `viewer` may read, the newest first.

    Args:
        innovation: an innovation that the viewer may know of.
        viewer: who looks.
        limit: how many at most, or None for all.
    """
    return (
        session()
        .scalars(
            select(InnovationRevision)
            .where(revisions_visible_to(viewer, innovation), IS_APPROVED)
            .order_by(InnovationRevision.number.desc())
            .limit(limit)
        )
        .all()
    )


def revisions_of(innovation: Innovation, viewer: Viewer, page: PageRequest) -> Page[InnovationRevision]:
    """Return one page of all the revisions that `viewer` may read, approved or not, the newest first."""
    condition = revisions_visible_to(viewer, innovation)
    found = session().scalars(
        select(InnovationRevision)
        .where(condition)
        .order_by(InnovationRevision.number.desc())
        .offset(page.offset)
        .limit(page.per_page)
    )
    total = session().scalar(select(func.count()).select_from(InnovationRevision).where(condition))
    return Page(found.all(), total or 0, page)


def revision_by_number(innovation: Innovation, number: int, viewer: Viewer) -> InnovationRevision:
    """Return one revision of the innovation.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    revision = session().scalar(
        select(InnovationRevision).where(
            InnovationRevision.innovation_id == innovation.id, InnovationRevision.number == number
        )
    )
    if revision is None or not can_view_revision(viewer, revision):
        raise NotFoundError
    return revision


def approved_before(revision: InnovationRevision, viewer: Viewer) -> InnovationRevision | None:
    """Return the last approved revision before this one that `viewer` may read, or None."""
    return session().scalar(
        select(InnovationRevision)
        .where(
            revisions_visible_to(viewer, revision.innovation),
            IS_APPROVED,
            InnovationRevision.number < revision.number,
        )
        .order_by(InnovationRevision.number.desc())
        .limit(1)
    )


def last_revision(innovation: Innovation) -> InnovationRevision:
    """Return what `Innovation.latest_revision` is, without reading the others; the caller knows who may see it."""
    return (
        session()
        .scalars(
            select(InnovationRevision)
            .where(InnovationRevision.innovation_id == innovation.id)
            .order_by(InnovationRevision.number.desc())
            .limit(1)
        )
        .one()
    )
