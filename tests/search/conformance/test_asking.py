"""What people can type, and what it finds; the same on every engine."""

import pytest

from hub.core.pagination import PageRequest
from hub.search.asking.wording import MAX_EXPANSIONS
from hub.search.documents import Collection, Query
from hub.search.plan import And, FacetIs, Not, Or
from tests.search.conformance.engines import written
from tests.search.samples import PUBLIC, nothing_withheld

EVERYTHING = {"lens", "register", "line", "training"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", EVERYTHING),
        ("procurement", {"lens", "register", "line", "training"}),
        ('"procurement"', {"lens", "register", "line"}),
        ("procurement owners", {"register"}),
        ("lens OR register", {"lens", "register"}),
        ("procurement -owners -borders -Vergabe", {"lens"}),
        ("-procurement", {"training"}),
        ("-tender", {"register", "line", "training"}),
        ('"red flags"', {"lens"}),
        ('"flags red"', set()),
        ('"public tenders reads"', set()),
        ('-"red flags" procurement', {"register", "line", "training"}),
        ("registe*", {"register"}),
        ("regsiter~", {"register"}),
        ("ownrs~", {"register"}),
        ("name:tender", {"lens"}),
        ("title:register", {"register"}),
        ("-name:tender country:ge", {"line"}),
        ("country:ge", {"lens", "line"}),
        ("country:GE", {"lens", "line"}),
        ("-country:ge", {"register", "training"}),
        ("country:ge OR country:ua", {"lens", "line", "register"}),
        ("evidence:2+", {"lens", "training"}),
        ("standard:ocds licence:mit", {"lens"}),
        ("kind:data stage:beta procurement", {"register"}),
        ("unknown:tender", {"lens"}),
        ("marchés", {"lens"}),
        ("les marché", {"lens"}),
        ("ქრთამი", {"line", "training"}),
        ("мир", set()),
        ("PENCEGAHAN", {"training"}),
    ],
)
def test_what_is_typed_finds(ids, text, expected):
    assert ids(text) == expected


def test_an_engine_reads_what_queries_need_before_the_first_one(index, monkeypatch):
    prepared = []
    monkeypatch.setattr(f"{type(index).__module__}.prepare", lambda: prepared.append("synonyms and names"))
    index.open()
    assert prepared


def test_words_are_all_wanted_until_nothing_has_them(shelf):
    strict = shelf.search(Query(PUBLIC, "procurement owners"), nothing_withheld)
    assert (strict.ids, strict.loose) == (("register",), False)
    loose = shelf.search(Query(PUBLIC, "owners travellers"), nothing_withheld)
    assert (set(loose.ids), loose.loose) == ({"register", "line"}, True)


def test_some_of_the_words_may_do_at_once(shelf):
    query = Query(PUBLIC, '"procurement" owners', is_loose=True)
    assert set(shelf.search(query, nothing_withheld).ids) <= EVERYTHING
    wider = shelf.search(Query(PUBLIC, "owners travellers companies", is_loose=True), nothing_withheld)
    assert (set(wider.ids), wider.loose) == ({"register", "line"}, True)


def test_what_is_strict_stays_strict_where_words_are_loose(shelf):
    loose = shelf.search(Query(PUBLIC, "owners travellers country:ua"), nothing_withheld)
    assert (loose.ids, loose.loose) == (("register",), True)
    without = shelf.search(Query(PUBLIC, "owners travellers -beneficial"), nothing_withheld)
    assert (without.ids, without.loose) == (("line",), True)


def test_a_passage_is_found_by_any_of_its_words(shelf):
    query = Query(PUBLIC, "We need to know who owns companies: the owners. And a -lens!", is_passage=True)
    results = shelf.search(query, nothing_withheld)
    assert results.ids[0] == "register"
    assert not results.loose


@pytest.mark.parametrize(
    "text", ['"', '"""', "-", "OR", "OR OR", "a OR", "name:", "*", "~", "-- x:y:z", "(a", "\x00"]
)
def test_broken_syntax_is_no_error(ids, text):
    assert ids(text) <= EVERYTHING


def test_a_begun_name_finds_by_the_beginning_of_its_last_word(ids):
    assert ids("tender le", is_begun=True) == {"lens"}
    assert ids("reg", is_begun=True) == {"register"}
    assert ids("beneficial", is_begun=True) == set()


