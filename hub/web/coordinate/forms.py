"""The forms of decisions: reasons, words, and words at single fields; or words alone."""

from flask import request
from flask_babel import lazy_gettext as _l

from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.review.service import REASONS, Opinion, faults_of
from hub.core.errors import InvalidError
from hub.web.catalogue.parts import PARTS
from hub.web.fields import CodesField, HubForm, options, text_field

COMMENT = "comment-"


def reason_options() -> list[tuple[str, str]]:
    """Return (code, label) of the reasons of both decisions, each once."""
    return list(dict(option for name in REASONS.values() for option in options(name)).items())


class WordsForm(HubForm):
    """What a coordinator writes on deciding a task."""

    IS_SHOWN = "is-shown"

    words = text_field(_l("In your words"), PARAGRAPH_LENGTH, area=True)

    def check(self) -> None:
        """Refuse what cannot be taken as it was typed.

        Raises:
            InvalidError: without words of its own; what is wrong stands at its field already.
        """
        if not self.validate():
            raise InvalidError(field=self.IS_SHOWN)

    def refuse(self, error: InvalidError) -> None:
        """Show the words of `error` at its field, unless they stand there already."""
        if error.field != self.IS_SHOWN:
            super().refuse(error)


class DecisionForm(WordsForm):
    """Why a revision goes back, or why more people should see it; publishing needs none of it."""

    reasons = CodesField(_l("Reasons"), choices=reason_options)
    reason = text_field(_l("Why should more people see it?"), PARAGRAPH_LENGTH, area=True)

    def opinion(self) -> Opinion:
        """Return what was typed; comments only at fields that a record has."""
        return Opinion(
            reasons=tuple(dict.fromkeys(self.reasons.data or ())),
            words=self.words.data or "",
            comments={name: words for name, words in comments_sent().items() if words},
        )

    def is_enough_for(self, action: str) -> bool:
        """Whether what was typed can stand behind the decision `action`; all that is missing is shown at once."""
        if not self.validate():
            return False
        faults = list(faults_of(action, self.opinion()))
        for fault in faults:
            self.refuse(fault)
        return not faults


def comments_sent() -> dict[str, str]:
    """Return the typed comments by field."""
    names = (name for part in PARTS for name in part.form.names())
    return {
        name: request.form[f"{COMMENT}{name}"].replace("\r\n", "\n").strip()
        for name in names
        if f"{COMMENT}{name}" in request.form
    }
