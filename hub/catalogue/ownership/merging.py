"""Records, replications, claims and offers of an organisation that is merged into another one follow it.

What was approved stays as it was written; pages lead from there to what the organisation became.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.documents import search_document
from hub.catalogue.evidence.service import refresh_level
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    OfferStatus,
    OwnershipOffer,
    RecordClaim,
    Replication,
    ReplicationStatus,
    RevisionOrganisation,
    RevisionStatus,
)
from hub.catalogue.ownership.lifecycle import OFFERS
from hub.core import clock
from hub.core.database import session
from hub.members.models import Member
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership
from hub.search.service import queue_document
from hub.vetting.models import OrganisationMerge
from hub.vetting.organisations.merging import MERGED, approve_merge, keeps_people

UNSYNCHRONISED = {"synchronize_session": False}


@dataclass(frozen=True)
class Moves:
    """How much follows an organisation into another one, for who decides.

    Args:
        members: who belongs to the other one afterwards.
        leaving: whose membership ends, as the hub does not vouch alike for both.
        innovations: what it owns.
        replications: what it took up.
    """

    members: int
    leaving: int
    innovations: int
    replications: int


def what_moves(merge: OrganisationMerge) -> Moves:
    """Return how much would follow, and how many people would not; the viewer may decide the merge."""
    number = merge.organisation_id
    counts = (
        select(func.count(OrganisationMembership.id)).where(
            OrganisationMembership.organisation_id == number,
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        ),
        select(func.count(Innovation.id)).where(Innovation.owner_id == number),
        select(func.count(Replication.id)).where(Replication.adopter_id == number),
    )
    people, innovations, replications = (
        session().execute(select(*(each.scalar_subquery() for each in counts))).one()
    )
    follow = keeps_people(merge.organisation, merge.into)
    return Moves(people if follow else 0, 0 if follow else people, innovations, replications)


def merge_organisations(actor: Member, merge: OrganisationMerge) -> None:
    """Agree to a merge and let all that hangs on the one organisation follow into the other.

    Raises:
        NotFoundError: the actor is no coordinator.
        ForbiddenError: the actor proposed it, or has a conflict of interest.
        ConflictError: it was decided meanwhile, one of the two was merged before, or who proposed it may not any more.
    """
    viewer = approve_merge(actor, merge)
    organisation, into = merge.organisation, merge.into
    owned = _innovations(Innovation.owner_id == organisation.id)
    adopted = _innovations(
        Innovation.id.in_(
            select(Replication.innovation_id).where(Replication.adopter_id.in_((organisation.id, into.id)))
        )
    )
    _withdraw_offers_between(viewer, organisation, into)
    _move_rows(organisation, into)
    session().expire_all()
    for innovation in {each.id: each for each in (*owned, *adopted)}.values():
        refresh_level(innovation)
    for innovation in owned:
        if innovation.is_shown:
            queue_document(search_document(innovation), narrows=False)


def _move_rows(organisation: Organisation, into: Organisation) -> None:
    session().execute(
        update(Innovation).where(Innovation.owner_id == organisation.id).values(owner_id=into.id),
        execution_options=UNSYNCHRONISED,
    )
    session().execute(
        update(RecordClaim)
        .where(RecordClaim.organisation_id == organisation.id)
        .values(organisation_id=into.id),
        execution_options=UNSYNCHRONISED,
    )
    _move_replications(organisation, into)
    # what was offered by the one to the other stays as it was
    session().execute(
        update(OwnershipOffer)
        .where(
            OwnershipOffer.from_organisation_id == organisation.id,
            OwnershipOffer.to_organisation_id != into.id,
        )
        .values(from_organisation_id=into.id),
        execution_options=UNSYNCHRONISED,
    )
    session().execute(
        update(OwnershipOffer)
        .where(
            OwnershipOffer.to_organisation_id == organisation.id,
            OwnershipOffer.from_organisation_id != into.id,
        )
        .values(to_organisation_id=into.id),
        execution_options=UNSYNCHRONISED,
    )
    unapproved = select(InnovationRevision.id).where(InnovationRevision.status != RevisionStatus.APPROVED)
    session().execute(
        update(RevisionOrganisation)
        .where(
            RevisionOrganisation.organisation_id == organisation.id,
            RevisionOrganisation.revision_id.in_(unapproved),
        )
        .values(organisation_id=into.id),
        execution_options=UNSYNCHRONISED,
    )


def _move_replications(organisation: Organisation, into: Organisation) -> None:
    """Move what `into` did not do already: of two that tell of the same innovation and country both stay."""
    other = aliased(Replication)
    is_told = exists().where(
        other.innovation_id == Replication.innovation_id,
        other.adopter_id == into.id,
        other.country == Replication.country,
        other.status != ReplicationStatus.WITHDRAWN,
    )
    session().execute(
        update(Replication)
        .where(
            Replication.adopter_id == organisation.id,
            or_(Replication.status == ReplicationStatus.WITHDRAWN, ~is_told),
        )
        .values(adopter_id=into.id),
        execution_options=UNSYNCHRONISED,
    )


def _withdraw_offers_between(viewer: Viewer, organisation: Organisation, into: Organisation) -> None:
    both = (organisation.id, into.id)
    waiting = session().scalars(
        select(OwnershipOffer).where(
            OwnershipOffer.status == OfferStatus.OFFERED,
            OwnershipOffer.from_organisation_id.in_(both),
            OwnershipOffer.to_organisation_id.in_(both),
        )
    )
    for offer in waiting.all():
        OFFERS.move(offer, "withdraw", answered_at=clock.now())
        record(viewer, Event.INNOVATION_WITHDRAW_OFFER, offer.innovation.subject, reason=MERGED)


def _innovations(condition: ColumnElement[bool]) -> Sequence[Innovation]:
    return session().scalars(select(Innovation).where(condition).order_by(Innovation.id)).all()
