"""Fields and validators of forms, each with words of our own: WTForms lacks several of our languages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import (
    Field,
    FieldList,
    Form,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from hub.core.errors import ConflictError, InvalidError
from hub.core.written import WEB_ADDRESS
from hub.members.models import normal_email
from hub.members.service import require_address
from hub.vocabularies.loader import vocabulary
from hub.web.i18n import term, term_description, translate

Validator = Callable[[Form, Field], None]

HTTP_INVALID = InvalidError.status
"""Answers a form that comes back with what is wrong in it."""

HTTP_CONFLICT = ConflictError.status
"""Answers a form that comes back because somebody else saved meanwhile."""

ROW_DIGITS = 4
"""Digits of the number of a row."""


class HubForm(FlaskForm):
    """A form of text fields: a file that somebody sends in place of a text is not looked at."""

    class Meta(FlaskForm.Meta):
        """Where a form takes its data from."""

        def wrap_formdata(self, form: Form, formdata: object) -> object:
            """Return the texts that were sent, without the files beside them."""
            wrapped = super().wrap_formdata(form, formdata)
            return request.form if isinstance(wrapped, CombinedMultiDict) else wrapped

    def refuse(self, error: InvalidError) -> None:
        """Show the words of `error` at its field, or on top where it has none here."""
        words = translate(error.message, **error.parameters)
        if error.field in self:
            self[error.field].errors = [*self[error.field].errors, words]
        else:
            self.form_errors.append(words)


def tidy(value: object) -> object:
    """Return typed text with the line ends that are stored and no white space around it; none is empty text."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""


def filled(message: object) -> Validator:
    """Return a validator that asks for an answer with `message`."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(message))

    return check


class AtMost:
    """Names the limit and the length of a text that is too long; templates read the limit and count down to it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse what is longer than the limit."""
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(
                translate(
                    "Shorten this to %(limit)s characters or fewer; it has %(length)s.",
                    limit=self.limit,
                    length=length,
                )
            )


def web_address(_form: Form, field: Field) -> None:
    """Ask for an http or https address."""
    if field.data and not WEB_ADDRESS.fullmatch(field.data):
        raise ValidationError(translate("Enter a web address that begins with http:// or https://."))


def email_address(_form: Form, field: Field) -> None:
    """Ask for what can be an e-mail address; whether it is one, only a mail can tell."""
    if field.data:
        try:
            require_address(normal_email(field.data))
        except InvalidError as error:
            raise ValidationError(translate(error.message, **error.parameters)) from None


def iso_date(_form: Form, field: Field) -> None:
    """Ask for a date as it is stored."""
    if field.data and not _is_day(field.data):
        raise ValidationError(translate("Enter the date as year-month-day, such as 2026-03-27."))


def _is_day(text: str) -> bool:
    """Whether this is a day as year-month-day; ISO 8601 has other forms, which nobody types on purpose."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def text_field(label: object, limit: int, *validators: Validator, area: bool = False) -> StringField:
    """Return a one-line or (`area`) many-line field of at most `limit` characters."""
    kind = TextAreaField if area else StringField
    return kind(label, filters=[tidy], validators=[*validators, AtMost(limit)])


class RowsField(FieldList):
    """Several rows of the same fields. A number that no page of ours sends is no row; WTForms would fail at it."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if (
                name.startswith(f"{prefix}-")
                and number.isascii()
                and number.isdigit()
                and len(number) <= ROW_DIGITS
            ):
                yield int(number)


class CodesField(SelectMultipleField):
    """Several choices of a list. What is not on the list is named as an error and kept.

    `none_means` is the message id of what no choice stands for, where it is not merely unknown.
    """

    none_means = ""

    def pre_validate(self, form: Form) -> None:
        """Refuse codes that the list does not hold."""
        del form
        known = {choice[0] for choice in self.iter_choices()}
        unknown = [code for code in self.data or () if code not in known]
        if unknown:
            raise ValidationError(str(lazy_gettext("Choose from the list.")))


class CodeField(SelectField):
    """One choice of a list; an empty choice stands for no answer."""

    def pre_validate(self, form: Form) -> None:
        """Refuse a code that the list does not hold."""
        del form
        if self.data and self.data not in {choice[0] for choice in self.iter_choices()}:
            raise ValidationError(str(lazy_gettext("Choose from the list.")))


def options(scheme: str, codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Return (code, translated label) of a vocabulary, or of some `codes` of it, in its own order."""
    chosen = vocabulary(scheme).terms
    wanted = None if codes is None else frozenset(codes)
    return [(each.code, term(scheme, each.code)) for each in chosen if wanted is None or each.code in wanted]


def described_options(scheme: str) -> list[tuple[str, str]]:
    """Return (code, label and what it stands for), where a label alone is an abbreviation that few people type."""
    return [
        (code, f"{label} – {term_description(scheme, code).rstrip('.')}") for code, label in options(scheme)
    ]
