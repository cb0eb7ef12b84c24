"""What somebody began and belongs to, each in one query, for the start page."""

from dataclasses import dataclass

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    InnovationStatus,
    RevisionStatus,
)
from hub.catalogue.models.content import RevisionText
from hub.catalogue.permissions import registered_by
from hub.core import clock
from hub.core.database import session
from hub.organisations.models import Organisation
from hub.organisations.permissions import is_not_merged
from hub.vetting.models import OrganisationVerification, VerificationStatus


@dataclass(frozen=True)
class OwnRecord:
    """A record that somebody registered or speaks for.

    Args:
        innovation: the record.
        revision: the one that its owner's side works on, or worked on last.
        name: what that revision calls it, in its source language.
        language: BCP 47 tag of the name.
    """

    innovation: Innovation
    revision: InnovationRevision
    name: str
    language: str


def own_records(viewer: Viewer, limit: int) -> list[OwnRecord]:
    """Return what `viewer` registered or whose owner they speak for; what they should act on first, then the newest."""
    if viewer.member_id is None:
        return []
    own = or_(
        registered_by(viewer),
        and_(Innovation.owner_id.in_(sorted(viewer.represents)), Innovation.is_compiled.is_(False)),
    )
    other = aliased(InnovationRevision)
    latest = select(func.max(other.number)).where(other.innovation_id == Innovation.id).scalar_subquery()
    is_due = and_(
        Innovation.status == InnovationStatus.PUBLISHED,
        Innovation.is_compiled.is_(False),
        Innovation.review_due_at <= clock.now(),
    )
    first = case(
        (is_due, 0),
        (InnovationRevision.status == RevisionStatus.CHANGES_REQUESTED, 1),
        (InnovationRevision.status == RevisionStatus.DRAFT, 2),
        else_=3,
    )
    rows = session().execute(
        select(Innovation, InnovationRevision, RevisionText.name, RevisionText.language)
        .select_from(Innovation)
        .join(
            InnovationRevision,
            and_(InnovationRevision.innovation_id == Innovation.id, InnovationRevision.number == latest),
        )
        .join(
            RevisionText,
            and_(
                RevisionText.revision_id == InnovationRevision.id,
                RevisionText.language == InnovationRevision.source_language,
            ),
        )
        .where(own)
        .order_by(first, InnovationRevision.saved_at.desc(), Innovation.id.desc())
        .limit(limit)
    )
    return [OwnRecord(*row) for row in rows]


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation that somebody belongs to.

    Args:
        organisation: which one.
        is_representative: whether they speak for it.
        is_asked: whether it waits to be verified.
    """

    organisation: Organisation
    is_representative: bool
    is_asked: bool


def own_organisations(viewer: Viewer) -> list[OwnOrganisation]:
    """Return the organisations that `viewer` belongs to, by name."""
    if not viewer.organisations:
        return []
    asked = exists().where(
        OrganisationVerification.organisation_id == Organisation.id,
        OrganisationVerification.status == VerificationStatus.REQUESTED,
    )
    rows = session().execute(
        select(Organisation, asked)
        .where(Organisation.id.in_(sorted(viewer.organisations)), is_not_merged())
        .order_by(Organisation.name, Organisation.id)
    )
    return [OwnOrganisation(each, each.id in viewer.represents, bool(is_asked)) for each, is_asked in rows]
