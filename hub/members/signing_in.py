"""Signing in and out, in steps that keep the slow hashing outside the transactions that write.

A view calls `begin_attempt` in one transaction, `check_password` outside any, and `open_session` in a second one. Who
has a second factor is then asked for it: see `second_factor`.
"""

import hashlib
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from hub.core.clock import now
from hub.core.database import lock_commits, session
from hub.core.errors import InvalidError, NotFoundError, TooManyError
from hub.core.i18n import N_
from hub.core.passwords import hash_password, needs_rehash, verify_password
from hub.members.delays import (
    IN_ALL,
    MEMORY,
    PER_NETWORK,
    PER_PAIR,
    WINDOW,
    network_key,
    wait_for_turn,
    wait_for_window,
)
from hub.members.models import USER_AGENT_LENGTH, Member, SignInAttempt, SignInSession, normal_email
from hub.members.queries import TOUCH_EVERY, has_factor, member_by_email, token_hash

REFUSED = N_("The email address and the password do not belong to an account that can sign in.")
"""The same words for an unknown address, a wrong password and an account that is closed."""

TOKEN_BYTES = 32
"""256 bits."""


@dataclass(frozen=True)
class CheckedPassword:
    """Proof that somebody knew a member's password a moment ago.

    Args:
        member_id: whose password it was.
        stored: the hash that it was compared with.
        renewed: the hash to store instead, where the old one is weaker than those made now.
    """

    member_id: int
    stored: str
    renewed: str | None


@dataclass(frozen=True)
class Opened:
    """A new session.

    Args:
        token: for the cookie, 256 random bits; only its hash is stored.
        is_pending: whether the second factor is still to come.
    """

    token: str
    is_pending: bool


def begin_attempt(email: str, network: str, *, is_limited: bool = True) -> int:
    """Count one try before anything is hashed; it stands as failed until `open_session` says otherwise.

    Args:
        email: what was typed, known or not.
        network: the address that it came from.
        is_limited: False only where an operator turned limits off on a loopback address.

    Returns:
        The number of the try, for `open_session`.

    Raises:
        TooManyError: somebody must wait first; `retry_after` says how many seconds. Such a try is not counted, so
            waiting always helps and nobody is locked out for good.
    """
    moment = now()
    account = hashlib.sha256(normal_email(email).encode("utf-8", "surrogatepass")).hexdigest()
    origin = network_key(network)
    if is_limited:
        # Tries at the same moment must see one another.
        lock_commits()
        wait = _wait(account, origin, moment)
        if wait > timedelta(0):
            raise TooManyError(retry_after=math.ceil(wait.total_seconds()))
    _forget_attempts(moment)
    attempt = SignInAttempt(account_key=account, network_key=origin, attempted_at=moment, succeeded=False)
    session().add(attempt)
    session().flush()
    return attempt.id


def check_password(email: str, password: str) -> CheckedPassword:
    """Compare one password with the stored hash; takes equally long for an address that nobody has.

    Raises:
        InvalidError: address and password do not belong together, or the account may not sign in.
        UnavailableError: too many hashes are being computed.
    """
    member = member_by_email(email)
    stored = member.password_hash if member and member.is_active else None
    if not verify_password(stored, password) or member is None or stored is None:
        raise InvalidError(REFUSED)
    renewed = hash_password(password) if needs_rehash(stored) else None
    return CheckedPassword(member.id, stored, renewed)


def open_session(checked: CheckedPassword, attempt_id: int, user_agent: str) -> Opened:
    """Sign the member in, or begin to where a second factor is needed, and mark the try as successful.

    Args:
        checked: what `check_password` returned.
        attempt_id: what `begin_attempt` returned.
        user_agent: what the browser says of itself; the first 200 characters are kept.

    Raises:
        InvalidError: password or status changed since the check.
    """
    member = accept_password(checked, attempt_id)
    is_pending = has_factor(member.id)
    return Opened(start_session(member.id, user_agent, is_pending=is_pending), is_pending)


def accept_password(checked: CheckedPassword, attempt_id: int) -> Member:
    """Mark a try as successful and return whose password it was.

    Raises:
        InvalidError: password or status changed since the check.
    """
    member = session().get(Member, checked.member_id)
    if member is None or not member.is_active or member.password_hash != checked.stored:
        raise InvalidError(REFUSED)
    if checked.renewed is not None:
        member.password_hash = checked.renewed
    mark_succeeded(attempt_id)
    return member


def mark_succeeded(attempt_id: int) -> None:
    """Note that a try was right."""
    attempt = update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True)
    session().execute(attempt, execution_options={"synchronize_session": False})


