"""What innovations are called, and evidence and replications after them."""

from sqlalchemy import ColumnElement, String, case, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from hub.access.viewer import Viewer
from hub.alerts.things.naming import Names, named, subject_of
from hub.catalogue.models import Evidence, Innovation, InnovationRevision, Replication
from hub.catalogue.models.content import RevisionText
from hub.catalogue.permissions import visible_to as visible_innovations


def _innovation_names(subject: ColumnElement[str], viewer: Viewer) -> Names:
    """Return a select of every text of the shown revision, or of the latest where none was published."""
    other = aliased(InnovationRevision)
    latest = select(func.max(other.id)).where(other.innovation_id == Innovation.id).scalar_subquery()
    is_source = case((RevisionText.language == InnovationRevision.source_language, 1), else_=0)
    return (
        named(
            subject,
            "innovation",
            Innovation.public_id,
            RevisionText.name,
            language=RevisionText.language,
            is_source=is_source,
            tlp=type_coerce(Innovation.tlp, String),
            also_tlp=type_coerce(InnovationRevision.tlp, String),
        )
        .select_from(Innovation)
        .join(
            InnovationRevision,
            InnovationRevision.id == func.coalesce(Innovation.published_revision_id, latest),
        )
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(visible_innovations(viewer), or_(is_source == 1, RevisionText.name != ""))
    )


def innovations(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of innovations that the viewer may know of."""
    subject = subject_of("innovation", Innovation.public_id)
    return _innovation_names(subject, viewer).where(Innovation.public_id.in_(keys))


def evidence(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of evidence; it stands for its innovation."""
    names = _innovation_names(subject_of("evidence", Evidence.public_id), viewer)
    return names.join(Evidence, Evidence.innovation_id == Innovation.id).where(Evidence.public_id.in_(keys))


def replications(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of replications; they stand for their innovation."""
    names = _innovation_names(subject_of("replication", Replication.public_id), viewer)
    return names.join(Replication, Replication.innovation_id == Innovation.id).where(
        Replication.public_id.in_(keys)
    )
