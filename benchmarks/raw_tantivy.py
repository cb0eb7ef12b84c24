"""Tantivy as its documentation shows it, the peer of `benchmarks.search`: one text field, one aggregation per facet."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from benchmarks.generator import FACETS
from hub.search.documents import Document, Query, Sort

HITS = 20


class RawTantivy:
    """An index of the same documents without the hub's analysis, synonyms, ranking, labels in parts, or checks.

    Args:
        folder: where the index is.
    """

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="en_stem")
        builder.add_text_field("label", tokenizer_name="raw", index_option="basic")
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_float_field("published", fast=True)
        folder.mkdir(exist_ok=True)
        self._index = tantivy.Index(builder.build(), str(folder))
        self._counted = {facet: {"terms": {"field": facet, "size": 1_000}} for facet in FACETS}

    def build(self, documents: Iterable[Document]) -> None:
        """Index the documents."""
        writer = self._index.writer(48_000_000, 1)
        for document in documents:
            made = tantivy.Document()
            made.add_text("id", document.id)
            for field in document.texts["en"].values():
                made.add_text("text", field)
            for label in document.labels:
                made.add_text("label", label)
            for facet, values in document.facets.items():
                for value in values:
                    made.add_text(facet, value)
            made.add_float("published", document.sort["published"])
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open what was built."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: Query) -> tuple[list[str], int, dict[str, object]]:
        """Return ids, how many there are, and the counts of every facet; of any word where none has them all."""
        found = self._found(query, is_strict=True)
        return found if found[1] else self._found(query, is_strict=False)

    def _found(self, query: Query, *, is_strict: bool) -> tuple[list[str], int, dict[str, object]]:
        must = tantivy.Occur.Must
        clauses = [(must, self._any("label", query.labels))]
        if query.text:
            words = self._index.parse_query(query.text, ["text"], conjunction_by_default=is_strict)
            clauses.append((must, words))
        clauses += [(must, self._any(facet, values)) for facet, values in query.filters.items()]
        asked = tantivy.Query.boolean_query(clauses)
        is_ranked = query.text and query.sort is Sort.RELEVANCE
        found = self._searcher.search(asked, HITS, order_by_field=None if is_ranked else "published")
        counts = self._searcher.aggregate(asked, self._counted) if found.count else {}
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits], found.count, counts

    def _any(self, field: str, values: Iterable[str]) -> tantivy.Query:
        terms = [tantivy.Query.term_query(self._index.schema, field, value, "basic") for value in values]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
