"""More like this: near in words, visible, and not itself."""

import pytest

from hub.core.pagination import PageRequest
from hub.search.documents import Collection, Query
from hub.search.plan import FacetIs
from tests.search.conformance.engines import written
from tests.search.samples import PUBLIC, nothing_withheld

THIS = written("this", {"en": "Flood maps show where bridges and dams were paid for but never built"})


@pytest.fixture
def filled(index):
    index.rebuild(
        [
            THIS,
            written("near", {"en": "Maps of bridges and dams that were never built"}, kind="data"),
            written("far", {"en": "A choir sings about bridges"}, kind="method"),
            written("other", {"en": "Passports for cattle"}),
            written("hidden", {"en": "Flood maps, bridges, dams never built"}, labels=frozenset({"le"})),
        ],
        1,
    )
    return index


def similar(engine, labels=PUBLIC, withheld=nothing_withheld, **more):
    return engine.similar(THIS, Query(labels, **more), withheld)


def test_the_most_alike_come_first_and_itself_is_left_out(filled):
    assert similar(filled) == ("near", "far")


def test_only_what_the_viewer_may_see_is_alike(filled):
    assert "hidden" in similar(filled, PUBLIC | {"le"})


def test_withheld_documents_are_not_alike(filled):
    assert similar(filled, withheld=lambda _number: frozenset({"near"})) == ("far",)


def test_filters_conditions_and_pages_hold(filled):
    assert similar(filled, filters={"kind": frozenset({"method"})}) == ("far",)
    assert similar(filled, narrowed=FacetIs("kind", frozenset({"data"}))) == ("near",)
    assert similar(filled, page=PageRequest(1, 1)) == ("near",)


def test_a_document_without_words_is_like_none(filled):
    assert filled.similar(written("empty", {}), Query(PUBLIC), nothing_withheld) == ()


def test_other_collections_are_not_alike(filled):
    assert similar(filled, collection=Collection.MEMBERS) == ()


def test_a_document_need_not_be_in_the_index(filled):
    stranger = written("stranger", {"en": "cattle passports"})
    assert filled.similar(stranger, Query(PUBLIC), nothing_withheld) == ("other",)
