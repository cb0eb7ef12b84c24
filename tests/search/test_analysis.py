"""Words become terms."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.analysis import (
    MAX_QUERY_TERMS,
    MAX_TERM_LENGTH,
    query_terms,
    term_of,
    terms,
    words,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Procurement", "procuring"),
        ("bribes", "BRIBE"),
        ("running", "run"),
        ("Café", "cafe"),
        ("ﬁnance", "finance"),
        ("STRASSE", "straße"),
        ("whistleblower’s", "whistleblowers"),
        ("مُراقَبة", "مراقبة"),
        ("Ελλάδα", "ελλαδα"),
    ],
)
def test_forms_of_one_word_are_one_term(one, other):
    assert term_of(one) == term_of(other)


def test_words_of_every_script_are_kept_whole():
    assert terms("საქართველო हिन्दी Україна 公司") == ["საქართველო", "हिनदी", "украіна", "公司"]


def test_words_tell_where_they_stand():
    text = "Red-flags: don't pay."
    assert [text[start:end] for _, start, end in words(text)] == ["Red", "flags", "don't", "pay"]


def test_small_words_are_not_asked_for():
    assert query_terms("the detection of bribes") == ("detect", "bribe")


def test_small_words_alone_are_asked_for():
    assert query_terms("who") == ("who",)


@pytest.mark.parametrize("text", ["", "   ", '"" -- () AND:', "***", "\x00\x01", "' ’", "🙂"])
def test_signs_are_no_words(text):
    assert set(query_terms(text)) <= {"and"}


def test_only_the_beginning_of_a_long_query_counts():
    assert query_terms("word " * 40 + "late") == ("word",)


def test_a_query_has_at_most_ten_terms():
    assert len(query_terms(" ".join(f"w{number}" for number in range(30)))) == MAX_QUERY_TERMS


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=5_000))
def test_no_text_breaks_the_analysis(text):
    asked = query_terms(text)
    assert len(asked) <= MAX_QUERY_TERMS
    assert all(0 < len(term) <= MAX_TERM_LENGTH for term in terms(text))
    assert [term for term, _, _ in words(text)] == terms(text)
