"""The tables of parts are whole."""

import pytest

from hub.matching.agreement import compared
from hub.matching.parts import EMPHASIS_NAMES, FACTORS, PART_NAMES, TOPICAL, WEIGHTS, Emphasis, Pairing, Part
from hub.matching.scoring import topics_of
from hub.matching.similarity import DIRECTIONS

WITHOUT_CODES = {Part.WORDS, Part.NEED, Part.COUNTRY, Part.MATURITY}


@pytest.mark.parametrize("pairing", list(Pairing))
def test_weights_of_a_pairing_sum_to_a_hundred(pairing: Pairing) -> None:
    assert sum(WEIGHTS[pairing].values()) == 100


@pytest.mark.parametrize("pairing", list(Pairing))
def test_each_part_of_a_pairing_can_be_compared(pairing: Pairing) -> None:
    for part in WEIGHTS[pairing]:
        assert part in DIRECTIONS[pairing] or part in WITHOUT_CODES or compared(pairing, part)
    assert DIRECTIONS[pairing].keys() <= WEIGHTS[pairing].keys()
    assert topics_of(pairing) & WEIGHTS[pairing].keys()


def test_every_part_and_emphasis_has_a_name() -> None:
    assert PART_NAMES.keys() == set(Part)
    assert EMPHASIS_NAMES.keys() == FACTORS.keys() == set(Emphasis)
    assert set(Part) > TOPICAL
