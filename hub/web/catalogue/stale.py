"""Two texts of one field: what somebody typed and what somebody else saved meanwhile. Neither is lost."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

CHOICE = "choice-"
FRAME = frozenset({"csrf_token", "version", "seen", "then"})

LARGEST_VERSION = 2**31 - 1
"""The largest number that a column of versions holds."""


@dataclass(frozen=True)
class TwoTexts:
    """One field of a stale save, for the page that shows both texts."""

    name: str
    label: str
    mine: str
    theirs: str

    @property
    def changed(self) -> bool:
        """Whether the texts differ."""
        return self.mine != self.theirs


def digest_of(stored: Mapping[str, Any]) -> str:
    """Return a short digest of the stored values of one page, to see later whether they are still the same."""
    return sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:32]


def sent_version() -> int:
    """Return the version that the sent form was opened with; none and anything unreadable count as stale."""
    version = request.form.get("version", default=0, type=int)
    return version if 0 <= version <= LARGEST_VERSION else 0


def opened_version(present: int) -> int:
    """Return the version for a form that is shown: the `present` one, or after it was sent the one sent with it."""
    return sent_version() if request.method == "POST" else present


def is_choice(name: str) -> bool:
    """Whether a sent field says which of two texts to keep."""
    return name.startswith(CHOICE)


def sent_pairs() -> Iterator[tuple[str, str]]:
    """Yield every (name, value) of the sent form, without those of the form machinery."""
    return ((name, value) for name, value in request.form.items(multi=True) if name not in FRAME)


def chosen_fields(stored: Mapping[str, Any]) -> MultiDict[str, str]:
    """Return the sent form, in which each field that was chosen to stay as saved has its stored value."""
    kept = {name for name in stored if request.form.get(f"{CHOICE}{name}") == "theirs"}
    pairs = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in kept and name.partition("-")[0] not in kept and not is_choice(name)
    ]
    for name in sorted(kept):
        pairs += _pairs(name, stored[name])
    return MultiDict(pairs)


def _pairs(name: str, value: str | list[str | dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield a stored value the way a form sends it."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, dict):
                yield from ((f"{name}-{number}-{key}", text) for key, text in item.items())
            else:
                yield name, item
    else:
        yield name, value


def two_texts(
    names: tuple[str, ...], typed: Form, saved: Form, shown: Callable[[Field], str | list[str]]
) -> list[TwoTexts]:
    """Return each field as typed and as saved, in words."""
    texts = []
    for name in names:
        mine, theirs = (_words(shown(form[name])) for form in (typed, saved))
        texts.append(TwoTexts(name, str(typed[name].label.text), mine, theirs))
    return texts


def _words(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
