"""Giving evidence that a commitment or one of its milestones got somewhere, and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.commitments.evidence.details import EvidenceDetails
from hub.commitments.evidence.queries import evidence_by_id
from hub.commitments.evidence.service import give_evidence as give, withdraw_evidence as take_back
from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import Commitment
from hub.commitments.models.commitment import TITLE_LENGTH, URL_LENGTH
from hub.commitments.models.evidence import FINDING_LENGTH
from hub.commitments.permissions import answers_for, can_give_evidence, can_withdraw_evidence
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.commitments.acting import found, step
from hub.web.commitments.blueprint import commitments
from hub.web.fields import CodeField, HubForm, filled, text_field, web_address
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

WHOLE = ""
"""The choice that stands for the commitment as a whole."""


class EvidenceForm(HubForm):
    """What shows that something was done."""

    milestone = CodeField(_l("What is it about?"), choices=[])
    title = text_field(_l("Title"), TITLE_LENGTH, filled(_l("Enter the title.")))
    url = text_field(
        _l("Web address"), URL_LENGTH, filled(_l("Enter where others can read it.")), web_address
    )
    finding = text_field(
        _l("What it shows"), FINDING_LENGTH, filled(_l("Say in your own words what it shows.")), area=True
    )

    def offer(self, commitment: Commitment) -> None:
        """Offer the milestones of the commitment, and it as a whole."""
        self.milestone.choices = [
            (WHOLE, translate("The commitment as a whole")),
            *(
                (str(each.number), f"{each.number}. {each.title}")
                for each in milestones_of(commitment, viewer())
            ),
        ]

    def details(self) -> EvidenceDetails:
        """Return what was typed; only after the form was found valid."""
        number = self.milestone.data
        return EvidenceDetails(
            title=self.title.data,
            finding=self.finding.data,
            url=self.url.data,
            milestone_number=int(number) if number else None,
        )


@commitments.route("/<code>/evidence/new", methods=["GET", "POST"])
@members_only
def give_evidence(code: str) -> ResponseReturnValue:
    """Ask what shows that something was done, and send it to the coordinators."""
    commitment = found(code)
    if not can_give_evidence(viewer(), commitment):
        raise NotFoundError
    form = EvidenceForm(data={"milestone": request.args.get("milestone", WHOLE)})
    form.offer(commitment)

    def act() -> ResponseReturnValue:
        with transaction():
            give(actor(), commitment, form.details())
        flash(translate("Sent. A coordinator who is neither its giver nor the owner decides."))
        return redirect(place_after(commitment), code=303)

    return ask(
        form,
        act,
        lambda: render_template("commitments/evidence_form.html", commitment=commitment, form=form),
        also=(ConflictError,),
    )


@commitments.post("/<code>/evidence/<public_id>/withdraw")
@members_only
def withdraw_evidence(code: str, public_id: str) -> ResponseReturnValue:
    """Take back what one gave; accepted evidence no longer counts then."""
    commitment = found(code)
    piece = evidence_by_id(public_id, viewer())
    if piece.commitment_id != commitment.id or not can_withdraw_evidence(viewer(), piece):
        raise NotFoundError
    return step(
        lambda: take_back(actor(), piece),
        translate("Taken back. It no longer counts."),
        place_after(commitment),
    )


def place_after(commitment: Commitment) -> str:
    """Return where somebody goes on after giving evidence: to keeping, or to the page that everybody reads."""
    page = "keep" if answers_for(viewer(), commitment) else "show"
    return url_for(f"commitments.{page}", code=commitment.code, _anchor="evidence")
