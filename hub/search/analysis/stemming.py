"""Cuts words to what their forms share: Snowball's stemmers (PyStemmer), and our own for Arabic and Georgian."""

from collections.abc import Mapping
from threading import Lock

import Stemmer

from hub.search.analysis import arabic, georgian
from hub.search.analysis.folding import composed, fold

ALGORITHMS: Mapping[str, str] = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "it": "italian",
    "es": "spanish",
    "nb": "norwegian",
    "id": "indonesian",
}

LEAST = 3
"""Shorter words are left as they are."""

_stemmers = {language: Stemmer.Stemmer(name, 0) for language, name in ALGORITHMS.items()}
# Snowball's stemmers keep the word they work on; ours are asked once a word, so that nobody waits.
_lock = Lock()


def stem(word: str, language: str) -> str:
    """Return the folded stem of a word in one of `hub.search.analysis.languages.LANGUAGES`, or without a language.

    Latin letters are stemmed with their accents, which tell endings apart, and folded afterwards.
    """
    if language == "ar":
        return arabic.stem(word)
    if language == "ka":
        return georgian.stem(word)
    plain = composed(word).strip("'’ʼ")
    if language not in _stemmers or len(plain) < LEAST or not plain.isalpha():
        return fold(plain)
    with _lock:
        cut: str = _stemmers[language].stemWord(plain)
    # Snowball leaves "vérifi" of "vérifier" and "vérif" of "vérifie" and "vérification"
    return fold(cut.removesuffix("i") if language == "fr" and cut.endswith("ifi") else cut)
