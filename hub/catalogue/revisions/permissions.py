"""Which revisions of an innovation somebody may read; those on their way only its owner's side."""

from sqlalchemy import ColumnElement, and_, false, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, RevisionLabel, RevisionStatus
from hub.catalogue.permissions import is_in_audience, is_on_owner_side


def can_view_revision(viewer: Viewer, revision: InnovationRevision) -> bool:
    """Whether `viewer` may read the revision. Agrees with `revisions_visible_to`, which a test proves.

    They are inside the audience of the record now and of the revision when it was approved, or on the owner's side.
    """
    return is_on_owner_side(viewer, revision.innovation) or (
        revision.status is RevisionStatus.APPROVED
        and is_in_audience(viewer, revision.innovation)
        and bool(revision.labels & viewer.labels)
    )


def revisions_visible_to(viewer: Viewer, innovation: Innovation) -> ColumnElement[bool]:
    """Return the SQL condition for the revisions of one innovation, known to `viewer`, that they may read."""
    own = InnovationRevision.innovation_id == innovation.id
    if is_on_owner_side(viewer, innovation):
        return own
    if not is_in_audience(viewer, innovation):
        return false()
    labelled = select(RevisionLabel.revision_id).where(RevisionLabel.label.in_(sorted(viewer.labels)))
    return and_(
        own,
        InnovationRevision.status == RevisionStatus.APPROVED,
        InnovationRevision.id.in_(labelled),
    )
