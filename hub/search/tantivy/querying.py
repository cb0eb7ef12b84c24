"""Turns the tree of a plan into a query of tantivy's own. Knows no index."""

import math
from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query, SearchResult

from hub.search.plan import (
    DOCUMENT_ID,
    And,
    FacetIs,
    Node,
    Not,
    Or,
    Phrase,
    Plan,
    Term,
    Where,
    Within,
    Word,
    by_wish,
)
from hub.search.tantivy.schema import DUE, EXACT, FACET, LABEL, PUBLISHED, SCHEMA, facet_term, text_field

EXACT_SCORE = 10_000.0
"""What the whole name adds: more than all words together can."""

SMALL = 16
"""So many values are looked for one by one; of more, tantivy makes a set."""

DATES = {"published": PUBLISHED, "due": DUE}

Clause = tuple[Occur, Query]

EVERYTHING = Query.const_score_query(Query.all_query(), 0.0)


def holds(field: str, values: Iterable[str]) -> Query:
    """Return what finds documents that hold one of `values` in a field that is not analysed; it scores nothing."""
    wanted = sorted(values)
    if not wanted:
        return Query.empty_query()
    if len(wanted) > SMALL:
        return Query.const_score_query(Query.term_set_query(SCHEMA, field, wanted), 0.0)
    terms = [Query.term_query(SCHEMA, field, value, "basic") for value in wanted]
    if len(terms) == 1:
        return Query.const_score_query(terms[0], 0.0)
    return Query.const_score_query(Query.boolean_query([(Occur.Should, term) for term in terms]), 0.0)


def visible_clauses(labels: frozenset[str] | None, withheld: frozenset[str]) -> list[Clause]:
    """Return what keeps a search to the documents that a viewer may see.

    Args:
        labels: the viewer's; None in an index whose documents everybody may see.
        withheld: ids of documents to leave out.
    """
    clauses = [] if labels is None else [(Occur.Must, holds(LABEL, labels))]
    if withheld:
        clauses.append((Occur.MustNot, Query.term_set_query(SCHEMA, DOCUMENT_ID, sorted(withheld))))
    return clauses


def has_in_facet(facet: str, values: Iterable[str]) -> Query:
    """Return what finds documents with one of `values` in a facet; the facet `id` is the document's own id."""
    if facet == DOCUMENT_ID:
        return holds(DOCUMENT_ID, values)
    return holds(FACET, (facet_term(facet, value) for value in values))


def joined(clauses: Sequence[Clause]) -> Query:
    """Return the query for clauses of which none need be positive."""
    if not any(occur == Occur.Must for occur, _ in clauses):
        clauses = [(Occur.Must, EVERYTHING), *clauses]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def count_of(found: SearchResult) -> int:
    """Return how many documents a search found on all pages."""
    return int(found.count)  # type: ignore[attr-defined]  # tantivy's type information leaves it out


def clauses_of(node: Node) -> list[Clause]:
    """Return clauses that hold together what `node` asks."""
    match node:
        case And(parts=parts):
            return [clause for part in parts for clause in clauses_of(part)]
        case Not(part=part):
            return [(Occur.MustNot, query_of(part))]
        case _:
            return [(Occur.Must, query_of(node))]


def query_of(node: Node) -> Query:
    """Return what finds and scores the documents that hold `node`: a wish scores by its best term, parts add up."""
    match node:
        case Word(terms=terms, where=where):
            return _best_of([term_query(term, where) for term in terms])
        case Phrase(language=language, terms=terms, weight=weight, where=where):
            return _phrase_query(language, terms, weight, where)
        case FacetIs(facet=facet, values=values):
            return has_in_facet(facet, values)
        case Within(key=key, after=after, until=until):
            return _span_query(key, after, until)
        case Or(parts=parts):
            wishes = [_best_of([query_of(part) for part in group]) for group in by_wish(parts)]
            return Query.boolean_query([(Occur.Should, wish) for wish in wishes])
        case And() | Not():
            return joined(clauses_of(node))


def scoring_clauses(plan: Plan) -> list[Clause]:
    """Return what raises documents without being asked for: the whole name, and what was learnt from the best."""
    clauses = []
    if plan.exact:
        exact = Query.term_query(SCHEMA, EXACT, plan.exact, "basic")
        clauses.append((Occur.Should, Query.const_score_query(exact, EXACT_SCORE)))
    clauses += [(Occur.Should, term_query(term)) for term in plan.more]
    return clauses


def term_query(term: Term, where: Where = Where.TEXT) -> Query:
    """Return what finds and scores the documents with one term."""
    query = Query.term_query(SCHEMA, text_field(term.language, where), term.text, "freq")
    return query if term.weight == 1.0 else Query.boost_query(query, term.weight)


def _best_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)


def _span_query(key: str, after: float, until: float) -> Query:
    """Return what finds documents whose date is later than `after` and not later than `until`."""
    most = None if until == math.inf else until
    span = Query.range_query(
        SCHEMA, DATES[key], FieldType.Float, lower_bound=after, upper_bound=most, include_lower=False
    )
    return Query.const_score_query(span, 0.0)


def _phrase_query(language: str, terms: Sequence[str], weight: float, where: Where) -> Query:
    if len(terms) <= 1:  # tantivy wants a term at least to stand beside
        return _best_of([term_query(Term(language, term, weight), where) for term in terms])
    query = Query.phrase_query(SCHEMA, text_field(language, where), list(terms))
    return query if weight == 1.0 else Query.boost_query(query, weight)
