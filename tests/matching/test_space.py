"""A space of many things: the same numbers as one by one, and the same after changes as built anew."""

from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.parts import Emphasis, Pairing, Part
from hub.matching.scoring import match
from hub.matching.space import MOST_RECENT, Space, together
from hub.matching.statistics import Statistics

NOW = 1_000.0
VIEWER = frozenset({"public", "member", "org:ours"})
LABELS = st.sampled_from(
    [frozenset({"public"}), frozenset({"member"}), frozenset({"org:ours"}), frozenset({"org:theirs"})]
)
WORDS = st.lists(
    st.sampled_from(
        ["tender", "audit", "bribe", "court", "ledger", "company", "owner", "tracing", "money", "school"]
    ),
    max_size=8,
).map(" ".join)
CODES: dict[Scheme, tuple[str, ...]] = {
    Scheme.FUNCTIONS: ("report", "detect", "investigate"),
    Scheme.SECTORS: ("health", "education"),
    Scheme.OFFENCES: ("bribery", "laundering"),
    Scheme.SKILLS: ("asset_tracing", "statistics", "training"),
    Scheme.LANGUAGES: ("en", "ka", "pt-BR", "pt"),
    Scheme.COUNTRIES: ("GE", "AM", "KE", "NO"),
    Scheme.UNSUITABLE: ("GE", "KE"),
    Scheme.INTENDED_USERS: ("prosecutors", "journalists", "developers"),
    Scheme.MEMBER_TYPES: ("law_enforcement", "civil_society"),
    Scheme.OPEN_TO: ("collaborate", "pilot", "evaluate"),
    Scheme.TYPE: ("need_tool", "pilot_partner", "evaluation"),
    Scheme.STAGE: ("concept", "stable", "abandoned"),
    Scheme.EVIDENCE: ("0", "3", "5"),
}
CODED = st.dictionaries(st.sampled_from(sorted(CODES)), st.none()).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {scheme: st.frozensets(st.sampled_from(CODES[scheme]), min_size=1, max_size=3) for scheme in chosen}
    )
)
TEXTS = st.lists(
    st.builds(
        Text,
        st.sampled_from(list(Role)),
        st.sampled_from(["en", "fr"]),
        WORDS,
        WORDS,
        WORDS,
        st.none() | LABELS,
    ),
    max_size=5,
).map(tuple)
THINGS = st.lists(
    st.builds(
        Facts,
        st.just(Kind.INNOVATION),
        st.text("abc", min_size=1, max_size=3),
        LABELS,
        TEXTS,
        CODED,
        st.none() | st.just(NOW - 1) | st.just(NOW + 1),
    ),
    max_size=6,
    unique_by=lambda facts: facts.key,
)
LEFT = st.builds(Facts, st.just(Kind.MEMBER), st.just("me"), LABELS, TEXTS, CODED)
EMPHASES = st.dictionaries(st.sampled_from(list(Part)), st.sampled_from(list(Emphasis)))


