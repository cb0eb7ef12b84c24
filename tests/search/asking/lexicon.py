"""The words of a few texts, and what such a text is found by, without any engine."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from hub.search.analysis import analysed
from hub.search.asking import plan_of
from hub.search.documents import Document, Query
from hub.search.plan import EVERYTHING, Node, Where
from tests.search.oracle import holds

Texts = Mapping[str, Mapping[str, str]]


class Words:
    """A `hub.search.lexicon.Lexicon` of some texts."""

    def __init__(self, *documents: Texts) -> None:
        read = [analysed(texts) for texts in documents]
        self.documents = [Document("any", frozenset(), texts) for texts in documents]
        self.held = [each.words for each in read]
        self.named = [each.name_words for each in read]
        self.words = sorted(frozenset().union(*self.held)) if self.held else []
        self.known = frozenset(language for each in read for language in each.terms)

    def starting(
        self, prefix: str, limit: int, where: Where = Where.TEXT, among: Node = EVERYTHING
    ) -> list[str]:
        rows = zip(self.documents, self.named if where is Where.NAME else self.held, strict=True)
        held = Counter(word for document, words in rows if holds(document, among) for word in words)
        begun = (word for word in held if word.startswith(prefix))
        return sorted(begun, key=lambda word: (-held[word], word))[:limit]

    def near(self, word: str, distance: int, limit: int) -> list[str]:
        found = [(OSA.distance(word, each), -self.count(each), each) for each in self.words if each != word]
        return [each for slips, _count, each in sorted(found) if slips <= distance][:limit]

    def count(self, word: str) -> int:
        return sum(word in words for words in self.held)

    def languages(self) -> frozenset[str]:
        return self.known


def words_of(text: str, languages: Iterable[str] = ("en",)) -> Words:
    """Return the lexicon of one text, written in several languages alike."""
    return Words({language: {"body": text} for language in languages})


def is_found(texts: Texts, text: str) -> bool:
    """Whether a document of `texts` holds all that a query asks for."""
    plan = plan_of(Query(labels=frozenset(), text=text), Words(texts))
    return holds(Document("any", frozenset(), texts), plan.match)
