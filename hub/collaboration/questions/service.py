"""Asking about a request, answering once for all, setting aside and taking back."""

from datetime import timedelta

from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text, checked_words
from hub.collaboration.acting import holding_as_reader, holding_as_requester
from hub.collaboration.lifecycle import QUESTIONS
from hub.collaboration.models import CollaborationRequest, RequestQuestion
from hub.collaboration.models.question import ANSWER_LENGTH, QUESTION_LENGTH
from hub.collaboration.models.request import SHOWN
from hub.collaboration.permissions import can_answer_question, can_ask, can_withdraw_question
from hub.collaboration.telling import tell_requester, tell_responders
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.quotas import require_quota
from hub.notifications.service import notify

A_DAY = 20
"""How many questions a member asks a day, about all requests together."""

DAY = timedelta(days=1)

ASKED_TOO_MANY = N_(
    "You have asked %(number)s questions in a day, the most there can be. Yours is still below."
)


def ask_question(
    actor: Member, request: CollaborationRequest, *, words: str, language: str
) -> RequestQuestion:
    """Ask about a request. The requester reads it, without who asked; all of its readers once it is answered.

    Args:
        actor: somebody who may respond.
        request: what it is about.
        words: the question.
        language: BCP 47 tag of the words.

    Raises:
        NotFoundError: it is not the actor's to see.
        ForbiddenError: the actor is on the requester's side, or no member.
        ConflictError: it takes no responses any more.
        InvalidError: the words cannot be stored.
        TooManyError: the actor has asked as many as a day allows.
    """
    hold_member(actor.id)  # before the request, as everybody does who holds both
    viewer = holding_as_reader(actor, request)
    if not can_ask(viewer, request):
        raise ForbiddenError
    if not request.takes_responses:
        raise ConflictError(N_("Questions can be asked as long as responses are taken. That is over."))
    words = checked_words(words, QUESTION_LENGTH, N_("Enter your question."))
    require_quota(
        (RequestQuestion.asked_at, RequestQuestion.asked_by_id == actor.id),
        most=A_DAY,
        period=DAY,
        words=ASKED_TOO_MANY,
    )
    question = RequestQuestion(
        request_id=request.id,
        asked_by_id=actor.id,
        asked_at=clock.now(),
        language=language,
        words=words,
    )
    session().add(question)
    session().flush()
    record(viewer, Event.QUESTION_ASK, question.subject, after={"words": words})
    tell_requester("question_asked", request)
    return question


def answer_question(actor: Member, question: RequestQuestion, *, answer: str) -> None:
    """Answer a question once for all; who asked, who responded and who prepares a response are told.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ForbiddenError: the actor does not act for the requester, or asked it.
        ConflictError: it has been answered, set aside or taken back, or the request has ended.
        InvalidError: the answer cannot be stored.
    """
    request = question.request
    viewer = holding_as_requester(actor, request)
    if not can_answer_question(viewer, question):
        raise ForbiddenError
    if request.status not in SHOWN:
        raise ConflictError(N_("This request has ended. Nobody would read the answer."))
    answer = checked_words(answer, ANSWER_LENGTH, N_("Enter your answer."), "answer")
    QUESTIONS.move(question, "answer", answer=answer, answered_by_id=actor.id, answered_at=clock.now())
    after = {"words": question.words, "answer": answer}
    record(viewer, Event.QUESTION_ANSWER, question.subject, after=after)
    tell_responders("question_answered", request, drafts=True, others=_asker(question))


def set_aside_question(actor: Member, question: RequestQuestion, *, words: str = "") -> None:
    """Leave a question without an answer for all; only who asked is told.

    Args:
        actor: somebody of the requester's side.
        question: what is set aside.
        words: why, for who asked alone; may be empty.

    Raises:
        NotFoundError: the request is not the actor's to see.
        ForbiddenError: the actor does not act for the requester, or asked it.
        ConflictError: it has been answered, set aside or taken back.
        InvalidError: the words cannot be stored.
    """
    request = question.request
    viewer = holding_as_requester(actor, request)
    if not can_answer_question(viewer, question):
        raise ForbiddenError
    words = words.strip()
    check_text("answer", words, ANSWER_LENGTH)
    QUESTIONS.move(question, "set_aside", answer=words, answered_by_id=actor.id, answered_at=clock.now())
    record(viewer, Event.QUESTION_SET_ASIDE, question.subject, reason=words)
    notify(_asker(question), "question_set_aside", request.subject, tlp=request.tlp)


def withdraw_question(actor: Member, question: RequestQuestion) -> None:
    """Take back a question that waits for its answer.

    Raises:
        NotFoundError: the actor did not ask it, or the request is not theirs to see.
        ConflictError: it has been answered or set aside meanwhile.
    """
    viewer = holding_as_reader(actor, question.request)
    if not can_withdraw_question(viewer, question):
        raise NotFoundError
    QUESTIONS.move(question, "withdraw")
    record(viewer, Event.QUESTION_WITHDRAW, question.subject)


def _asker(question: RequestQuestion) -> frozenset[int]:
    return frozenset({question.asked_by_id} - {None})  # type: ignore[arg-type]
