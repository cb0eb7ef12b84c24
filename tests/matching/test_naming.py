"""Skills and standards are named by label, alias or synonym, near each other; abbreviations as they are written."""

import pytest

from hub.matching.facts import Role, Text
from hub.matching.subjects.naming import skills_in, standards_in


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "Who knows entity resolution?", {"entity_resolution"}),
        ("en-GB", "Detection of bid-rigging in tenders", {"cartel_detection"}),
        ("en", "analysis of procurement data", {"data_analysis", "procurement_analysis"}),
        ("en", "We use AI.", {"machine_learning"}),
        ("en", "It will ai and str.", set()),
        ("en", "The data are good. An analysis of all that we have was never made.", set()),
        ("fr", "apprentissage automatique", {"machine_learning"}),
        ("es", "Buscamos aprendizaje automático", {"machine_learning"}),
        ("ka", "OCR", {"document_processing"}),
        ("en", "", set()),
    ],
)
def test_skills_are_named(language, words, expected):
    assert skills_in(Text(Role.ABOUT, language, body=words)) == expected


def test_words_of_title_and_body_are_not_read_as_one():
    assert skills_in(Text(Role.ABOUT, "en", title="Entity", body="Resolution")) == frozenset()


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "It reads BODS and writes OCDS.", {"bods", "ocds"}),
        ("fr", "Un outil qui lit eForms", {"eforms"}),
        ("en", "a Fiscal Data Package", {"fiscal-data-package"}),
        ("en", "fiscal data; package", set()),
        ("it", "i diritti del popolo", set()),
        ("en", "a lei of flowers", set()),
        ("en", "", set()),
    ],
)
def test_standards_are_named_as_they_are_written(language, words, expected):
    assert standards_in(Text(Role.ABOUT, language, body=words)) == expected
