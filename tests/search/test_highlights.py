"""Found words are marked, nothing else changes."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.analysis import LANGUAGES, found_by, words_in
from hub.search.highlights import excerpt, highlight

LONG = "Nothing of interest. " * 40 + "Here a bribe was detected by an auditor. " + "Nothing more. " * 40


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


def test_every_form_of_a_word_is_marked():
    assert marked(highlight("Bribes, bribe & Bribing!", {"bribe"})) == "[Bribes], [bribe] & [Bribing]!"


def test_without_words_nothing_is_marked():
    assert marked(highlight("Bribes", ())) == "Bribes"


def test_markup_stays_text():
    assert marked(highlight("<b>bribe</b>", {"bribe"})) == "<b>[bribe]</b>"


@pytest.mark.parametrize(
    ("text", "terms", "language", "shown"),
    [
        ("e-procurement and red-flags", {"procur", "flag"}, "en", "e-[procurement] and red-[flags]"),
        ("e-procurement", {"eprocur"}, "en", "[e-procurement]"),
        ("le marché de l'autorité", {"autor"}, "fr", "le marché de l'[autorité]"),
        ("die Korruptionsbekämpfung", {"korruption"}, "de-AT", "die [Korruptionsbekämpfung]"),
        ("მამხილებლების დაცვა", {"მამხილ"}, "ka", "[მამხილებლების] დაცვა"),
        ("مكافحة الفساد", {"فساد"}, "ar", "مكافحة [الفساد]"),
        ("part party", {"parti"}, "en", "part [party]"),
        ("public money, public contracts", {"public contract"}, "en", "public money, [public] [contracts]"),
        ("e-procurement or procurement", {"e procur"}, "en", "[e]-[procurement] or procurement"),
        (
            "les marchés publics de l'État",
            {"march public", "publ"},
            "fr",
            "les [marchés] [publics] de l'État",
        ),
    ],
)
def test_words_are_marked_in_their_language(text, terms, language, shown):
    assert marked(highlight(text, terms, language)) == shown


def test_an_excerpt_shows_where_the_words_are():
    shown = marked(excerpt(LONG, {"bribe", "detect"}))
    assert "a [bribe] was [detected] by" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260


def test_an_excerpt_without_hits_is_the_beginning():
    shown = marked(excerpt(LONG, {"absent"}))
    assert shown.startswith("Nothing of interest.")
    assert len(shown) <= 242


def test_a_short_text_is_shown_whole():
    assert marked(excerpt("One  bribe\nonly", {"bribe"})) == "One [bribe] only"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600), st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_marking_loses_nothing(text, query, language):
    asked = frozenset(term for word in words_in(query + text[:20]) for term in found_by(word, language))
    assert "".join(piece.text for piece in highlight(text, asked, language)) == text
    assert sum(len(piece.text) for piece in excerpt(text, asked, language=language)) <= 244
