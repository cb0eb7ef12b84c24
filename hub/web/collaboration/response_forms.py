"""The forms of responses: what is offered, an answer to each requirement, and why a response is declined."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, FormField, HiddenField, RadioField

from hub.access.audience import Tlp, is_lowered, stricter
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.collaboration.models import (
    CollaborationRequest,
    Fit,
    Requirement,
    RequirementsVersion,
    Response,
    ResponseAnswer,
)
from hub.collaboration.models.response import EVIDENCE_LENGTH, OFFER_LENGTH
from hub.collaboration.responses.deciding import REASONS, WORDS_LENGTH
from hub.collaboration.responses.details import AnswerDetails, OfferDetails
from hub.core.errors import InvalidError
from hub.organisations.queries import organisations_spoken_for
from hub.web.collaboration.innovation_field import NAME_LENGTH, innovation_said, words_for
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import CodeField, RowsField, filled, options, text_field
from hub.web.i18n import translate

ONESELF = ""
"""The choice to respond for no organisation."""

ROW_FIELDS = ("fit", "evidence", "innovation")

DIGITS = 9
"""The most digits of a number that is stored."""

Stored = Mapping[str, Any]


def fit_words() -> dict[Fit, str]:
    """Return how far a requirement is met, in words."""
    return {
        Fit.MET: translate("Met in full"),
        Fit.PARTLY: translate("Met in part"),
        Fit.NOT: translate("Not met"),
    }


class OfferForm(TracesForm):
    """What is offered, for whom and under which label."""

    traced = ("offer", "conditions")

    organisation_id = CodeField(_l("For whom do you respond?"))
    offer = text_field(_l("What you offer"), OFFER_LENGTH, filled(_l("Say what you offer.")), area=True)
    innovation = text_field(_l("An innovation of the catalogue that you offer"), NAME_LENGTH)
    conditions = text_field(_l("Your conditions"), OFFER_LENGTH, area=True)
    tlp = CodeField(_l("How the requester may pass it on"), [filled(_l("Choose a label."))])

    def offer_choices(self, request: CollaborationRequest, response: Response | None, viewer: Viewer) -> None:
        """Offer the organisations that the viewer speaks for, and the labels that the request allows.

        Args:
            request: what is answered.
            response: the response, or None while there is none.
            viewer: who writes.
        """
        organisations = organisations_spoken_for(viewer)
        named = {str(each.id): each.name for each in organisations}
        if response is not None and response.organisation is not None:
            named.setdefault(str(response.organisation.id), response.organisation.name)
        self.organisation_id.choices = [(ONESELF, translate("Myself")), *named.items()]
        if self.organisation_id.data is None:
            self.organisation_id.data = ONESELF
        allowed = [each.value for each in Tlp if not is_lowered(request.tlp, each)]
        self.tlp.choices = options("tlp", allowed)

    def details(self, viewer: Viewer, response: Response | None, *, is_hidden: bool) -> OfferDetails:
        """Return what was entered.

        Args:
            viewer: who entered it.
            response: what was stored before, or None.
            is_hidden: whether the innovation that was chosen before is not shown to the viewer, and so stays.

        Raises:
            InvalidError: no innovation of that name is shown to the viewer.
        """
        chosen = innovation_said(self.innovation.data, viewer, field="innovation")
        kept = response.innovation_id if response is not None and is_hidden else None
        return OfferDetails(
            offer=self.offer.data,
            conditions=self.conditions.data,
            tlp=Tlp(self.tlp.data),
            organisation_id=_number(self.organisation_id.data),
            innovation_id=chosen.id if chosen else kept,
        )


def stored_offer(
    response: Response | None, request: CollaborationRequest, shown: Mapping[int, Innovation]
) -> Stored:
    """Return what is stored of an offer, by the names of its form.

    Args:
        response: the response, or None for the beginning of one.
        request: what is answered.
        shown: the innovations that it names, as far as the viewer may see them.
    """
    if response is None:
        return {
            "organisation_id": ONESELF,
            "offer": "",
            "innovation": "",
            "conditions": "",
            "tlp": stricter(request.tlp, Tlp.GREEN).value,
        }
    return {
        "organisation_id": str(response.organisation_id or ONESELF),
        "offer": response.offer,
        "innovation": words_for(shown.get(response.innovation_id or 0)),
        "conditions": response.conditions,
        "tlp": response.tlp.value,
    }


class AnswerForm(Form):
    """The answer to one requirement; rows stand in the order of the requirements."""

    fit = RadioField(_l("How far do you meet it?"), validate_choice=False)
    evidence = text_field(_l("What shows it"), EVIDENCE_LENGTH, area=True)
    innovation = text_field(_l("An innovation that shows it"), NAME_LENGTH)

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(*arguments, **named)
        self.fit.choices = [(fit.value, words) for fit, words in fit_words().items()]

    @property
    def chosen_fit(self) -> Fit | None:
        """How far it is met, or None where that is left open."""
        return Fit(self.fit.data) if self.fit.data in {fit.value for fit in Fit} else None


class AnswersForm(TracesForm):
    """An answer to each requirement in force."""

    traced = ("answers",)

    requirements = HiddenField()
    answers = RowsField(FormField(AnswerForm), _l("Answers"))

    @property
    def version_answered(self) -> int:
        """The number of the version of the requirements that the rows answer; 0 where that cannot be read."""
        return _number(self.requirements.data) or 0

    def accept(self, stored: Stored) -> None:
        """Take what was stored before, and the addresses of innovations, for looked at."""
        texts = [row["evidence"] for row in stored["answers"]]
        self.accepted = [*texts, *(row.form.innovation.data or "" for row in self.answers)]

    def refuse(self, error: InvalidError) -> None:
        """Show the words of `error` at the row that it is about."""
        for row in self.answers:
            if error.field == row.form.innovation.name:
                row.form.innovation.errors = [translate(error.message, **error.parameters)]
                return
        super().refuse(error)

    def details(
        self,
        requirements: Sequence[Requirement],
        viewer: Viewer,
        stored: Mapping[int, ResponseAnswer],
        shown: Mapping[int, Innovation],
    ) -> list[AnswerDetails]:
        """Return what was entered.

        Args:
            requirements: those in force.
            viewer: who entered it.
            stored: what was answered before, by id of the requirement.
            shown: the innovations named before, as far as the viewer may see them.

        Raises:
            InvalidError: no innovation of a name is shown to the viewer; `field` is that of the row.
        """
        return [
            AnswerDetails(
                requirement_id=requirement.id,
                fit=row.form.chosen_fit,
                evidence=row.form.evidence.data,
                innovation_id=_innovation_of(row.form, viewer, stored.get(requirement.id), shown),
            )
            for row, requirement in zip(self.answers, requirements, strict=False)
        ]


def stored_answers(
    version: RequirementsVersion, answers: Mapping[int, ResponseAnswer], shown: Mapping[int, Innovation]
) -> Stored:
    """Return what is stored of the answers, by the names of the form: a row for each requirement of `version`.

    Args:
        version: the requirements in force.
        answers: what was answered, by id of the requirement.
        shown: the innovations that are named, as far as the viewer may see them.
    """
    return {
        "requirements": str(version.number),
        "answers": [_stored(answers.get(each.id), shown) for each in version.requirements],
    }


def carried_over(
    form: AnswersForm, before: RequirementsVersion | None, version: RequirementsVersion
) -> tuple[Stored, list[tuple[str, str]]]:
    """Return what was typed, in rows for other requirements, and what was typed about those that are gone.

    Args:
        form: what was sent, in the order of the requirements of `before`.
        before: the version that was answered; None where the form does not say which.
        version: the requirements in force.

    Returns:
        the rows by the names of the form, and pairs of a requirement's words and what was typed to it.
    """
    asked = [each.words for each in before.requirements] if before is not None else []
    typed = {words: row.form for words, row in zip(asked, form.answers, strict=False)}
    wanted = [each.words for each in version.requirements]
    rows = [
        {name: (typed[words][name].data or "") if words in typed else "" for name in ROW_FIELDS}
        for words in wanted
    ]
    gone = [
        (words, row.evidence.data)
        for words, row in typed.items()
        if words not in wanted and row.evidence.data
    ]
    return {"requirements": str(version.number), "answers": rows}, gone


class DeclineForm(TracesForm):
    """Why a response is declined; the responder reads both."""

    traced = ("words",)

    reason = RadioField(_l("Why do you decline it?"), validate_choice=False)
    words = text_field(_l("What you want to tell the responder"), WORDS_LENGTH, area=True)

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - WTForms' own arguments
        super().__init__(*arguments, **named)
        self.reason.choices = options(REASONS)


def _stored(answer: ResponseAnswer | None, shown: Mapping[int, Innovation]) -> dict[str, str]:
    if answer is None:
        return dict.fromkeys(ROW_FIELDS, "")
    return {
        "fit": answer.fit.value if answer.fit else "",
        "evidence": answer.evidence,
        "innovation": words_for(shown.get(answer.innovation_id or 0)),
    }


def _innovation_of(
    row: AnswerForm, viewer: Viewer, before: ResponseAnswer | None, shown: Mapping[int, Innovation]
) -> int | None:
    """Return which innovation a row names; one that was named before and is hidden from the viewer stays."""
    chosen = innovation_said(row.innovation.data, viewer, field=row.innovation.name)
    if chosen is not None:
        return chosen.id
    was = before.innovation_id if before else None
    return was if was is not None and was not in shown else None


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= DIGITS else None
