"""Both engines find and count what a plain loop over the documents does, for any documents and any query."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.core.pagination import PageRequest
from hub.search.documents import Collection, Document, Query, Sort, texts_by_language
from hub.search.plan import And, FacetIs, Not, Or, Within
from tests.search.conformance.engines import ENGINES, engine_of
from tests.search.oracle import answer
from tests.search.samples import PUBLIC, nothing_withheld

WORDS = {
    language: words.split()
    for language, words in {
        "en": "bribe bribes kickback tender tenders the of red flag flags e-procurement owner's GE whistle-blower",
        "de": "Korruptionsbekämpfung Vergabe die rote Flagge Straße Beschaffungswesen",
        "fr": "l'argent les marchés publics appel d'offres corruption corrompu",
        "ka": "ქრთამი ქრთამის კორუფცია",
        "ar": "الفساد فساد المشتريات",
        "uk": "корупція tender",
    }.items()
}
EVERY_WORD = [word for words in WORDS.values() for word in words] + ["absent", "tendr", "brib"]

languages = st.sampled_from(sorted(WORDS))
texts = st.dictionaries(
    languages,
    st.fixed_dictionaries({}, optional=dict.fromkeys(("name", "short_description", "problem"), st.just(""))),
    max_size=2,
).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {
            language: st.fixed_dictionaries(
                {
                    field: st.lists(st.sampled_from(WORDS[language]), max_size=6).map(" ".join)
                    for field in fields
                }
            )
            for language, fields in chosen.items()
        }
    )
)
facets = st.fixed_dictionaries(
    {
        "country": st.frozensets(st.sampled_from(["GE", "ID"])).map(sorted).map(tuple),
        "kind": st.sampled_from([("data",), ("method",), ()]),
    }
)
label = st.sampled_from(["public", "member", "le:GE"])
shelves = st.lists(
    st.tuples(
        texts,
        facets,
        st.frozensets(label, min_size=1, max_size=2),
        st.sampled_from([*[Collection.INNOVATIONS] * 4, Collection.MEMBERS]),
        st.sampled_from([None, 4.0, 5.0, 6.0, 9.0]),
    ),
    max_size=14,
).map(
    lambda rows: [
        Document(
            f"d{place}",
            labels,
            texts_by_language(*texts.items()),
            facets,
            {"published": float(place)} if due is None else {"published": float(place), "due": due},
            collection,
        )
        for place, (texts, facets, labels, collection, due) in enumerate(rows)
    ]
)

word = st.sampled_from(EVERY_WORD)
atom = st.one_of(
    word,
    word,
    word.map(lambda each: f"{each[: max(2, len(each) // 2)]}*"),
    word.map(lambda each: f"{each}~"),
    word.map(lambda each: f"name:{each}"),
    word.map(lambda each: f"name:{each[: max(2, len(each) // 2)]}*"),
    st.lists(word, min_size=1, max_size=3).map(lambda each: f'"{" ".join(each)}"'),
    st.sampled_from(["country:ge", "kind:data", "-country:id", 'name:"red flag"', "-", '"', "OR"]),
)
asked = st.lists(
    st.tuples(st.sampled_from(["", "", "", "-"]), atom, st.sampled_from([" ", " ", " OR "])), max_size=5
).map(lambda parts: "".join(f"{sign}{each}{joint}" for sign, each, joint in parts))
filters = st.fixed_dictionaries(
    {},
    optional={
        "country": st.frozensets(st.sampled_from(["GE", "ID", "XX"])),
        "kind": st.just(frozenset({"data"})),
        "due": st.frozensets(st.sampled_from(["soon", "later", "past", "unknown"])),
    },
)
NOW = 5.0
CLASSES = {
    "due": {
        "soon": Within("due", NOW, 7.0),
        "later": Within("due", 7.0),
        "past": And(
            (Or((FacetIs("kind", frozenset({"data"})), Within("due", 0.0))), Not(Within("due", NOW)))
        ),
    }
}
queries = st.builds(
    Query,
    labels=st.frozensets(label).map(lambda labels: labels | PUBLIC),
    text=asked,
    filters=filters,
    narrowed=st.sampled_from(
        [None, None, FacetIs("kind", frozenset({"data"})), And((Not(FacetIs("country", frozenset({"GE"}))),))]
    ),
    collection=st.sampled_from([Collection.INNOVATIONS, Collection.INNOVATIONS, Collection.MEMBERS]),
    page=st.just(PageRequest(1, 100)),
    is_begun=st.sampled_from([False, False, False, True]),
    is_loose=st.sampled_from([False, False, True]),
    sort=st.sampled_from([Sort.RELEVANCE, Sort.RELEVANCE, Sort.DUE]),
    moment=st.just(NOW),
    classes=st.just(CLASSES),
)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=shelves, asked=st.lists(queries, min_size=1, max_size=8))
def test_an_engine_finds_what_a_plain_loop_finds(tmp_path_factory, name, documents, asked):
    engine = engine_of(name, tmp_path_factory.mktemp("agreement"))
    engine.rebuild(documents, 1)
    for query in asked:
        results = engine.search(query, nothing_withheld)
        found, is_loose, counts = answer(documents, query, results.plan)
        assert (set(results.ids), results.total) == (found, len(found)), query.text
        assert results.loose == is_loose
        counted = {
            facet: {value: count for value, count in values.items() if count}
            for facet, values in results.facets.items()
        }
        assert {facet: values for facet, values in counted.items() if values} == counts


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=shelves, asked=st.lists(queries, min_size=1, max_size=8))
def test_engines_plan_alike(tmp_path_factory, documents, asked):
    pytest.importorskip("tantivy", reason="the extra `tantivy` is not installed")
    engines = [engine_of(name, tmp_path_factory.mktemp("alike")) for name in ("whoosh", "tantivy")]
    for engine in engines:
        engine.rebuild(documents, 1)
    for query in asked:
        one, other = (engine.search(query, nothing_withheld) for engine in engines)
        # what the best results teach follows the order, in which engines may differ a little
        assert replace(one.plan, more=()) == replace(other.plan, more=())
        assert (one.total, one.facets, one.loose, set(one.ids)) == (
            other.total,
            other.facets,
            other.loose,
            set(other.ids),
        )
