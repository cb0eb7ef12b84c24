"""Asks whoever typed what looks like a trace of a real case or person to look again, before anything is stored."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, FormField, StringField

from hub.collaboration.traces import KIND_WORDS, Trace, traces_in_words
from hub.web.fields import HubForm
from hub.web.i18n import translate

DIGEST_LENGTH = 32


@dataclass(frozen=True)
class Found:
    """A trace in one field of a form.

    Args:
        label: what the field is called.
        kind: what the trace looks like, in words.
        trace: the trace itself.
    """

    label: str
    kind: str
    trace: Trace


class TracesForm(HubForm):
    """A form whose texts are looked through. `traced` names them; `accepted` are texts that were looked at before.

    The box carries what was found when it was shown: it lets that through, and nothing that was typed since.
    """

    traced: ClassVar[Sequence[str]] = ()
    accepted: Collection[str] = ()
    found: Sequence[Found] = ()

    traces_checked = StringField(_l("I have checked: this is about no real case and no person"))

    def validate(self, extra_validators: object = None) -> bool:
        """Check the fields, then look for traces; these are said even where a field is wrong."""
        is_valid = super().validate(extra_validators)
        self.found = found_in(self, *self.traced, accepted=self.accepted)
        if self.found and self.traces_checked.data != digest_of(self.found):
            self.traces_checked.errors = [
                translate("Take out what should not be here, or say that you have checked it.")
            ]
            return False
        return bool(is_valid)

    @property
    def has_checked_traces(self) -> bool:
        """Whether something was found, looked at and kept; only after the form was found valid."""
        return bool(self.found)

    @property
    def traces_digest(self) -> str:
        """What the box carries."""
        return digest_of(self.found)


def found_in(form: HubForm, *names: str, accepted: Collection[str] = ()) -> list[Found]:
    """Return what looks like a trace in some fields of a form.

    Args:
        form: what was typed.
        names: its fields; of one with several rows, every text is looked through.
        accepted: texts whose traces were looked at before.
    """
    known = {trace for text in accepted for trace in traces_in_words(text)}
    return [
        Found(label, translate(KIND_WORDS[trace.kind]), trace)
        for name in names
        for label, field in _parts(form[name])
        for trace in dict.fromkeys(trace for text in _texts(field) for trace in traces_in_words(text, known))
    ]


def _parts(field: Field) -> Iterator[tuple[str, Field]]:
    """Yield a field with what it is called; each row of one with several rows, which are numbered as on the page."""
    label = str(field.label.text)
    if not isinstance(field, FieldList):
        yield label, field
        return
    for number, row in enumerate(field, 1):
        yield translate("%(field)s, number %(number)s", field=label, number=number), row


def digest_of(found: Sequence[Found]) -> str:
    """Return a short digest of what was found, by which the box knows what it was ticked for."""
    told = sorted(f"{each.trace.kind}:{each.trace.excerpt}" for each in found)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:DIGEST_LENGTH]


def _texts(field: Field) -> Iterator[str]:
    if isinstance(field, FieldList):
        for entry in field:
            yield from _texts(entry)
    elif isinstance(field, FormField):
        for each in field.form:
            yield from _texts(each)
    elif isinstance(field.data, str):
        yield field.data
