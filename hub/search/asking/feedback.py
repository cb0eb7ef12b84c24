"""Learns from the best results which other words a long query is about (pseudo relevance feedback); see decision 0039.

These words change the order of what was found, and nothing else: not what matches, not how many, not the counts.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from heapq import heappush, heappushpop
from itertools import chain

from hub.search.analysis import term_of
from hub.search.analysis.stop_words import stop_words
from hub.search.documents import Query, Sort
from hub.search.plan import And, Node, Or, Phrase, Plan, Term, Word, by_wish
from hub.search.weights import SATURATION, Sample, rarity

TOP = 15
"""The best results that are learnt from, at most, where a passage was asked."""

TOP_TYPED = 8
"""The same where words were typed: a few words are about less, and people wait for the page."""

SHARE_OF_ALL = 20
"""No more than one in so many of all documents is learnt from, so that in a small catalogue they stay the best."""

KEPT = 20
"""Terms that are added at most."""

SHARE = 0.6
"""What the added terms weigh together, of what the words asked for do."""

LEAST_HOLDERS = 2
"""Of the best results so many must hold a term: what stands in one alone is that one's own subject."""

TELLING = 25
"""Terms that stand for a whole document where others like it are looked for."""

LEAST_LETTERS = 2

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


def top_of(query: Query, documents: int) -> int:
    """Return how many of the best results are learnt from.

    Args:
        query: what is asked.
        documents: how many documents the viewer may see.
    """
    return min(TOP if query.is_passage else TOP_TYPED, max(LEAST_HOLDERS, documents // SHARE_OF_ALL))


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
    return _best(samples, LEAST_HOLDERS, holding, speaking, KEPT, SHARE * weight_of(wanted))


def telling_terms(sample: Sample, holding: Holding, speaking: Speaking) -> tuple[Term, ...]:
    """Return the terms that tell a document from others, to find what is like it; together they weigh 1.

    Args:
        sample: the terms of the document.
        holding: see `Holding`.
        speaking: see `Speaking`.
    """
    return _best([sample], 1, holding, speaking, TELLING, 1.0)


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
    samples: Sequence[Sample], least: int, holding: Holding, speaking: Speaking, most: int, weight: float
) -> tuple[Term, ...]:
    """Return the terms of some documents that weigh most, as often as they stand there and as rare as they are.

    Args:
        samples: the documents' terms.
        least: in how many of them a term must stand, where there are as many.
        holding: see `Holding`.
        speaking: see `Speaking`.
        most: how many terms.
        weight: what they weigh together.
    """
    best: list[tuple[float, tuple[str, str]]] = []
    for limit, rarest, key in _limits(samples, least, speaking):
        # What cannot weigh more than those found, however rare, need not be looked up; few are.
        if len(best) == most and limit <= best[0][0]:
            break
        if _is_telling(*key):
            each = sum(count / (count + SATURATION) for sample in samples if (count := sample.get(key)))
            if len(best) == most and each * rarest <= best[0][0]:
                continue
            if held := holding(*key):
                found = (each * rarity(held, speaking(key[0])), key)
                (heappush if len(best) < most else heappushpop)(best, found)
    total = sum(each for each, _ in best)
    return tuple(Term(*key, weight * each / total) for each, key in sorted(best, reverse=True))


def _limits(
    samples: Sequence[Sample], least: int, speaking: Speaking
) -> list[tuple[float, float, tuple[str, str]]]:
    """Return what each term can weigh at most, how rare it can be at most, and the term; the heaviest first."""
    holders = Counter(chain.from_iterable(samples))
    rarities: dict[tuple[str, int], float] = {}
    limits = []
    for key, held in holders.items():
        if held >= min(least, len(samples)):
            among = (key[0], held)
            if among not in rarities:
                rarities[among] = rarity(held, max(speaking(key[0]), held))
            limits.append((held * rarities[among], rarities[among], key))
    return sorted(limits, reverse=True)


def _is_telling(language: str, text: str) -> bool:
    return len(text) >= LEAST_LETTERS and not text.isdigit() and text not in _stop_terms(language)


@cache
def _stop_terms(language: str) -> frozenset[str]:
    return frozenset(term_of(word, language) for word in stop_words(language))
