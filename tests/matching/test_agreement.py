"""How chosen codes agree, by table."""

import pytest

from hub.matching.agreement import (
    ASKED_OF,
    LIKELY_USERS,
    STAGES,
    Agreement,
    agreement,
    asked_by_innovation,
    neighbours,
)
from hub.matching.facts import Facts, Kind, Scheme
from hub.matching.parts import Pairing, Part
from hub.vocabularies import vocabulary

S = Scheme
Given = dict[Scheme, str]


@pytest.mark.parametrize(
    ("pairing", "part", "left", "right", "value"),
    [
        ("member_innovation", "functions", {S.FUNCTIONS: "detect"}, {S.FUNCTIONS: "detect report"}, 0.5**0.5),
        ("member_innovation", "functions", {S.FUNCTIONS: "detect report"}, {S.FUNCTIONS: "detect"}, 0.5**0.5),
        (
            "member_innovation",
            "functions",
            {S.FUNCTIONS: "detect report"},
            {S.FUNCTIONS: "detect educate monitor"},
            1 / 6**0.5,
        ),
        ("member_innovation", "functions", {S.FUNCTIONS: "detect"}, {S.FUNCTIONS: "report"}, 0.0),
        ("member_innovation", "functions", {}, {S.FUNCTIONS: "report"}, 0.0),
        ("member_request", "skills", {S.SKILLS: "statistics training"}, {S.SKILLS: "statistics"}, 0.5**0.5),
        (
            "member_innovation",
            "for_whom",
            {S.MEMBER_TYPES: "law_enforcement"},
            {S.INTENDED_USERS: "prosecutors citizens"},
            1.0,
        ),
        (
            "member_innovation",
            "for_whom",
            {S.MEMBER_TYPES: "funder"},
            {S.INTENDED_USERS: "prosecutors"},
            0.0,
        ),
        (
            "innovation_member",
            "for_whom",
            {S.INTENDED_USERS: "journalists"},
            {S.MEMBER_TYPES: "civil_society"},
            1.0,
        ),
        ("request_member", "for_whom", {S.MEMBER_TYPES: "academia"}, {S.MEMBER_TYPES: "academia"}, 1.0),
        ("request_member", "open_to", {S.TYPE: "pilot_partner"}, {S.OPEN_TO: "pilot speak"}, 1.0),
        ("request_member", "open_to", {S.TYPE: "need_tool"}, {S.OPEN_TO: "pilot speak"}, 0.0),
        ("request_member", "open_to", {S.TYPE: "need_tool"}, {S.OPEN_TO: "collaborate"}, 1.0),
        ("member_request", "open_to", {S.OPEN_TO: "mentor"}, {S.TYPE: "mentoring"}, 1.0),
        ("innovation_member", "open_to", {S.STAGE: "beta"}, {S.OPEN_TO: "pilot"}, 1.0),
        ("member_innovation", "language", {S.LANGUAGES: "pt-BR ka"}, {S.LANGUAGES: "en pt"}, 1.0),
        ("member_innovation", "language", {S.LANGUAGES: "ka"}, {S.LANGUAGES: "en"}, 0.0),
        ("member_innovation", "country", {S.COUNTRIES: "GE"}, {S.COUNTRIES: "GE KE"}, 1.0),
        ("member_innovation", "country", {S.COUNTRIES: "GE"}, {S.COUNTRIES: "AM"}, 0.5),
        ("member_innovation", "country", {S.COUNTRIES: "GE"}, {S.COUNTRIES: "NO"}, 0.0),
        ("member_innovation", "maturity", {}, {S.STAGE: "stable", S.EVIDENCE: "5"}, 1.0),
        ("member_innovation", "maturity", {}, {S.STAGE: "abandoned"}, 0.0),
        ("member_innovation", "maturity", {}, {S.EVIDENCE: "2"}, 0.4),
    ],
)
def test_codes_agree(pairing: str, part: str, left: Given, right: Given, value: float) -> None:
    assert _agreed(Pairing(pairing), Part(part), left, right).value == pytest.approx(value)


def test_the_codes_that_agree_are_told() -> None:
    found = _agreed(Pairing.MEMBER_INNOVATION, Part.LANGUAGE, {S.LANGUAGES: "pt-BR"}, {S.LANGUAGES: "pt en"})
    assert found.matched == {"pt"}
    assert found.left == {"pt-BR"}
    assert found.right == {"en", "pt"}


def test_what_cannot_be_used_in_a_country_is_against_it() -> None:
    right = {S.COUNTRIES: "AM", S.UNSUITABLE: "GE"}
    assert _agreed(Pairing.MEMBER_INNOVATION, Part.COUNTRY, {S.COUNTRIES: "GE"}, right).is_against
    several = _agreed(Pairing.MEMBER_INNOVATION, Part.COUNTRY, {S.COUNTRIES: "GE AM"}, right)
    assert not several.is_against
    assert several.value == 1


def test_texts_are_no_codes() -> None:
    with pytest.raises(KeyError):
        _agreed(Pairing.MEMBER_INNOVATION, Part.WORDS, {}, {})


def test_what_is_neither_young_nor_unproven_asks_to_collaborate() -> None:
    asked = asked_by_innovation({S.STAGE: frozenset({"stable"}), S.EVIDENCE: frozenset({"4"})})
    assert asked == {"collaborate"}


def test_tables_name_codes_of_the_vocabularies() -> None:
    assert LIKELY_USERS.keys() == vocabulary("member_types").codes
    assert frozenset().union(*LIKELY_USERS.values()) <= vocabulary("intended_users").codes
    assert ASKED_OF.keys() <= vocabulary("request_types").codes
    assert frozenset().union(*ASKED_OF.values()) <= vocabulary("open_to").codes
    assert STAGES.keys() == vocabulary("stages").codes


def test_every_country_lies_in_one_region() -> None:
    countries = vocabulary("countries").codes - {"EU", "XK"}
    assert all(country in neighbours(frozenset({country})) for country in countries)
    assert sum(len(neighbours(frozenset({each}))) for each in ("GE", "NO", "KE")) > len({"GE", "NO", "KE"})
    assert "AM" in neighbours(frozenset({"GE"}))


def _agreed(pairing: Pairing, part: Part, left: Given, right: Given) -> Agreement:
    one, other = (
        Facts(
            kind, "x", frozenset(), codes={scheme: frozenset(said.split()) for scheme, said in given.items()}
        )
        for kind, given in ((Kind.MEMBER, left), (Kind.INNOVATION, right))
    )
    return agreement(pairing, part, one, other)
