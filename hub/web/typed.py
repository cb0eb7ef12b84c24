"""The words that somebody sent with a form, so that an error page can give them back."""

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from hub.web.i18n import translate

SECRET = ("password", "csrf_token", "recovery_code")
"""Fields, by the end of their names, that are never shown nor sent again."""

PLUMBING = frozenset(
    {"reasons", "version", "seen", "next", "then", "language", "action", "token", "sealed", "credential"}
    | {"beside", "traces_checked"}
)
"""Fields that no person types."""

MAX_FIELDS = 200

GIVEN_BACK_IF = {"collaboration.new": ("real_case", "no")}
"""What a form must have answered for its words to be given back, by endpoint: of a real case nothing is repeated."""


@dataclass(frozen=True)
class TypedField:
    """One value of a form: the field's name, its name for people, and what was entered."""

    name: str
    label: str
    text: str


def sent_fields() -> list[tuple[str, str]]:
    """Return every (name, value) that was sent, save secrets; empty when the body was refused or tells of a case."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return []
    needed = GIVEN_BACK_IF.get(request.endpoint or "")
    if needed is not None and needed not in fields:
        return []
    return [(name, value) for name, value in fields if not name.endswith(SECRET)][:MAX_FIELDS]


def has_secret() -> bool:
    """Whether a password was sent, which would have to be typed again."""
    return any(name.endswith("password") for name in request.form)


def typed_fields() -> list[TypedField]:
    """Return what a person entered; several values of one field stand in lines."""
    values: dict[str, list[str]] = {}
    for name, value in sent_fields():
        if value.strip() and name not in PLUMBING:
            values.setdefault(name, []).append(value)
    return [TypedField(name, label_of(name), "\n".join(texts)) for name, texts in values.items()]


def label_of(name: str) -> str:
    """Return a name for people: labels of fields are their names in words, so the catalogue often knows them."""
    return translate(name.replace("-", " ").replace("_", " ").strip().capitalize())
