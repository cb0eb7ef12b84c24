"""How well people are paired with what they know, on judgements that are no part of the checkout (docs/matching.md)."""

import os
from dataclasses import astuple
from pathlib import Path

import pytest

from benchmarks.matching import figures, halves, judgements, scored

DATA = Path(os.environ.get("HUB_TEST_DATA", "/nowhere"))
MOST_LOSS = 0.25

JUDGED = {"ann": {"a": 5.0, "b": 4.0, "c": 1.0}, "bob": {"a": 2.0, "b": 2.0}}


@pytest.mark.parametrize(
    ("scores", "loss", "easy", "hard"),
    [
        ({"a": 3.0, "b": 2.0, "c": 1.0}, 0.0, 1.0, 1.0),
        ({"a": 1.0, "b": 2.0, "c": 3.0}, 1.0, 0.0, 0.0),
        ({"a": 1.0, "b": 1.0, "c": 1.0}, 0.5, 0.5, 0.5),
        ({"a": 2.0, "b": 3.0, "c": 1.0}, 0.125, 1.0, 0.0),
    ],
)
def test_loss_counts_pairs_by_how_different_they_were_judged(
    scores: dict[str, float], loss: float, easy: float, hard: float
) -> None:
    found = figures({"ann": scores, "bob": scores}, JUDGED, JUDGED)
    assert astuple(found) == (loss, easy, hard)


def test_the_halves_are_drawn_the_same_each_time() -> None:
    one, other = halves("abcdefg")
    assert halves("gfedcba") == (one, other)
    assert sorted(one + other) == list("abcdefg")


def test_the_hub_pairs_people_with_what_they_know() -> None:
    folder = DATA / "matching" / "reviewer_gold"
    if not folder.is_dir():
        pytest.skip("HUB_TEST_DATA names no folder with the judgements in matching/reviewer_gold/")
    judged = judgements(folder)
    assert figures(scored(folder, judged), judged, judged).loss <= MOST_LOSS
