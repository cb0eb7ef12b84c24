"""Marks messages for translation below the delivery layers, which translate them when they are shown."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Return `message` unchanged; the name tells the extractor that people read it."""
    return message
