"""Cuts words to what their forms share: Snowball's stemmers (PyStemmer), and our own for Arabic and Georgian."""

from collections.abc import Mapping
from functools import cache
from threading import Lock

import Stemmer

from hub.search.analysis import arabic, georgian
from hub.search.analysis.folding import composed, fold
from hub.search.analysis.stop_words import stop_words

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


UNACCENTED = frozenset({"en", "id"})
"""Languages that are written without accents: what ends in one has no ending of theirs, as "marchés" is not "march"."""

LEAST_STEM: Mapping[str, int] = {"id": 4}
"""Letters that must stay of a word; Snowball cuts Indonesian "pengadaan" (procurement) to "ada" (there is)."""


def stem(word: str, language: str) -> str:
    """Return the folded stem of a word in one of `hub.search.analysis.languages.LANGUAGES`, or without a language.

    Latin letters are stemmed with their accents, which tell endings apart, and folded afterwards. A word that is no
    function word is never cut to one.
    """
    found = _cut(word, language)
    if found in _stop_stems(language):
        whole = fold(word)
        return found if whole in stop_words(language) else whole
    return found


def _cut(word: str, language: str) -> str:
    if language == "ar":
        return arabic.stem(word)
    if language == "ka":
        return georgian.stem(word)
    plain = composed(word).strip("'’ʼ")
    if language not in _stemmers or len(plain) < LEAST or not plain.isalpha():
        return fold(plain)
    if language in UNACCENTED and not plain.isascii():
        return _unaccented(plain, language)
    cut = _snowball(plain, language)
    # Snowball leaves "vérifi" of "vérifier" and "vérif" of "vérifie" and "vérification"
    return fold(cut.removesuffix("i") if language == "fr" and cut.endswith("ifi") else cut)


def _unaccented(word: str, language: str) -> str:
    """Return the stem of a word with accents in a language without them; whole where an accent is in its ending."""
    whole = fold(word)
    cut = _snowball(whole, language)
    ending = word[len(word) - (len(whole) - len(cut)) :]
    return cut if whole.startswith(cut) and ending.isascii() else whole


def _snowball(word: str, language: str) -> str:
    with _lock:
        cut: str = _stemmers[language].stemWord(word)
    return word if len(cut) < LEAST_STEM.get(language, 0) else cut


@cache
def _stop_stems(language: str) -> frozenset[str]:
    return frozenset(_cut(word, language) for word in stop_words(language))
