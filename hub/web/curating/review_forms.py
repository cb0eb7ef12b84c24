"""The forms of the review of entries: scores, remarks, decisions, proposals to feature."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField

from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.integrity.service import INTEREST_WORDS_LENGTH
from hub.showcases.models import Criterion, EntryDecision, EntryReview
from hub.showcases.models.entry import WORDS_LENGTH
from hub.showcases.review.scoring import MISSING, Scores, points_field
from hub.web.fields import HubForm, text_field
from hub.web.i18n import translate

POINTS = {
    1: N_("1 – poor"),
    2: N_("2 – weak"),
    3: N_("3 – fair"),
    4: N_("4 – good"),
    5: N_("5 – excellent"),
}
"""What points mean."""

DECISION_WORDS = {
    EntryDecision.ACCEPT: N_("Accept"),
    EntryDecision.WAITLIST: N_("Waiting list"),
    EntryDecision.REJECT: N_("Do not choose"),
}

LETTERS = {
    EntryDecision.ACCEPT: N_(
        "Thank you for proposing this innovation. We are glad to accept it. Please confirm on the page of the"
        " entry that it will be presented."
    ),
    EntryDecision.WAITLIST: N_(
        "Thank you for proposing this innovation. There were more good entries than places. It is on the waiting"
        " list: when another entry steps back, the next one moves up."
    ),
    EntryDecision.REJECT: N_(
        "Thank you for proposing this innovation. There were more good entries than places, and we could not choose"
        " it this time. You are welcome to propose it for another showcase."
    ),
}
"""What a decision says where nobody wrote anything else."""

DIGITS = 9
"""The most digits of a number that is stored."""


def whole(typed: str | None) -> int | None:
    """Return a typed whole number, or None where it is none."""
    text = (typed or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


class ScoreForm(HubForm):
    """Points for each criterion, which `score_form` adds, and why."""

    comment = text_field(_l("Comment"), WORDS_LENGTH, area=True)
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the curator changed; one that no form sends is of no version."""
        number = whole(self.version.data)
        return -1 if number is None else number

    def scores(self, criteria: Collection[Criterion]) -> Scores:
        """Return what was entered; what is no number of points is left out."""
        chosen = {each.id: whole(self[points_field(each.id)].data) for each in criteria}
        return Scores(
            points={number: points for number, points in chosen.items() if points is not None},
            comment=self.comment.data or "",
        )

    def require(self, criteria: Collection[Criterion]) -> bool:
        """Ask for points for each criterion where none are chosen; return whether all are there."""
        missing = [each for each in criteria if not self[points_field(each.id)].data]
        for each in missing:
            self.refuse(InvalidError(MISSING, field=points_field(each.id)))
        return not missing


def points_choices() -> list[tuple[str, str]]:
    """Return the points that may be given, in words."""
    return [(str(points), translate(words)) for points, words in POINTS.items()]


def score_form(criteria: Collection[Criterion], review: EntryReview | None) -> ScoreForm:
    """Return the form with a row of points for each criterion, filled with what is stored."""
    rows = {
        points_field(each.id): RadioField(each.name, choices=points_choices, validate_choice=False)
        for each in criteria
    }
    stored: dict[str, Any] = {"version": str(review.version if review else 0)}
    if review is not None:
        stored |= {"comment": review.comment}
        stored |= {points_field(each.criterion_id): str(each.points) for each in review.scores}
    return cast("ScoreForm", type("CriteriaForm", (ScoreForm,), rows)(data=stored))


class RemarkForm(HubForm):
    """What a curator says to the others."""

    words = text_field(_l("Your remark"), WORDS_LENGTH, area=True)


class RecusalForm(HubForm):
    """What a curator wants to say on recusing themselves."""

    words = text_field(_l("In your words"), INTEREST_WORDS_LENGTH, area=True)


class DecideForm(HubForm):
    """What an entry is answered; `seen` tells which decision stood there when the form was opened."""

    words = text_field(_l("What the proposer reads"), WORDS_LENGTH, area=True)
    position = text_field(_l("Place on the waiting list"), DIGITS)
    seen = HiddenField()


class SeveralForm(HubForm):
    """The same decision about several entries."""

    entries = SelectMultipleField(_l("Entries"), validate_choice=False)
    words = text_field(_l("What each proposer reads"), WORDS_LENGTH, area=True)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer entries, by their random ids; what was decided meanwhile is refused by the service."""
        self.entries.choices = list(choices.items())


class UndoForm(HubForm):
    """Which decision is taken back."""

    seen = HiddenField()


class FeatureForm(HubForm):
    """Why an entry should be featured."""

    reason = text_field(_l("Why does it stand out?"), WORDS_LENGTH, area=True)


class DeclineForm(HubForm):
    """Why a proposal is declined."""

    words = text_field(_l("Why not?"), WORDS_LENGTH, area=True)


def decision_of(code: str | None) -> EntryDecision | None:
    """Return the decision of that code, or None where there is none."""
    return EntryDecision(code) if code in frozenset(EntryDecision) else None
