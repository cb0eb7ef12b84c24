"""What a query must find, worked out document by document with plain Python: slow, and easy to believe."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hub.search.analysis import GAP, Terms, analysed
from hub.search.documents import Document, Query
from hub.search.plan import And, FacetIs, Node, Not, Or, Phrase, Plan, Where, Within, Word


def holds(document: Document, node: Node) -> bool:  # noqa: PLR0911 - one for each kind of node
    """Whether a document holds a node of a plan."""
    match node:
        case Word(terms=terms, where=where):
            return any(term.text in _tokens(document, term.language, where) for term in terms)
        case Phrase(language=language, terms=terms, where=where):
            if len(terms) == 1:
                return terms[0] in _tokens(document, language, where)
            return any(_contains(run, terms) for run in _runs(document, language, where))
        case FacetIs(facet="id", values=values):
            return document.id in values
        case FacetIs(facet=facet, values=values):
            return not values.isdisjoint(document.facets.get(facet, ()))
        case Within(key=key, after=after, until=until):
            return after < document.sort.get(key, 0.0) <= until
        case And(parts=parts):
            return all(holds(document, part) for part in parts)
        case Or(parts=parts):
            return any(holds(document, part) for part in parts)
        case Not(part=part):
            return not holds(document, part)


def answer(
    documents: Sequence[Document], query: Query, plan: Plan
) -> tuple[set[str], bool, dict[str, dict[str, int]]]:
    """Return which documents a query finds by its plan, whether loosely, and the counts of all facets above zero."""
    seen = [each for each in documents if each.labels & query.labels and each.collection is query.collection]
    found = [each for each in seen if holds(each, plan.match)]
    is_loose = False
    if plan.loose is not None and (query.is_loose or not found):
        found = [each for each in seen if holds(each, plan.loose)]
        is_loose = bool(found)
    counts = {}
    for facet in (
        {name for each in seen for name in each.facets} | query.filters.keys() | query.classes.keys()
    ):
        among = [each for each in found if _passes(each, query, without=facet)]
        counted = Counter(value for each in among for value in _values(each, facet, query))
        if counted:
            counts[facet] = dict(counted)
    return {each.id for each in found if _passes(each, query)}, is_loose, counts


def _passes(document: Document, query: Query, without: str = "") -> bool:
    return all(
        facet == without or not values or values & set(_values(document, facet, query))
        for facet, values in query.filters.items()
    )


def _values(document: Document, facet: str, query: Query) -> Sequence[str]:
    """Return the values of a facet that a document holds, or of which the query says that it does."""
    if facet in query.classes:
        return [value for value, node in query.classes[facet].items() if holds(document, node)]
    return document.facets.get(facet, ())


def _parts(document: Document, language: str, where: Where) -> Iterator[tuple[str, str]]:
    terms = analysed(document.texts).terms.get(language, Terms())
    yield terms.name, terms.name_extras
    if where is Where.TEXT:
        yield terms.short, terms.short_extras
        yield terms.rest, terms.rest_extras


def _tokens(document: Document, language: str, where: Where) -> set[str]:
    found = {token for parts in _parts(document, language, where) for part in parts for token in part.split()}
    return found - {GAP}


def _runs(document: Document, language: str, where: Where) -> Iterator[list[str]]:
    for placed, _extras in _parts(document, language, where):
        for run in placed.split(GAP):
            yield run.split()


def _contains(run: Sequence[str], terms: Sequence[str]) -> bool:
    size = len(terms)
    return any(tuple(run[start : start + size]) == terms for start in range(len(run) - size + 1))
