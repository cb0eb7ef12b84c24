"""The file of synonyms is sound, and its words find one another."""

import json
from collections import Counter

import pytest

from hub.search.analysis import LANGUAGES
from hub.search.analysis.synonyms import GROUPS, MOST_WORDS, groups, synonyms_of

DATA = json.loads(GROUPS.read_text(encoding="utf-8"))


def test_groups_are_named_once():
    names = Counter(group["id"] for group in DATA["groups"])
    assert len(names) >= 60
    assert set(names.values()) == {1}


def test_every_word_is_in_a_known_language_and_stands_once_in_its_group():
    for group in DATA["groups"]:
        assert group["words"].keys() <= set(LANGUAGES), group["id"]
        for phrases in group["words"].values():
            assert len(phrases) == len(set(phrases)), group["id"]
            assert all(phrase == " ".join(phrase.split()) != "=" for phrase in phrases), group["id"]


def test_every_word_can_be_typed():
    assert all(0 < len(synonym.key) <= MOST_WORDS for group in groups() for synonym in group)


def test_every_language_has_words_in_most_groups():
    spoken = Counter(language for group in DATA["groups"] for language in group["words"])
    assert min(spoken[language] for language in LANGUAGES) >= 60


def written(text, languages=LANGUAGES):
    return {each.written for each in synonyms_of(text.split(), languages)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bribes", "kickback"),
        ("facilitation payments", "bribery"),
        ("UBO", "beneficial owner"),
        ("beneficial owners", "titolare effettivo"),
        ("red flags", "risk indicator"),
        ("reporting persons", "lanceur d'alerte"),
        ("OCDS", "Open Contracting Data Standard"),
        ("PEPs", "politically exposed person"),
        ("eprocurement", "e-tendering"),
        ("pots-de-vin", "bribe"),
        ("შესყიდვების", "procurement"),
        ("customs", "aduana"),
        ("conflicts interest", "Interessenkonflikt"),
    ],
)
def test_words_of_the_field_mean_the_same(typed, meant):
    assert meant in written(typed)


def test_only_the_languages_asked_for_are_given():
    assert written("bribe", ["de"]) == {"Bestechung", "Schmiergeld", "Bestechungsgeld"}


def test_words_with_the_stem_of_others_are_not_looked_for():
    assert "customs" not in written("aduana")
    assert "customs administration" in written("aduana")


def test_what_is_written_so_is_meant():
    assert "Niger" not in written("Nigeria")


@pytest.mark.parametrize(
    "typed",
    [
        "odd",
        "fiscal",
        "toll",
        "combine",
        "us",
        "no",
        "of",
        "custom",
        "account",
        "internal",
        "integration",
        "open",
    ],
)
def test_common_words_mean_no_group(typed):
    assert written(typed) == set()
