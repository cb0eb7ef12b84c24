"""Who sees what."""

SEEN: dict[str, frozenset[str]] = {}
