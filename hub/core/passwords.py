"""Hashing and judging passwords. Knows no member; hash before a write transaction, never inside one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from hub.core.errors import InvalidError, UnavailableError
from hub.core.guessable import is_guessable
from hub.core.i18n import N_

MIN_LENGTH = 12
MAX_LENGTH = 128
"""Characters of a password (OWASP ASVS 5.0, 6.2)."""

AT_ONCE = 2
"""Hashes that one process computes at the same time; each takes 19 MiB."""

PATIENCE = 2.0
"""Seconds that a further hash waits for its turn."""

# Argon2id with 19 MiB, two passes and one lane: the OWASP Password Storage Cheat Sheet's first choice.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)

# Stands in for the hash of an account that does not exist, so that both answers take equally long.
# It is the hash of random bytes that nobody kept, with the parameters above.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$voCZF6xAWP/gzxa3CAfrTw$4k+XXB+nOJpPvUbK5YVfvH4DjowH1XX1EH7qnipxlYk"
)

_turns = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """Return the argon2id hash of `password`, with its salt and parameters.

    Raises:
        UnavailableError: two other hashes are being computed, and no turn came within two seconds.
    """
    with _turn():
        return _HASHER.hash(_bytes(password))


def verify_password(stored: str | None, given: str) -> bool:
    """Return whether `given` is the password behind `stored`.

    Args:
        stored: a hash, or None when there is no such account: that takes equally long, and is always False.
        given: what somebody typed, of any length.

    Raises:
        UnavailableError: as `hash_password`.
    """
    if len(given) > MAX_LENGTH:
        stored, given = None, ""
    with _turn():
        try:
            _HASHER.verify(stored or DUMMY_HASH, _bytes(given))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def needs_rehash(stored: str) -> bool:
    """Return whether `stored` was made with other parameters than those in use now."""
    return _HASHER.check_needs_rehash(stored)


def check_new_password(password: str, about: Iterable[str] = ()) -> None:
    """Make sure that `password` is long enough and not easily guessed (see `guessable`).

    There is no rule about kinds of characters, and no reason to change one that is good (NIST SP 800-63B).

    Args:
        password: what the person chose.
        about: names that others know, such as the e-mail address and the display name.

    Raises:
        InvalidError: with field `password` and the reason.
    """
    if len(password) < MIN_LENGTH:
        message = N_("Use at least %(least)s characters, such as four words that do not belong together.")
        raise InvalidError(message, field="password", least=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        message = N_("Use at most %(most)s characters.")
        raise InvalidError(message, field="password", most=MAX_LENGTH)
    if is_guessable(password, about):
        message = N_("This password is easy to guess. Use words that do not belong together.")
        raise InvalidError(message, field="password")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise UnavailableError(N_("Many people are signing in at the moment. Try again in a minute."))
    try:
        yield
    finally:
        _turns.release()


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
