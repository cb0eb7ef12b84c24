"""Did you mean: words that no visible document holds, replaced by the nearest that one does."""

from collections.abc import Iterator, Sequence
from functools import cache

from hub.search.analysis import DEFAULT, LANGUAGES, is_stop_word, read, spans, words_in
from hub.search.analysis.folding import fold
from hub.search.analysis.languages import is_accented
from hub.search.analysis.reading import ELIDING, is_elided
from hub.search.analysis.synonyms import MOST_WORDS, groups, synonyms_of
from hub.search.asking.fields import FACETS
from hub.search.asking.parsing import MAX_QUERY_LENGTH, OPERATORS, TOKEN
from hub.search.asking.wording import MAX_EXPANSIONS, slips
from hub.search.lexicon import Lexicon
from hub.vocabularies.labels import labels_in_all

LEAST = 4
"""Letters of the shortest word that is corrected."""

CANDIDATES = 5


def corrected(text: str, lexicon: Lexicon) -> str:
    """Return a query with its wrong words replaced; empty where nothing is better.

    A word is wrong if no document that the viewer may see holds it or another form of it, and it stands neither among
    synonyms, countries nor in a vocabulary. With an accent or an article before an apostrophe it is of a language that
    the nearest word may not be of, and stays.
    """
    text = text[:MAX_QUERY_LENGTH]
    typed = list(_typed(text))
    known = _in_synonyms([word for word, _place in typed])
    pieces: list[str] = []
    done = 0
    for number, (word, place) in enumerate(typed):
        better = "" if number in known else _better(word, lexicon)
        if better:
            pieces += [text[done:place], better]
            done = place + len(word)
    return "".join([*pieces, text[done:]]) if pieces else ""


def _typed(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a query that may be wrong, with where they stand."""
    for token in TOKEN.finditer(text):
        if (token["field"] or "").lower() in FACETS or token["plain"] in OPERATORS:
            continue
        group = "quoted" if token["quoted"] is not None else "plain"
        for word, start, end in spans(token[group] or ""):
            place = token.start(group) + start
            if text[place + end - start :][:1] not in ("*", "~"):
                yield word, place


def _in_synonyms(words: Sequence[str]) -> frozenset[int]:
    """Return the places of those of `words` that, alone or with their neighbours, have synonyms."""
    known: set[int] = set()
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1):
            if synonyms_of(words[start:end], LANGUAGES):
                known.update(range(start, end))
    return frozenset(known)


def _better(word: str, lexicon: Lexicon) -> str:
    folded = fold(word)
    if (
        len(folded) < LEAST
        or not folded.isalpha()
        or lexicon.count(folded)
        or is_stop_word(folded, LANGUAGES)
        or _is_foreign(word)
        or folded in listed_words()
    ):
        return ""
    languages = lexicon.languages() or frozenset({DEFAULT})
    own = set(_forms(word, languages))
    for term in own:
        if any(own & set(_forms(each, languages)) for each in lexicon.starting(term, MAX_EXPANSIONS)):
            return ""
    return next(iter(lexicon.near(folded, slips(folded), CANDIDATES)), "")


def _is_foreign(word: str) -> bool:
    """Whether accents or an article tell the language of a word, which the lexicon does not tell of its words."""
    return is_accented(word) or any(is_elided(word, each) for each in ELIDING)


@cache
def listed_words() -> frozenset[str]:
    """Return the folded words of all synonyms, countries and vocabularies, in every language."""
    schemes = dict.fromkeys(scheme for _facet, scheme in FACETS.values() if scheme)
    names = [(label, language) for scheme in schemes for _code, language, label in labels_in_all(scheme)]
    names += [(synonym.written, synonym.language) for group in groups() for synonym in group]
    return frozenset(
        folded
        for name, language in names
        for word in words_in(name)
        for folded in read(word, language).folded
    )


def _forms(word: str, languages: frozenset[str]) -> list[str]:
    return [term for language in languages for term in read(word, language).terms]
