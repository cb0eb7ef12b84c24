"""Claiming a compiled record, handing one over, confirming that one is still right."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.documents import search_document
from hub.catalogue.evidence.service import refresh_level
from hub.catalogue.models import Innovation, InnovationStatus, OwnershipOffer, RecordClaim
from hub.catalogue.models.checking import check_text
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.models.innovation import CONFIRMED_FOR
from hub.catalogue.ownership.lifecycle import CLAIMS, OFFERS
from hub.catalogue.ownership.permissions import (
    can_answer_offer,
    can_claim,
    can_confirm_record,
    can_offer,
    can_withdraw_claim,
    can_withdraw_offer,
)
from hub.catalogue.permissions import can_view
from hub.catalogue.tasks.service import check_words, decider
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.notifications.service import notify
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.people import speakers
from hub.search.service import queue_document


def claim_record(actor: Member, innovation: Innovation, *, words: str) -> RecordClaim:
    """Ask, for the organisation that a compiled record names, to look after it.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        ForbiddenError: the actor does not represent that organisation, or it is not verified.
        InvalidError: no words.
        ConflictError: it was claimed already.
    """
    viewer = viewer_of(actor)
    if not can_view(viewer, innovation):
        raise NotFoundError
    if not innovation.is_compiled:
        raise ConflictError(N_("This record is looked after by its owner already."))
    if not can_claim(viewer, innovation):
        raise ForbiddenError(
            N_(
                "Only a representative of the organisation that the record names can claim it, "
                "once the hub has verified that organisation."
            )
        )
    claim = RecordClaim(
        innovation=innovation,
        organisation_id=innovation.owner_id,
        words=check_words(words),
        claimed_by_id=actor.id,
        claimed_at=clock.now(),
    )
    session().add(claim)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("A claim on this record waits for a coordinator already.")) from None
    record(viewer, Event.INNOVATION_CLAIM, innovation.subject, reason=claim.words)
    return claim


def withdraw_claim(actor: Member, claim: RecordClaim) -> None:
    """Take a claim back.

    Raises:
        NotFoundError: it is not of the actor's organisation.
        ConflictError: it is decided.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_claim(viewer, claim):
        raise NotFoundError
    CLAIMS.move(claim, "withdraw", taken_by_id=None, taken_at=None)
    record(viewer, Event.INNOVATION_WITHDRAW_CLAIM, claim.innovation.subject)


def accept_claim(actor: Member, claim: RecordClaim) -> None:
    """Let the organisation look after its record from now on; it is asked at once to confirm that it is right.

    Raises:
        NotFoundError: the actor decides nothing.
        ForbiddenError: the actor has a conflict of interest.
        ConflictError: the actor does not hold it, the record has another owner by now, or the organisation is no
            longer verified.
    """
    viewer = decider(actor, claim)
    innovation = claim.innovation
    if innovation.owner_id != claim.organisation_id or not innovation.is_compiled:
        raise ConflictError
    _check_verified(claim.organisation)
    innovation.is_compiled = False
    # whoever compiled it sees no more of it from now on than others do
    innovation.is_handed_over = True
    # a claim says whose record it is, not that it is right: the owner is asked for that at once
    innovation.confirmed_at, innovation.review_due_at = None, clock.now()
    session().flush()
    _decide_claim(viewer, claim, "accept", "", Event.INNOVATION_ACCEPT_CLAIM)


def decline_claim(actor: Member, claim: RecordClaim, *, words: str) -> None:
    """Decline a claim with a reason that the claimant reads.

    Raises:
        InvalidError: no reason; the others as for accepting.
    """
    viewer = decider(actor, claim)
    _decide_claim(viewer, claim, "decline", check_words(words), Event.INNOVATION_DECLINE_CLAIM)


def _decide_claim(viewer: Viewer, claim: RecordClaim, action: str, words: str, event: Event) -> None:
    CLAIMS.move(
        claim,
        action,
        RecordClaim.taken_by_id == viewer.member_id,
        taken_by_id=None,
        taken_at=None,
        decided_by_id=viewer.member_id,
        decided_at=clock.now(),
        decision_words=words,
    )
    innovation = claim.innovation
    record(viewer, event, innovation.subject, reason=words)
    notify({claim.claimed_by_id}, "claim_decided", innovation.subject, tlp=innovation.present_tlp)


