"""Who may write annexes, and which of them somebody may see; no role opens more."""

from sqlalchemy import ColumnElement, and_, false, select

from hub.access.viewer import Viewer
from hub.catalogue.models import Annex, AnnexLabel, Innovation
from hub.catalogue.permissions import can_speak_for, is_in_audience


def can_write_annexes(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may add, change and remove annexes: who speaks for the owner."""
    return can_speak_for(viewer, innovation)


def can_view_annex(viewer: Viewer, annex: Annex) -> bool:
    """Whether `viewer` may know of the annex. Agrees with `annexes_visible_to`, which a test proves.

    They are inside the audience of both the record and the annex, or speak for the owner now: having registered the
    record is not enough.
    """
    return can_write_annexes(viewer, annex.innovation) or (
        is_in_audience(viewer, annex.innovation) and bool(annex.labels & viewer.labels)
    )


def annexes_visible_to(viewer: Viewer, innovation: Innovation) -> ColumnElement[bool]:
    """Return the SQL condition for the annexes of one innovation, known to `viewer`, that they may see."""
    own = Annex.innovation_id == innovation.id
    if can_write_annexes(viewer, innovation):
        return own
    if not is_in_audience(viewer, innovation):
        return false()
    labelled = select(AnnexLabel.annex_id).where(AnnexLabel.label.in_(sorted(viewer.labels)))
    return and_(own, Annex.id.in_(labelled))
