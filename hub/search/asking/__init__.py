"""Understands what people type: reads it, plans it for engines, and guesses what was meant. See decision 0037."""

from hub.search.analysis.synonyms import synonyms_of
from hub.search.asking.fields import codes_of
from hub.search.asking.keeping import MAX_QUERY_TERMS
from hub.search.asking.parsing import MAX_QUERY_LENGTH, parse
from hub.search.asking.planning import plan_of
from hub.search.asking.spelling import corrected, listed_words
from hub.search.asking.wishes import Wishes

__all__ = ["MAX_QUERY_LENGTH", "MAX_QUERY_TERMS", "Wishes", "corrected", "parse", "plan_of", "prepare"]


def prepare() -> None:
    """Read what queries need of data files, so that the first one does not wait for it."""
    synonyms_of([""], ())
    listed_words()
    codes_of("country", "")
    codes_of("language", "")
