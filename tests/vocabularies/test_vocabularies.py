"""The vocabularies that come with the hub, and their loader."""

import io

import pytest

from hub.vocabularies import names, vocabulary
from hub.vocabularies.extraction import extract_terms
from hub.vocabularies.loader import DATA

NAMED_BY_THE_ISSUE = {
    "change_reasons",
    "countries",
    "decline_reasons",
    "functions",
    "kinds",
    "licences",
    "member_types",
    "offences",
    "organisation_types",
    "policy_areas",
    "sectors",
    "stages",
    "standards",
    "tlp",
}

FUNCTIONS = [
    "report",
    "detect",
    "investigate",
    "prevent",
    "prosecute",
    "recover_assets",
    "protect_reporters",
    "educate",
    "monitor",
    "coordinate",
]


def test_every_vocabulary_is_there():
    assert set(names()) >= NAMED_BY_THE_ISSUE


@pytest.mark.parametrize("name", names())
def test_a_vocabulary_says_where_it_comes_from_and_repeats_no_code(name):
    found = vocabulary(name)
    assert found.scheme
    assert found.version
    assert found.title
    assert found.source
    assert found.terms
    assert len(found.codes) == len(found.terms)
    assert all(term.label for term in found.terms)


def test_functions_are_those_of_the_field():
    assert [term.code for term in vocabulary("functions").terms] == FUNCTIONS


def test_offences_are_articles_15_to_25_of_the_convention():
    assert len(vocabulary("offences").terms) >= 11


def test_every_partner_country_is_known():
    assert vocabulary("countries").codes >= {"GB", "GE", "ID"}


def test_an_unknown_code_stands_for_itself():
    found = vocabulary("functions")
    assert found.label("no-such") == "no-such"
    assert "no-such" not in found
    assert found.find("no-such") is None


@pytest.mark.parametrize("name", ["no-such", "../data/functions", ""])
def test_an_unknown_vocabulary_is_an_error(name):
    with pytest.raises(KeyError):
        vocabulary(name)


def test_labels_that_are_the_same_everywhere_are_not_extracted():
    with (DATA / "tlp.json").open("rb") as file:
        messages = [message for _, _, message, _ in extract_terms(file, (), (), {})]
    assert "TLP:RED" not in messages
    assert "It is for you personally. Do not pass it on." in messages


def test_extraction_names_lines():
    file = io.BytesIO(b'{"title": "T",\n"terms": [\n{"code": "a", "label": "A"}]}')
    assert list(extract_terms(file, (), (), {})) == [(1, "N_", "T", []), (3, "N_", "A", [])]
