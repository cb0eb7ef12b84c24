"""The form in which a focal point states what the country has, one row for each common prerequisite."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, FormField, HiddenField, StringField, ValidationError

from hub.catalogue.models import ReadinessState
from hub.catalogue.readiness.service import NOTE_LENGTH, StatementDetails
from hub.vocabularies.loader import vocabulary
from hub.web.fields import CodeField, HubForm, options, text_field
from hub.web.i18n import translate

NOTHING = ""


def state_options() -> list[tuple[str, str]]:
    """Return (code, words) of what can be stated, nothing last."""
    return [*options("readiness_states"), (NOTHING, translate("Nothing stated"))]


class StatementForm(Form):
    """What the country has of one prerequisite, and the digest of what stood there when the page was opened."""

    state = CodeField(_l("State"), choices=state_options)
    note = text_field(_l("Note"), NOTE_LENGTH, area=True)
    seen = HiddenField()

    def validate_note(self, field: StringField) -> None:
        """Ask what a note belongs to: without a state it would be dropped."""
        if field.data and not self.state.data:
            raise ValidationError(translate("Choose a state too, or empty the note."))

    def details(self) -> StatementDetails:
        """Return what was typed."""
        code = self.state.data
        if not code or code not in vocabulary("readiness_states"):
            return StatementDetails(None)
        return StatementDetails(ReadinessState(code), str(self.note.data or ""))


class StatementsForm(HubForm):
    """All statements of a country; its fields are those of `statements_form`."""

    def rows(self) -> Iterable[tuple[str, StatementForm]]:
        """Yield the form of each prerequisite by its code."""
        return ((each.code, self[each.code].form) for each in vocabulary("prerequisites").terms)

    def changed(self) -> dict[str, StatementDetails]:
        """Return, by code, what was typed otherwise than it stood on the page when it was opened."""
        typed = ((topic, row.details(), row.seen.data) for topic, row in self.rows())
        return {topic: details for topic, details, seen in typed if details.digest != seen}

    def seen(self) -> dict[str, str]:
        """Return, by code, the digest of what stood on the page when it was opened."""
        return {topic: str(row.seen.data or "") for topic, row in self.rows()}


@cache
def _form_class() -> type[StatementsForm]:
    fields = {each.code: FormField(StatementForm) for each in vocabulary("prerequisites").terms}
    return type("AllStatementsForm", (StatementsForm,), fields)


def statements_form(stored: Mapping[str, StatementDetails], **options: Any) -> StatementsForm:  # noqa: ANN401
    """Return the form as sent, or filled with what is stored.

    Args:
        stored: what the country states, by code.
        options: for the form, such as `formdata=None` to leave aside what was sent.
    """
    data = {
        each.code: _values(stored.get(each.code, StatementDetails(None)))
        for each in vocabulary("prerequisites").terms
    }
    return _form_class()(data=data, **options)


def _values(details: StatementDetails) -> dict[str, str]:
    return {
        "state": details.state.value if details.state else NOTHING,
        "note": details.note,
        "seen": details.digest,
    }
