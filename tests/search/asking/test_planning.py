"""What a query comes to: which documents it finds, what is loosened, what is told."""

import pytest
from hypothesis import given, settings, strategies as st

from hub.search.analysis import LANGUAGES
from hub.search.asking import MAX_QUERY_TERMS, plan_of
from hub.search.asking.wording import MAX_EXPANSIONS
from hub.search.documents import Document, Query
from hub.search.plan import And, FacetIs, Not, Or, Phrase, Plan, Term, Where, Word
from tests.search.asking.lexicon import Words, is_found, words_of
from tests.search.oracle import holds

ONE = {
    "en": {
        "name": "Red Flag Finder",
        "body": "Finds bribes in public procurement of hospitals, for UN bodies.",
    }
}


def plan(text, lexicon=None, **more):
    return plan_of(Query(labels=frozenset(), text=text, **more), lexicon or words_of("nothing"))


def leaves(node):
    match node:
        case And(parts=parts) | Or(parts=parts):
            return [leaf for part in parts for leaf in leaves(part)]
        case Not(part=part):
            return leaves(part)
        case _:
            return [node]


@pytest.mark.parametrize(
    "text",
    [
        "bribe",
        "the bribes of hospitals",
        "kickback",
        "tender OR hospital",
        '"public procurement"',
        "procure* hosp*",
        "procurment~",
        "name:flags",
        "name:red bribe",
        "bribe -tender",
        "krankenhaus",
        "UN",
        "who",
    ],
)
def test_finding(text):
    texts = ONE if text != "who" else {"en": {"body": "who"}}
    assert is_found(texts, text)


@pytest.mark.parametrize(
    "text",
    [
        "tender",
        "bribe tender",
        '"procurement public"',
        '"finder finds"',
        "name:bribe",
        "bribe -hospitals",
        "proq*",
    ],
)
def test_not_finding(text):
    assert not is_found(ONE, text)


def test_without_words_everything_is_found():
    assert plan("") == Plan(And())
    assert plan("", narrowed=FacetIs("country", frozenset("GE"))).match == And(
        (FacetIs("country", frozenset("GE")),)
    )


@pytest.mark.parametrize("text", ['"', "OR", "(((", "*", "--- ()"])
def test_signs_alone_are_passed_over(text):
    assert plan(text) == Plan(And())


def test_signs_alone_begin_no_name():
    assert plan("()", is_begun=True).match == Or()


def test_a_letter_goes_on_in_names():
    found = plan("red f", Words({"en": {"name": "Red Flag Finder"}}), is_begun=True)
    assert {"flag", "finder"} <= {term.text for leaf in leaves(found.match) for term in leaf.terms}


def test_accents_are_those_of_another_language():
    lexicon = words_of("nothing", ["en", "fr", "id"])
    (node,) = leaves(plan("marchés", lexicon, has_synonyms=False).match)
    assert "march" not in {term.text for term in node.terms if term.language in ("en", "id")}


def test_accents_are_found_by_those_who_type_none():
    assert is_found({"en": {"body": "The Santé fund"}}, "sante")
    assert is_found({"en": {"body": "Spread in Turkiye"}}, "Türkiye")
    assert not is_found({"en": {"body": "Adopted in March"}}, "marchés")


@pytest.mark.parametrize("written", ["open-source", "open source", "opensource"])
@pytest.mark.parametrize("typed", ["open-source", "open source", "opensource", "Open-Source Software"])
def test_open_source_is_written_in_three_ways(written, typed):
    assert is_found({"en": {"body": f"This is {written}."}}, typed)


def test_electronic_procurement_has_other_names():
    texts = {"en": {"body": "A procurement platform for electronic procurement."}}
    assert is_found(texts, "e-procurement")


def test_words_are_looked_for_in_the_languages_at_hand():
    found = plan("bribe", words_of("nothing", ["en", "de"]))
    assert {
        term.language for leaf in leaves(found.match) if isinstance(leaf, Word) for term in leaf.terms
    } == {"en", "de"}


def test_synonyms_weigh_less_and_are_told_where_they_can_be_seen():
    found = plan("bribe", words_of("a kickback and facilitation payments, bribery"))
    weights = {
        term.text: term.weight
        for leaf in leaves(found.match)
        if isinstance(leaf, Word)
        for term in leaf.terms
    }
    assert weights["bribe"] > weights["kickback"]
    assert found.also == ("bribery", "kickback")
    assert {"bribe", "kickback", "facilit payment"} <= found.terms


def test_several_words_have_synonyms_together():
    found = plan("beneficial owner of companies")
    assert isinstance(found.match, And)
    assert Word((Term("en", "ubo", 0.5),), asked="beneficial owner") in leaves(found.match)


def test_quoted_words_have_no_synonyms():
    assert plan('"bribe"').match == Word((Term("en", "bribe"),), asked="bribe")


def test_what_is_left_out_has_no_synonyms():
    assert plan("-bribe").match == Not(Word((Term("en", "bribe"),), asked="bribe"))


