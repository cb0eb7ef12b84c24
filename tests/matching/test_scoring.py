"""One pair: points, what is missing, what is left out, and the words that stand in both."""

import pytest

from hub.matching.facts import Facts, Kind, Role, Scheme, Text
from hub.matching.parts import WEIGHTS, Emphasis, Pairing, Part
from hub.matching.scoring import Match, PartScore, State, match
from hub.matching.statistics import Statistics

PUBLIC = frozenset({"public"})
VIEWER = frozenset({"public", "member"})
OFFICER = Facts(
    Kind.MEMBER,
    "officer",
    frozenset({"member"}),
    (
        Text(Role.ABOUT, "en", "Investigator in an asset recovery office"),
        Text(Role.NEEDS, "en", body="Tools that trace hidden assets through companies"),
    ),
    {
        Scheme.FUNCTIONS: frozenset({"investigate", "recover_assets"}),
        Scheme.MEMBER_TYPES: frozenset({"law_enforcement"}),
        Scheme.COUNTRIES: frozenset({"GE"}),
        Scheme.LANGUAGES: frozenset({"ka", "en"}),
    },
)
TRACER = Facts(
    Kind.INNOVATION,
    "tracer",
    PUBLIC,
    (Text(Role.ABOUT, "en", "Asset tracer", "Follows assets through companies", "Traces what is hidden."),),
    {
        Scheme.FUNCTIONS: frozenset({"investigate"}),
        Scheme.COUNTRIES: frozenset({"AM"}),
        Scheme.LANGUAGES: frozenset({"fr"}),
        Scheme.STAGE: frozenset({"stable"}),
    },
)
SCHOOLS = Facts(
    Kind.INNOVATION, "schools", PUBLIC, (Text(Role.ABOUT, "en", "Lessons on honesty for pupils"),)
)
STATISTICS = Statistics.of([TRACER, SCHOOLS])


def test_points_sum_to_the_score_and_what_could_be_given_to_a_hundred() -> None:
    found = _matched(OFFICER, TRACER)
    assert sum(part.points for part in found.parts) == pytest.approx(found.score)
    assert sum(part.most for part in found.parts) == pytest.approx(100)
    assert [part.part for part in found.parts] == list(WEIGHTS[Pairing.MEMBER_INNOVATION])
    assert all(0 <= part.points <= part.most + 1e-9 for part in found.parts)


def test_what_fits_scores_more_than_what_does_not() -> None:
    found, other = _matched(OFFICER, TRACER), _matched(OFFICER, SCHOOLS)
    assert found.score > 30 > other.score
    assert found.is_suggestible
    assert not other.is_suggestible


@pytest.mark.parametrize(
    ("part", "state"),
    [
        (Part.WORDS, State.MATCHED),
        (Part.NEED, State.MATCHED),
        (Part.FUNCTIONS, State.MATCHED),
        (Part.OFFENCES, State.MISSING),
        (Part.FOR_WHOM, State.MISSING),
        (Part.COUNTRY, State.MATCHED),
        (Part.LANGUAGE, State.DIFFERENT),
        (Part.MATURITY, State.MATCHED),
    ],
)
def test_each_part_has_a_state(part: Part, state: State) -> None:
    assert _part(_matched(OFFICER, TRACER), part).state is state


def test_the_words_that_agree_stand_in_both_texts() -> None:
    need = _part(_matched(OFFICER, TRACER), Part.NEED)
    assert "companies" in need.matched
    for ours, theirs in zip(need.left, need.right, strict=True):
        assert ours in OFFICER.texts[1].body
        assert any(
            theirs in words for words in (TRACER.texts[0].title, TRACER.texts[0].summary, "Traces hidden")
        )
    assert need.right == need.matched
    assert set(need.left_languages) == set(need.right_languages) == {"en"}


def test_the_silent_side_is_named_and_the_part_counts_half() -> None:
    found = _matched(OFFICER, TRACER)
    assert _part(found, Part.OFFENCES).silent == ("left", "right")
    assert _part(found, Part.FOR_WHOM).silent == ("right",)
    weights = WEIGHTS[Pairing.MEMBER_INNOVATION]
    ratio = _part(found, Part.OFFENCES).most / _part(found, Part.FUNCTIONS).most
    assert ratio == pytest.approx(weights[Part.OFFENCES] / 2 / weights[Part.FUNCTIONS])


def test_saying_nothing_scores_between_agreeing_and_not() -> None:
    def with_functions(*codes: str) -> float:
        said = {Scheme.FUNCTIONS: frozenset(codes)} if codes else {}
        return _matched(OFFICER, Facts(Kind.INNOVATION, "x", PUBLIC, TRACER.texts, said)).score

    assert with_functions("educate") < with_functions() < with_functions("investigate")


def test_a_part_left_out_gives_and_takes_nothing() -> None:
    found = _matched(OFFICER, TRACER, {Part.LANGUAGE: Emphasis.LEFT_OUT})
    language = _part(found, Part.LANGUAGE)
    assert (language.state, language.points, language.most) == (State.LEFT_OUT, 0, 0)
    assert found.left_out == (language,)
    assert found.score > _matched(OFFICER, TRACER).score


