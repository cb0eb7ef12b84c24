"""Real sentences in nine languages are found by other forms of their words, and by what means the same."""

import json
from pathlib import Path

import pytest

from hub.search.analysis import LANGUAGES, language_of, term_of
from tests.search.asking.lexicon import is_found

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


def cases(kind):
    return [
        pytest.param(each["language"], each["text"], query, id=f"{each['language']}-{number}")
        for each in SENTENCES
        for number, query in enumerate(each[kind])
    ]


def test_every_language_has_a_sentence():
    assert [each["language"] for each in SENTENCES] == list(LANGUAGES)


@pytest.mark.parametrize(("language", "text", "query"), cases("found_by"))
def test_a_sentence_is_found_by(language, text, query):
    assert is_found({language: {"body": text}}, query), query


@pytest.mark.parametrize(("language", "text", "query"), cases("not_by"))
def test_a_sentence_is_not_found_by(language, text, query):
    assert not is_found({language: {"body": text}}, query), query


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"),
        ("nn", "nb"),
        ("no", "nb"),
        ("zh-Hans", "en"),
        ("FR", "fr"),
        ("pt_BR", "en"),
        ("", "en"),
    ],
)
def test_texts_in_other_languages_are_analysed_as_one_at_hand(tag, language):
    assert language_of(tag) == language


def test_words_in_another_script_are_no_words_of_the_language():
    georgian = "შესყიდვების"
    assert term_of(georgian, "en") == term_of(georgian, "ka")
    assert term_of("procurement", "ka") == term_of("procurement", "en")
    assert term_of("Україна", "en") == "украіна"
