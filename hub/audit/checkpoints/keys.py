"""The key that signs checkpoints: its private half in the instance folder, its public half as a row."""

import base64
import os
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from hub.audit.checkpoints.note import Retirement, VerifierKey
from hub.audit.models import AuditKey
from hub.config import Settings, private_opener

FILE = "checkpoint-key"
"""The private half, as PEM, in the instance folder; only the hub's own user may read it."""

NEXT = "checkpoint-key.next"
"""The same of a key that is about to come into use."""


class NoKeyError(Exception):
    """There is no private key that fits the one in use; the message says what to do."""


def origin_of(settings: Settings) -> str:
    """Return the name of the log: the host that people reach the hub by, and `/audit`."""
    return f"{urlsplit(settings.base_url).hostname or 'localhost'}/audit"


def key_path(settings: Settings) -> Path:
    """Return where the private half lies."""
    return settings.instance / FILE


def read_private(path: Path) -> Ed25519PrivateKey | None:
    """Return the private half that lies in `path`, or None if there is no such file.

    Raises:
        NoKeyError: the file cannot be read, or holds something else.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise NoKeyError(f"{path} cannot be read as a key.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKeyError(f"{path} holds no Ed25519 key.")
    return key


def write_private(settings: Settings) -> Ed25519PrivateKey:
    """Make a key and write its private half beside the one in use; `take_over` brings it into use."""
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    path = settings.instance / NEXT
    path.unlink(missing_ok=True)
    with open(path, "xb", opener=private_opener) as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return key


def take_over(settings: Settings) -> None:
    """Put the new private half in the place of the old one, once its row is committed."""
    (settings.instance / NEXT).replace(key_path(settings))


def private_of(settings: Settings, row: AuditKey) -> Ed25519PrivateKey:
    """Return the private half of the key in use; after a crash, or where the old one is damaged, it waits beside that.

    Raises:
        NoKeyError: it is not there.
    """
    wanted = public_bytes(row)
    fault = f"{key_path(settings)} is not the private half of the key in use ({row.key_id})."
    for name in (FILE, NEXT):
        try:
            found = read_private(settings.instance / name)
        except NoKeyError as error:
            fault = str(error)
            continue
        if found is not None and found.public_key().public_bytes_raw() == wanted:
            if name == NEXT:
                take_over(settings)
            return found
    raise NoKeyError(f"{fault} Put it back from a backup, or begin a new key with `hub audit rotate-key`.")


def public_bytes(row: AuditKey) -> bytes:
    """Return the 32 bytes of a stored public key."""
    return base64.b64decode(row.public_key)[1:]


def verifier_key_of(row: AuditKey) -> VerifierKey:
    """Return a stored key in the form that checks signatures."""
    retired = None
    if row.retired_at is not None and row.retired_after is not None:
        retired = Retirement(row.retired_at, row.retired_after)
    return VerifierKey(row.name, public_bytes(row), retired)


def row_of(key: VerifierKey) -> AuditKey:
    """Return a new row for `key`."""
    return AuditKey(key_id=key.id.hex(), name=key.name, public_key=key.encoded)
