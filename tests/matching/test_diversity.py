"""A list is not ten of a kind, and still the best come first."""

from hypothesis import given, strategies as st

from hub.matching.diversity import MOST_YIELDED, Candidate, diversified

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.text("abcdef", min_size=1, max_size=4),
        st.floats(0, 100),
        st.frozensets(st.sampled_from(["owner:a", "owner:b", "country:GE"])),
    ),
    max_size=12,
    unique_by=lambda each: each.key,
)


def test_another_owner_comes_before_the_same_again() -> None:
    one, same, other = _of("a", 50, "x"), _of("b", 49, "x"), _of("c", 48, "y")
    assert diversified([one, same, other], 3) == [one, other, same]


def test_what_fits_much_better_stays_before_what_is_different() -> None:
    one, same, other = _of("a", 50, "x"), _of("b", 49, "x"), _of("c", 30, "y")
    assert diversified([one, same, other], 3) == [one, same, other]


def test_equal_ones_stand_by_key() -> None:
    assert [each.key for each in diversified([_of("b", 5, "x"), _of("a", 5, "x")], 2)] == ["a", "b"]


@given(CANDIDATES, st.integers(0, 12))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(candidates: list[Candidate], limit: int) -> None:
    everything = diversified(candidates, len(candidates))
    assert diversified(candidates, limit) == everything[:limit]
    assert sorted(each.key for each in everything) == sorted(each.key for each in candidates)


@given(CANDIDATES)
def test_nothing_yields_more_than_the_most(candidates: list[Candidate]) -> None:
    chosen = diversified(candidates, len(candidates))
    for place, each in enumerate(chosen):
        assert all(later.score * (1 - MOST_YIELDED) <= each.score + 1e-9 for later in chosen[place:])


@given(CANDIDATES)
def test_the_best_is_first_and_the_order_given_is_nothing(candidates: list[Candidate]) -> None:
    chosen = diversified(candidates, len(candidates))
    assert chosen == diversified(candidates[::-1], len(candidates))
    assert not chosen or chosen[0].score == max(each.score for each in candidates)


def _of(key: str, score: float, owner: str) -> Candidate:
    return Candidate(key, score, frozenset({f"owner:{owner}"}))
