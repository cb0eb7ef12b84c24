"""Counts of facets equal those of somebody who counts by hand."""

import numpy as np
from hypothesis import given, settings, strategies as st

from hub.search.whoosh.facets import Column, narrow

FACETS = {
    "function": ["detect", "report", "prevent"],
    "country": ["GE", "ID", "UK"],
    "kind": ["data", "tool"],
}

records = st.lists(
    st.fixed_dictionaries(
        {facet: st.frozensets(st.sampled_from(values)) for facet, values in FACETS.items()}
    ),
    max_size=30,
)
choices = st.fixed_dictionaries(
    {},
    optional={facet: st.frozensets(st.sampled_from([*values, "none"])) for facet, values in FACETS.items()},
)


def columns_of(things):
    return {
        facet: Column.of(
            {
                value: np.array(
                    [place for place, thing in enumerate(things) if value in thing[facet]], np.int32
                )
                for value in values
            }
        )
        for facet, values in FACETS.items()
    }


def passes(thing, filters):
    return all(thing[facet] & values for facet, values in filters.items() if values)


@settings(max_examples=200, deadline=None)
@given(records, choices, st.data())
def test_counts_equal_a_naive_count(things, filters, data):
    matching = np.array([data.draw(st.booleans()) for _ in things], np.bool_)
    found, counts = narrow(columns_of(things), filters, matching)
    matched = [thing for thing, matches in zip(things, matching, strict=True) if matches]
    assert found.sum() == sum(passes(thing, filters) for thing in matched)
    for facet, values in FACETS.items():
        others = {name: chosen for name, chosen in filters.items() if name != facet}
        among = [thing for thing in matched if passes(thing, others)]
        expected = {value: sum(value in thing[facet] for thing in among) for value in values}
        assert {value: count for value, count in counts.get(facet, {}).items() if count} == {
            value: count for value, count in expected.items() if count
        }


def test_ticked_values_are_counted_even_when_nothing_has_them():
    _, counts = narrow(
        columns_of([]), {"country": frozenset({"XX"}), "stage": frozenset({"beta"})}, np.zeros(0, bool)
    )
    assert counts["country"] == {"XX": 0}
    assert counts["stage"] == {"beta": 0}


def test_pieces_join_into_one_column():
    first = Column.of({"GE": np.array([0, 2], np.int32), "ID": np.array([1], np.int32)})
    second = Column.of({"AT": np.array([0], np.int32), "GE": np.array([1], np.int32)})
    joined = Column.joined([(first, 0), (second, 3)])
    assert joined.counts(np.ones(5, np.bool_)) == {"AT": 1, "GE": 3, "ID": 1}
    assert joined.mask({"GE"}, 5).tolist() == [True, False, True, False, True]
