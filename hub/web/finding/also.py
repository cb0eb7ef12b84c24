"""The other words that were searched, as a page tells them."""

from hub.search.analysis.synonyms import written_in
from hub.search.documents import Results
from hub.web.i18n import language


def also_searched(results: Results) -> list[str]:
    """Return each of them once, whatever its capitals; those of the reader's language come first."""
    words: dict[str, str] = {}
    for word in results.also:
        words.setdefault(word.casefold(), word)
    own = written_in(language().code.partition("-")[0])
    return [words[each] for each in sorted(words, key=lambda each: each not in own)]