@pytest.mark.parametrize("text", ["Bid Pa", "Bid Pat", "bids p", "Bid Pattern R"])
def test_a_begun_name_is_found_among_many_words_that_begin_so(index, text):
    words = [f"pa{place:03}" for place in range(2 * MAX_EXPANSIONS)]
    others = [written(word, {"en": {"name": f"{word} {word}", "description": word}}) for word in words]
    texts = [
        written(f"text-{place}", {"en": " ".join([*words, "reader rb rc"])}, labels=PUBLIC)
        for place in range(3)
    ]
    wanted = written("wanted", {"en": {"name": "Bid Pattern Reader"}})
    index.rebuild([*texts, *others, wanted], 1)
    assert index.search(Query(PUBLIC, text, is_begun=True), nothing_withheld).ids == ("wanted",)
    assert index.search(Query(PUBLIC, "name:bid name:pa*"), nothing_withheld).ids == ("wanted",)


def test_an_unfinished_word_is_completed_to_what_most_documents_hold(index):
    rare = [written(f"rare-{place}", {"en": f"pa{place:03}"}) for place in range(2 * MAX_EXPANSIONS)]
    often = [written(f"often-{place}", {"en": "pattern"}) for place in range(2)]
    index.rebuild([*rare, *often], 1)
    results = index.search(Query(PUBLIC, "pa*", page=PageRequest(1, 100)), nothing_withheld)
    assert results.total == MAX_EXPANSIONS + 1
    assert {"often-0", "often-1", "rare-0", f"rare-{MAX_EXPANSIONS - 2}"} <= set(results.ids)


def test_exact_names_come_first(shelf):
    first = shelf.search(Query(PUBLIC, "open register"), nothing_withheld)
    assert first.ids[0] == "register"


def test_synonyms_find_and_are_told(shelf):
    results = shelf.search(Query(PUBLIC, "UBO"), nothing_withheld)
    assert results.ids == ("register",)
    assert results.also
    plain = shelf.search(Query(PUBLIC, "UBO", has_synonyms=False), nothing_withheld)
    assert plain.total == 0


def test_collections_are_apart(shelf):
    results = shelf.search(Query(PUBLIC, "tender", collection=Collection.MEMBERS), nothing_withheld)
    assert (results.ids, results.facets) == (("member:ada",), {"country": {"GE": 1}})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (FacetIs("country", frozenset({"GE", "DE"})), {"lens", "line", "training"}),
        (Not(FacetIs("country", frozenset({"GE"}))), {"register", "training"}),
        (And(), EVERYTHING),
        (Or(), set()),
        (FacetIs("id", frozenset({"lens", "secret", "member:ada", "nobody"})), {"lens"}),
        (
            And((FacetIs("id", frozenset({"lens", "line"})), Not(FacetIs("kind", frozenset({"method"}))))),
            {"lens"},
        ),
        (FacetIs("nothing", frozenset({"x"})), set()),
    ],
)
def test_conditions_narrow_all_that_is_found_and_counted(shelf, condition, expected):
    results = shelf.search(Query(PUBLIC, narrowed=condition), nothing_withheld)
    assert set(results.ids) == expected
    assert sum(results.facets.get("kind", {}).values()) == len(expected)


def test_a_condition_is_no_filter(shelf):
    query = Query(
        PUBLIC,
        "procurement",
        narrowed=FacetIs("country", frozenset({"GE"})),
        filters={"kind": frozenset({"method"})},
    )
    results = shelf.search(query, nothing_withheld)
    assert results.ids == ("line",)
    assert results.facets["kind"] == {"software": 1, "method": 1}
    assert results.facets["country"] == {"GE": 1}


def test_nothing_is_counted_unless_asked(shelf):
    results = shelf.search(Query(PUBLIC, "procurement", has_counts=False), nothing_withheld)
    assert (results.total, results.facets) == (4, {})


@pytest.mark.parametrize(
    ("facet", "value", "expected"),
    [
        ("country", "GE", {"lens", "line"}),
        ("kind", "software", {"lens"}),
        ("stage", "stable", {"lens", "training"}),
        ("evidence", "3", {"lens"}),
        ("standard", "bods", {"register"}),
        ("licence", "MIT", {"lens"}),
        ("language", "id", {"training"}),
    ],
)
def test_every_filter_filters_and_is_counted(shelf, facet, value, expected):
    results = shelf.search(Query(PUBLIC, filters={facet: frozenset({value})}), nothing_withheld)
    assert set(results.ids) == expected
    assert results.facets[facet][value] == len(expected)
    assert results.facets[facet] == shelf.search(Query(PUBLIC), nothing_withheld).facets[facet]
