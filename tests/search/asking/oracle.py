"""Answers plans over a few texts in plain Python, slowly and without any engine."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from hub.search.analysis import GAP, Terms, analysed
from hub.search.asking import plan_of
from hub.search.documents import Query
from hub.search.plan import And, FacetIs, Node, Not, Or, Phrase, Where, Word

Texts = Mapping[str, Mapping[str, str]]


class Words:
    """A `hub.search.lexicon.Lexicon` of some texts."""

    def __init__(self, *documents: Texts) -> None:
        read = [analysed(texts) for texts in documents]
        self.held = [each.words for each in read]
        self.words = sorted(frozenset().union(*self.held)) if self.held else []
        self.known = frozenset(language for each in read for language in each.terms)

    def starting(self, prefix: str, limit: int) -> list[str]:
        return [word for word in self.words if word.startswith(prefix)][:limit]

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
    return holds(texts, plan_of(Query(labels=frozenset(), text=text), Words(texts)).match)


def holds(texts: Texts, node: Node) -> bool:
    """Whether a document of `texts`, without facets, holds what a node asks for."""
    terms = analysed(texts).terms
    match node:
        case Word(terms=several, where=where):
            return any(each.text in _all(terms, each.language, where) for each in several)
        case Phrase(language=language, terms=run, where=where):
            found = _ordered(terms, language, where)
            return any(tuple(found[start : start + len(run)]) == run for start in range(len(found)))
        case And(parts=parts):
            return all(holds(texts, part) for part in parts)
        case Or(parts=parts):
            return any(holds(texts, part) for part in parts)
        case Not(part=part):
            return not holds(texts, part)
        case FacetIs():
            return False


def _ordered(terms: Mapping[str, Terms], language: str, where: Where) -> list[str]:
    held = terms.get(language, Terms())
    runs = [held.name] if where is Where.NAME else [held.name, held.short, held.rest]
    return f" {GAP} ".join(runs).split()


def _all(terms: Mapping[str, Terms], language: str, where: Where) -> frozenset[str]:
    held = terms.get(language, Terms())
    extras = (
        held.name_extras
        if where is Where.NAME
        else f"{held.name_extras} {held.short_extras} {held.rest_extras}"
    )
    return frozenset(extras.split()) | frozenset(_ordered(terms, language, where)) - {GAP}