def hashed(term: str) -> int:
    """Return the number of a term."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "big")


@settings(max_examples=30, deadline=None)
@given(things=THINGS, left=LEFT, pairing=st.sampled_from(list(Pairing)), emphases=EMPHASES)
def test_many_at_once_have_the_numbers_of_one_by_one(
    things: list[Facts], left: Facts, pairing: Pairing, emphases: dict[Part, Emphasis]
) -> None:
    space = Space.of(Kind.INNOVATION, things, hashed)
    statistics = Statistics.of(things)
    ranked = space.ranked(pairing, left, labels=VIEWER, emphases=emphases, moment=NOW)
    matches = {
        each.key: match(pairing, left, each, labels=VIEWER, statistics=statistics, emphases=emphases)
        for each in things
        if each.labels & VIEWER and (each.until is None or each.until > NOW)
    }
    expected = sorted((-found.score, key) for key, found in matches.items() if found.is_suggestible)
    assert [(-score, key) for key, score in zip(ranked.keys, ranked.scores.tolist(), strict=True)] == expected


@settings(max_examples=15, deadline=None)
@given(before=THINGS, after=THINGS, left=LEFT, pairing=st.sampled_from(list(Pairing)))
def test_a_changed_space_is_the_one_built_anew(
    before: list[Facts], after: list[Facts], left: Facts, pairing: Pairing
) -> None:
    gone = {each.key for each in before} - {each.key for each in after}
    changed = Space.of(Kind.INNOVATION, before, hashed).changed(after, gone)
    anew = Space.of(Kind.INNOVATION, after, hashed)
    read = Space.of_arrays(Kind.INNOVATION, changed.arrays(), hashed)
    for name, array in anew.arrays().items():
        assert array.dtype == read.arrays()[name].dtype, name
        assert np.array_equal(array, read.arrays()[name]), name
    for space in (changed, read):
        assert space.keys() == anew.keys()
        assert len(space) == len(anew)
        one = space.ranked(pairing, left, labels=VIEWER, moment=NOW)
        other = anew.ranked(pairing, left, labels=VIEWER, moment=NOW)
        assert one.keys == other.keys
        assert np.array_equal(one.scores, other.scores)


@settings(max_examples=15, deadline=None)
@given(things=THINGS, left=LEFT, pairing=st.sampled_from(list(Pairing)))
def test_what_a_viewer_may_not_see_changes_nothing(
    things: list[Facts], left: Facts, pairing: Pairing
) -> None:
    seen = [each for each in things if each.labels & VIEWER]
    with_hidden = Space.of(Kind.INNOVATION, things, hashed)
    without = Space.of(Kind.INNOVATION, seen, hashed)
    one = with_hidden.ranked(pairing, left, labels=VIEWER, moment=NOW)
    other = without.ranked(pairing, left, labels=VIEWER, moment=NOW)
    assert one.keys == other.keys
    assert np.array_equal(one.scores, other.scores)
    assert with_hidden.statistics.documents == without.statistics.documents


@settings(max_examples=8, deadline=None)
@given(one=THINGS, other=THINGS, left=LEFT)
def test_terms_of_several_spaces_are_counted_together(
    one: list[Facts], other: list[Facts], left: Facts
) -> None:
    spaces = [Space.of(Kind.INNOVATION, each, hashed) for each in (one, other)]
    both = together([spaces[0], spaces[1].changed((), [each.key for each in other[:1]])])
    statistics = Statistics.of([*one, *other[1:]])
    ranked = spaces[0].ranked(Pairing.MEMBER_INNOVATION, left, labels=VIEWER, moment=NOW, statistics=both)
    scores = {
        each.key: match(Pairing.MEMBER_INNOVATION, left, each, labels=VIEWER, statistics=statistics).score
        for each in one
    }
    assert both.documents == statistics.documents
    assert [scores[key] for key in ranked.keys] == ranked.scores.tolist()
    assert both.rarity("tender") == statistics.rarity("tender")
    assert both.rarity("nowhere") == statistics.rarity("nowhere")


def test_codes_of_one_thing_are_told() -> None:
    codes = {Scheme.OWNERS: frozenset({"a", "b"}), Scheme.COUNTRIES: frozenset({"GE"})}
    space = Space.of(Kind.INNOVATION, [_thing("x"), _thing("y", codes)], hashed)
    assert space.codes("y") == codes
    assert space.codes("x") == {}
    assert space.changed([_thing("x", codes)], []).codes("x") == codes
    with pytest.raises(KeyError):
        space.changed((), ["y"]).codes("y")


def test_many_changes_are_put_into_the_large_arrays() -> None:
    space = Space.of(Kind.INNOVATION, [], hashed)
    after = space.changed([_thing(f"{number:04}") for number in range(MOST_RECENT + 1)], [])
    assert not after.recent
    assert len(after) == MOST_RECENT + 1


def test_there_must_be_a_space_to_count_in() -> None:
    with pytest.raises(ValueError, match="no space"):
        together([])


def test_a_place_in_the_order_is_told() -> None:
    words = [_thing("a", body="bribe in court"), _thing("b", body="bribe"), _thing("c", body="school")]
    space = Space.of(Kind.INNOVATION, words, hashed)
    me = Facts(Kind.MEMBER, "me", VIEWER, (Text(Role.NEEDS, "en", body="bribe court"),))
    ranked = space.ranked(Pairing.MEMBER_INNOVATION, me, labels=VIEWER, moment=NOW)
    assert ranked.keys == ["a", "b"]
    assert [ranked.place(key) for key in ("a", "b", "c")] == [1, 2, None]


def _thing(key: str, codes: dict[Scheme, frozenset[str]] | None = None, body: str = "") -> Facts:
    texts = (Text(Role.ABOUT, "en", body=body),) if body else ()
    return Facts(Kind.INNOVATION, key, frozenset({"public"}), texts, codes or {})
