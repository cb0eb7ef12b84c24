"""The page of one request: what is looked for, until when, questions and answers, and what one may do."""

from dataclasses import dataclass

from flask import make_response, render_template, request as http
from flask.typing import ResponseReturnValue

from hub.collaboration.models import (
    CollaborationRequest,
    RequestQuestion,
    RequirementsVersion,
    VersionStatus,
)
from hub.collaboration.models.request import SHOWN
from hub.collaboration.permissions import can_answer_question, can_withdraw_question
from hub.collaboration.posting.completeness import are_readers_chosen
from hub.collaboration.posting.service import EDITABLE
from hub.collaboration.queries import request_by_id
from hub.collaboration.questions.queries import questions_of
from hub.collaboration.requirements.queries import versions_of
from hub.core.pagination import Page, PageRequest
from hub.web.access import public
from hub.web.catalogue.hits import Hit, hits_of
from hub.web.collaboration.asker import RequestAsker, asker_of
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.doings import Doings, doings_of
from hub.web.collaboration.question_forms import QuestionForm
from hub.web.collaboration.staged import Staged, staged
from hub.web.i18n import direction_of
from hub.web.sessions import viewer

HTTP_OK = 200

QUESTIONS_PER_PAGE = 20


@dataclass(frozen=True)
class RequestPage:
    """One request as one reader sees it.

    Args:
        request: the request itself.
        asker: who asks.
        direction: of its texts.
        version: the requirements in force.
        earlier: versions that were in force before, the newest first.
        undecided: requirements that were proposed or declined, for the requester.
        innovation: what it is about, where the reader may see that.
        staged: the showcase that it is about, likewise.
        doings: what the reader may do.
        questions: those that the reader may read.
        answerable: ids of the questions that the reader may answer.
        own_questions: ids of those that the reader asked.
        has_readers: whether it was chosen who may read it, and so under which label.
    """

    request: CollaborationRequest
    asker: RequestAsker
    direction: str
    version: RequirementsVersion | None
    earlier: list[RequirementsVersion]
    undecided: list[RequirementsVersion]
    innovation: Hit | None
    staged: Staged | None
    doings: Doings
    questions: Page[RequestQuestion]
    answerable: frozenset[int]
    own_questions: frozenset[int]
    has_readers: bool

    @property
    def is_shown(self) -> bool:
        """Whether its whole audience reads it now."""
        return self.request.status in SHOWN


@collaboration.get("/<public_id>")
@public
def show(public_id: str) -> ResponseReturnValue:
    """Show one request."""
    return request_page(request_by_id(public_id, viewer()), QuestionForm(formdata=None))


def request_page(
    request: CollaborationRequest, form: QuestionForm, status: int = HTTP_OK
) -> ResponseReturnValue:
    """Return the page of a request with the form for a question, as it was typed.

    Args:
        request: which the reader may see.
        form: the question.
        status: of the answer.
    """
    page = render_template("collaboration/show.html", page=page_of(request), form=form)
    return make_response(page, status)


def page_of(request: CollaborationRequest) -> RequestPage:
    """Return a request as this reader sees it, in a number of queries that does not grow with it."""
    somebody = viewer()
    versions = versions_of(request, somebody)
    in_force = next((each for each in versions if each.status is VersionStatus.IN_FORCE), None)
    asked = PageRequest(http.args.get("page", 1, type=int), QUESTIONS_PER_PAGE)
    questions = questions_of(request, somebody, asked)
    innovation = request.innovation
    return RequestPage(
        request=request,
        asker=asker_of(request),
        direction=direction_of(request.language),
        version=in_force,
        earlier=[each for each in versions if each.status is VersionStatus.SUPERSEDED],
        undecided=[each for each in versions if each.in_force_at is None and each is not in_force],
        innovation=next(iter(hits_of([innovation.public_id])), None) if innovation else None,
        staged=staged(request),
        doings=doings_of(request, somebody),
        questions=questions,
        answerable=frozenset(each.id for each in questions.items if can_answer_question(somebody, each)),
        own_questions=frozenset(each.id for each in questions.items if can_withdraw_question(somebody, each)),
        has_readers=request.status not in EDITABLE or are_readers_chosen(request),
    )
