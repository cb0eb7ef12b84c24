"""German and Norwegian compounds come apart where their parts are words of the field."""

import pytest

from hub.search.analysis.compounds import parts_of, whole_parts_of


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Korruptionsbekämpfung", "de", ("korruption", "bekampfung")),
        ("Interessenkonflikten", "de", ("interessen", "konflikt")),
        ("varslingskanaler", "nb", ("varslings", "kanaler")),
        ("hvitvaskingsloven", "nb", ("hvitvasking", "lov")),
    ],
)
def test_known_parts(word, language, parts):
    assert whole_parts_of(word, language) == parts


def test_what_is_left_of_a_known_part_counts():
    assert parts_of("Vergabekammer", "de") == ("vergabe", "kammer")
    assert whole_parts_of("Vergabekammer", "de") == ()


def test_several_parts_are_compounds_too():
    assert "geldwasche" in parts_of("Geldwäscheprävention", "de")


@pytest.mark.parametrize("word", ["Behörde", "Interessant", "understanding", "Ausschreibungen", "2021", ""])
def test_other_words_stay_whole(word):
    assert parts_of(word, "de") == ()


def test_other_languages_have_no_compounds():
    assert parts_of("Korruptionsbekämpfung", "en") == ()
