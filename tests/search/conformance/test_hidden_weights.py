"""What words weigh for somebody tells nothing of the documents hidden from them, however many there are."""

import random

import pytest

from hub.search.changes import Change
from hub.search.documents import Query
from tests.search.conformance.engines import ENGINES, engine_of, written
from tests.search.samples import PUBLIC, nothing_withheld

MEMBER = PUBLIC | {"member"}
HIDDEN = frozenset({"org:7"})
WORDS = [f"word{number}" for number in range(60)]


def sentence(draw, words, length=45):
    return " ".join(draw.choice(words) for _ in range(length))


def texts_of(number):
    """A text of a member's record: one in ten has `gamma`, four in ten `delta`, as often and at the same length."""
    words = ["gamma" if number % 10 == 0 else "", "delta" if number % 5 in (1, 2) else ""]
    return " ".join([*filter(None, words), "filler"])


@pytest.mark.parametrize("name", ENGINES)
def test_no_number_of_hidden_documents_turns_the_order(tmp_path, name):
    records = [
        written(f"r{number}", {"en": texts_of(number)}, labels=frozenset({"member"})) for number in range(300)
    ]
    engine = engine_of(name, tmp_path)
    orders = []
    for hidden in (0, 460, 480, 700):
        secret = [
            written(f"h{place}", {"en": "gamma filler"}, labels=frozenset(HIDDEN)) for place in range(hidden)
        ]
        engine.rebuild([*records, *secret], 1)
        orders.append(engine.search(Query(MEMBER, "gamma OR delta"), nothing_withheld).ids)
    assert all(each == orders[0] for each in orders)
    assert orders[0][0] in {f"r{number}" for number in range(0, 300, 10)}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("labels", [PUBLIC, MEMBER])
def test_hidden_documents_change_no_order_and_no_likeness(tmp_path, name, labels):
    draw = random.Random(5)
    seen = [
        written(
            f"v{number}",
            {"en": sentence(draw, WORDS)},
            labels=PUBLIC if number % 2 else frozenset({"member"}),
        )
        for number in range(60)
    ]
    hidden = [
        written(f"h{number}", {"en": sentence(draw, WORDS[:6])}, labels=HIDDEN) for number in range(200)
    ]
    without, beside = engine_of(name, tmp_path / "without"), engine_of(name, tmp_path / "beside")
    without.rebuild(seen, 1)
    beside.rebuild([*seen, *hidden], 1)
    for _ in range(60):
        query = Query(labels, " ".join([*draw.sample(WORDS, 2), draw.choice(WORDS[:6])]))
        this = draw.choice(seen)
        assert without.search(query, nothing_withheld) == beside.search(query, nothing_withheld)
        assert without.similar(this, query, nothing_withheld) == beside.similar(this, query, nothing_withheld)


@pytest.mark.parametrize("name", ENGINES)
def test_hidden_documents_that_were_deleted_change_no_order(tmp_path, name):
    draw = random.Random(7)
    seen = [
        written(f"v{number}", {"en": sentence(draw, WORDS)}, labels=frozenset({"member"}))
        for number in range(60)
    ]
    hidden = [written(f"h{number}", {"en": sentence(draw, WORDS[:6])}, labels=HIDDEN) for number in range(50)]
    queries = [Query(MEMBER, " ".join(draw.sample(WORDS[:12], 3))) for _ in range(40)]
    engine = engine_of(name, tmp_path)
    engine.rebuild(seen, 1)
    before = [engine.search(query, nothing_withheld).ids for query in queries]
    engine.rebuild([*seen, *hidden], 1)
    engine.apply([Change(2, each.id, None) for each in hidden[:40]], 2)
    assert [engine.search(query, nothing_withheld).ids for query in queries] == before


@pytest.mark.parametrize("name", ENGINES)
def test_words_of_many_public_documents_weigh_for_members_as_for_visitors(tmp_path, name):
    """Above so many that tantivy takes the share of the public index."""
    records = [written(f"p{number}", {"en": texts_of(number)}) for number in range(1_500)]
    secret = [written(f"h{number}", {"en": "delta filler"}, labels=HIDDEN) for number in range(900)]
    engine = engine_of(name, tmp_path)
    engine.rebuild([*records, *secret], 1)
    orders = [
        engine.search(Query(labels, "gamma OR delta"), nothing_withheld).ids for labels in (PUBLIC, MEMBER)
    ]
    assert orders[0] == orders[1]
