"""Second factors for tests: an authenticator app that shows codes, and one that signs as a passkey does."""

import hashlib
import json
import secrets
import struct

import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

from hub.core.clock import now
from hub.core.database import session
from hub.members.totp import STEP_SECONDS, new_secret, store_totp

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
"""Flags of authenticator data (WebAuthn, 6.1)."""


def code_of(secret, *, steps=0):
    """Return what an app with `secret` shows now, or `steps` of 30 seconds later."""
    step = int(now().timestamp()) // STEP_SECONDS + steps
    return pyotp.TOTP(secret).generate_otp(step)


def give_totp(member, key):
    """Store an authenticator for `member` and return its secret."""
    secret = new_secret()
    store_totp(member, secret=secret, key=key)
    session().commit()
    return secret


class SoftKey:
    """A security key made of software: makes one passkey and signs with it.

    Args:
        origin: the address that the browser reports.
        rp_id: the host name for which the key signs.
    """

    def __init__(self, origin="http://localhost:8000", rp_id="localhost"):
        self.origin = origin
        self.rp_id = rp_id
        self.count = 0
        self.credential_id = secrets.token_bytes(32)
        self._private = ec.generate_private_key(ec.SECP256R1())

    def make(self, options):
        """Answer the options of a registration, as JSON."""
        public = self._private.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32), -3: public.y.to_bytes(32)}
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id
        data = self._data(PRESENT | VERIFIED | WITH_KEY) + attested + encode_cbor(key)
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options), attestationObject=attestation
        )

    def sign(self, options, *, counts=True):
        """Answer the options of a sign-in, as JSON."""
        self.count += counts
        client = self._client("webauthn.get", options)
        data = self._data(PRESENT | VERIFIED)
        signature = self._private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _client(self, kind, options):
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags):
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def _answer(self, **response):
        name = bytes_to_base64url(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": {part: bytes_to_base64url(value) for part, value in response.items()},
                "clientExtensionResults": {},
            }
        )
