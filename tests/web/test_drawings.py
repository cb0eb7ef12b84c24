"""What is drawn on a record reads as text too: the stair, the line of descent, readiness, differences."""

import html
import re

import pytest
from flask import Flask, render_template_string

ADOPTERS = [
    {
        "name": f"Adopter {number}",
        "country": country,
        "text": "since 2020",
        "state": state,
        "href": f"/{number}",
    }
    for number, (country, state) in enumerate(
        [("ES", "confirmed"), ("ES", "claimed"), ("GE", "claimed"), ("NO", "verified"), (None, "failed")] * 2
    )
]


@pytest.fixture
def draw(app: Flask):
    """Render a macro and give its mark-up."""

    def rendered(call: str, **values: object) -> str:
        file, _, rest = call.partition(":")
        name = rest.partition("(")[0]
        with app.test_request_context("/"):
            return render_template_string(
                f"{{% from 'components/{file}.html' import {name} %}}{{{{ {rest} }}}}", **values
            )

    return rendered


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_the_stair_says_which_steps_are_reached(draw) -> None:
    said = words(draw("stair:stair(2, none, 2018)"))
    assert "1 Account Says what it does and why (reached) 2 Change Data show a change Here now 3" in said
    assert said.count("(not reached)") == 3
    assert "evidence from 2018" in said


def test_without_evidence_no_step_is_reached(draw) -> None:
    said = words(draw("stair:stair(none)"))
    assert said.startswith("Not assessed yet 1 Account")
    assert said.count("(not reached)") == 5
    assert "Here now" not in said


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("none", "Evidence: Not assessed yet"),
        ("2", "Evidence: 2 of 5 Change shown"),
        ("3, 2018", "Evidence: 3 of 5 Cause shown, rests on evidence from 2018"),
    ],
)
def test_the_small_mark_says_its_level(draw, call: str, said: str) -> None:
    markup = draw(f"stair:level_mark({call})")
    assert words(markup) == said
    assert markup.count('class="on"') == (0 if call == "none" else int(call[0]))


def test_a_few_adopters_stand_each_for_itself_and_what_is_unsure_comes_last(draw) -> None:
    markup = draw("descent:descent({'name': 'Root', 'by': 'Owner'}, nodes)", nodes=ADOPTERS[:5])
    assert "<details" not in markup
    assert re.findall(r"Adopter \d", markup) == [
        "Adopter 0",
        "Adopter 3",
        "Adopter 4",
        "Adopter 1",
        "Adopter 2",
    ]
    assert markup.count('class="unsure"') == 2


def test_many_adopters_are_folded_by_country(draw) -> None:
    said = words(draw("descent:descent({'name': 'Root', 'by': 'Owner'}, nodes)", nodes=ADOPTERS))
    assert "Spain 4 adopters" in said
    assert "Georgia 2 adopters, not confirmed" in said
    assert "Country not stated 2 adopters" in said


def test_the_table_twin_holds_every_adopter_on_screen_and_on_paper(draw) -> None:
    markup = draw("descent:descent_table(nodes)", nodes=ADOPTERS)
    assert markup.count('scope="row"') == 2 * len(ADOPTERS)
    assert " id=" not in markup


def test_readiness_has_one_part_for_each_prerequisite(draw) -> None:
    markup = draw(
        "readiness:readiness(none, rows, counts, 'Georgia')",
        rows=[{"area": "Law", "needs": "Open notices", "states": None, "state": "unknown"}],
        counts={"ready": 3, "needs": 2, "blocked": 1, "unknown": 1},
    )
    assert "3 ready, 2 need work, 1 blocks you and 1 not stated." in words(markup)
    assert [markup.count(f"parts__{state}") for state in ("ready", "needs", "blocked", "unknown")] == [
        3,
        2,
        1,
        1,
    ]


def test_a_difference_is_said_in_words(draw) -> None:
    parts = [("same", "By "), ("removed", "<one>"), ("added", "two"), ("gap", "9 words unchanged")]
    assert words(draw("diff:prose_diff(parts)", parts=parts)) == (
        "By [taken out: <one> ] [put in: two ] … 9 words unchanged …"
    )
