"""The second step of signing in, and what all second factors share: counted tries, completion, removal."""

import hashlib
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import lock_commits, session
from hub.core.errors import TooManyError
from hub.core.outbox import queue_mail
from hub.members.delays import wait_for_window
from hub.members.models import Member, Passkey, RecoveryCode, SignInAttempt, SignInSession, TotpDevice
from hub.members.queries import has_factor
from hub.members.service import subject_of
from hub.members.signing_in import end_sessions_of, mark_succeeded, start_session

IN_FIVE_MINUTES = 5
IN_AN_HOUR = 20
"""Wrong second factors of one member in five minutes and in an hour (OWASP ASVS 5.0, 6.5)."""

HOUR = timedelta(hours=1)


def begin_factor_attempt(member: Member, *, is_limited: bool = True) -> int:
    """Count one try of a second factor before it is judged; it stands as failed until the sign-in is complete.

    Only who knows the password comes here, so a stranger cannot use up somebody's tries.

    Args:
        member: whose factor is tried.
        is_limited: False only where an operator turned limits off on a loopback address.

    Returns:
        The number of the try.

    Raises:
        TooManyError: somebody must wait first; such a try is not counted.
    """
    moment = now()
    key = hashlib.sha256(f"factor:{member.public_id}".encode()).hexdigest()
    if is_limited:
        # Tries at the same moment must see one another.
        lock_commits()
        failed = _failed(key, moment)
        last_hour = timedelta(0)
        if len(failed) >= IN_AN_HOUR:
            last_hour = sorted(failed)[-IN_AN_HOUR] + HOUR - moment
        wait = max(wait_for_window(failed, IN_FIVE_MINUTES, moment), last_hour)
        if wait > timedelta(0):
            raise TooManyError(retry_after=math.ceil(wait.total_seconds()))
    attempt = SignInAttempt(account_key=key, network_key="", attempted_at=moment, succeeded=False)
    session().add(attempt)
    session().flush()
    return attempt.id


def _failed(key: str, moment: datetime) -> Sequence[datetime]:
    return (
        session()
        .scalars(
            select(SignInAttempt.attempted_at).where(
                SignInAttempt.account_key == key,
                SignInAttempt.attempted_at > moment - HOUR,
                SignInAttempt.succeeded.is_(False),
            )
        )
        .all()
    )


def complete_session(pending: SignInSession, attempt_id: int, user_agent: str) -> str:
    """Turn a pending session into a full one with a token of its own; return the token.

    Args:
        pending: whose second factor was just found right.
        attempt_id: what `begin_factor_attempt` returned.
        user_agent: what the browser says of itself.
    """
    mark_succeeded(attempt_id)
    moment = now()
    pending.ended_at = moment
    session().flush()
    return start_session(pending.member_id, user_agent, confirmed_at=pending.confirmed_at)


def note_added(actor: Viewer, member: Member, kind: str, current: SignInSession | None) -> None:
    """Log and tell that a factor was added; the first one ends the sessions that were opened without any.

    Args:
        actor: the member as the audit log names them.
        member: whose factor it is.
        kind: `totp` or `passkey`.
        current: the session in which this happens, which goes on.
    """
    end_sessions_of(member.id, but=current.id if current else None)
    record(actor, Event.MEMBER_ADD_FACTOR, subject_of(member), reason=kind)
    queue_mail("factor_added", member_id=member.id, language=member.language, factor=kind)


def note_removed(actor: Viewer, member: Member, kind: str) -> None:
    """Log and tell that a factor is gone; with the last one the recovery codes go too."""
    if not has_factor(member.id):
        session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    record(actor, Event.MEMBER_REMOVE_FACTOR, subject_of(member), reason=kind)
    queue_mail("factor_removed", member_id=member.id, language=member.language, factor=kind)


def remove_all_factors(member: Member) -> None:
    """Take every second factor of a member away and sign them out everywhere; the caller logs and tells why."""
    for table in (TotpDevice, Passkey, RecoveryCode):
        session().execute(delete(table).where(table.member_id == member.id))
    end_sessions_of(member.id)