def start_session(
    member_id: int, user_agent: str, *, is_pending: bool = False, confirmed_at: datetime | None = None
) -> str:
    """Open a session and return its token, 256 random bits; only its hash is stored.

    Args:
        member_id: who signs in.
        user_agent: what the browser says of itself; the first 200 characters are kept.
        is_pending: whether the second factor is still to come.
        confirmed_at: when the password was entered; now unless said otherwise.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now()
    opened = SignInSession(
        token_hash=token_hash(token),
        member_id=member_id,
        created_at=moment,
        last_seen_at=moment,
        is_pending=is_pending,
        confirmed_at=confirmed_at or moment,
        user_agent=_printable(user_agent),
    )
    session().add(opened)
    session().flush()
    return token


def touch_session(session_id: int) -> None:
    """Write down that a session is in use, at most once a minute."""
    moment = now()
    session().execute(
        update(SignInSession)
        .where(
            SignInSession.id == session_id,
            SignInSession.ended_at.is_(None),
            SignInSession.last_seen_at <= moment - TOUCH_EVERY,
        )
        .values(last_seen_at=moment)
    )


def confirm_session(sign_in_session: SignInSession, checked: CheckedPassword, attempt_id: int) -> None:
    """Note that the owner of a session entered the password again.

    Raises:
        InvalidError: it was not theirs, or changed since the check.
    """
    if accept_password(checked, attempt_id).id != sign_in_session.member_id:
        raise InvalidError(REFUSED)
    sign_in_session.confirmed_at = now()
    session().flush()


def end_session(token: str) -> None:
    """Sign out the place that holds `token`; nothing happens where it opens no session."""
    _end(SignInSession.token_hash == token_hash(token))


def end_own_session(member_id: int, public_id: str) -> None:
    """Sign out one place of a member, named by its random id.

    Raises:
        NotFoundError: it is none of theirs, or ended before.
    """
    if _end((SignInSession.member_id == member_id) & (SignInSession.public_id == public_id)) == 0:
        raise NotFoundError


def end_sessions_of(member_id: int, *, but: int | None = None) -> int:
    """Sign a member out everywhere, except for the session with the id `but`; return in how many places."""
    mine = SignInSession.member_id == member_id
    return _end(mine if but is None else mine & (SignInSession.id != but))


def forget_old() -> int:
    """Delete tries and sessions that are older than a day; no session lives that long.

    Returns:
        How many sessions were deleted.
    """
    moment = now()
    _forget_attempts(moment)
    deleted = session().execute(
        delete(SignInSession).where(SignInSession.created_at <= moment - MEMORY),
        execution_options={"synchronize_session": False},
    )
    return int(deleted.rowcount)  # type: ignore[attr-defined]


def _end(condition: ColumnElement[bool]) -> int:
    ended = session().execute(
        update(SignInSession).where(condition, SignInSession.ended_at.is_(None)).values(ended_at=now())
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]


def _wait(account: str, origin: str, moment: datetime) -> timedelta:
    """Return the longest of the waits that this account from this network must keep."""
    is_from = SignInAttempt.network_key == origin
    is_pair = is_from & (SignInAttempt.account_key == account)
    pair = session().execute(
        select(SignInAttempt.attempted_at, SignInAttempt.succeeded)
        .where(is_pair, SignInAttempt.attempted_at > moment - MEMORY)
        .order_by(SignInAttempt.attempted_at.desc(), SignInAttempt.id.desc())
    )
    tries = [(at, succeeded) for at, succeeded in pair]
    last_success = next((place for place, (_, succeeded) in enumerate(tries) if succeeded), len(tries))
    in_a_row = [at for at, _ in tries[:last_success]]
    failed = [at for at, succeeded in tries if not succeeded]
    return max(
        wait_for_turn(in_a_row, moment),
        wait_for_window(failed, PER_PAIR, moment),
        wait_for_window(_latest_failures(is_from, PER_NETWORK, moment), PER_NETWORK, moment),
        wait_for_window(_latest_failures(None, IN_ALL, moment), IN_ALL, moment),
    )


def _latest_failures(
    condition: ColumnElement[bool] | None, limit: int, moment: datetime
) -> Sequence[datetime]:
    query = select(SignInAttempt.attempted_at).where(
        SignInAttempt.attempted_at > moment - WINDOW, SignInAttempt.succeeded.is_(False)
    )
    if condition is not None:
        query = query.where(condition)
    return session().scalars(query.order_by(SignInAttempt.attempted_at.desc()).limit(limit)).all()


def _forget_attempts(moment: datetime) -> None:
    session().execute(
        delete(SignInAttempt).where(SignInAttempt.attempted_at <= moment - MEMORY),
        execution_options={"synchronize_session": False},
    )


def _printable(user_agent: str) -> str:
    return "".join(sign for sign in user_agent if sign.isprintable())[:USER_AGENT_LENGTH]
