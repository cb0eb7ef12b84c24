"""Reasons in words: every part of every pairing has a sentence in every state, and what people typed stays text."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from hub.matching.facts import Scheme
from hub.matching.parts import WEIGHTS, Pairing, Part
from hub.matching.scoring import Match, PartScore, State
from hub.web.matches.cards import short
from hub.web.matches.reasons import Mark, Reason, reasons_of

CODES = {
    Part.SKILLS: (Scheme.SKILLS, "asset_tracing"),
    Part.FUNCTIONS: (Scheme.FUNCTIONS, "detect"),
    Part.OFFENCES: (Scheme.OFFENCES, "uncac-15"),
    Part.SECTORS: (Scheme.SECTORS, "health"),
    Part.STANDARDS: (Scheme.STANDARDS, "bods"),
    Part.FOR_WHOM: (Scheme.INTENDED_USERS, "auditors"),
    Part.OPEN_TO: (Scheme.OPEN_TO, "pilot"),
    Part.COUNTRY: (Scheme.COUNTRIES, "GE"),
    Part.LANGUAGE: (Scheme.LANGUAGES, "ka"),
    Part.MATURITY: (Scheme.STAGE, "stable"),
}
NAMES = {
    Part.SKILLS: "Asset tracing",
    Part.FUNCTIONS: "Detect",
    Part.OFFENCES: "Bribery of national public officials",
    Part.SECTORS: "Health",
    Part.STANDARDS: "BODS",
    Part.FOR_WHOM: "Auditors and inspectors",
    Part.OPEN_TO: "Pilot",
    Part.COUNTRY: "Georgia",
    Part.LANGUAGE: "Georgian",
    Part.MATURITY: "In regular use",
}


@pytest.fixture
def page(app):
    """A request in whose language words are said."""
    with app.test_request_context():
        yield


def scored(part, state, **more):
    scheme, code = CODES.get(part, (None, ""))
    sides = (code,) if code else ()
    values = {"matched": sides, "left": sides, "right": sides, "scheme": scheme, **more}
    return PartScore(part, state, 4.0 if state is State.MATCHED else 0.0, 8.0, **values)


def words_of(pairing, *parts):
    match = Match(pairing, "member:left", "innovation:right", 8.0, parts)
    return [str(each.words) for each in reasons_of(match, {})]


@pytest.mark.parametrize("pairing", Pairing)
def test_each_part_of_each_pairing_says_what_fits_by_its_name(page, pairing):
    for part in WEIGHTS[pairing]:
        if part in NAMES:
            (said,) = words_of(pairing, scored(part, State.MATCHED))
            assert NAMES[part] in said, (pairing, part)


@pytest.mark.parametrize("pairing", Pairing)
@pytest.mark.parametrize("silent", [("left",), ("right",), ("left", "right")])
def test_each_part_of_each_pairing_says_who_is_silent(page, pairing, silent):
    for part in WEIGHTS[pairing]:
        (said,) = words_of(pairing, scored(part, State.MISSING, silent=silent, left=(), right=()))
        assert "say" in said, (pairing, part)


@pytest.mark.parametrize("pairing", Pairing)
@pytest.mark.parametrize("state", [State.DIFFERENT, State.LEFT_OUT])
def test_each_part_of_each_pairing_says_what_differs(page, pairing, state):
    for part in WEIGHTS[pairing]:
        (said,) = words_of(pairing, scored(part, state))
        assert said, (pairing, part)


def test_words_stand_as_in_both_texts_with_their_language(page):
    (said,) = words_of(
        Pairing.MEMBER_INNOVATION,
        scored(
            Part.NEED,
            State.MATCHED,
            left=("traçage", "avoirs"),
            right=("tracing", "assets"),
            left_languages=("fr", "fr"),
            right_languages=("en", "en"),
        ),
    )
    assert said == (
        'You look for: <bdi lang="fr">traçage</bdi>, <bdi lang="fr">avoirs</bdi>'
        " — its text says: <bdi>tracing</bdi>, <bdi>assets</bdi>"
    )


def test_words_that_both_have_alike_are_said_once(page):
    common = ("asset tracing", "Tracing", "registers")
    (said,) = words_of(
        Pairing.MEMBER_INNOVATION,
        scored(
            Part.NEED,
            State.MATCHED,
            left=common,
            right=common,
            left_languages=("en",) * 3,
            right_languages=("en",) * 3,
        ),
    )
    assert said == (
        "You look for this, and its text speaks of it: <bdi>asset tracing</bdi>, <bdi>registers</bdi>"
    )


def test_what_people_typed_is_never_markup(page):
    (said,) = words_of(
        Pairing.MEMBER_MEMBER,
        scored(
            Part.WORDS,
            State.MATCHED,
            left=("<b>100%s</b>",),
            right=("<i>",),
            left_languages=("",),
            right_languages=("x-\"'",),
        ),
    )
    assert "<b>" not in said
    assert "<i>" not in said
    assert "&lt;b&gt;100%s" in said


def test_a_country_that_is_excluded_is_said_clearly(page):
    (said,) = words_of(
        Pairing.MEMBER_INNOVATION, scored(Part.COUNTRY, State.AGAINST, matched=(), right=("EE",))
    )
    assert said == "Its owner says that it cannot be used in Georgia"


def test_only_neighbours_are_named_as_near(page):
    (said,) = words_of(
        Pairing.MEMBER_INNOVATION, scored(Part.COUNTRY, State.MATCHED, matched=(), right=("AM", "FR"))
    )
    assert said == "It is at home or in use in the same region as you (Western Asia): Armenia"


def test_what_the_reader_leaves_out_has_a_link_and_what_others_leave_out_has_none(page):
    match = Match(
        Pairing.MEMBER_REQUEST,
        "member:left",
        "request:right",
        0.0,
        (
            scored(Part.NEED, State.MISSING, silent=("left",), left=()),
            scored(Part.SECTORS, State.MISSING, silent=("right",), right=()),
        ),
    )
    need, sectors = reasons_of(match, {})
    assert (need.mark, need.href) == (Mark.MISSING, "/account/profile#offers")
    assert sectors.href == ""


def test_of_many_names_the_first_are_said(page):
    many = ("detect", "educate", "investigate", "monitor", "prevent", "report")
    (said,) = words_of(Pairing.MEMBER_INNOVATION, scored(Part.FUNCTIONS, State.MATCHED, matched=many))
    assert said == "It is for what you do: Detect, Educate, Investigate, Monitor and 2 more"


@pytest.mark.parametrize("pairing", [each for each in Pairing if Part.NEED in WEIGHTS[each]])
def test_what_one_side_needs_in_vain_says_whose_need_it_is(page, pairing):
    (said,) = words_of(pairing, scored(Part.NEED, State.DIFFERENT))
    assert "the one" not in said
    assert "hardly" in said


def test_two_things_that_say_alike_are_called_what_they_are(page):
    shared = scored(Part.WORDS, State.MATCHED, left=("traces",), right=("tracing",))
    shared = replace(shared, left_languages=("en",), right_languages=("en",))
    (said,) = words_of(Pairing.REQUEST_INNOVATION, shared)
    assert said == "The request says: <bdi>traces</bdi> — the innovation says: <bdi>tracing</bdi>"


def test_a_card_leaves_out_what_neither_side_says():
    one_is_silent = Reason(Part.OFFENCES, Mark.MISSING, Markup("Offences: it does not say"))
    both_are = Reason(
        Part.STANDARDS, Mark.MISSING, Markup("Standards: nobody says"), "/profile", is_said=False
    )
    assert short([both_are, one_is_silent]) == (one_is_silent,)
    assert short([both_are]) == ()


def test_what_the_reader_leaves_out_is_not_told_as_silence(app):
    part = PartScore(Part.WORDS, State.LEFT_OUT, 0, 0)
    with app.test_request_context("/"):
        (reason,) = reasons_of(Match(Pairing.MEMBER_INNOVATION, "member:a", "innovation:b", 0, (part,)), {})
        assert (reason.mark, str(reason.words)) == (Mark.LEFT_OUT, "Words: you leave it out")
