"""Wrong words are replaced by the nearest that can be seen; all else stays as typed."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.asking import corrected
from tests.search.asking.lexicon import words_of

LEXICON = words_of(
    "Procurement of hospitals. Beneficial owners, bribery and red flags; transparency, tender", ["en", "fr"]
)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("procuremant", "procurement"),
        ("Procuremant of hospitls", "procurement of hospitals"),
        ('"procuremant tender" -hospitals', '"procurement tender" -hospitals'),
        ("country:gee trasparency", "country:gee transparency"),
        ("hosptials OR tender", "hospitals OR tender"),
    ],
)
def test_wrong_words_are_replaced(text, better):
    assert corrected(text, LEXICON) == better


@pytest.mark.parametrize(
    "text",
    [
        "",
        "procurement",
        "procuring hospital",
        "kickbacks",
        "UBO",
        "lanceur d'alerte",
        "bénéficiaires effectifs",
        "the of",
        "procurm*",
        "procurment~",
        "zeppelin",
        "2023",
        "country:procurment",
        '"()',
    ],
)
def test_what_is_right_or_unlike_anything_stays(text):
    assert corrected(text, LEXICON) == ""


@pytest.mark.parametrize(
    "text",
    [
        "pengadaan barang",
        "lanceur alerte",
        "l'eau",
        "l’eau",
        "marchés",
        "concept",
        "Zimbabwean",
        "obsolète",
    ],
)
def test_words_of_the_field_and_of_other_languages_stay(text):
    lexicon = words_of("orang, lance, lead, marches, absolute concert; Zimbabweans", ["en", "fr", "id"])
    assert corrected(text, lexicon) == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=250))
def test_no_text_breaks_spelling(text):
    corrected(text, LEXICON)
