"""Many small changes leave what one build of the same documents leaves: segments merge, deleted documents go."""

import random

import pytest

from hub.core.pagination import PageRequest
from hub.search.changes import Change
from hub.search.documents import Query
from tests.search.conformance.engines import ENGINES, engine_of, written
from tests.search.oracle import answer
from tests.search.samples import PUBLIC, nothing_withheld

WORDS = "red flags in public tenders of Georgia bribery border court audit register".split()  # noqa: SIM905
ASKED = [
    "red",
    '"red flags"',
    '"public tenders"',
    "bribery -court",
    "name:audit",
    "aud*",
    "tendesr~",
    "country:ge",
]
EVERYBODY = PUBLIC | {"member"}


@pytest.mark.parametrize("name", ENGINES)
def test_many_changes_leave_what_one_build_does(tmp_path, name):
    rng = random.Random(8)
    engine, fresh = (engine_of(name, tmp_path / place) for place in ("changed", "fresh"))
    engine.rebuild([], 0)
    present = {}
    for number in range(1, 31):
        changes = [_change(rng, number) for _ in range(rng.choice([1, 1, 1, 4]))]
        engine.apply(changes, number)
        for change in changes:
            present.pop(change.document_id, None)
            if change.document is not None:
                present[change.document_id] = change.document
    fresh.rebuild(present.values(), 30)
    assert engine.contents().digests == {each.id: each.digest for each in present.values()}
    for text in ASKED:
        for labels in (PUBLIC, EVERYBODY):
            query = Query(labels, text, page=PageRequest(1, 100))
            results, expected = (each.search(query, nothing_withheld) for each in (engine, fresh))
            found, _, counts = answer(list(present.values()), query, results.plan)
            assert set(results.ids) == set(expected.ids) == found
            assert (results.total, results.facets, results.loose) == (
                expected.total,
                expected.facets,
                expected.loose,
            )
            assert results.facets == counts
    lexicons = [each.lexicon(Query(EVERYBODY), nothing_withheld) for each in (engine, fresh)]
    for prefix in ("", "t", "reg"):
        words = [lexicon.starting(prefix, 100) for lexicon in lexicons]
        assert words[0] == words[1]
        assert [lexicons[0].count(word) for word in words[0]] == [
            lexicons[1].count(word) for word in words[0]
        ]


def test_a_build_tells_how_far_it_is(index):
    told = []
    index.rebuild((written(f"d{number}", {"en": "words"}) for number in range(1_050)), 1, told.append)
    assert told
    assert told == sorted(told)
    assert told[-1] <= 1_050


def _change(rng: random.Random, number: int) -> Change:
    document_id = f"d{rng.randrange(25)}"
    if rng.random() < 0.25:
        return Change(number, document_id, None)
    fields = {
        "name": " ".join(rng.choices(WORDS, k=2)),
        "short_description": " ".join(rng.choices(WORDS, k=4)),
        "problem": " ".join(rng.choices(WORDS, k=8)),
    }
    labels = frozenset({rng.choice(["public", "public", "member"])})
    made = written(document_id, {"en": fields}, labels=labels, country=rng.choice(["GE", "ID", "GE ID"]))
    return Change(number, document_id, made)
