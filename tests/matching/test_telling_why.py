"""Each line of the weekly mail says what fits best, and no more than that."""

from types import SimpleNamespace

import pytest

from hub.matching.digest import told_as
from hub.matching.facts import Kind
from hub.matching.parts import TOPICAL, WEIGHTS, Pairing, Part
from hub.matching.suggesting.suggestion import SUGGESTED
from hub.matching.withdrawing import ALL_TOLD, TOLD_AS
from hub.notifications.kinds import KINDS

PAIRINGS = (Pairing.MEMBER_INNOVATION, Pairing.MEMBER_REQUEST, Pairing.MEMBER_MEMBER)


def words_of(kind, **points):
    """Return what is said of a suggestion of which these parts fit."""
    fits = [SimpleNamespace(part=Part(part), points=each) for part, each in points.items()]
    found = SimpleNamespace(kind=Kind(kind), match=SimpleNamespace(matched=fits))
    return KINDS[told_as(found)].words


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ({"words": 9, "country": 20}, "words in common"),
        ({"words": 9, "need": 12}, "looks for what you offer"),
        ({"need": 9, "skills": 12}, "it names skills that you name"),
        ({"sectors": 5, "language": 8}, "a function, offence or sector that you name"),
    ],
)
def test_a_line_says_what_fits_best(points, said):
    told = words_of("request", **points)
    assert said in told
    assert ("looks for what you offer" in told) == (points.get("need", 0) > points.get("skills", 0))


@pytest.mark.parametrize("pairing", PAIRINGS)
def test_every_part_that_says_what_it_is_about_has_words(pairing):
    named = TOLD_AS[SUGGESTED[pairing]]
    assert named.keys() >= {part for part in WEIGHTS[pairing] if part in TOPICAL}
    assert all(KINDS[each].next_step for each in ALL_TOLD)
