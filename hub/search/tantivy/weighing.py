"""Gives the words of a plan the weights that they have for one viewer, where tantivy would take them from its index.

Tantivy weighs a term by how many documents of the whole index hold it, and a text by the mean length over documents
that have none in its language too. What a wish counts for being rare is to be told from the documents that the viewer
may see and from all terms by which it is found (`hub.search.weights.rarity`), a usual length from public documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from tantivy import Searcher

from hub.search.plan import And, Node, Not, Or, Phrase, Term, Where, Word, by_wish
from hub.search.tantivy.lexicon import Visible
from hub.search.tantivy.measures import Measures
from hub.search.tantivy.schema import text_field
from hub.search.weights import LENGTH_SHARE, SATURATION, rarity

APART = 1e-4
"""By what share equally rare wishes count differently at most: more than rounding, which hidden documents do change."""


class Weigher:
    """Weighs terms for one viewer.

    Args:
        searcher: the state of the index.
        visible: what the viewer may see.
        measures: those of the index.
        public: those of the index of public documents.
    """

    def __init__(self, searcher: Searcher, visible: Visible, measures: Measures, public: Measures) -> None:
        self._searcher = searcher
        self._visible = visible
        self._measures = measures
        self._public = public

    def node(self, node: Node) -> Node:
        """Return the node weighed, without terms that no document of the index holds."""
        match node:
            case Word() | Phrase():
                return next(self._wish([node]))
            case And(parts=parts):
                return And(tuple(map(self.node, parts)))
            case Or(parts=parts):
                return Or(tuple(each for group in by_wish(parts) for each in self._wish(group)))
            case Not(part=part):
                return Not(self.node(part))
            case _:
                return node

    def terms(self, terms: tuple[Term, ...], where: Where = Where.TEXT) -> tuple[Term, ...]:
        """Return terms that each stand for themselves weighed, without those that no document of the index holds."""
        return tuple(
            weighed
            for term in terms
            for weighed in self._weighed((term,), where, self._rarity((Word((term,)),)))
        )

    def _wish(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Yield the nodes that stand for one wish weighed: all their terms together tell how rare it is."""
        ours = self._rarity(nodes)
        for node in nodes:
            match node:
                case Word(terms=terms, where=where):
                    yield replace(node, terms=tuple(self._weighed(terms, where, ours)))
                case Phrase(language=language, terms=terms, weight=weight, where=where):
                    theirs = sum(self._theirs(language, term, where) for term in terms)
                    yield replace(
                        node,
                        weight=weight * self._evened(language, terms[0], where, ours / theirs)
                        if theirs
                        else weight,
                    )
                case _:
                    yield self.node(node)

    def _weighed(self, terms: Sequence[Term], where: Where, ours: float) -> Iterator[Term]:
        for term in terms:
            if theirs := self._theirs(term.language, term.text, where):
                yield replace(
                    term, weight=term.weight * self._evened(term.language, term.text, where, ours / theirs)
                )

    def _held_by(self, node: Node) -> int:
        match node:
            case Word(terms=terms):
                return sum(self._visible.holding(term.language, term.text) for term in terms)
            case Phrase(language=language, terms=terms):
                return min((self._visible.holding(language, term) for term in terms), default=0)
            case _:
                return 0

    def _rarity(self, nodes: Sequence[Node]) -> float:
        """Return how rare a wish is, of those as rare each a little differently."""
        documents = self._visible.documents
        rare = rarity(min(sum(map(self._held_by, nodes)), documents), documents)
        return rare * (1.0 + APART * _number_of(nodes[0]))

    def _theirs(self, language: str, text: str, where: Where) -> float:
        """Return what a term counts for tantivy, 0 where no document of the index holds it."""
        held = int(self._searcher.doc_freq(text_field(language, where), text))
        measure = self._measures.of(language, where, text) if held else None
        return rarity(held, measure.documents) if measure else 0.0

    def _evened(self, language: str, text: str, where: Where, factor: float) -> float:
        """Return a factor for tantivy's weight of a term such that it holds for public texts of usual length."""
        measure = self._measures.of(language, where, text)
        if measure is None:
            return factor
        usual = (self._public.of(language, where, text) or measure).usual
        damping = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * usual / measure.mean)
        return factor * (1.0 + damping) / (1.0 + SATURATION)


def _number_of(node: Node) -> float:
    """Return a number below 1 that is always the same for what a node looks for."""
    match node:
        case Word(terms=terms):
            text = " ".join(term.text for term in terms)
        case Phrase(terms=words):
            text = " ".join(words)
        case _:
            text = ""
    return crc32(text.encode("utf-8", "replace")) / (1 << 32)
