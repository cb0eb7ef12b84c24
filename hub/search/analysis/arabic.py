"""A light stemmer for Arabic: articles and the commonest endings go, after Larkey's light10.

Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007). Snowball's stemmer cuts
a word with its article and the same word without it differently, so that one would not find the other.
"""

from hub.search.analysis.folding import fold

ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال")
HEH, ALEF = "\N{ARABIC LETTER HEH}", "\N{ARABIC LETTER ALEF}"
ENDINGS = (HEH + ALEF, "ان", "ات", "ون", "ين", "يه", HEH, "ي")
PREFIXES = ("ول", "وب", "و", "ف", "ل", "ب")
"""And, so, to, by: written as one with the word, yet the first letter of many words too."""

LEAST = 3
"""Letters that must stay, so that short words are not cut to nothing."""

LEAST_AFTER_PREFIX = 4


def stem(word: str) -> str:
    """Return the stem of an Arabic word, folded."""
    rest = fold(word)
    article = next((each for each in ARTICLES if rest.startswith(each)), "")
    if article and len(rest) - len(article) >= LEAST - 1:
        rest = rest[len(article) :]
    for ending in ENDINGS:
        if rest.endswith(ending) and len(rest) - len(ending) >= LEAST:
            rest = rest[: -len(ending)]
    return rest


def bare(word: str) -> str:
    """Return the stem of a word without what may be a conjunction or preposition before it; else empty."""
    folded = fold(word)
    if folded.startswith(ARTICLES):
        return ""
    for prefix in PREFIXES:
        rest = folded.removeprefix(prefix)
        if rest != folded and len(rest) >= LEAST_AFTER_PREFIX:
            return stem(rest)
    return ""
