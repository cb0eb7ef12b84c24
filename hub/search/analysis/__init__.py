"""Turns texts into the terms that are indexed and searched; the same for every engine. See decision 0037."""

from hub.search.analysis.languages import DEFAULT, LANGUAGES, language_of
from hub.search.analysis.reading import Reading, fold_name, parts_marked, places_of, read, term_of
from hub.search.analysis.stop_words import is_stop_word
from hub.search.analysis.texts import GAP, NAME, SHORT, Analysed, Terms, analysed, found_by
from hub.search.analysis.words import MAX_TERM_LENGTH, spans, words_in

__all__ = [
    "DEFAULT",
    "GAP",
    "LANGUAGES",
    "MAX_TERM_LENGTH",
    "NAME",
    "SHORT",
    "Analysed",
    "Reading",
    "Terms",
    "analysed",
    "fold_name",
    "found_by",
    "is_stop_word",
    "language_of",
    "parts_marked",
    "places_of",
    "read",
    "spans",
    "term_of",
    "words_in",
]
