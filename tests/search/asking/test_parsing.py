"""What people type is read as they mean it, and never refused."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.asking import MAX_QUERY_LENGTH, parse
from hub.search.asking.wishes import All, Either, Field, Quoted, Wanted, Without
from hub.search.plan import Where


def read(text):
    return parse(text).parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("red flags", (Wanted("red"), Wanted("flags"))),
        ('"red flags"', (Quoted(("red", "flags")),)),
        ("„rote Flaggen“", (Quoted(("rote", "Flaggen")),)),
        ("«drapeau rouge» -audit", (Quoted(("drapeau", "rouge")), Without(Wanted("audit")))),
        ("bribe -kickback", (Wanted("bribe"), Without(Wanted("kickback")))),
        ('bribe -"red flag"', (Wanted("bribe"), Without(Quoted(("red", "flag"))))),
        ("bribe NOT kickback", (Wanted("bribe"), Without(Wanted("kickback")))),
        ("a b OR c d", (Wanted("a"), Either((Wanted("b"), Wanted("c"))), Wanted("d"))),
        ("a OR b OR c", (Either((Wanted("a"), Wanted("b"), Wanted("c"))),)),
        ("a OR NOT b", (Either((Wanted("a"), Without(Wanted("b")))),)),
        ("a AND b", (Wanted("a"), Wanted("b"))),
        ("(a b) OR c", (Either((All((Wanted("a"), Wanted("b"))), Wanted("c"))),)),
        ("a -(b c)", (Wanted("a"), Without(All((Wanted("b"), Wanted("c")))))),
        ("procure*", (Wanted("procure", is_prefix=True),)),
        ("p*", (Wanted("p"),)),
        ("procurment~", (Wanted("procurment", is_fuzzy=True),)),
        ("procurment~2", (Wanted("procurment", is_fuzzy=True),)),
        ("(a b) c", (Wanted("a"), Wanted("b"), Wanted("c"))),
        ("e-procurement", (Wanted("e-procurement"),)),
        ("red/green", (Wanted("red"), Wanted("green"))),
        ("red red flag", (Wanted("red", times=2), Wanted("flag"))),
        ("name:open", (Wanted("open", where=Where.NAME),)),
        ('title:"open contracting"', (Quoted(("open", "contracting"), where=Where.NAME),)),
        ("US law", (Wanted("US", is_acronym=True), Wanted("law"))),
        ("US LAW", (Wanted("US"), Wanted("LAW"))),
        ("colour:red", (Wanted("colour"), Wanted("red"))),
        ("https://example.org/a", (Wanted("https"), Wanted("example"), Wanted("org"), Wanted("a"))),
    ],
)
def test_reading(text, parts):
    assert read(text) == parts


@pytest.mark.parametrize(
    ("text", "facet", "codes"),
    [
        ("country:ge", "country", {"GE"}),
        ("country:Georgia", "country", {"GE"}),
        ("COUNTRY:géorgie", "country", {"GE"}),
        ("country:საქართველო", "country", {"GE"}),
        ('country:"South Africa"', "country", {"ZA"}),
        ("evidence:2+", "evidence", {"2", "3", "4", "5"}),
        ("evidence:0", "evidence", {"0"}),
        ("licence:agpl-3.0-or-later", "licence", {"AGPL-3.0-or-later"}),
        ("license:mit", "licence", {"MIT"}),
        ("language:french", "language", {"fr"}),
        ("standard:OCDS", "standard", {"ocds"}),
        ("type:xyz", "type", {"xyz", "XYZ"}),
    ],
)
def test_typed_fields_mean_codes(text, facet, codes):
    assert read(text) == (Field(facet, frozenset(codes)),)


def test_a_field_without_a_value_is_a_word():
    assert read("country: ge") == (Wanted("country"), Wanted("ge"))


def test_fields_may_be_left_out_or_chosen_from():
    assert read("-country:ge") == (Without(Field("country", frozenset({"GE"}))),)
    assert read("country:ge OR country:id") == (
        Either((Field("country", frozenset({"GE"})), Field("country", frozenset({"ID"})))),
    )


@pytest.mark.parametrize(
    "text", ["", "  ", '"', '""', "OR", "AND OR NOT", "-", "--- ()", "((((", "* ~", ":", "-( )"]
)
def test_signs_alone_ask_for_nothing(text):
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"red flag', ["red", "flag"]),
        ("red OR", ["red"]),
        ("OR red", ["red"]),
        ("red) flag", ["red", "flag"]),
        ("((((((red))))))", ["red"]),
        ("- red", ["red"]),
        ("red-", ["red"]),
        ("NOT", []),
    ],
)
def test_broken_syntax_is_left_out(text, words):
    assert [part.word for part in read(text)] == words


def test_only_the_beginning_of_a_long_query_is_read():
    assert read("word " * (MAX_QUERY_LENGTH // 5) + "late") == (Wanted("word", times=40),)


def test_whether_anything_was_typed_is_known():
    assert parse(" ").is_empty
    assert not parse("-a").is_empty


@pytest.mark.parametrize("text", ['"', "OR", "(((", "*", "--- ()"])
def test_signs_alone_are_as_nothing(text):
    assert parse(text).is_empty


SIGNS = st.sampled_from(
    ['"', "(", ")", " ", "-", "*", "~", ":", " OR ", " AND ", "NOT ", "country:", "name:", "a", "bb"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(SIGNS, max_size=60).map("".join)))
def test_no_text_is_refused(text):
    parse(text)
