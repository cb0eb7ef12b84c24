"""Words are found in texts of any script, and each becomes terms."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.analysis import (
    GAP,
    LANGUAGES,
    MAX_TERM_LENGTH,
    analysed,
    fold_name,
    read,
    spans,
    term_of,
    words_in,
)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Procurement", "procuring", "en"),
        ("bribes", "BRIBE", "en"),
        ("Café", "cafe", "en"),
        ("ﬁnance", "finance", "en"),
        ("STRASSE", "straße", "de"),
        ("Geldwaesche", "Geldwäsche", "de"),
        ("whistleblower’s", "whistleblowers", "en"),
        ("kor\N{SOFT HYPHEN}ruption", "korruption", "de"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café", "fr"),
        ("l’appel", "appels", "fr"),
        ("d'Ivoire", "Ivoire", "fr"),
        ("dell'appalto", "appalti", "it"),
        ("un'offerta", "offerte", "it"),
        ("Økokrim", "okokrim", "nb"),
        ("مُراقَبة", "مراقبة", "ar"),
        ("Ελλάδα", "ελλαδα", "en"),
    ],
)
def test_forms_of_one_word_are_one_term(one, other, language):
    assert term_of(one, language) == term_of(other, language) != ""


def test_words_of_every_script_are_kept_whole():
    assert words_in("საქართველო हिन्दी Україна 公司") == ["საქართველო", "हिन्दी", "Україна", "公司"]


def test_words_tell_where_they_stand():
    text = "Red-flags: don't pay."
    assert [text[start:end] for _, start, end in spans(text)] == ["Red-flags", "don't", "pay"]


def test_hyphens_join_pieces_that_are_also_one_word():
    reading = read("e-procurement", "en")
    assert reading.terms == ("e", "procur")
    assert reading.others == ("eprocur",)
    assert reading.folded == ("procurement", "eprocurement")


def test_years_are_not_joined():
    assert read("2021-2022", "en").others == ()


@pytest.mark.parametrize(("accented", "plain"), [("corruptibilité", "corruptibilite"), ("café", "cafe")])
def test_words_are_found_as_people_write_them_without_accents(accented, plain):
    written = read(accented, "fr")
    assert term_of(plain, "fr") in (*written.terms, *written.others)


def test_elision_is_of_french_and_italian():
    assert term_of("O'Brien", "fr") == term_of("OBrien", "fr")
    assert term_of("d'accord", "en") == "daccord"


def test_names_that_read_alike_are_equal():
    assert fold_name("  The “Open-Contracting” portál! ") == fold_name("the open contracting PORTAL")


def test_fields_are_apart_and_small_words_are_not_told():
    read_text = analysed({"en": {"name": "The Tool", "body": "of bribes", "notes": "in e-mail"}})
    terms = read_text.terms["en"]
    assert (terms.name, terms.rest) == ("the tool", f"of bribe {GAP} in e mail")
    assert terms.rest_extras == "email"
    assert read_text.words == {"tool", "bribes", "mail", "email"}
    assert read_text.name_words == {"tool"}
    assert read_text.names == ("the tool",)


def test_texts_of_languages_analysed_alike_are_one():
    assert analysed({"en": {"name": "one"}, "pt": {"name": "two"}}).terms["en"].name == f"one {GAP} two"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=2_000), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_analysis(text, language):
    found = analysed({language: {"name": text, "body": text}})
    terms = found.terms[language]
    assert terms.name == terms.rest
    assert all(0 < len(term) <= MAX_TERM_LENGTH * 4 for term in terms.name.split())
    assert GAP not in terms.name
    assert [text[start:end] for _, start, end in spans(text)] == words_in(text)
    assert all(word == "".join(word.split()) for word in found.words)