def test_any_word_may_do_where_not_all_are_held_but_the_rest_is_strict():
    found = plan(
        'zeppelin balloon "hot air" -basket country:ge name:sky',
        narrowed=FacetIs("kind", frozenset({"tool"})),
    )
    assert found.loose is not None
    strict = [part for part in found.loose.parts if not isinstance(part, Or)]
    assert strict == [
        FacetIs("kind", frozenset({"tool"})),
        Phrase("en", ("hot", "air"), asked="hot air"),
        Not(Word((Term("en", "basket"),), asked="basket")),
        FacetIs("country", frozenset({"GE"})),
        Word((Term("en", "sky"),), Where.NAME, "sky"),
    ]
    assert [leaf.asked for leaf in leaves(found.loose.parts[-1])] == ["zeppelin", "balloon"]


@pytest.mark.parametrize("text", ["zeppelin", '"hot air"', "country:ge zeppelin", "hot OR cold"])
def test_a_single_wish_is_not_loosened(text):
    assert plan(text).loose is None


def test_a_word_typed_often_weighs_more():
    assert plan("zeppelin zeppelin zeppelin zeppelin").match == Word(
        (Term("en", "zeppelin", 2.0),), asked="zeppelin"
    )


def test_a_begun_name_goes_on():
    name, text = {"en": {"name": "Open Contracting control"}}, {"en": {"body": "open contents"}}
    found = plan("open cont", Words(name, text), is_begun=True)
    assert all(leaf.where is Where.NAME for leaf in leaves(found.match))
    assert {term.text for term in leaves(found.match)[-1].terms} == {"cont", "contract", "control"}
    assert found.loose is None


def test_a_passage_asks_for_any_of_its_words():
    found = plan('We need (a "zeppelin") -balloon* for country:ge', is_passage=True)
    assert {leaf.asked for leaf in leaves(found.match)} == {"need", "zeppelin", "balloon", "country", "ge"}
    assert isinstance(found.match, Or)


def test_the_whole_query_is_known_as_a_name():
    assert plan('"Red-Flag" Finder').exact == "red flag finder"


def test_ten_words_are_searched_and_function_words_do_not_count():
    found = plan(" ".join(f"the zz{number}" for number in range(30)))
    assert len(leaves(found.match)) == MAX_QUERY_TERMS


def test_completions_are_limited():
    lexicon = words_of(" ".join(f"word{number}" for number in range(200)))
    assert len(leaves(plan("word*", lexicon).match)[0].terms) <= MAX_EXPANSIONS + 1


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=220),
        st.lists(
            st.sampled_from(
                [
                    "bribe ",
                    "red flags ",
                    "OR ",
                    "-",
                    '"',
                    "(",
                    ")",
                    "the ",
                    "kick*",
                    "ownr~ ",
                    "name:",
                    "kind:x ",
                    "დაცვა ",
                ]
            ),
            max_size=30,
        ).map("".join),
    ),
    st.sets(st.sampled_from(LANGUAGES), min_size=1),
    st.booleans(),
)
def test_no_query_breaks_a_plan_and_loosening_finds_no_less(text, languages, is_begun):
    lexicon = Words(*({language: {"body": "kickback owner bribe red flag"}} for language in languages))
    found = plan_of(Query(labels=frozenset(), text=text, is_begun=is_begun), lexicon)
    assert (
        len({leaf.asked for leaf in leaves(found.match) if isinstance(leaf, Word | Phrase)})
        <= 3 * MAX_QUERY_TERMS
    )
    made = Document(
        "any", frozenset(), {language: {"body": "kickback owner bribe red flag"} for language in languages}
    )
    if found.loose is not None and holds(made, found.match):
        assert holds(made, found.loose)


def test_a_piece_of_a_word_with_hyphens_may_do_where_nothing_has_the_whole():
    found = plan("e-zeppelin")
    assert found.loose is not None
    assert [leaf.asked for leaf in leaves(found.loose)] == ["e-zeppelin", "e-zeppelin", "zeppelin"]


@pytest.mark.parametrize("word", ["state", "war", "men", "sea", "son", "hat", "stato", "mot"])
def test_words_that_mean_something_in_one_language_are_asked_for(word):
    lexicon = words_of("nothing", LANGUAGES)
    assert {leaf.asked for leaf in leaves(plan(f"{word} zeppelin", lexicon).match)} == {word, "zeppelin"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("aa~ bb~ cc~", ["aa", "bb", "cc"]),
        ("aa~ -bb~ (cc~ OR dd~) ee~", ["aa", "bb", "cc"]),
        ("the aa~ one* bb~", ["aa", "bb"]),
        ('"aa bb" cc~', ["cc"]),
    ],
)
def test_three_words_may_be_misspelt(text, expanded):
    asked = []

    class Asked(Words):
        def near(self, word, distance, limit):
            asked.append(word)
            return super().near(word, distance, limit)

    plan(text, Asked(ONE))
    assert asked == expanded


def test_a_fourth_word_marked_as_misspelt_is_taken_as_typed():
    assert is_found(ONE, "brbes~ pblic~ hospitls~ finder~")
    assert not is_found(ONE, "brbes~ pblic~ hospitls~ findr~")