def offer_record(
    actor: Member, innovation: Innovation, *, organisation_id: int, words: str
) -> OwnershipOffer:
    """Offer the record to another verified organisation; nothing changes until it accepts.

    Raises:
        NotFoundError: the actor does not represent the owner.
        InvalidError: no such verified organisation, or the words are too long.
        ConflictError: an offer waits already.
    """
    viewer = viewer_of(actor)
    if not can_offer(viewer, innovation):
        raise NotFoundError
    if innovation.status is InnovationStatus.TAKEN_DOWN:
        raise ConflictError
    receiver = session().get(Organisation, organisation_id)
    if (
        receiver is None
        or receiver.status is not OrganisationStatus.VERIFIED
        or receiver.id == innovation.owner_id
    ):
        raise InvalidError(N_("Choose a verified organisation."), field="organisation_id")
    words = words.strip()
    check_text("words", words, PARAGRAPH_LENGTH)
    offer = OwnershipOffer(
        innovation=innovation,
        from_organisation_id=innovation.owner_id,
        to_organisation_id=receiver.id,
        words=words,
        offered_by_id=actor.id,
        offered_at=clock.now(),
    )
    session().add(offer)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("An offer waits for an answer already. Withdraw it first.")) from None
    record(viewer, Event.INNOVATION_OFFER, innovation.subject, reason=words)
    notify(speakers(receiver), "ownership_offered", innovation.subject, tlp=innovation.present_tlp)
    return offer


def accept_offer(actor: Member, offer: OwnershipOffer) -> None:
    """Take a record over; its former owner's side has no say in it any more.

    Raises:
        NotFoundError: the offer was not made to an organisation that the actor represents.
        ConflictError: it was answered, withdrawn, the record has another owner by now, or the actor's organisation is
            no longer verified.
    """
    viewer = _answering(actor, offer)
    innovation = offer.innovation
    if innovation.owner_id != offer.from_organisation_id or innovation.status is InnovationStatus.TAKEN_DOWN:
        raise ConflictError
    _check_verified(offer.to_organisation)
    _answer(viewer, offer, "accept", Event.INNOVATION_ACCEPT_OFFER)
    changed = session().execute(
        update(Innovation)
        .where(
            Innovation.id == innovation.id,
            Innovation.owner_id == offer.from_organisation_id,
            Innovation.status != InnovationStatus.TAKEN_DOWN,
        )
        # whoever registered it for the former owner sees no more of it than others do
        .values(owner_id=offer.to_organisation_id, is_handed_over=True),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise ConflictError
    session().refresh(innovation)
    if innovation.is_shown:
        queue_document(search_document(innovation), narrows=False)
    refresh_level(innovation)


def decline_offer(actor: Member, offer: OwnershipOffer) -> None:
    """Say no to an offer.

    Raises:
        NotFoundError: the offer was not made to an organisation that the actor represents.
        ConflictError: it was answered or withdrawn.
    """
    _answer(_answering(actor, offer), offer, "decline", Event.INNOVATION_DECLINE_OFFER)


def withdraw_offer(actor: Member, offer: OwnershipOffer) -> None:
    """Take an offer back.

    Raises:
        NotFoundError: the actor does not represent the owner.
        ConflictError: it was answered.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_offer(viewer, offer):
        raise NotFoundError
    _answer(viewer, offer, "withdraw", Event.INNOVATION_WITHDRAW_OFFER)


def confirm_record(actor: Member, innovation: Innovation) -> None:
    """Confirm, for the owner, that a published record is still right; holds for a year.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        ConflictError: the record is not published.
    """
    viewer = viewer_of(actor)
    if not can_confirm_record(viewer, innovation):
        raise NotFoundError
    if innovation.status is not InnovationStatus.PUBLISHED:
        raise ConflictError
    now = clock.now()
    innovation.confirmed_at, innovation.review_due_at = now, now + CONFIRMED_FOR
    session().flush()
    record(viewer, Event.INNOVATION_CONFIRM, innovation.subject)


def _check_verified(organisation: Organisation) -> None:
    if organisation.status is not OrganisationStatus.VERIFIED:
        raise ConflictError(N_("This organisation is not verified any more."))


def _answering(actor: Member, offer: OwnershipOffer) -> Viewer:
    viewer = viewer_of(actor)
    if not can_answer_offer(viewer, offer):
        raise NotFoundError
    return viewer


def _answer(viewer: Viewer, offer: OwnershipOffer, action: str, event: Event) -> None:
    OFFERS.move(offer, action, answered_by_id=viewer.member_id, answered_at=clock.now())
    record(viewer, event, offer.innovation.subject)
