"""Responding to a request: what is offered, an answer to each requirement, submitting, withdrawing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.collaboration.models import CollaborationRequest, Response, ResponseStatus
from hub.collaboration.permissions import can_edit_response, is_requester
from hub.collaboration.queries import request_by_id, requirements_of
from hub.collaboration.responses.comparing import answers_to
from hub.collaboration.responses.guards import OWN_REQUEST, TAKES_NONE
from hub.collaboration.responses.queries import (
    innovations_named,
    own_live_response,
    requirements_by_number,
    response_in_full,
)
from hub.collaboration.responses.service import (
    NewRequirementsError,
    discard_draft,
    draft_response,
    save_answers,
    save_offer,
    submit_response as submit,
    withdraw_response as withdraw,
)
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, HubError, NotFoundError, StaleVersionError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.stale import (
    TwoTexts,
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.response_forms import (
    AnswersForm,
    OfferForm,
    carried_over,
    fit_words,
    stored_answers,
    stored_offer,
)
from hub.web.collaboration.responses import response_page
from hub.web.fields import HTTP_CONFLICT, HubForm
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer

OFFER_FIELDS = ("organisation_id", "offer", "innovation", "conditions", "tlp")


def response_address(response: Response) -> str:
    """Return where a response is read."""
    return url_for(
        "collaboration.response", public_id=response.request.public_id, response_id=response.public_id
    )


def own_response(public_id: str, response_id: str, somebody: Viewer) -> Response:
    """Return a response for which `somebody` acts.

    Raises:
        NotFoundError: there is none, or it is not theirs.
    """
    response = response_in_full(request_by_id(public_id, somebody), response_id, somebody)
    if not can_edit_response(somebody, response):
        raise NotFoundError
    return response


@collaboration.route("/<public_id>/respond", methods=["GET", "POST"])
@members_only
def respond(public_id: str) -> ResponseReturnValue:
    """Begin a response with what is offered; who has one already is led to it."""
    somebody = viewer()
    wanted = request_by_id(public_id, somebody)
    if is_requester(somebody, wanted):
        raise ForbiddenError(OWN_REQUEST)
    own = own_live_response(wanted, somebody)
    if own is not None:
        return _offer(wanted, own, somebody) if request.method == "POST" else redirect(response_address(own))
    if request.method == "GET" and not wanted.takes_responses:
        flash(translate(TAKES_NONE), "info")
        return redirect(url_for("collaboration.show", public_id=public_id))
    return _offer(wanted, None, somebody)


@collaboration.route("/<public_id>/responses/<response_id>/offer", methods=["GET", "POST"])
@members_only
def response_offer(public_id: str, response_id: str) -> ResponseReturnValue:
    """Change what is offered."""
    somebody = viewer()
    response = own_response(public_id, response_id, somebody)
    return _offer(response.request, response, somebody)


def _offer(wanted: CollaborationRequest, response: Response | None, somebody: Viewer) -> ResponseReturnValue:
    shown = innovations_named([response], somebody) if response is not None else {}
    stored = stored_offer(response, wanted, shown)
    form = OfferForm(chosen_fields(stored)) if request.method == "POST" else OfferForm(data=stored)
    form.offer_choices(wanted, response, somebody)
    form.accepted = [stored["offer"], stored["conditions"]]
    is_hidden = (
        response is not None and response.innovation_id is not None and response.innovation_id not in shown
    )

    def act() -> ResponseReturnValue:
        details = form.details(somebody, response, is_hidden=is_hidden)
        if response is None:
            with transaction():
                made = draft_response(actor(), wanted, details, language=language().code)
            return redirect(_address(made, "answers"), code=303)
        try:
            with transaction():
                save_offer(actor(), response, details, version=sent_version())
        except StaleVersionError:
            now = stored_offer(response, wanted, innovations_named([response], somebody))
            saved = OfferForm(formdata=None, data=now)
            saved.offer_choices(wanted, response, somebody)
            texts = two_texts(OFFER_FIELDS, form, saved, lambda field: str(field.data or ""))
            return _stale(response, texts, _address(response, "offer"))
        return _after_save(response)

    return ask(
        form,
        act,
        lambda: render_template(
            "collaboration/respond_offer.html",
            form=form,
            wanted=wanted,
            response=response,
            version=opened_version(response.version) if response is not None else 0,
        ),
        also=(ConflictError,),
    )


@collaboration.route("/<public_id>/responses/<response_id>/answers", methods=["GET", "POST"])
@members_only
def response_answers(public_id: str, response_id: str) -> ResponseReturnValue:
    """Answer each requirement in force."""
    somebody = viewer()
    response = own_response(public_id, response_id, somebody)
    in_force = requirements_of(response.request)
    before = answers_to(response, in_force)
    shown = innovations_named([response], somebody)
    stored = stored_answers(in_force, before, shown)
    form = AnswersForm(chosen_fields(stored)) if request.method == "POST" else AnswersForm(data=stored)
    form.accept(stored)
    if form.version_answered != in_force.number or len(form.answers) != len(in_force.requirements):
        return _renewed(response, form)

    def act() -> ResponseReturnValue:
        details = form.details(in_force.requirements, somebody, before, shown)
        try:
            with transaction():
                save_answers(actor(), response, details, requirements=in_force.number, version=sent_version())
        except NewRequirementsError:
            return _renewed(response, form)
        except StaleVersionError:
            now = requirements_of(response.request)
            kept = stored_answers(now, answers_to(response, now), innovations_named([response], somebody))
            texts = _rows_told(form, AnswersForm(formdata=None, data=kept))
            return _stale(response, texts, _address(response, "answers"))
        return _after_save(response)

    return ask(form, act, lambda: _answers_page(response, form), also=(ConflictError,))


def _answers_page(response: Response, form: AnswersForm, **more: object) -> str:
    in_force = requirements_of(response.request)
    return render_template(
        "collaboration/respond_answers.html",
        form=form,
        wanted=response.request,
        response=response,
        rows=list(zip(form.answers, in_force.requirements, strict=False)),
        requirements=in_force,
        version=opened_version(response.version),
        **more,
    )


def _renewed(response: Response, form: AnswersForm) -> ResponseReturnValue:
    """Show the form for the requirements in force now, with what was typed where a requirement stayed."""
    wanted, number = response.request, form.version_answered
    before = requirements_by_number(wanted, [number]).get(number)
    rows, gone = carried_over(form, before, requirements_of(wanted))
    fresh = AnswersForm(formdata=None, data=rows)
    fresh.form_errors.append(translate(NewRequirementsError.default))
    return _answers_page(response, fresh, gone=gone), HTTP_CONFLICT


@collaboration.post("/<public_id>/responses/<response_id>/submit")
@members_only
def submit_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Submit a draft; what keeps it from being submitted is said on its page, where it is kept."""
    somebody = viewer()
    response = own_response(public_id, response_id, somebody)
    try:
        with transaction():
            submit(actor(), response, version=sent_version())
    except (NotFoundError, ForbiddenError):
        raise
    except HubError as error:
        return response_page(response, somebody, refused=error), error.status
    flash(translate("Submitted. The requester reads it now. You are told when they decide."))
    return redirect(response_address(response), code=303)


