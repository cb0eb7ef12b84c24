"""Stems do not join what means something else: function words, words of the field, common words, other languages."""

import pytest

from hub.search.analysis import LANGUAGES, term_of
from hub.search.analysis.stop_words import stop_words
from hub.search.analysis.synonyms import groups, synonyms_of

SYNONYMS = [each for group in groups() for each in group if not each.is_exact]

COMMON = (
    "account accounts alert alerts alerting alerta alertas custom data form group information law market member move "
    "office open opens organ party people person private public report reported reporting reports right service sign "
    "signal signs state system tool user work year"
)
"""Words that mean no group of synonyms, whatever stem they share."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_synonym_is_cut_to_a_function_word(language):
    function_words = {term_of(word, language) for word in stop_words(language)}
    cut = {
        each.written
        for each in SYNONYMS
        if each.language == language and len(each.terms) == 1 and each.terms[0] in function_words
    }
    assert cut == set()


@pytest.mark.parametrize("word", COMMON.split())
def test_common_words_mean_no_group(word):
    assert synonyms_of([word], LANGUAGES) == ()


@pytest.mark.parametrize(
    ("word", "language", "term"),
    [
        ("pengadaan", "id", "pengadaan"),
        ("penyuapan", "id", "suap"),
        ("ada", "id", "ada"),
        ("wells", "en", "well"),
        ("wills", "en", "wills"),
        ("marchés", "en", "marches"),
        ("marchés", "id", "marches"),
        ("marchés", "fr", "march"),
        ("Türkiye", "en", term_of("Turkiye", "en")),
    ],
)
def test_what_words_are_cut_to(word, language, term):
    assert term_of(word, language) == term


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("signes d'alerte", "red flag"),
        ("señales alerta", "red flag"),
        ("öffentliche Vergaben", "procurement"),
        ("Schwarzgeld", "illicit money"),
        ("الشراء العام", "procurement"),
        ("المشتريات العامة", "procurement"),
        ("მხილება", "whistleblowing"),
        ("e-procurement", "electronic procurement"),
        ("e-procurement", "procurement platform"),
        ("opensource", "open source"),
        ("open-source", "FOSS"),
        ("pengadaan", "procurement"),
    ],
)
def test_everyday_forms_are_known(typed, meant):
    assert meant in {each.written for each in synonyms_of(typed.split(), LANGUAGES)}
