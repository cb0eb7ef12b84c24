"""Found words are marked, nothing else changes."""

from hypothesis import given, settings, strategies as st

from hub.search.analysis import terms
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


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600), st.text(max_size=40))
def test_marking_loses_nothing(text, query):
    asked = frozenset(terms(query))
    assert "".join(piece.text for piece in highlight(text, asked)) == text
    assert sum(len(piece.text) for piece in excerpt(text, asked)) <= 244
