"""The parts of a draft in the order of thought: the task list, its pages, and how far each is."""

from dataclasses import dataclass

from flask_babel import LazyString, lazy_gettext as _l
from wtforms import Field, RadioField

from hub.collaboration.models import CollaborationRequest
from hub.collaboration.posting.completeness import missing_parts
from hub.core.errors import NotFoundError
from hub.web.catalogue.parts import shown_value as shown_in_catalogue
from hub.web.collaboration.draft_forms import (
    AboutForm,
    BringsForm,
    PartForm,
    RequirementsForm,
    WhatForm,
    WhenForm,
)
from hub.web.collaboration.readers_form import ReadersForm


@dataclass(frozen=True)
class Part:
    """One page of a draft.

    Args:
        key: its place in the address, and the name of its template.
        group: heading on the task list.
        title: what it asks.
        hint: one line of help there.
        form: its form.
        needed: the fields of `missing_parts` that are filled in here.
    """

    key: str
    group: LazyString
    title: LazyString
    hint: LazyString
    form: type[PartForm]
    needed: tuple[str, ...] = ()


NEED, PARTNER, READERS = _l("The need"), _l("The partner"), _l("Readers and dates")

PARTS = (
    Part(
        "what",
        NEED,
        _l("What you look for"),
        _l("Title, summary, background, and the outcome you want"),
        WhatForm,
        ("summary", "background", "outcome_wanted"),
    ),
    Part(
        "about",
        NEED,
        _l("What it is about"),
        _l("What it is to help with, where, and the innovation if there is one"),
        AboutForm,
        ("functions",),
    ),
    Part(
        "requirements",
        PARTNER,
        _l("Requirements"),
        _l("What a response must meet, and what would be nice"),
        RequirementsForm,
        ("requirements",),
    ),
    Part("brings", PARTNER, _l("What you bring"), _l("Data, people, money, access, time"), BringsForm),
    Part(
        "readers",
        READERS,
        _l("For whom, and who reads it"),
        _l("An open call, or members and organisations that you name"),
        ReadersForm,
        ("readers",),
    ),
    Part("dates", READERS, _l("Dates"), _l("Until when responses are taken"), WhenForm, ("due_on",)),
)
"""Every part, in order."""

BY_KEY = {part.key: part for part in PARTS}

FIELD_OF = {"requirements": "essential", "readers": "way"}
"""Where a missing part has another name on its page."""


def part_by_key(key: str) -> Part:
    """Return the part with `key`.

    Raises:
        NotFoundError: there is none.
    """
    if key not in BY_KEY:
        raise NotFoundError
    return BY_KEY[key]


def following(part: Part) -> Part | None:
    """Return the part after `part`, or None at the end."""
    position = PARTS.index(part) + 1
    return PARTS[position] if position < len(PARTS) else None


def states_of(request: CollaborationRequest) -> dict[str, str]:
    """Return how far each part is, by its key: `done`, `started`, `todo`, or `free` while an optional one is empty."""
    missing = set(missing_parts(request))
    return {part.key: _state(part, request, missing & set(part.needed)) for part in PARTS}


def _state(part: Part, request: CollaborationRequest, missing: set[str]) -> str:
    filled = is_filled(part, request)
    if not missing:
        return "done" if filled else "free"
    return "started" if filled else "todo"


def is_filled(part: Part, request: CollaborationRequest) -> bool:
    """Whether anything is stored in this part that was not there when the draft was begun."""
    if part.key == "what":
        return bool(request.summary or request.background or request.outcome_wanted)
    if part.key == "dates":
        return request.due_at is not None
    if part.key == "readers":
        return bool(request.labels)
    return any(_says_something(value) for value in part.form.stored(request).values())


def _says_something(value: str | list[str] | list[dict[str, str]]) -> bool:
    if isinstance(value, list):
        return any(any(row.values()) if isinstance(row, dict) else row for row in value)
    return bool(value)


def shown_value(field: Field) -> str | list[str]:
    """Return the value of a filled form field as people read it."""
    if isinstance(field, RadioField):
        return next((str(label) for code, label in field.choices or () if code == field.data), "")
    return shown_in_catalogue(field)


def form_of(part: Part, request: CollaborationRequest, **sources: object) -> PartForm:
    """Return the form of a part for a request.

    Args:
        part: the part.
        request: the draft.
        sources: `formdata` or `data`, as forms take them.
    """
    form = part.form(**sources)
    form.draft = request
    form.accepted = texts_of(part, request)
    if isinstance(form, ReadersForm | AboutForm):
        form.offer(request)
    return form


def texts_of(part: Part, request: CollaborationRequest) -> list[str]:
    """Return the texts that are stored in a part: what looks like a trace in them was looked at before."""
    stored = part.form.stored(request)
    found: list[str] = []
    for name in part.form.traced:
        value = stored[name]
        rows = value if isinstance(value, list) else [value]
        found += (str(word) for row in rows for word in (row.values() if isinstance(row, dict) else (row,)))
    return found
