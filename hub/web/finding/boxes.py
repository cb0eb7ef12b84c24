"""The boxes of filters with their counts: each box is drawn once, only its count is put in anew."""

from collections.abc import Iterable

from markupsafe import Markup

from hub.web.drawn import pen

GAP = "\x1f"
"""Where the count stands in what a template drew; no text of the hub holds this sign."""

Box = tuple[str, str, int, bool]
"""Code, label, count, and whether it is ticked."""


def boxes(name: str, values: Iterable[Box]) -> Markup:
    """Return the boxes of a filter, one after the other.

    Args:
        name: of the filter, as addresses call it.
        values: what to draw; codes and labels are those of vocabularies, whose number is limited.
    """
    box, counted = pen("finding/boxes.html", "box"), pen("finding/boxes.html", "count")
    parts: list[str] = []
    for code, label, count, is_ticked in values:
        before, after = str.split(box(name, code, label, is_ticked, GAP), GAP)
        parts += (before, counted(count), after)
    return Markup("".join(parts))  # noqa: S704 - parts of what macros drew
