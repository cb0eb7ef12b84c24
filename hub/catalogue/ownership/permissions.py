"""Who may claim, hand over and confirm records."""

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, OwnershipOffer, RecordClaim
from hub.catalogue.permissions import can_speak_for, is_in_audience
from hub.organisations.models import OrganisationStatus


def can_claim(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may claim a compiled record: a representative of the very organisation it names, verified."""
    return (
        innovation.is_compiled
        and is_in_audience(viewer, innovation)
        and innovation.owner is not None
        and innovation.owner_id in viewer.represents
        and innovation.owner.status is OrganisationStatus.VERIFIED
    )


def can_withdraw_claim(viewer: Viewer, claim: RecordClaim) -> bool:
    """Whether `viewer` may take the claim back: who represents the organisation that made it."""
    return claim.organisation_id in viewer.represents


def can_offer(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may offer the record to another organisation: a representative of the one that owns it.

    A focal point registers for organisations of the country and does not give away what is theirs.
    """
    return not innovation.is_compiled and innovation.owner_id in viewer.represents


def can_withdraw_offer(viewer: Viewer, offer: OwnershipOffer) -> bool:
    """Whether `viewer` may take the offer back: who may offer the record."""
    return can_offer(viewer, offer.innovation)


def can_answer_offer(viewer: Viewer, offer: OwnershipOffer) -> bool:
    """Whether `viewer` may accept or decline: a representative of the organisation it was made to."""
    return offer.to_organisation_id in viewer.represents


def can_confirm_record(viewer: Viewer, innovation: Innovation) -> bool:
    """Whether `viewer` may confirm that the record is still right: who speaks for the owner, never who compiled it."""
    return not innovation.is_compiled and can_speak_for(viewer, innovation)
