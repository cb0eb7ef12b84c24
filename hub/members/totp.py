"""Time-based codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds); each works once."""

import hmac
import re
from collections.abc import Iterator
from datetime import datetime

import pyotp
from sqlalchemy import delete, select, update

from hub.access.viewer import Viewer
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.sealing import seal, unseal
from hub.members.models import Member, SignInSession, TotpDevice
from hub.members.second_factor import note_added, note_removed

ISSUER = "Anti-Corruption Innovation Hub"
"""What the authenticator app shows above the codes."""

STEP_SECONDS = 30
TOLERANCE = 1
"""Steps that a device's clock may be ahead or behind (RFC 6238, 5.2)."""

CODE = re.compile(r"[0-9]{6}")

WRONG_CODE = N_(
    "This code is not right. Enter the six digits that your app shows now; check the clock of your phone."
)
USED_CODE = N_("This code was used before. Wait for the next one.")


def new_secret() -> str:
    """Return a fresh secret of 160 bits in base32."""
    return str(pyotp.random_base32())


def present_code(secret: str) -> str:
    """Return the code that an authenticator app with `secret` shows now."""
    return str(pyotp.TOTP(secret).at(now()))


def provisioning_uri(member: Member, secret: str) -> str:
    """Return the otpauth address that a QR code hands to the authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.email or "", issuer_name=ISSUER)


def enrol_totp(
    actor: Viewer, member: Member, *, secret: str, code: str, key: str, current: SignInSession | None
) -> None:
    """Make `secret` the member's authenticator, in place of an earlier one, if `code` shows that the app knows it.

    Args:
        actor: the member, for the audit log.
        member: whose factor it is.
        secret: from `new_secret`.
        code: what the app shows.
        key: the instance's secret key, which seals the secret.
        current: the session in which this happens; all others end.

    Raises:
        InvalidError: the code is wrong; names the field `code`.
    """
    step = next(_steps_of(secret, code, now()), None)
    if step is None:
        raise InvalidError(WRONG_CODE, field="code")
    store_totp(member, secret=secret, key=key, last_step=step)
    note_added(actor, member, "totp", current)


def totp_device_of(member_id: int) -> TotpDevice | None:
    """Return the member's authenticator, or None."""
    return session().scalar(select(TotpDevice).where(TotpDevice.member_id == member_id))


def store_totp(member: Member, *, secret: str, key: str, last_step: int = 0) -> None:
    """Keep `secret`, sealed, as the member's authenticator; codes up to `last_step` are used up."""
    session().execute(delete(TotpDevice).where(TotpDevice.member_id == member.id))
    session().add(
        TotpDevice(
            member_id=member.id,
            sealed_secret=seal(key, _purpose(member), secret),
            last_step=last_step,
            created_at=now(),
        )
    )
    session().flush()


def check_totp(member: Member, code: str, *, key: str) -> None:
    """Use up a code of the member's authenticator.

    Raises:
        InvalidError: the code is wrong, or was used before; names the field `code`.
    """
    device = totp_device_of(member.id)
    secret = unseal(key, _purpose(member), device.sealed_secret) if device else None
    steps = list(_steps_of(secret, code, now())) if secret else []
    if device is None or not steps:
        raise InvalidError(WRONG_CODE, field="code")
    # the same code twice at once: the second finds the step used up
    used = session().execute(
        update(TotpDevice)
        .where(TotpDevice.id == device.id, TotpDevice.last_step < max(steps))
        .values(last_step=max(steps), last_used_at=now()),
        execution_options={"synchronize_session": False},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise InvalidError(USED_CODE, field="code")
    session().refresh(device)


def remove_totp(actor: Viewer, member: Member) -> None:
    """Take the member's authenticator away.

    Raises:
        NotFoundError: there is none.
    """
    gone = session().execute(delete(TotpDevice).where(TotpDevice.member_id == member.id))
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFoundError
    note_removed(actor, member, "totp")


def _steps_of(secret: str, code: str, moment: datetime) -> Iterator[int]:
    """Yield the time steps around `moment` whose code is `code`."""
    digits = "".join(code.split())
    if not CODE.fullmatch(digits):
        return
    totp = pyotp.TOTP(secret)
    present = int(moment.timestamp()) // STEP_SECONDS
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if hmac.compare_digest(str(totp.generate_otp(step)), digits):
            yield step


def _purpose(member: Member) -> str:
    return f"totp:{member.public_id}"