@collaboration.route("/<public_id>/responses/<response_id>/withdraw", methods=["GET", "POST"])
@members_only
def withdraw_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Ask, and withdraw a response that waits for a decision."""
    response = own_response(public_id, response_id, viewer())
    if request.method == "GET":
        return render_template("collaboration/respond_leave.html", response=response, is_draft=False)
    with transaction():
        withdraw(actor(), response)
    flash(translate("Withdrawn. While the request takes responses, you can respond anew."))
    return redirect(response_address(response), code=303)


@collaboration.route("/<public_id>/responses/<response_id>/discard", methods=["GET", "POST"])
@members_only
def discard_response(public_id: str, response_id: str) -> ResponseReturnValue:
    """Ask, and delete a draft."""
    response = own_response(public_id, response_id, viewer())
    if response.status is not ResponseStatus.DRAFT:
        return redirect(response_address(response))
    if request.method == "GET":
        return render_template("collaboration/respond_leave.html", response=response, is_draft=True)
    with transaction():
        discard_draft(actor(), response)
    flash(translate("The draft is deleted."))
    return redirect(url_for("collaboration.show", public_id=public_id), code=303)


def _after_save(response: Response) -> ResponseReturnValue:
    if response.status is ResponseStatus.DRAFT:
        flash(translate("Saved. Nobody but your side sees it until you submit it."))
    else:
        flash(translate("Saved. The requester is told that your response changed."))
    return redirect(response_address(response), code=303)


def _address(response: Response, part: str) -> str:
    return url_for(f".response_{part}", public_id=response.request.public_id, response_id=response.public_id)


def _rows_told(form: AnswersForm, saved: AnswersForm) -> list[TwoTexts]:
    return two_texts(("answers",), form, saved, lambda field: [_row_told(row.form) for row in field])


def _row_told(row: HubForm) -> str:
    fit = {fit.value: words for fit, words in fit_words().items()}.get(row.fit.data or "", "–")
    return " · ".join(filter(None, [fit, row.evidence.data, row.innovation.data]))


def _stale(response: Response, texts: list[TwoTexts], address: str) -> ResponseReturnValue:
    """Return 409 with what was typed beside what was saved from another window."""
    page = render_template(
        "collaboration/respond_stale.html",
        response=response,
        address=address,
        back_to=response_address(response),
        texts=texts,
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=response.version,
    )
    return page, HTTP_CONFLICT
