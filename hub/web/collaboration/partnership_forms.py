"""The forms of a partnership: a step of the plan, what came of it, and what is not right about that."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l

from hub.collaboration.models import PlanStep, Side
from hub.collaboration.models.partnership import OUTCOME_LENGTH, STEP_LENGTH
from hub.collaboration.partnerships.outcomes import KINDS, OutcomeDetails
from hub.collaboration.partnerships.plan import StepDetails
from hub.web.collaboration.traces import TracesForm
from hub.web.fields import CodeField, filled, iso_date, options, text_field
from hub.web.i18n import language

DAY_LENGTH = 10


class StepForm(TracesForm):
    """One step of a plan."""

    traced = ("words",)

    words = text_field(_l("What is to be done"), STEP_LENGTH, filled(_l("Say what is to be done.")))
    owner = CodeField(_l("Who does it"), validators=[filled(_l("Choose which side does it."))])
    due_on = text_field(
        _l("By which day"), DAY_LENGTH, filled(_l("Enter the day by which it is done.")), iso_date
    )

    def offer(self, names: Mapping[Side, str]) -> None:
        """Let the person choose among both sides, by their names."""
        self.owner.choices = [(side.value, name) for side, name in names.items()]

    def details(self) -> StepDetails:
        """Return what was said; only after the form was found valid."""
        return StepDetails(
            words=self.words.data, owner=Side(self.owner.data), due_on=date.fromisoformat(self.due_on.data)
        )


def kept_step(step: PlanStep) -> dict[str, str]:
    """Return a step as its form holds it."""
    return {"words": step.words, "owner": step.owner.value, "due_on": step.due_on.isoformat()}


class OutcomeForm(TracesForm):
    """What came of a partnership."""

    traced = ("words",)

    kind = CodeField(
        _l("What came of it"),
        choices=lambda: options(KINDS),
        validators=[filled(_l("Choose what fits best."))],
    )
    words = text_field(
        _l("In your words"),
        OUTCOME_LENGTH,
        filled(_l("Say in a few sentences what came of it.")),
        area=True,
    )

    def details(self) -> OutcomeDetails:
        """Return what was said; only after the form was found valid."""
        return OutcomeDetails(kind=self.kind.data, words=self.words.data, language=language().code)


class DisputeForm(TracesForm):
    """What is not right about an outcome."""

    traced = ("words",)

    words = text_field(
        _l("What is not right"), OUTCOME_LENGTH, filled(_l("Say what is not right.")), area=True
    )
