"""The floor of exposure, case by case: what it lifts, where to, what it leaves alone, and when it is off."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.matching.fairness.floor import FIRST, NEAR_ENOUGH, Placed, with_floor
from hub.matching.fairness.seldom import GroupCount, seldom_among

BIG, SMALL = frozenset({"FR"}), frozenset({"GE"})
SELDOM = frozenset({"GE", "MD"})


def listed(*things):
    """Make a list of `key:score:countries`, such as `a:90:FR`."""
    parts = (each.split(":") for each in things)
    return [
        Placed(key, float(score), frozenset(filter(None, countries.split("+"))))
        for key, score, countries in parts
    ]


def full(score=60, *behind):
    """Make a list whose first ten all come from a big country, with others behind."""
    return listed(*(f"{place}:{score}:FR" for place in range(FIRST)), *behind)


def order(ranked, percent=10, seldom=SELDOM):
    """Return the keys of a list in the order that a floor gives it."""
    return " ".join(with_floor(ranked, seldom=seldom, percent=percent).keys)


PLAIN = "0 1 2 3 4 5 6 7 8 9"

CASES = {
    "off": (full(60, "g:50:GE"), 0, f"{PLAIN} g"),
    "one place": (full(60, "g:50:GE"), 10, "0 1 2 3 4 5 6 7 8 g 9"),
    "what fits better among them comes first": (
        full(60, "g:50:GE", "x:49:FR", "m:48:MD"),
        20,
        "0 1 2 3 4 5 6 7 g m 8 9 x",
    ),
    "no more than is kept": (full(60, "g:50:GE", "h:49:GE"), 10, "0 1 2 3 4 5 6 7 8 g 9 h"),
    "places that they have already count": (
        listed("g:70:GE", *(f"{place}:60:FR" for place in range(1, FIRST)), "h:59:GE"),
        10,
        "g 1 2 3 4 5 6 7 8 9 h",
    ),
    "far below is not lifted": (full(60, "g:35.9:GE"), 30, f"{PLAIN} g"),
    "just near enough is": (full(60, "g:36:GE"), 30, "0 1 2 3 4 5 6 7 8 g 9"),
    "near enough to each that leaves, not to the last alone": (
        listed(*(f"{place}:60:FR" for place in range(8)), "8:39:FR", "9:50:FR", "g:31:GE", "h:26:GE"),
        20,
        "0 1 2 3 4 5 6 7 8 g 9 h",
    ),
    "fewer where what stands higher is far better": (
        listed(*(f"{place}:60:FR" for place in range(9)), "9:40:FR", "g:30:GE", "h:29:GE"),
        20,
        "0 1 2 3 4 5 6 7 8 g 9 h",
    ),
    "a country that is not seldom suggested": (full(60, "g:50:EE"), 30, f"{PLAIN} g"),
    "naming one small country more does not help": (full(60, "g:50:GE+FR"), 30, f"{PLAIN} g"),
    "several small countries do": (full(60, "g:50:GE+MD"), 30, "0 1 2 3 4 5 6 7 8 g 9"),
    "what does not say where it comes from": (full(60, "g:50:"), 30, f"{PLAIN} g"),
    "a list that ends before": (listed("a:60:FR", "g:50:GE"), 30, "a g"),
    "none of them is displaced for another": (
        listed(*(f"{place}:60:FR" for place in range(9)), "g:58:GE", "h:57:GE"),
        20,
        "0 1 2 3 4 5 6 7 g h 8",
    ),
    "nothing in the list": ([], 30, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_floor_by_case(case):
    ranked, percent, wanted = CASES[case]
    assert order(ranked, percent) == wanted


def test_what_stands_there_through_the_floor_is_named():
    ranked = full(60, "g:50:GE")
    assert with_floor(ranked, seldom=SELDOM, percent=10).lifted == {"g"}
    assert with_floor(ranked, seldom=SELDOM, percent=0).lifted == frozenset()


things = st.builds(
    Placed,
    key=st.uuids().map(str),
    score=st.floats(1, 100),
    countries=st.sets(st.sampled_from(["FR", "GE", "MD", "US"]), max_size=2).map(frozenset),
)


@settings(max_examples=60)
@given(
    ranked=st.lists(things, max_size=30, unique_by=lambda each: each.key).map(
        lambda found: sorted(found, key=lambda each: -each.score)
    ),
    percent=st.sampled_from([0, 10, 20, 30]),
    seldom=st.sets(st.sampled_from(["FR", "GE", "MD"])).map(frozenset),
)
def test_a_floor_loses_nothing_and_lifts_only_what_is_near_enough(ranked, percent, seldom):
    found = with_floor(ranked, seldom=seldom, percent=percent)
    by_key = {each.key: each for each in ranked}
    before = [each.key for each in ranked]
    displaced = set(before[:FIRST]) - set(found.keys[:FIRST])
    assert sorted(found.keys) == sorted(before)
    assert len(found.lifted) == len(displaced) <= FIRST * percent // 100
    assert all(by_key[key].countries and by_key[key].countries <= seldom for key in found.lifted)
    if displaced:
        most = max(by_key[key].score for key in displaced)
        assert all(by_key[key].score >= NEAR_ENOUGH * most for key in found.lifted)
    if not percent or not seldom:
        assert list(found.keys) == before


SELDOM_CASES = {
    "an even share": ([("GE", 2, 10, 0), ("FR", 20, 100, 0)], set()),
    "less than half of one": ([("GE", 2, 4, 0), ("FR", 20, 106, 0)], {"GE"}),
    "places of the floor do not count": ([("GE", 2, 10, 6), ("FR", 20, 100, 0)], {"GE"}),
    "no place at all": ([("GE", 1, 0, 0), ("FR", 9, 90, 0)], {"GE"}),
    "what does not say": ([("", 5, 0, 0), ("FR", 9, 90, 0)], set()),
    "no things any more": ([("GE", 0, 0, 0), ("FR", 9, 90, 0)], set()),
    "nothing was suggested": ([("GE", 5, 0, 0), ("FR", 9, 0, 0)], set()),
    "nothing was counted": ([], set()),
}


@pytest.mark.parametrize("case", SELDOM_CASES)
def test_which_countries_are_seldom_suggested(case):
    counted, seldom = SELDOM_CASES[case]
    rows = [GroupCount(value, things, places, 0, lifted) for value, things, places, lifted in counted]
    assert seldom_among(rows) == seldom


def shares(lists):
    """Return how many of the first places each country has."""
    countries = [country for ranked in lists for country in ranked[:FIRST]]
    return {country: countries.count(country) for country in ("FR", "GE")}


def test_a_world_in_which_a_small_country_is_buried_becomes_fairer():
    """Of 40 things 8 are Georgian; each fits as well as a French one, but for a few points in language."""
    worlds = []
    for member in range(30):
        world = [Placed(f"f{each}", 80 - (each + member) % 32, BIG) for each in range(32)]
        world += [Placed(f"g{each}", 60 - (each + member) % 8, SMALL) for each in range(8)]
        worlds.append(sorted(world, key=lambda each: (-each.score, each.key)))
    before = shares([["GE" if each.countries == SMALL else "FR" for each in world] for world in worlds])
    counted = [GroupCount("FR", 32, before["FR"]), GroupCount("GE", 8, before["GE"])]
    seldom = seldom_among(counted)
    assert seldom == {"GE"}

    floored = [with_floor(world, seldom=seldom, percent=20) for world in worlds]
    after = shares([["GE" if key.startswith("g") else "FR" for key in each.keys] for each in floored])
    lifted = sum(len(each.lifted) for each in floored)
    assert before["GE"] == 0
    assert after["GE"] == lifted == 2 * 30
    # 20 % of all things, 20 % of the places: an even share
    assert after["GE"] / sum(after.values()) == 8 / 40
    # and the next day the floor does not switch itself off
    counted = [GroupCount("FR", 32, after["FR"]), GroupCount("GE", 8, after["GE"], 0, lifted)]
    assert seldom_among(counted) == {"GE"}
