"""The forms of questions about a request and of their answers."""

from flask_babel import lazy_gettext as _l

from hub.collaboration.models.question import ANSWER_LENGTH, QUESTION_LENGTH
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import filled, text_field


class QuestionForm(TracesForm):
    """What somebody asks."""

    traced = ("words",)

    words = text_field(_l("Your question"), QUESTION_LENGTH, filled(_l("Enter your question.")), area=True)


class AnswerForm(TracesForm):
    """What the requester answers, for all."""

    traced = ("answer",)

    answer = text_field(_l("Your answer"), ANSWER_LENGTH, filled(_l("Enter your answer.")), area=True)


class AsideForm(TracesForm):
    """Why a question gets no answer for all; who asked reads it."""

    traced = ("answer",)

    answer = text_field(_l("A word to who asked"), ANSWER_LENGTH, area=True)