def test_all_parts_left_out_is_no_match() -> None:
    found = _matched(OFFICER, TRACER, dict.fromkeys(Part, Emphasis.LEFT_OUT))
    assert found.score == 0
    assert not found.is_suggestible


def test_more_of_a_part_that_agrees_is_more() -> None:
    more = _matched(OFFICER, TRACER, {Part.FUNCTIONS: Emphasis.MORE})
    assert more.score > _matched(OFFICER, TRACER).score


def test_a_text_that_the_viewer_may_not_read_takes_no_part() -> None:
    closed = Text(Role.OFFERS, "en", body="Traces hidden assets", labels=frozenset({"org:theirs"}))
    one = Facts(Kind.MEMBER, "x", frozenset({"member"}), (closed,))
    need = _part(_matched(OFFICER, one, pairing=Pairing.MEMBER_MEMBER), Part.NEED)
    assert need.state is State.MISSING
    assert need.silent == ("right",)


def test_a_french_need_finds_an_english_record() -> None:
    need = Facts(Kind.MEMBER, "x", PUBLIC, (Text(Role.NEEDS, "fr", body="recouvrement d'avoirs"),))
    record = Facts(Kind.INNOVATION, "y", PUBLIC, (Text(Role.ABOUT, "en", "Asset recovery in practice"),))
    part = _part(_matched(need, record), Part.NEED)
    assert part.state is State.MATCHED
    assert (part.left[0], part.right[0]) == ("recouvrement d'avoirs", "Asset recovery")
    assert (part.left_languages[0], part.right_languages[0]) == ("fr", "en")


def test_a_second_language_of_the_same_text_takes_nothing_away() -> None:
    french = Text(Role.ABOUT, "fr", "Enquêtrice au bureau de recouvrement")
    both = Facts(Kind.MEMBER, "officer", OFFICER.labels, (*OFFICER.texts, french), OFFICER.codes)
    assert _matched(both, TRACER).score >= _matched(OFFICER, TRACER).score


def test_what_cannot_be_used_in_the_country_is_said_and_gives_nothing() -> None:
    codes = {**TRACER.codes, Scheme.UNSUITABLE: frozenset({"GE"})}
    found = _matched(OFFICER, Facts(Kind.INNOVATION, "tracer", PUBLIC, TRACER.texts, codes))
    (country,) = found.against
    assert (country.part, country.points) == (Part.COUNTRY, 0)
    assert found.score < _matched(OFFICER, TRACER).score


def test_a_country_has_no_words_and_looks_where_things_are_used() -> None:
    georgia = Facts(Kind.MEMBER, "GE", frozenset(), codes={Scheme.COUNTRIES: frozenset({"GE"})})
    assert _matched(georgia, TRACER, pairing=Pairing.COUNTRY_INNOVATION).is_suggestible
    assert not _matched(georgia, SCHOOLS, pairing=Pairing.COUNTRY_INNOVATION).is_suggestible


def test_country_and_language_alone_suggest_nothing() -> None:
    codes = {Scheme.COUNTRIES: frozenset({"GE"}), Scheme.LANGUAGES: frozenset({"ka"})}
    found = _matched(OFFICER, Facts(Kind.INNOVATION, "x", PUBLIC, SCHOOLS.texts, codes))
    assert found.score > 0
    assert not found.is_suggestible


def _matched(
    left: Facts,
    right: Facts,
    emphases: dict[Part, Emphasis] | None = None,
    pairing: Pairing = Pairing.MEMBER_INNOVATION,
) -> Match:
    return match(pairing, left, right, labels=VIEWER, statistics=STATISTICS, emphases=emphases or {})


def _part(found: Match, part: Part) -> PartScore:
    return next(each for each in found.parts if each.part is part)


def test_words_that_add_little_are_not_told() -> None:
    others = [Facts(Kind.INNOVATION, str(n), PUBLIC, (Text(Role.ABOUT, "en", "Year"),)) for n in range(200)]
    need = Facts(Kind.MEMBER, "x", PUBLIC, (Text(Role.NEEDS, "en", body="Yacht yacht yacht year"),))
    record = Facts(Kind.INNOVATION, "y", PUBLIC, (Text(Role.ABOUT, "en", "Yacht, yacht and year"),))
    found = match(
        Pairing.MEMBER_INNOVATION, need, record, labels=VIEWER, statistics=Statistics.of([*others, record])
    )
    assert _part(found, Part.NEED).matched == ("Yacht",)


def test_words_of_a_phrase_are_told_once() -> None:
    need = Facts(Kind.MEMBER, "x", PUBLIC, (Text(Role.NEEDS, "en", body="asset recovery"),))
    record = Facts(Kind.INNOVATION, "y", PUBLIC, (Text(Role.ABOUT, "en", "Asset recovery"),))
    assert _part(_matched(need, record), Part.NEED).matched == ("Asset recovery",)
