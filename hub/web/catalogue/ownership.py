"""Who looks after a record: the yearly confirmation, claims on compiled records, hand-over to another organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, OfferStatus, OwnershipOffer, RevisionText
from hub.catalogue.ownership.permissions import (
    can_answer_offer,
    can_claim,
    can_confirm_record,
    can_offer,
)
from hub.catalogue.ownership.queries import (
    last_claim,
    offer_by_id,
    offers_to,
    open_claim,
    open_offer,
    possible_owners,
)
from hub.catalogue.ownership.service import (
    accept_offer as take_over,
    claim_record,
    confirm_record,
    decline_offer as refuse_offer,
    offer_record,
    withdraw_claim as take_claim_back,
    withdraw_offer as take_offer_back,
)
from hub.catalogue.permissions import is_inside
from hub.catalogue.queries import innovation_by_slug
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.organisations.models import OrganisationStatus
from hub.showcases.merging import entries_handed_over
from hub.web.access import members_only, public
from hub.web.catalogue.afterwards import OfferForm, ReasonForm
from hub.web.catalogue.blueprint import catalogue
from hub.web.context import day
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.redirects import safe_next
from hub.web.sessions import actor, viewer


@catalogue.post("/<slug>/confirm")
@members_only
def confirm(slug: str) -> ResponseReturnValue:
    """Confirm that the record is still right, and go on to where the button was."""
    innovation = innovation_by_slug(slug, viewer())
    with transaction():
        confirm_record(actor(), innovation)
    if innovation.review_due_at is not None:
        flash(translate("Confirmed. It holds until %(day)s.", day=day(innovation.review_due_at)))
    target = request.form.get("next")
    return redirect(
        safe_next(target) if target else url_for("catalogue.show", slug=innovation.slug), code=303
    )


def due_for_confirmation(innovations: Iterable[Innovation]) -> frozenset[int]:
    """Return the ids of the records that this viewer should confirm now."""
    return frozenset(
        each.id for each in innovations if each.is_confirmation_due and can_confirm_record(viewer(), each)
    )


@catalogue.get("/<slug>/claim")
@public
def claim(slug: str) -> ResponseReturnValue:
    """Say who may claim the record and what happens then; ask those who may."""
    return claim_page(innovation_by_slug(slug, viewer()), ReasonForm())


@catalogue.post("/<slug>/claim")
@members_only
def send_claim(slug: str) -> ResponseReturnValue:
    """Claim the record for the organisation that it names."""
    innovation = innovation_by_slug(slug, viewer())
    form = ReasonForm()
    if form.validate():
        try:
            with transaction():
                claim_record(actor(), innovation, words=form.words.data)
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Sent. A coordinator answers within 10 working days."))
            return redirect(url_for("catalogue.claim", slug=innovation.slug), code=303)
    return claim_page(innovation, form), HTTP_INVALID


def claim_page(innovation: Innovation, form: ReasonForm) -> str:
    """Return the page on claiming a record, with what became of the claims of one's own organisation."""
    somebody = viewer()
    return render_template(
        "catalogue/claim.html",
        innovation=innovation,
        form=form,
        waiting=open_claim(innovation, somebody),
        last=last_claim(innovation, somebody),
        obstacle=obstacle_to_claim(somebody, innovation),
    )


def obstacle_to_claim(somebody: Viewer, innovation: Innovation) -> str | None:
    """Return a word for what keeps `somebody` from claiming the record, or None if nothing does."""
    owner = innovation.owner
    if can_claim(somebody, innovation):
        return None
    if not innovation.is_compiled:
        return "yours" if innovation.owner_id in somebody.represents else "looked_after"
    if owner is None or not innovation.is_shown:
        return "not_published"
    if not somebody.is_member:
        return "not_a_member"
    if owner.id not in somebody.represents:
        return "not_a_representative"
    return "not_verified" if owner.status is not OrganisationStatus.VERIFIED else "not_published"


@catalogue.post("/<slug>/claim/withdraw")
@members_only
def withdraw_claim(slug: str) -> ResponseReturnValue:
    """Take the claim of one's own organisation back."""
    innovation = innovation_by_slug(slug, viewer())
    waiting = open_claim(innovation, viewer())
    if waiting is None:
        raise NotFoundError
    with transaction():
        take_claim_back(actor(), waiting)
    flash(translate("Withdrawn. You can claim the record again."))
    return redirect(url_for("catalogue.claim", slug=innovation.slug), code=303)


@catalogue.route("/<slug>/hand-over", methods=["GET", "POST"])
@members_only
def hand_over(slug: str) -> ResponseReturnValue:
    """Offer the record to another verified organisation, or show the offer that waits."""
    innovation = innovation_by_slug(slug, viewer())
    if not can_offer(viewer(), innovation):
        raise NotFoundError
    form = OfferForm(possible_owners(innovation))
    if form.is_submitted() and form.validate():
        try:
            with transaction():
                offer_record(
                    actor(),
                    innovation,
                    organisation_id=int(form.organisation_id.data),
                    words=form.words.data or "",
                )
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Offered. Nothing changes until the organisation accepts."))
            return redirect(url_for("catalogue.hand_over", slug=innovation.slug), code=303)
    page = render_template(
        "catalogue/hand_over.html",
        innovation=innovation,
        form=form,
        waiting=open_offer(innovation, viewer()),
    )
    return (page, HTTP_INVALID) if form.is_submitted() else page


@dataclass(frozen=True)
class OfferLine:
    """An offer with the record's name, where the viewer may know it."""

    offer: OwnershipOffer
    text: RevisionText | None


def line_of(offer: OwnershipOffer) -> OfferLine:
    """Return an offer as this viewer may read it: who is outside the record's audience learns its name by accepting."""
    innovation = offer.innovation
    if not is_inside(viewer(), innovation):
        return OfferLine(offer, None)
    return OfferLine(offer, (innovation.published_revision or innovation.latest_revision).source_text)


def offer_lines() -> list[OfferLine]:
    """Return what waits for an answer of the organisations that this viewer represents."""
    return [line_of(each) for each in offers_to(viewer())]


@catalogue.get("/offers/<public_id>")
@members_only
def offer(public_id: str) -> ResponseReturnValue:
    """Show an offer to those who made it and those who may answer."""
    found = offer_by_id(public_id, viewer())
    is_open = found.status is OfferStatus.OFFERED
    return render_template(
        "catalogue/offer.html",
        line=line_of(found),
        offer=found,
        may_answer=is_open and can_answer_offer(viewer(), found),
        may_withdraw=is_open and can_offer(viewer(), found.innovation),
    )


@catalogue.post("/offers/<public_id>/accept")
@members_only
def accept_offer(public_id: str) -> ResponseReturnValue:
    """Take the record over."""
    found = offer_by_id(public_id, viewer())
    with transaction():
        take_over(actor(), found)
        entries_handed_over(found.innovation)
    flash(translate("The record is yours now. You can edit and confirm it from here."))
    return redirect(url_for("catalogue.show", slug=found.innovation.slug), code=303)


@catalogue.post("/offers/<public_id>/decline")
@members_only
def decline_offer(public_id: str) -> ResponseReturnValue:
    """Say no to an offer."""
    found = offer_by_id(public_id, viewer())
    with transaction():
        refuse_offer(actor(), found)
    flash(translate("Declined. The record stays with the organisation that offered it."))
    return redirect(url_for("catalogue.mine"), code=303)


@catalogue.post("/offers/<public_id>/withdraw")
@members_only
def withdraw_offer(public_id: str) -> ResponseReturnValue:
    """Take an offer back."""
    found = offer_by_id(public_id, viewer())
    with transaction():
        take_offer_back(actor(), found)
    flash(translate("Withdrawn. The record stays with you."))
    return redirect(url_for("catalogue.hand_over", slug=found.innovation.slug), code=303)
