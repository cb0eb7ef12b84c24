"""Asking about a request, answering for all, setting aside and taking back."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.collaboration.models import CollaborationRequest, QuestionStatus, RequestQuestion
from hub.collaboration.permissions import can_answer_question
from hub.collaboration.queries import request_by_id
from hub.collaboration.questions.queries import question_by_id
from hub.collaboration.questions.service import (
    answer_question,
    ask_question,
    set_aside_question,
    withdraw_question as take_question_back,
)
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from hub.web.access import members_only
from hub.web.asking import ask as ask_form
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.question_forms import AnswerForm, AsideForm, QuestionForm
from hub.web.collaboration.show import request_page
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer
from hub.web.waiting import refusal_words


@collaboration.post("/<public_id>/ask")
@members_only
def ask(public_id: str) -> ResponseReturnValue:
    """Ask about a request."""
    request = request_by_id(public_id, viewer())
    form, status, retry_after = QuestionForm(), HTTP_INVALID, 0
    if form.validate():
        try:
            with transaction():
                ask_question(actor(), request, words=form.words.data, language=language().code)
        except InvalidError as error:
            form.refuse(error)
        except (ConflictError, TooManyError) as error:
            form.form_errors.append(refusal_words(error))
            status = error.status
            retry_after = error.retry_after if isinstance(error, TooManyError) else 0
        else:
            flash(
                translate(
                    "Sent. Once it is answered, all who may read the request read both, without your name."
                )
            )
            return redirect(url_for("collaboration.show", public_id=public_id, _anchor="questions"), code=303)
    answered = make_response(request_page(request, form, status))
    if retry_after:
        answered.headers["Retry-After"] = str(retry_after)
    return answered


@collaboration.route("/<public_id>/questions/<question_id>/answer", methods=["GET", "POST"])
@members_only
def answer(public_id: str, question_id: str) -> ResponseReturnValue:
    """Answer a question once for all."""
    request, question = _to_answer(public_id, question_id)
    form = AnswerForm()

    def act() -> ResponseReturnValue:
        with transaction():
            answer_question(actor(), question, answer=form.answer.data)
        flash(translate("Answered, for all who may read the request."))
        return _back(public_id)

    return ask_form(form, act, lambda: _page("answer", request, question, form), also=(ConflictError,))


@collaboration.route("/<public_id>/questions/<question_id>/set-aside", methods=["GET", "POST"])
@members_only
def set_aside(public_id: str, question_id: str) -> ResponseReturnValue:
    """Leave a question without an answer for all."""
    request, question = _to_answer(public_id, question_id)
    form = AsideForm()

    def act() -> ResponseReturnValue:
        with transaction():
            set_aside_question(actor(), question, words=form.answer.data)
        flash(translate("Set aside. Only who asked was told."))
        return _back(public_id)

    return ask_form(form, act, lambda: _page("set_aside", request, question, form), also=(ConflictError,))


@collaboration.post("/<public_id>/questions/<question_id>/withdraw")
@members_only
def withdraw_question(public_id: str, question_id: str) -> ResponseReturnValue:
    """Take a question of one's own back."""
    request = request_by_id(public_id, viewer())
    question = question_by_id(request, question_id, viewer())
    with transaction():
        take_question_back(actor(), question)
    flash(translate("Your question was taken back."))
    return _back(public_id)


def _to_answer(public_id: str, question_id: str) -> tuple[CollaborationRequest, RequestQuestion]:
    request = request_by_id(public_id, viewer())
    question = question_by_id(request, question_id, viewer())
    if not can_answer_question(viewer(), question):
        raise NotFoundError
    return request, question


def _page(
    kind: str, request: CollaborationRequest, question: RequestQuestion, form: AnswerForm | AsideForm
) -> str:
    return render_template(
        "collaboration/answer.html",
        kind=kind,
        sought=request,
        question=question,
        is_waiting=question.status is QuestionStatus.ASKED,
        form=form,
    )


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("collaboration.show", public_id=public_id, _anchor="questions"), code=303)
