"""What the instance's secret key protects: small secrets at rest, and links that nobody can make up."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, URLSafeSerializer

KEY_BYTES = 32


def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"hub {purpose}".encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(key: str, purpose: str, secret: str) -> str:
    """Return `secret` encrypted and authenticated (Fernet), so that the database alone does not reveal it.

    Args:
        key: the instance's secret key.
        purpose: what the secret is for; another purpose cannot open it.
        secret: what to protect.
    """
    return _fernet(key, purpose).encrypt(secret.encode()).decode("ascii")


def unseal(key: str, purpose: str, sealed: str) -> str | None:
    """Return the secret inside `sealed`, or None where another key or purpose sealed it, or it was changed."""
    try:
        return _fernet(key, purpose).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        return None


def sign(key: str, purpose: str, value: str) -> str:
    """Return `value` with a signature, to stand in a link.

    Args:
        key: the instance's secret key.
        purpose: what the link is for; the signature holds for no other.
        value: the public id of what the link opens.
    """
    return _signed(key, purpose).dumps(value)


def unsign(key: str, purpose: str, signed: str) -> str | None:
    """Return the value that `sign` made this of, or None where the signature does not fit."""
    try:
        value = _signed(key, purpose).loads(signed)
    except (BadSignature, UnicodeError):
        return None
    return value if isinstance(value, str) else None


def _signed(key: str, purpose: str) -> URLSafeSerializer:
    # itsdangerous takes SHA-1 unless told otherwise
    return URLSafeSerializer(key, salt=f"hub {purpose}", signer_kwargs={"digest_method": hashlib.sha256})
