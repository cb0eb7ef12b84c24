"""One kind of open thing, as the page that erases an account tells of it."""

from dataclasses import dataclass

MOST_NAMED = 20
"""Things of one kind that are named one by one."""


@dataclass(frozen=True)
class Named:
    """One thing by its name.

    Args:
        words: what it is called.
        language: BCP 47 code of the name, or None for words of the page.
        href: where it is, or nothing.
    """

    words: str
    language: str | None = None
    href: str = ""


@dataclass(frozen=True)
class Fate:
    """What becomes of things of one kind.

    Args:
        title: what they are, with how many.
        becomes: what happens to them.
        named: the things, at most `MOST_NAMED` of them.
    """

    title: str
    becomes: str
    named: tuple[Named, ...] = ()
