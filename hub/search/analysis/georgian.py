"""Cuts Georgian words: endings of case and number go, then the first letters stay. No good stemmer is at hand."""

from hub.search.analysis.folding import fold

KEPT = 6
"""Letters that stay of a word; what follows is inflection more often than meaning."""

LEAST = 4
"""Letters that must stay before an ending."""

CASES = (
    "ისთვის", "ასთან", "ისგან", "ისკენ", "სთვის", "ამდე", "იდან", "თვის", "სგან",
    "თან", "მდე", "დან", "კენ", "ისა", "ში", "ზე", "მა", "ად", "ით", "ის", "ას", "თა", "ს", "მ", "ო", "ი", "ა", "ე",
)  # fmt: skip
"""The longest first."""

PLURALS = ("ებ",)
VOWELS = ("ა", "ე", "ი", "ო", "უ")


def stem(word: str) -> str:
    """Return the term of a Georgian word, folded."""
    rest = fold(word)
    for endings in (CASES, PLURALS, VOWELS):
        rest = _without(rest, endings)
    return rest[:KEPT]


def _without(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)]
    return word
