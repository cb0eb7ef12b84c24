"""Terms of texts: their weights, synonyms across languages, and the words that stand behind them."""

from math import log

import pytest

from hub.matching.facts import Role, Text
from hub.matching.texts import MOST, SCALE, terms_of, version, word_of


def test_weights_grow_slower_than_counts() -> None:
    terms = terms_of(_text("ledger ledger ledger pencil"))
    assert terms == {"ledger": round(SCALE * (1 + log(3))), "pencil": SCALE}


def test_the_weight_of_a_term_has_an_end() -> None:
    assert terms_of(_text("ledger " * 2_000)) == {"ledger": MOST}


def test_function_words_are_no_terms() -> None:
    assert terms_of(_text("the ledger of an office")).keys() == terms_of(_text("ledger office")).keys()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "three months, nobody knew, today we look"),
        ("fr", "trois semaines, nous cherchons"),
        ("de", "drei Wochen, heute"),
        ("es", "tres semanas, hoy"),
        ("ka", "სამი კვირა"),
    ],
)
def test_plain_words_are_no_terms(language: str, words: str) -> None:
    assert not terms_of(_text(words, language))


def test_what_means_the_same_is_found_also_where_it_begins_with_a_plain_word() -> None:
    assert terms_of(_text("follow the money")).keys() >= {"money"}


def test_words_of_all_fields_count_alike() -> None:
    parted = Text(Role.ABOUT, "en", "ledger", "ledger", "pencil\nledger")
    assert terms_of(parted) == terms_of(_text("ledger ledger ledger pencil"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "public procurement"),
        ("en", "procurement"),
        ("fr", "les marchés publics"),
        ("it", "dell'appalto"),
        ("de", "Vergabe"),
        ("ka", "სახელმწიფო შესყიდვები"),
    ],
)
def test_what_means_the_same_in_other_words_and_languages_is_one_term(language: str, words: str) -> None:
    (group,) = (term for term in terms_of(_text("procurement")) if term.startswith("="))
    assert group in terms_of(_text(words, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("fr", "recouvrement d’avoirs", "recouvrement d'avoirs"), ("fr", "pots-de-vin", "un pot-de-vin")],
)
def test_forms_and_articles_do_not_hide_a_synonym(language: str, one: str, other: str) -> None:
    groups = [
        {term for term in terms_of(_text(words, language)) if term.startswith("=")} for words in (one, other)
    ]
    assert groups[0] == groups[1] != set()


def test_a_single_word_of_a_group_is_no_term_of_its_own() -> None:
    assert all(term.startswith("=") for term in terms_of(_text("bribe")))


def test_a_word_that_shares_only_its_stem_is_in_no_group() -> None:
    assert not any(term.startswith("=") for term in terms_of(_text("organ")))


def test_words_are_told_as_they_stand() -> None:
    text = _text("A fight against corruption; Ledgers and a ledger")
    assert word_of(text, "ledger") == "Ledgers"
    assert "fight against corruption" in {word_of(text, term) for term in terms_of(text)}


def test_behind_every_term_stand_words() -> None:
    text = Text(Role.ABOUT, "fr", "Marchés publics", "pots-de-vin", "L'achat et la fraude en Géorgie")
    assert all(word_of(text, term) for term in terms_of(text))
    assert not word_of(text, "nowhere")


def test_an_empty_text_has_no_terms() -> None:
    assert not terms_of(_text(""))


def test_the_version_names_the_synonyms_and_the_plain_words() -> None:
    assert version().count(".") == 2


def _text(words: str, language: str = "en") -> Text:
    return Text(Role.ABOUT, language, body=words)
