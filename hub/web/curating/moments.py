"""Day and time as a showcase's team types them, in the zone of the venue, and what is said where clocks change."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import flash
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField, ValidationError

from hub.members.zones import is_ambiguous, moment_typed
from hub.web.fields import HubForm, Validator, iso_date, text_field
from hub.web.i18n import translate
from hub.web.zones import typed_moment, typed_parts

DAY_LENGTH, TIME_LENGTH = 10, 5
LAST_MINUTE = "23:59"
"""The minute that counts where something closes and nobody says another."""

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

Names = tuple[str, str]
"""The names of the fields of a day and of a time of that day."""


def clock_time(_form: Form, field: Field) -> None:
    """Ask for a time of day as hours and minutes."""
    if field.data and not TIME.fullmatch(field.data):
        raise ValidationError(translate("Enter the time as hours and minutes, such as 17:00."))


def day_field(label: object, *validators: Validator) -> StringField:
    """Return the field of a day."""
    return text_field(label, DAY_LENGTH, *validators, iso_date)


def time_field(label: object = _l("At"), *validators: Validator) -> StringField:
    """Return the field of a time of day."""
    return text_field(label, TIME_LENGTH, *validators, clock_time)


def parts_of(value: datetime | None, zone: str) -> tuple[str, str]:
    """Return day and time of a moment in a zone as fields show them; empty where there is none."""
    if value is None:
        return "", ""
    at = value.astimezone(ZoneInfo(zone))
    return at.date().isoformat(), at.strftime("%H:%M")


def exact(form: HubForm, names: Names, zone: str, stored: datetime | None = None) -> datetime | None:
    """Return the moment that was typed, or None where no day was; one that was not changed stays as it is stored.

    Args:
        form: a valid form.
        names: its fields of day and time.
        zone: the zone in which they are meant.
        stored: the moment before.

    Raises:
        InvalidError: clocks skip it; names the field of the time.
    """
    typed = _typed(form, names)
    if typed is None or (stored is not None and typed == parts_of(stored, zone)):
        return stored if typed else None
    day, at = typed
    return moment_typed(date.fromisoformat(day), time.fromisoformat(at or "00:00"), zone, field=names[1])


def closing(form: HubForm, names: Names, zone: str, stored: datetime | None = None) -> datetime | None:
    """Return the first moment after the minute that was typed: what closes does so at the end of that minute.

    Takes and raises what `exact` does; of a minute that comes twice it is the later one.
    """
    typed = _typed(form, names)
    if typed is None or (stored is not None and typed == typed_parts(stored, zone)):
        return stored if typed else None
    day, at = date.fromisoformat(typed[0]), time.fromisoformat(typed[1] or LAST_MINUTE)
    moment_typed(day, at, zone, field=names[1])
    return typed_moment(day, at, zone)


def say_what_comes_twice(form: HubForm, names: Iterable[Names], zone: str) -> None:
    """Say, after a form was stored, which typed times clocks show twice on their day, and that the first one counts."""
    for each in names:
        typed = _typed(form, each)
        if typed is None or not typed[1]:
            continue
        day, at = date.fromisoformat(typed[0]), time.fromisoformat(typed[1])
        if is_ambiguous(day, at, zone):
            words = translate(
                "Clocks are set back that night, so %(time)s comes twice. The first one counts.",
                time=typed[1],
            )
            flash(words, "info")


def _typed(form: HubForm, names: Names) -> tuple[str, str] | None:
    """Return day and time as they were typed, or None where there is no day."""
    day, at = (str(form[name].data or "") for name in names)
    return (day, at) if day else None
