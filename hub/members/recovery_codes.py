"""Ten codes that each stand in for the second factor once; shown when they are made, then only hashed."""

import hashlib
import secrets

from sqlalchemy import delete, func, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.ids import ALPHABET
from hub.core.outbox import queue_mail
from hub.members.models import Member, RecoveryCode
from hub.members.service import subject_of

HOW_MANY = 10
GROUPS = 4
GROUP_LENGTH = 4
"""Four groups of four signs of an alphabet of 30: 78 bits."""

WRONG_RECOVERY_CODE = N_("This recovery code is not one of yours, or it was used before.")


def make_recovery_codes(actor: Viewer, member: Member) -> tuple[str, ...]:
    """Replace the member's recovery codes by ten new ones and return them; they are never shown again."""
    codes = tuple(_new_code() for _ in range(HOW_MANY))
    session().execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    moment = now()
    session().add_all(
        RecoveryCode(member_id=member.id, code_hash=_digest(member, code), created_at=moment)
        for code in codes
    )
    session().flush()
    record(actor, Event.MEMBER_MAKE_RECOVERY_CODES, subject_of(member))
    queue_mail("recovery_codes_made", member_id=member.id, language=member.language)
    return codes


def use_recovery_code(member: Member, code: str) -> int:
    """Use up one of the member's codes, typed with or without hyphens; return how many are left.

    Raises:
        InvalidError: it is none of theirs, or was used; names the field `code`.
    """
    used = session().execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.member_id == member.id,
            RecoveryCode.code_hash == _digest(member, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now()),
        execution_options={"synchronize_session": False},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise InvalidError(WRONG_RECOVERY_CODE, field="code")
    left = codes_left(member.id)
    record(Viewer(public_id=member.public_id), Event.MEMBER_USE_RECOVERY_CODE, subject_of(member))
    queue_mail("recovery_code_used", member_id=member.id, language=member.language, left=left)
    return left


def codes_left(member_id: int) -> int:
    """Return how many recovery codes the member has not used."""
    return (
        session().scalar(
            select(func.count()).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def _new_code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def _digest(member: Member, code: str) -> str:
    """Return the hash of a code; 78 random bits need no slow one."""
    signs = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hashlib.sha256(f"{member.public_id}:{signs}".encode("utf-8", "surrogatepass")).hexdigest()
