"""The boxes of filters with their counts: a page has more than a hundred, most of them as on the page before.

A template draws each box once in each language; only the count is put in anew.
"""

from collections.abc import Iterable
from functools import lru_cache

from flask import render_template
from flask_babel import format_decimal, ngettext
from markupsafe import Markup

from hub.web.i18n import language

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
    spoken = language().code
    drawn: list[str] = []
    for code, label, count, is_ticked in values:
        before, after = _box(name, code, label, is_ticked, spoken)
        drawn += (before, _count(count, spoken), after)
    return Markup("".join(drawn))  # noqa: S704 - parts of what templates drew, and numbers


@lru_cache(maxsize=16_384)
def _box(name: str, code: str, label: str, is_ticked: bool, spoken: str) -> tuple[str, str]:  # noqa: FBT001 - a key
    """Return what stands before the count of a box and after it, in this request's language, part of the key."""
    del spoken
    page = render_template(
        "finding/box.html", name=name, code=code, label=label, is_ticked=is_ticked, gap=GAP
    )
    before, after = page.strip().split(GAP)
    return before, after


@lru_cache(maxsize=4096)
def _count(number: int, spoken: str) -> str:
    """Return a number of results, with the word for them that only screen readers say."""
    del spoken
    return render_template(
        "finding/count.html", number=format_decimal(number), said=ngettext("result", "results", number)
    ).strip()
