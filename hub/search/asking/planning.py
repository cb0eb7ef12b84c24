"""Makes a plan of a query: what a document must hold, in every language at hand, with synonyms and guesses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice

from hub.search.analysis import DEFAULT, LANGUAGES, fold_name, is_stop_word, read, term_of, words_in
from hub.search.analysis.folding import fold
from hub.search.analysis.synonyms import MOST_WORDS, Synonym
from hub.search.analysis.words import pieces_of
from hub.search.asking.keeping import kept
from hub.search.asking.parsing import MAX_QUERY_LENGTH, parse
from hub.search.asking.wishes import All, Either, Field, Part, Quoted, Wanted, Wishes, Without
from hub.search.asking.wording import Wording
from hub.search.documents import Query
from hub.search.lexicon import Lexicon
from hub.search.plan import And, FacetIs, Node, Not, Or, Phrase, Plan, Where, Word

MAX_PASSAGE_LENGTH = 20_000
"""Characters of a passage that are read."""

MAX_PASSAGE_WORDS = 200
"""Different words of a passage that are searched."""

LEAST_PIECE = 3
"""Letters of a piece of a word with hyphens that may do for the whole."""

MOST_TOLD = 8
"""Synonyms that people are told of."""

MOST_TRIED = 24
"""Synonyms of which it is asked whether any visible document may hold them."""


@dataclass
class _Wish:
    """What a sequence of parts comes to.

    Args:
        strict: nodes that must hold, whatever happens.
        words: nodes for single words, each of which may do where not all of them hold.
        guesses: synonyms, any of which may do too.
        whole: what all the words come to, with the synonyms of several together.
        also: synonyms that were added.
        has_pieces: whether a word with hyphens is among the words, and its pieces among the guesses.
    """

    strict: list[Node] = field(default_factory=list)
    words: list[Node] = field(default_factory=list)
    guesses: list[Node] = field(default_factory=list)
    whole: list[Node] = field(default_factory=list)
    also: list[Synonym] = field(default_factory=list)
    has_pieces: bool = False


def plan_of(query: Query, lexicon: Lexicon) -> Plan:
    """Return how engines answer a query.

    Args:
        query: its text is read, and its `narrowed` is part of the plan; ticked filters are not.
        lexicon: the words that its viewer may see.
    """
    at_hand = lexicon.languages()
    languages = tuple(language for language in LANGUAGES if language in at_hand) or (DEFAULT,)
    wording = Wording(languages, lexicon, has_synonyms=query.has_synonyms and not query.is_begun)
    if query.is_passage:
        wish, is_empty = _passage(query.text, wording), not query.text.strip()
    else:
        asked = _begun(query.text) if query.is_begun else parse(query.text)
        wish, is_empty = _wish(kept(asked, languages), wording), asked.is_empty
    narrowed = (query.narrowed,) if query.narrowed is not None else ()
    if not wish.strict and not wish.whole:
        return Plan(And(narrowed) if is_empty else Or())
    any_word = Or((*wish.words, *wish.guesses))
    match = any_word if query.is_passage else _all([*wish.strict, *wish.whole])
    has_loose = (len(wish.words) > 1 or wish.has_pieces) and not query.is_passage
    loose = _all([*narrowed, *wish.strict, any_word]) if has_loose else None
    match = _all([*narrowed, match])
    return Plan(
        match=match,
        loose=loose,
        exact=fold_name(query.text[:MAX_QUERY_LENGTH]),
        terms=frozenset(_terms(_all([*wish.strict, *wish.whole]))),
        also=_also(wish.also, lexicon),
    )


def _begun(text: str) -> Wishes:
    """Return what an unfinished name asks for: its words in names, the last of which may go on."""
    words = words_in(text[:MAX_QUERY_LENGTH])
    parts = [Wanted(word, where=Where.NAME) for word in words[:-1]]
    parts += [Wanted(word, is_prefix=True, where=Where.NAME) for word in words[-1:]]
    return Wishes(tuple(parts), not text.strip())


def _passage(text: str, wording: Wording) -> _Wish:
    """Return the words of a passage, of which any will do; those that come often, in whatever form, count more."""
    wish = _Wish()
    times: Counter[str] = Counter()
    typed: dict[str, str] = {}
    for word in words_in(text[:MAX_PASSAGE_LENGTH]):
        for piece in pieces_of(word):
            if not is_stop_word(fold(piece), wording.languages):
                term = term_of(piece, wording.languages[0])
                times[term] += 1
                typed.setdefault(term, piece)
    for term in list(typed)[:MAX_PASSAGE_WORDS]:
        _take_run([Wanted(typed[term], times=times[term])], wording, wish)
    return wish


def _wish(parts: Sequence[Part], wording: Wording) -> _Wish:
    wish = _Wish()
    run: list[Wanted] = []
    for part in parts:
        if isinstance(part, Wanted) and not part.is_prefix and not part.is_fuzzy:
            if run and run[-1].where is not part.where:
                _take_run(run, wording, wish)
                run = []
            run.append(part)
            continue
        _take_run(run, wording, wish)
        run = []
        _take(part, wording, wish)
    _take_run(run, wording, wish)
    return wish


def _take(part: Part, wording: Wording, wish: _Wish) -> None:
    match part:
        case Wanted(where=Where.NAME):
            # many names have words that begin so: those count that stand beside what else is wanted
            wish.strict.append(wording.word(part, And(tuple(wish.strict))))
        case Wanted():
            node = wording.word(part)
            wish.words.append(node)
            wish.whole.append(node)
        case Quoted():
            wish.strict.append(wording.phrase(part))
        case Field(facet=facet, codes=codes):
            wish.strict.append(FacetIs(facet, codes))
        case Without(part=inner):
            wish.strict.append(Not(_alone(inner, replace(wording, has_synonyms=False), _Wish())))
        case Either(parts=parts):
            node = Or(tuple(_alone(each, wording, wish) for each in parts))
            wish.words.append(node)
            wish.whole.append(node)
        case All():
            wish.strict.append(_alone(part, wording, wish))


def _alone(part: Part, wording: Wording, wish: _Wish) -> Node:
    """Return a part inside others; its synonyms are told of with those of the whole."""
    inner = _wish(part.parts if isinstance(part, All) else (part,), wording)
    wish.also += inner.also
    return _all([*inner.strict, *inner.whole])


def _take_run(run: Sequence[Wanted], wording: Wording, wish: _Wish) -> None:
    """Take words that stand together; several of them may have synonyms that none has alone."""
    start = 0
    while start < len(run):
        for end in range(min(len(run), start + MOST_WORDS), start, -1):
            together = run[start:end]
            found = wording.synonyms_of([each.word for each in together])
            if found or end == start + 1:
                break
        nodes = [wording.word(each) for each in together]
        typed = " ".join(each.word for each in together)
        guesses = wording.synonyms(found, typed, together[0].where)
        whole = Or((_all(nodes), *guesses)) if guesses else _all(nodes)
        if together[0].where is Where.NAME:
            wish.strict.append(whole)
        else:
            wish.words += nodes
            pieces = list(_pieces(together, wording))
            wish.guesses += [*guesses, *pieces]
            wish.has_pieces |= bool(pieces)
            wish.whole.append(whole)
        wish.also += found
        start = end


def _pieces(run: Sequence[Wanted], wording: Wording) -> Iterator[Node]:
    """Yield what finds the single pieces of words with hyphens, for where nothing has the whole."""
    for wanted in run:
        pieces = pieces_of(wanted.word)
        if len(pieces) > 1:
            told = [each for each in pieces if len(each) >= LEAST_PIECE]
            yield from (wording.word(replace(wanted, word=each)) for each in told)


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _terms(node: Node) -> Iterator[str]:
    """Yield the terms that a document is shown for; those of a phrase together, as they are looked for."""
    match node:
        case Word(terms=terms):
            yield from (term.text for term in terms)
        case Phrase(terms=terms):
            yield " ".join(terms)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _terms(part)


def _also(synonyms: Iterable[Synonym], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the synonyms that stand in documents the viewer may see, as people write them."""
    told: dict[str, None] = {}
    count = cache(lexicon.count)
    for each in islice(synonyms, MOST_TRIED):
        folded = [word for typed in words_in(each.written) for word in read(typed, each.language).folded[-1:]]
        if all(map(count, folded)):
            told.setdefault(each.written)
        if len(told) == MOST_TOLD:
            break
    return tuple(told)
