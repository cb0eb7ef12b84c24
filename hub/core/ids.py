"""Random identifiers that reveal neither order nor number."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Without 0, 1, i, l, o and u: nothing that is misread aloud or spells a word."""

PUBLIC_ID_LENGTH = 22
"""Characters of a public id: 30**22 possibilities, about 108 bits."""


def new_public_id() -> str:
    """Return a fresh random id for an address that the public may see."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
