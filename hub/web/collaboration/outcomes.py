"""What came of a partnership: one side records it, the other agrees or disputes."""

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from hub.collaboration.models import Outcome, OutcomeStatus, Response
from hub.collaboration.partnerships.outcomes import (
    NOT_ASKED,
    agree_outcome as agree,
    dispute_outcome as dispute,
    record_outcome as record,
    revise_outcome as revise,
)
from hub.collaboration.partnerships.permissions import can_sign, moment_to_record
from hub.collaboration.partnerships.queries import accepted_of, outcome_by_id, outcomes_of
from hub.collaboration.permissions import can_record_outcome
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, StaleVersionError
from hub.vocabularies.loader import vocabulary
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.stale import opened_version, sent_version
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import partnership_address, partnership_of
from hub.web.collaboration.partnership import page_of, step_form
from hub.web.collaboration.partnership_forms import DisputeForm, OutcomeForm
from hub.web.i18n import term_description, translate
from hub.web.sessions import actor, viewer

OUTCOME = "/<public_id>/responses/<response_id>/outcomes/<outcome_id>"


def _hints() -> dict[str, str]:
    return {
        each.code: term_description("outcome_kinds", each.code) for each in vocabulary("outcome_kinds").terms
    }


def _found(public_id: str, response_id: str, outcome_id: str) -> Outcome:
    return outcome_by_id(partnership_of(public_id, response_id), outcome_id)


def _signed(response: Response, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(partnership_address(response, "outcome"), code=303)


@collaboration.route("/<public_id>/responses/<response_id>/outcome", methods=["GET", "POST"])
@members_only
def record_outcome(public_id: str, response_id: str) -> ResponseReturnValue:
    """Ask what came of a partnership, for the moment that is asked for now."""
    response = partnership_of(public_id, response_id)
    moment = moment_to_record(response, outcomes_of(response), clock.now())
    form = OutcomeForm()

    def act() -> ResponseReturnValue:
        if moment is None:
            raise ConflictError(NOT_ASKED)
        with transaction():
            record(actor(), response, moment, form.details())
        return _signed(response, translate("Recorded. The other side is asked to agree."))

    def page() -> str:
        return render_template(
            "collaboration/outcome.html",
            form=form,
            response=response,
            moment=moment,
            outcome=None,
            hints=_hints(),
            others=len(accepted_of(response.request)) - 1,
        )

    if moment is None and request.method == "GET":
        raise ConflictError(NOT_ASKED)
    return ask(form, act, page, also=(ConflictError,))


@collaboration.post(f"{OUTCOME}/agree")
@members_only
def agree_outcome(public_id: str, response_id: str, outcome_id: str) -> ResponseReturnValue:
    """Sign what the other side recorded, in the words that were read."""
    found = _found(public_id, response_id, outcome_id)
    response = found.response
    try:
        with transaction():
            agree(actor(), found, version=sent_version())
    except StaleVersionError as error:
        flash(translate(error.message), "error")
        return make_response(page_of(response, step_form(response)), error.status)
    return _signed(response, translate("Agreed. Both sides have signed it."))


@collaboration.route(f"{OUTCOME}/dispute", methods=["GET", "POST"])
@members_only
def dispute_outcome(public_id: str, response_id: str, outcome_id: str) -> ResponseReturnValue:
    """Say what is not right about what the other side recorded."""
    found = _found(public_id, response_id, outcome_id)
    response, form = found.response, DisputeForm()
    if not can_sign(viewer(), found):
        raise ForbiddenError
    if found.status is not OutcomeStatus.RECORDED:
        raise ConflictError

    def act() -> ResponseReturnValue:
        with transaction():
            dispute(actor(), found, words=form.words.data, version=sent_version())
        return _signed(
            response, translate("Your words stand on the page. The other side is asked to answer.")
        )

    def page() -> str:
        return render_template(
            "collaboration/dispute.html",
            form=form,
            response=response,
            outcome=found,
            version=opened_version(found.version),
        )

    return ask(form, act, page, also=(ConflictError,))


@collaboration.route(f"{OUTCOME}/revise", methods=["GET", "POST"])
@members_only
def revise_outcome(public_id: str, response_id: str, outcome_id: str) -> ResponseReturnValue:
    """Put differently what the other side disputes."""
    found = _found(public_id, response_id, outcome_id)
    response = found.response
    if not can_record_outcome(viewer(), found):
        raise ForbiddenError
    if found.status is not OutcomeStatus.DISPUTED:
        raise ConflictError
    form = OutcomeForm(data={"kind": found.kind, "words": found.words})
    form.accepted = (found.words,)

    def act() -> ResponseReturnValue:
        with transaction():
            revise(actor(), found, form.details(), version=sent_version())
        return _signed(response, translate("Recorded anew. The other side is asked to agree."))

    def page() -> str:
        return render_template(
            "collaboration/outcome.html",
            form=form,
            response=response,
            moment=found.moment,
            outcome=found,
            hints=_hints(),
            version=opened_version(found.version),
        )

    return ask(form, act, page, also=(ConflictError,))
