"""Claims and offers as the people concerned see them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    ClaimStatus,
    Innovation,
    InnovationRevision,
    OfferStatus,
    OwnershipOffer,
    RecordClaim,
)
from hub.catalogue.ownership.permissions import can_offer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.permissions import is_not_merged

MAX_OFFERS = 200
"""The most offers that a member is shown."""


def open_claim(innovation: Innovation, viewer: Viewer) -> RecordClaim | None:
    """Return the claim that waits for a decision, if `viewer` represents the organisation that made it."""
    return session().scalar(
        select(RecordClaim).where(
            RecordClaim.innovation_id == innovation.id,
            RecordClaim.status == ClaimStatus.SUBMITTED,
            RecordClaim.organisation_id.in_(sorted(viewer.represents)),
        )
    )


def last_claim(innovation: Innovation, viewer: Viewer) -> RecordClaim | None:
    """Return the last claim of the organisations that `viewer` represents, decided or not."""
    return session().scalar(
        select(RecordClaim)
        .where(
            RecordClaim.innovation_id == innovation.id,
            RecordClaim.organisation_id.in_(sorted(viewer.represents)),
        )
        .order_by(RecordClaim.id.desc())
        .limit(1)
    )


def open_offer(innovation: Innovation, viewer: Viewer) -> OwnershipOffer | None:
    """Return the offer that waits for an answer, if `viewer` made it or may answer it."""
    offer = session().scalar(
        select(OwnershipOffer).where(
            OwnershipOffer.innovation_id == innovation.id, OwnershipOffer.status == OfferStatus.OFFERED
        )
    )
    if offer is None:
        return None
    return offer if can_offer(viewer, innovation) or offer.to_organisation_id in viewer.represents else None


def offers_to(viewer: Viewer) -> Sequence[OwnershipOffer]:
    """Return the offers that wait for an answer of the organisations that `viewer` represents, the oldest first."""
    return (
        session()
        .scalars(
            select(OwnershipOffer)
            .where(
                OwnershipOffer.status == OfferStatus.OFFERED,
                OwnershipOffer.to_organisation_id.in_(sorted(viewer.represents)),
            )
            .order_by(OwnershipOffer.id)
            .limit(MAX_OFFERS)
            .options(
                joinedload(OwnershipOffer.from_organisation),
                joinedload(OwnershipOffer.to_organisation),
                joinedload(OwnershipOffer.innovation).selectinload(Innovation.label_rows),
                joinedload(OwnershipOffer.innovation)
                .joinedload(Innovation.published_revision)
                .options(selectinload(InnovationRevision.texts), selectinload(InnovationRevision.label_rows)),
            )
        )
        .all()
    )


def offer_by_id(public_id: str, viewer: Viewer) -> OwnershipOffer:
    """Return one offer by or to an organisation that `viewer` represents, answered or not.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    offer = session().scalar(select(OwnershipOffer).where(OwnershipOffer.public_id == public_id))
    if offer is None or not {offer.from_organisation_id, offer.to_organisation_id} & viewer.represents:
        raise NotFoundError
    return offer


def possible_owners(innovation: Innovation) -> Sequence[Organisation]:
    """Return, by name, the verified organisations to which a record can be offered."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                Organisation.status == OrganisationStatus.VERIFIED,
                Organisation.id != innovation.owner_id,
                is_not_merged(),
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )
