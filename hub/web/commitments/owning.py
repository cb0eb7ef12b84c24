"""Handing a commitment over: the offer, its answer by whoever is asked, and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import Commitment, Handover, HandoverStatus
from hub.commitments.models.commitment import NAME_LENGTH, WORDS_LENGTH
from hub.commitments.owning.choosing import member_to_ask, members_to_ask
from hub.commitments.owning.queries import handover_by_id, open_handover, ownerships_of
from hub.commitments.owning.service import (
    accept_handover as take_over,
    decline_handover as refuse,
    offer_handover,
    withdraw_handover as take_back,
)
from hub.commitments.permissions import can_answer_handover, can_hand_over, can_withdraw_handover
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.members.models import Member
from hub.web.access import confirmed, members_only
from hub.web.asking import ask
from hub.web.commitments.acting import answered, step
from hub.web.commitments.blueprint import commitments
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import country_name, term, translate
from hub.web.sessions import actor, viewer

LOOK, LOOK_LENGTH, LEAST_TYPED = "look", 100, 2


class HandOverForm(HubForm):
    """To whom a commitment is offered, for which institution, and what they should know."""

    look = text_field(_l("Look for a member by name or member id"), LOOK_LENGTH)
    to = RadioField(
        _l("To whom?"),
        [filled(_l("Look for a member, and choose who should take it over."))],
        validate_choice=False,
    )
    institution = text_field(
        _l("For which institution would they answer?"),
        NAME_LENGTH,
        filled(_l("Enter the name of the institution.")),
    )
    words = text_field(
        _l("What is done, and what is open"),
        WORDS_LENGTH,
        filled(_l("Say what the next one must know.")),
        area=True,
    )


class AnswerForm(HubForm):
    """What somebody says to an offer."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)


ACCEPTING, DECLINING = "accept-", "decline-"
"""What the fields of the two answers begin with: both stand on one page."""


@commitments.route("/<code>/hand-over", methods=["GET", "POST"])
@members_only
@confirmed
def hand_over(code: str) -> ResponseReturnValue:
    """Ask to whom a commitment is offered, and offer it; its owner stays the same until they accept."""
    commitment = answered(code)
    somebody = viewer()
    if not can_hand_over(somebody, commitment):
        raise NotFoundError
    form = HandOverForm(data={"to": request.args.get("to", "")})
    _offer_choices(commitment, form)
    offered = open_handover(commitment, somebody)

    def act() -> ResponseReturnValue:
        with transaction():
            offer_handover(
                actor(),
                commitment,
                to=form.to.data,
                institution=form.institution.data,
                words=form.words.data,
            )
        flash(translate("Offered. Its owner stays the same until they accept."))
        return redirect(url_for("commitments.keep", code=commitment.code, _anchor="owner"), code=303)

    def page() -> str:
        standing = [each for each in ownerships_of(commitment, somebody) if not each.ended_on]
        return render_template(
            "commitments/hand_over.html",
            commitment=commitment,
            form=form,
            offered=open_handover(commitment, somebody),
            ownership=standing[0] if standing else None,
            has_looked=len(_looked_for(form)) >= LEAST_TYPED,
        )

    if offered is not None and not form.is_submitted():
        return redirect(url_for("commitments.handover", public_id=offered.public_id), code=303)
    if request.form.get("then") == LOOK:
        return page()
    return ask(form, act, page, also=(ConflictError,))


def _looked_for(form: HandOverForm) -> str:
    return " ".join((form.look.data or "").split())


def _offer_choices(commitment: Commitment, form: HandOverForm) -> None:
    """Offer the members whom the typed name finds, and whom somebody chose before."""
    somebody, words = viewer(), _looked_for(form)
    found = list(members_to_ask(commitment, somebody, words)) if len(words) >= LEAST_TYPED else []
    if request.form.get("then") == LOOK and words:
        # somebody looks for another: who was chosen before stays only where this name finds them too
        form.to.data = form.to.data if form.to.data in {each.public_id for each in found} else ""
    elif form.to.data and form.to.data not in {each.public_id for each in found}:
        try:
            found.insert(0, member_to_ask(form.to.data, somebody))
        except InvalidError:
            # what is sent is refused in words; what only stood in the address is nothing
            form.to.data = form.to.data if form.is_submitted() else ""
    if len(found) == 1 and not form.to.data:
        form.to.data = found[0].public_id
    form.to.choices = [(each.public_id, _words_of(each)) for each in found]


def _words_of(member: Member) -> str:
    place = country_name(member.country) if member.country else ""
    return " · ".join(filter(None, (member.display_name, term("member_types", member.member_type), place)))


def known(public_id: str) -> Handover:
    """Return an offer that the viewer made, received or may take back.

    Raises:
        NotFoundError: there is none.
    """
    return handover_by_id(public_id, viewer())


def offer_page(offer: Handover, sent: AnswerForm | None = None) -> str:
    """Return the page of one offer; `sent` is an answer that was refused."""
    somebody = viewer()
    is_open = offer.status is HandoverStatus.OFFERED
    forms = {each: AnswerForm(formdata=None, prefix=each) for each in (ACCEPTING, DECLINING)}
    if sent is not None:
        forms[sent._prefix] = sent  # noqa: SLF001 - WTForms tells its prefix nowhere else
    return render_template(
        "commitments/handover.html",
        offer=offer,
        commitment=offer.commitment,
        form=sent,
        accepting=forms[ACCEPTING],
        declining=forms[DECLINING],
        milestones=milestones_of(offer.commitment, somebody),
        may_answer=is_open and can_answer_handover(somebody, offer),
        may_withdraw=is_open and can_withdraw_handover(somebody, offer),
    )


@commitments.get("/handovers/<public_id>")
@members_only
def handover(public_id: str) -> ResponseReturnValue:
    """Show an offer to take a commitment over to those between whom it is."""
    return offer_page(known(public_id))


@commitments.post("/handovers/<public_id>/accept")
@members_only
@confirmed
def accept_handover(public_id: str) -> ResponseReturnValue:
    """Take a commitment over; from this moment its history names the new owner."""
    offer = known(public_id)
    form = AnswerForm(prefix=ACCEPTING)

    def act() -> ResponseReturnValue:
        with transaction():
            take_over(actor(), offer, words=form.words.data)
        flash(translate("You answer for this commitment from today."))
        return redirect(url_for("commitments.keep", code=offer.commitment.code), code=303)

    return ask(form, act, lambda: offer_page(offer, form), also=(ConflictError,))


@commitments.post("/handovers/<public_id>/decline")
@members_only
def decline_handover(public_id: str) -> ResponseReturnValue:
    """Say no to an offer, with words for who made it."""
    offer = known(public_id)
    form = AnswerForm(prefix=DECLINING)

    def act() -> ResponseReturnValue:
        with transaction():
            refuse(actor(), offer, words=form.words.data)
        flash(translate("Declined. Who offered it reads your words."))
        return redirect(url_for("commitments.handover", public_id=public_id), code=303)

    return ask(form, act, lambda: offer_page(offer, form), also=(ConflictError,))


@commitments.post("/handovers/<public_id>/withdraw")
@members_only
def withdraw_handover(public_id: str) -> ResponseReturnValue:
    """Take an offer back before it was answered."""
    offer = known(public_id)
    return step(
        lambda: take_back(actor(), offer),
        translate("Taken back. Its owner stays the same."),
        url_for("commitments.handover", public_id=public_id),
    )
