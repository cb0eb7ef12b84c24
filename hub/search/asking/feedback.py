"""Learns from the best results which other words a long query is about (pseudo relevance feedback); see decision 0039.

These words change the order of what was found, and nothing else: not what matches, not how many, not the counts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from hub.search.analysis import term_of
from hub.search.analysis.stop_words import stop_words
from hub.search.documents import Query, Sort
from hub.search.plan import And, Node, Or, Phrase, Plan, Term, Word, by_wish
from hub.search.weights import SATURATION, rarity

TOP = 15
"""The best results that are learnt from, at most."""

SHARE_OF_ALL = 20
"""No more than one in so many of all documents is learnt from, so that in a small catalogue they stay the best."""

KEPT = 20
"""Terms that are added at most."""

SHARE = 0.8
"""What the added terms weigh together, of what the words asked for do."""

LEAST_HOLDERS = 2
"""Of the best results so many must hold a term: what stands in one alone is that one's own subject."""

TELLING = 25
"""Terms that stand for a whole document where others like it are looked for."""

LEAST_LETTERS = 2

Sample = Mapping[tuple[str, str], float]
"""How often each term stands in a document, weighted by field, by language and term."""

Holding = Callable[[str, str], int]
"""How many of the documents that the viewer may see hold a term of a language."""

Speaking = Callable[[str], int]
"""How many of the documents that the viewer may see have a text in a language."""


def is_wanted(query: Query, plan: Plan, *, loose: bool) -> bool:
    """Whether the best results are to be learnt from: only where any of the words will do, for their order.

    Args:
        query: what is asked.
        plan: how it was read.
        loose: whether no document had all the words.
    """
    has_room = loose or query.is_passage
    return has_room and query.sort is Sort.RELEVANCE and not query.is_begun and weight_of(plan.match) > 0


def top_of(documents: int) -> int:
    """Return how many of the best results are learnt from.

    Args:
        documents: how many documents the viewer may see.
    """
    return min(TOP, max(LEAST_HOLDERS, documents // SHARE_OF_ALL))


def more_terms(
    wanted: Node, samples: Sequence[Sample], holding: Holding, speaking: Speaking
) -> tuple[Term, ...]:
    """Return the terms to add to a query, from its best results (Rocchio with BM25's weights).

    Args:
        wanted: what was looked for.
        samples: the terms of the `top_of` best results.
        holding: see `Holding`.
        speaking: see `Speaking`.
    """
    together: defaultdict[tuple[str, str], float] = defaultdict(float)
    holders: Counter[tuple[str, str]] = Counter()
    for sample in samples:
        for key, count in sample.items():
            together[key] += count / (count + SATURATION)
            holders[key] += 1
    least = min(LEAST_HOLDERS, len(samples))
    candidates = {key: weight for key, weight in together.items() if holders[key] >= least}
    return _best(candidates, holding, speaking, KEPT, SHARE * weight_of(wanted))


def telling_terms(sample: Sample, holding: Holding, speaking: Speaking) -> tuple[Term, ...]:
    """Return the terms that tell a document from others, to find what is like it; together they weigh 1.

    Args:
        sample: the terms of the document.
        holding: see `Holding`.
        speaking: see `Speaking`.
    """
    candidates = {key: count / (count + SATURATION) for key, count in sample.items()}
    return _best(candidates, holding, speaking, TELLING, 1.0)


def weight_of(node: Node) -> float:
    """Return what the words that a query asks for weigh together; synonyms of a word add nothing to it."""
    match node:
        case Word(terms=terms):
            return max((term.weight for term in terms), default=0.0)
        case Phrase(weight=weight):
            return weight
        case And(parts=parts):
            return sum(map(weight_of, parts))
        case Or(parts=parts):
            return sum(max(map(weight_of, group)) for group in by_wish(parts))
        case _:
            return 0.0


def _best(
    candidates: Mapping[tuple[str, str], float],
    holding: Holding,
    speaking: Speaking,
    most: int,
    weight: float,
) -> tuple[Term, ...]:
    """Return the `most` heaviest of `candidates` once their rarity counts, weighing `weight` together."""
    weighed = sorted(_weighed(candidates, holding, speaking), reverse=True)[:most]
    total = sum(each for each, _key in weighed)
    return tuple(Term(language, text, weight * each / total) for each, (language, text) in weighed)


def _weighed(
    candidates: Mapping[tuple[str, str], float], holding: Holding, speaking: Speaking
) -> Iterator[tuple[float, tuple[str, str]]]:
    for (language, text), weight in candidates.items():
        if len(text) < LEAST_LETTERS or text.isdigit() or text in _stop_terms(language):
            continue
        held = holding(language, text)
        if held > 0:
            yield weight * rarity(held, speaking(language)), (language, text)


@cache
def _stop_terms(language: str) -> frozenset[str]:
    return frozenset(term_of(word, language) for word in stop_words(language))
