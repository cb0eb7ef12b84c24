"""Words that something in a showcase cannot do without: none are refused, and too many."""

from hub.catalogue.models.checking import check_text
from hub.core.errors import InvalidError


def checked_words(words: str, limit: int, missing: str, field: str = "words") -> str:
    """Return typed words without white space around them.

    Args:
        words: what was typed.
        limit: the most characters.
        missing: what is said where there are none.
        field: at which field.

    Raises:
        InvalidError: there are none, or too many.
    """
    words = words.strip()
    if not words:
        raise InvalidError(missing, field=field)
    check_text(field, words, limit)
    return words
