"""A replication proposed from an outcome: the catalogue's own claim, filled in with what both sides signed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.catalogue.models import Innovation
from hub.catalogue.replications.permissions import can_claim_for_owner
from hub.catalogue.replications.service import claim_replication
from hub.collaboration.models import Outcome
from hub.collaboration.partnerships.outcomes import note_replication
from hub.collaboration.partnerships.queries import outcome_by_id
from hub.collaboration.partnerships.replicating import Proposal, can_quote, proposals_for
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.named import named
from hub.web.catalogue.replication_forms import ReplicationForm
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import partnership_of
from hub.web.fields import CodeField
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

NOT_YOURS = N_("Only who speaks for the owner or for the organisation that took it up can propose this.")
NOT_THEIRS = N_("Choose an organisation that can have taken up this innovation.")


class ProposalForm(ReplicationForm):
    """What one side says about a replication, and of which innovation where the partnership names several."""

    innovation = CodeField()


@collaboration.route(
    "/<public_id>/responses/<response_id>/outcomes/<outcome_id>/replication", methods=["GET", "POST"]
)
@members_only
def propose_replication(public_id: str, response_id: str, outcome_id: str) -> ResponseReturnValue:
    """Ask what is known of a replication, and claim it; the other side confirms it on the record."""
    response = partnership_of(public_id, response_id)
    outcome = outcome_by_id(response, outcome_id)
    proposals = proposals_for(viewer(), outcome)
    if not proposals:
        raise ForbiddenError(NOT_YOURS)
    form = _form(outcome, proposals)

    def act() -> ResponseReturnValue:
        chosen, details = _chosen(form, proposals), form.details()
        innovation = chosen.innovation
        if details.adopter_id not in {each.id for each in chosen.adopters}:
            raise InvalidError(NOT_THEIRS, field="adopter_id")
        with transaction():
            made = claim_replication(actor(), innovation, details)
            note_replication(actor(), outcome, made)
        flash(
            translate(
                "Proposed. Whoever speaks on the record for the other organisation is asked to confirm it."
            )
        )
        address = url_for("catalogue.replication", slug=innovation.slug, public_id=made.public_id)
        return redirect(address, code=303)

    def page() -> str:
        chosen = _chosen(form, proposals).innovation
        return render_template(
            "collaboration/replication.html",
            form=form,
            response=response,
            outcome=outcome,
            records=[named(each.innovation) for each in proposals],
            innovation=chosen,
            owner=chosen.owner,
            is_by_owner=can_claim_for_owner(viewer(), chosen),
            is_quoted=can_quote(outcome, chosen),
        )

    return ask(form, act, page, also=(ConflictError,))


def _form(outcome: Outcome, proposals: list[Proposal]) -> ProposalForm:
    """Return the form as it was sent, or filled in with what the partnership says."""
    response, first = outcome.response, proposals[0]
    adopters = list(dict.fromkeys(each for proposal in proposals for each in proposal.adopters))
    is_certain = len(adopters) == 1 and all(each.is_certain for each in proposals)
    started = response.request.started_at
    form = ProposalForm(
        data={
            "country": adopters[0].country or "" if is_certain else "",
            "started_on": started.date().isoformat() if started else "",
            "result": outcome.words if can_quote(outcome, first.innovation) else "",
        }
    )
    form.offer(adopters, is_certain=is_certain)
    form.innovation.choices = [(each.innovation.slug, _name(each.innovation)) for each in proposals]
    if not form.is_submitted():
        form.innovation.data = first.innovation.slug
    return form


def _name(innovation: Innovation) -> str:
    return named(innovation).name


def _chosen(form: ProposalForm, proposals: list[Proposal]) -> Proposal:
    """Return the proposal for the innovation that was chosen; the first one where none of them was."""
    chosen = (each for each in proposals if each.innovation.slug == form.innovation.data)
    return next(chosen, proposals[0])
