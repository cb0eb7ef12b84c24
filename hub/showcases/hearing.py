"""Of which entries a curator may hear: none with whose parties they have a conflict, as `involvement_in` names them."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionOrganisation
from hub.showcases.models import Entry, EntryPresenter


def may_hear_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the SQL condition for entries with whose parties `viewer` has no conflict; never unknown.

    It agrees with `permissions.entry_conflict`, which a test proves.
    """
    tied = sorted(viewer.organisations | {each.organisation_id for each in viewer.interests})
    recused = sorted(viewer.recusals)
    entries = [each.removeprefix("entry:") for each in recused if each.startswith("entry:")]
    innovations = [each.removeprefix("innovation:") for each in recused if each.startswith("innovation:")]
    presented = select(EntryPresenter.entry_id).where(EntryPresenter.member_id == viewer.member_id)
    of_innovation = select(Innovation.id).where(
        or_(
            Innovation.registered_by_id == viewer.member_id,
            Innovation.owner_id.in_(tied),
            Innovation.public_id.in_(innovations),
        )
    )
    of_revision = (
        select(Innovation.id)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(RevisionOrganisation, RevisionOrganisation.revision_id == InnovationRevision.id)
        .where(RevisionOrganisation.organisation_id.in_(tied))
    )
    # withdrawn and proposed anew it is still what they recused themselves from
    attempt = aliased(Entry)
    recused_before = (
        exists()
        .where(
            attempt.public_id.in_(entries),
            attempt.showcase_id == Entry.showcase_id,
            attempt.innovation_id == Entry.innovation_id,
        )
        .correlate(Entry)
    )
    return and_(
        Entry.proposed_by_id != viewer.member_id,
        or_(Entry.organisation_id.is_(None), Entry.organisation_id.not_in(tied)),
        ~recused_before,
        Entry.id.not_in(presented),
        Entry.innovation_id.not_in(of_innovation),
        Entry.innovation_id.not_in(of_revision),
    )
