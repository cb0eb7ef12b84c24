"""The parts beyond the minimum: stored, shown again, told before sending, and refused with the words kept."""

import pytest

from hub.catalogue.models.content import TermScheme
from hub.web.catalogue.parts import MINUTES_A_PART, NEEDED, PARTS
from tests.catalogue.records import draft, save
from tests.web.catalogue.pages import entered, problems
from tests.web.client import fields_of, parse, words

PROSE = {
    "problem": ("problem", "novelty"),
    "conditions": ("conditions",),
    "results": ("results",),
    "lessons": ("lessons",),
    "safeguards": ("do_no_harm", "privacy", "misuse_risk", "error_rates"),
}

PLAIN = {
    "effort": {"cost_band": "50000_250000", "staffing": "Two people.", "time_to_deploy": "9 months"},
    "contact": {"contact_name": "Audit desk", "contact_address": "desk@audit.example"},
    "licence": {"licence": "MIT", "based_on": "https://example.org/base"},
}


@pytest.fixture
def revision(scene):
    return draft(scene)


@pytest.fixture
def address(revision):
    return f"/innovations/{revision.innovation.slug}/edit"


@pytest.mark.parametrize("part", PROSE)
def test_prose_is_stored_and_shown_again(partner, address, revision, part):
    typed = {name: f"Words on {name}." for name in PROSE[part]}
    assert partner.act(f"{address}/{part}", {"version": "1", **typed}).status_code == 303
    assert {name: getattr(revision.source_text, name) for name in typed} == typed
    page = partner.get(f"{address}/{part}").text
    check = partner.get(f"/innovations/{revision.innovation.slug}/check").text
    for text in typed.values():
        assert text in page
        assert text in check


@pytest.mark.parametrize("part", PROSE)
def test_prose_that_is_too_long_comes_back_whole(partner, address, part):
    typed = {name: f"{name} ".ljust(2_001, "x") for name in PROSE[part]}
    answer = partner.act(f"{address}/{part}", {"version": "1", **typed})
    assert answer.status_code == 422
    assert set(problems(answer)) == set(typed)
    for text in typed.values():
        assert text in answer.text


@pytest.mark.parametrize("part", PROSE)
def test_every_field_with_control_characters_is_named_at_once(partner, address, part):
    typed = dict.fromkeys(PROSE[part], "a\u202eb")
    answer = partner.act(f"{address}/{part}", {"version": "1", **typed})
    assert answer.status_code == 422
    said = "Remove the hidden sign U+202E RIGHT-TO-LEFT OVERRIDE. Type the words anew if you cannot find it."
    assert problems(answer) == dict.fromkeys(typed, said)


@pytest.mark.parametrize("part", PLAIN)
def test_plain_answers_are_stored_and_shown_again(partner, address, revision, part):
    assert partner.act(f"{address}/{part}", {"version": "1", **PLAIN[part]}).status_code == 303
    assert {name: getattr(revision, name) for name in PLAIN[part]} == PLAIN[part]
    check = partner.get(f"/innovations/{revision.innovation.slug}/check").text
    for value in ("EUR 50,000 to 250,000", "Two people.", "9 months") if part == "effort" else ():
        assert value in check
    main = parse(partner.get(f"{address}/{part}").text).find(".//main")
    chosen = [each.get("value") for each in fields_of(main) if each.get("checked") is not None]
    shown = chosen + [value for each in fields_of(main) for value in entered(each)]
    assert set(PLAIN[part].values()) <= set(shown)


@pytest.mark.parametrize(
    ("part", "typed", "field", "said"),
    [
        ("effort", {"cost_band": "cheap"}, "cost_band", "Choose from the list."),
        ("effort", {"staffing": "x" * 2_001}, "staffing", "Shorten"),
        ("effort", {"time_to_deploy": "x" * 201}, "time_to_deploy", "Shorten"),
        ("contact", {"contact_name": "x" * 201}, "contact_name", "Shorten"),
        ("contact", {"contact_address": "just ask"}, "contact_address", "Enter an email address"),
        ("contact", {"contact_address": "javascript:alert(1)"}, "contact_address", "Enter an email address"),
        ("licence", {"based_on": "javascript:alert(1)"}, "based_on", "begins with http"),
        ("countries", {"languages": ["en", "klingon"]}, "languages", "Choose from the list."),
        ("countries", {"languages": ["English"]}, "languages", "Choose from the list."),
        ("countries", {"languages": ["x" * 5_000]}, "languages", "Choose from the list."),
        ("countries", {"languages": ["en-" + "x" * 40]}, "languages", "Choose from the list."),
    ],
)
def test_what_cannot_be_accepted_is_named_at_its_field(partner, address, part, typed, field, said):
    answer = partner.act(f"{address}/{part}", {"version": "1", **typed})
    assert answer.status_code == 422
    assert said in problems(answer)[field]


def test_languages_are_chosen_by_name_and_those_of_an_import_are_kept(scene, partner, address, revision):
    save(scene.partner, revision, languages=("zh-Hant-TW",))
    page = partner.get(f"{address}/countries").text
    assert "Georgian" in page
    typed = {"version": "2", "countries": ["GE"], "languages": ["ka", "zh-Hant-TW"]}
    assert partner.act(f"{address}/countries", typed).status_code == 303
    assert revision.codes(TermScheme.LANGUAGES) == ("ka", "zh-Hant-TW")
    assert "Georgian" in partner.get(f"/innovations/{revision.innovation.slug}/check").text


def test_error_rates_say_for_what_they_are_asked(partner, address):
    page = words(parse(partner.get(f"{address}/safeguards").text).find(".//main"))
    assert "For AI models and whatever else decides by itself" in page


@pytest.mark.parametrize("part", PARTS, ids=[part.key for part in PARTS])
def test_every_part_shows_a_good_answer_beside_the_question(partner, address, part):
    page = parse(partner.get(f"{address}/{part.key}").text)
    assert "An answer that helps" in words(page.find(".//aside[@class='stack']"))


@pytest.mark.parametrize("part", [part for part in PARTS if not part.needed], ids=lambda part: part.key)
def test_nothing_beyond_the_minimum_is_compulsory(partner, address, part):
    assert partner.act(f"{address}/{part.key}", {"version": "1"}).status_code == 303


def test_the_task_list_says_what_is_optional_and_how_long_the_rest_takes(partner, address):
    page = words(parse(partner.get(address).text).find(".//main"))
    assert page.count("Optional") > len(PARTS) / 2
    assert f"of {len(PARTS)} parts done" in page


def test_the_start_page_tells_the_minutes_of_the_minimum_and_of_all(partner):
    page = words(parse(partner.get("/innovations/new").text).find(".//main"))
    assert f"about {MINUTES_A_PART * len(NEEDED)} minutes to answer what every record needs" in page
    assert f"All of it takes about {MINUTES_A_PART * len(PARTS)} minutes" in page
