"""Looking for part of a name in a column, however it is capitalised."""

from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute


def holds(column: InstrumentedAttribute[Any], words: str) -> ColumnElement[bool]:
    """Return the condition that a name holds words.

    Args:
        column: of names.
        words: as somebody typed them; none of their signs has a meaning of its own.
    """
    # SQLite knows the small letters of the Latin alphabet only
    spelt = {words, words.lower(), words.upper(), words.title()}
    return or_(*(column.icontains(each, autoescape=True) for each in sorted(spelt)))
