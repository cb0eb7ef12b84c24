"""Makes checkpoints, one an hour, and brings new keys into use. The delivery layer commits."""

from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.access.viewer import VISITOR
from hub.audit.checkpoints.keys import (
    NoKeyError,
    origin_of,
    private_of,
    row_of,
    verifier_key_of,
    write_private,
)
from hub.audit.checkpoints.note import Checkpoint, VerifierKey, sign, verifier_key
from hub.audit.checkpoints.queries import end_of_log, key_in_use, latest_checkpoint, links_between
from hub.audit.events import Event
from hub.audit.models import AuditCheckpoint, AuditKey
from hub.audit.service import record
from hub.audit.verify import BEGINNING, Start, verify_links
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import lock_commits, session

Signers = Sequence[tuple[VerifierKey, Ed25519PrivateKey]]


class BrokenLogError(Exception):
    """The log does not follow from the last checkpoint, so that nothing may be signed; the message names the break."""


def walked() -> Start:
    """Walk what came since the latest checkpoint and return how far the log is sound.

    To be called before the transaction that makes a checkpoint: there nobody else may commit, and a long old log
    takes long.

    Raises:
        BrokenLogError: the log does not follow from the last checkpoint.
    """
    latest = latest_checkpoint()
    return _walked_from(BEGINNING if latest is None else Start(latest.entries, latest.head))


def make_checkpoint(
    settings: Settings, start: Start | None = None, *, even_if_fresh: bool = False
) -> AuditCheckpoint | None:
    """Sign how long the log is now and what its last hash is; begin the first key where there is none.

    Returns None where one of this hour (UTC) is there already, by the same key. What came since the last checkpoint
    is walked first: a log that was rewritten is never signed.

    Args:
        settings: where the private key lies, and the hub's address.
        start: how far `walked` came a moment ago; None to walk all that came since the latest checkpoint.
        even_if_fresh: make one all the same.

    Raises:
        NoKeyError: the private half of the key in use is not there.
        BrokenLogError: the log does not follow from the last checkpoint.
    """
    # two workers, or a worker and a rotation, take turns
    lock_commits()
    key = key_in_use()
    if key is None:
        return _begin_key(settings, None, start)
    if has_checkpoint_of_this_hour() and not even_if_fresh:
        return None
    signers = [(verifier_key_of(key), private_of(settings, key))]
    return _signed(key, signers, _walked_from(start) if start else walked())


def has_checkpoint_of_this_hour() -> bool:
    """Whether the key in use has signed in this hour (UTC)."""
    key, latest = key_in_use(), latest_checkpoint()
    if key is None or latest is None:
        return False
    return latest.key_id == key.key_id and _hour(latest.made_at) == _hour(now())


def rotate_key(settings: Settings, start: Start | None = None) -> AuditCheckpoint:
    """Retire the key in use, begin a new one, and sign a checkpoint with both: who trusts the old one sees the new.

    Args:
        settings: where the private keys lie, and the hub's address.
        start: how far `walked` came a moment ago; None to walk all that came since the latest checkpoint.

    Raises:
        BrokenLogError: the log does not follow from the last checkpoint.
    """
    lock_commits()
    return _begin_key(settings, key_in_use(), start)


def settle_key(settings: Settings) -> None:
    """Put the private half of the key in use in its place; to be called once its row is committed.

    Where that was left out, as by a crash, the next checkpoint does it.

    Raises:
        NoKeyError: it is not there.
    """
    key = key_in_use()
    if key is not None:
        private_of(settings, key)


def _begin_key(settings: Settings, old: AuditKey | None, start: Start | None) -> AuditCheckpoint:
    end = _walked_from(start) if start else walked()
    # read before the new one is written: until it has signed once, the old one lies in the same place
    old_signers = [] if old is None else _signers_of(settings, old)
    # written under the lock, so that two workers do not write over each other; if the commit fails, the old file stands
    private = write_private(settings)
    key = verifier_key(origin_of(settings), private)
    row = row_of(key)
    if old is not None:
        old.retired_at, old.retired_after = now(), end.entries
        session().flush()
    session().add(row)
    session().flush()
    record(
        VISITOR,
        Event.AUDIT_USE_KEY,
        f"key:{row.key_id}",
        before=None if old is None else {"key": old.key_id},
        after={"key": row.key_id, "public_key": row.public_key, "entries": end.entries, "head": end.head},
    )
    return _signed(row, [(key, private), *old_signers], end)


def _signers_of(settings: Settings, old: AuditKey) -> Signers:
    try:
        return [(verifier_key_of(old), private_of(settings, old))]
    except NoKeyError:
        return []  # it is lost, which is a reason to begin a new one


def _walked_from(start: Start) -> Start:
    entries, head = end_of_log()
    verdict = verify_links(links_between(start.entries, entries), start)
    if verdict.first_break is not None:
        raise BrokenLogError(str(verdict.first_break))
    if (verdict.entries, verdict.head) != (entries, head):
        raise BrokenLogError(f"The log has {entries} entries and does not follow from its last checkpoint.")
    return Start(entries, head, verdict.recorded_at or start.recorded_at)


def _signed(key: AuditKey, signers: Signers, end: Start) -> AuditCheckpoint:
    note = sign(Checkpoint(key.name, end.entries, end.head), signers)
    made = AuditCheckpoint(made_at=now(), entries=end.entries, head=end.head, key_id=key.key_id, note=note)
    session().add(made)
    session().flush()
    return made


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
