"""Whether a password is easy to guess, by rule and a list of common words. Length is judged in `passwords`."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

_WORDS_FILE = Path(__file__).parent / "data" / "common_words.txt"

_DIFFERENT = 5
"""Characters that must differ from one another."""

_STRETCHES = 3
"""So many runs one after another are still easy to guess, such as `abc123qwerty`."""

_RUN_MIN = 3
"""Characters of the shortest run."""

_WORD_MIN = 3
"""Letters of the shortest common word that counts as part of a password."""

_NAME_MIN = 4
"""Letters of the shortest name that counts as part of a password."""

_REST_MIN = 8
"""Characters that must be left of a password when names are taken out of it."""

_FORWARDS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
)
_RUNS = (*_FORWARDS, *(run[::-1] for run in _FORWARDS))

_AS_LETTERS = str.maketrans("@4301!$5", "aaeoiiss")
"""What people write for letters."""


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Return whether `password` is one of those that attackers try first.

    These are: fewer than five different characters; a short piece repeated; runs along the alphabet or the
    keyboard; digits only; one or two common words with digits or signs beside them, also written like `P@ssw0rd`;
    names of the person with little added.

    Args:
        password: of any length.
        about: names that others know, such as the e-mail address and the display name.
    """
    lower = password.lower()
    return (
        len(set(lower)) < _DIFFERENT
        or lower.isdigit()
        or _is_repeated(lower)
        or _is_run(lower)
        or any(_is_made_of_common_words(letters) for letters in _readings(lower))
        or _is_about(lower, about)
    )


def _is_repeated(password: str) -> bool:
    """Whether one piece, repeated and perhaps cut short at the end, gives the password."""
    lengths = range(1, len(password) // 2 + 1)
    return any(password.startswith(password[length:]) for length in lengths)


def _is_run(password: str) -> bool:
    rest = password
    for _ in range(_STRETCHES):
        rest = rest[_run_at_start(rest) :]
    return not rest


def _run_at_start(text: str) -> int:
    """Return how many characters at the start of `text` follow one another along a run."""
    size = 0
    while size < len(text) and any(text[: size + 1] in run for run in _RUNS):
        size += 1
    return size if size >= _RUN_MIN else 0


def _readings(password: str) -> set[str]:
    """Return the letters of the password, as written and with signs read as letters."""
    signs = "".join(sign for sign in password if not sign.isalpha())
    readings = (
        password,
        password.rstrip(signs).translate(_AS_LETTERS),
        password.strip(signs).translate(_AS_LETTERS),
    )
    return {"".join(sign for sign in reading if sign.isalpha()) for reading in readings} - {""}


def _is_made_of_common_words(letters: str) -> bool:
    words = _common_words()
    if letters in words or _is_run(letters):
        return True
    cuts = range(_WORD_MIN, len(letters) - _WORD_MIN + 1)
    return any(letters[:cut] in words and letters[cut:] in words for cut in cuts)


def _is_about(password: str, about: Iterable[str]) -> bool:
    rest = password
    for name in about:
        for part in name.lower().replace("@", " ").replace(".", " ").split():
            if len(part) >= _NAME_MIN:
                rest = rest.replace(part, "")
    return rest != password and len(rest) < _REST_MIN


@cache
def _common_words() -> frozenset[str]:
    lines = _WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
