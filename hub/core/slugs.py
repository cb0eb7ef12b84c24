"""Readable parts of addresses made from names."""

import re
import unicodedata

MAX_LENGTH = 60


def slugify(name: str) -> str:
    """Return lower-case ASCII words of `name` joined by hyphens, at most 60 characters.

    Args:
        name: any text; letters without an ASCII form are dropped.

    Returns:
        The slug; empty when nothing of the name can be written in ASCII.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:MAX_LENGTH].strip("-")
