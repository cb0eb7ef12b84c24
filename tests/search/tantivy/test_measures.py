"""What tantivy reckons with is read exactly, and texts are held against the length that is usual among public ones."""

import pytest
from tantivy import Index

from hub.search.plan import Where
from hub.search.tantivy.measures import Measures
from hub.search.tantivy.schema import SCHEMA, indexed
from tests.search.conformance.engines import written


def measures_of(*documents):
    index = Index(SCHEMA)
    writer = index.writer()
    for document in documents:
        writer.add_document(indexed(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Measures(index.searcher())


def test_the_mean_and_the_usual_length_are_told_apart():
    measures = measures_of(
        written("a", {"en": "one two three four"}),
        written("b", {"en": "one two"}),
        written("c", {"de": "eins"}),
    )
    measure = measures.of("en", Where.TEXT, "absent")
    assert (measure.documents, measure.mean, measure.usual) == (3, 2.0, 3.0)


def test_names_are_measured_by_themselves():
    measures = measures_of(
        written("a", {"en": {"description": "one two three four"}}),
        written("b", {"en": {"name": "flags", "description": "red"}}),
    )
    assert measures.of("en", Where.NAME, "absent").mean == pytest.approx(0.5)


def test_a_language_without_texts_has_no_measure():
    assert measures_of(written("a", {"en": "one"})).of("fr", Where.TEXT, "un") is None
