"""Whatever is typed or sent: never a 500, never a lost word, and the reason stands at the field."""

import io
import secrets

import pytest

from hub.web.security import MAX_TEXT
from tests.catalogue.records import draft
from tests.web.catalogue.pages import problems
from tests.web.client import parse


@pytest.fixture
def address(scene):
    """The task list of a draft."""
    return f"/innovations/{draft(scene).innovation.slug}/edit"


WRONG = [
    ("name", {"name": ""}, "name", "Enter a name."),
    ("name", {"name": "n" * 121}, "name", "it has 121."),
    ("name", {"name": "fine", "short_description": "s" * 151}, "short_description", "Shorten this to 150"),
    ("problem", {"problem": "p" * 2_001}, "problem", "it has 2001."),
    ("description", {"description": "d" * 20_001}, "description", "Shorten this to 20000"),
    ("kind", {"kind": "abacus"}, "kind", "Choose from the list."),
    ("kind", {"stage": "'; DROP TABLE members"}, "stage", "Choose from the list."),
    ("kind", {"year_started": "last year"}, "year_started", "four digits"),
    ("kind", {"year_started": "٢٠١٩"}, "year_started", "four digits"),
    ("kind", {"year_started": "0012"}, "year_started", "Enter a year from 1900"),
    ("kind", {"year_started": "-201"}, "year_started", "four digits"),
    ("functions", {"functions": ["detect", "unknown"]}, "functions", "Choose from the list."),
    ("functions", {"offences": "uncac-99"}, "offences", "Choose from the list."),
    ("users", {"sectors": "space"}, "sectors", "Choose from the list."),
    ("standards", {"standards_read": "x" * 5_000}, "standards_read", "Choose from the list."),
    ("licence", {"licence": "MIT-ish"}, "licence", "Choose from the list."),
    ("licence", {"code_url": "javascript:alert(1)"}, "code_url", "begins with http"),
    ("licence", {"demo_url": "https://example.org/" + "x" * 500}, "demo_url", "Shorten this to 500"),
    ("organisation", {"organisation_id": "999999"}, "organisation_id", "Choose from the list."),
    ("organisation", {"organisation_id": "²"}, "organisation_id", "Choose from the list."),
    ("countries", {"countries": ["GE", "XX"]}, "countries", "Choose from the list."),
    ("sources", {"sources-0-url": "example.org"}, "sources-0-url", "begins with http"),
    ("sources", {"sources-1-title": "No address"}, "sources-1-url", "Enter the web address"),
    (
        "sources",
        {"sources-0-url": "https://example.org", "sources-0-retrieved_on": "27.03.2026"},
        "sources-0-retrieved_on",
        "year-month-day",
    ),
    ("sources", {"sources-0-title": "t" * 201}, "sources-0-url", "Enter the web address"),
    ("audience", {"audience": "everybody", "tlp": "CLEAR"}, "audience", "Choose"),
    ("audience", {"audience": "people", "tlp": "RED"}, "audience", "Choose from the list."),
    ("audience", {"audience": "public", "tlp": "RED"}, "tlp", "Choose from the list."),
    ("audience", {"audience": "public", "tlp": "GREEN"}, "audience", "does not allow"),
    ("audience", {"audience": "law_enforcement", "tlp": "CLEAR"}, "audience", "does not allow"),
    ("audience", {"audience": "organisations", "tlp": "AMBER"}, "audience", "Name at least one"),
    (
        "audience",
        {"audience": "law_enforcement", "tlp": "AMBER", "le_countries": "Georgia"},
        "le_countries",
        "Choose from the list.",
    ),
]


@pytest.mark.parametrize(("part", "typed", "field", "said"), WRONG)
def test_what_cannot_be_accepted_is_named_at_its_field_and_kept(partner, address, part, typed, field, said):
    answer = partner.act(f"{address}/{part}", {"version": "1", **typed})
    assert answer.status_code == 422
    found = problems(answer)
    assert field in found, found
    assert said in found[field]
    for value in typed.values():
        for text in value if isinstance(value, list) else [value]:
            if part in {"name", "problem", "description", "sources"}:  # the rest is chosen, not typed
                assert text[:100] in words_and_values(answer)


def words_and_values(answer):
    page = parse(answer.text)
    values = [field.get("value") or "" for field in page.iter("input")]
    return "\n".join([*values, *(field.text or "" for field in page.iter("textarea"))])


@pytest.mark.parametrize("part", ["problem", "description"])
def test_two_megabytes_of_text_come_back_whole(partner, address, part):
    text = "word " * (MAX_TEXT // 5)
    answer = partner.act(f"{address}/{part}", {"version": "1", part: text})
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert f"it has {len(text.strip())}." in answer.text


def test_more_than_two_megabytes_are_refused_and_the_last_save_is_kept(partner, address):
    partner.act(f"{address}/description", {"version": "1", "description": "Saved before."})
    answer = partner.act(f"{address}/description", {"version": "2", "description": "x" * (MAX_TEXT + 1)})
    assert answer.status_code == 413
    assert "what you saved before is kept" in answer.text
    assert "Saved before." in partner.get(f"{address}/description").text


def test_a_body_without_end_is_refused(partner, address):
    token = partner.token()
    body = f"csrf_token={token}&description=".encode() + b"x" * (4 * MAX_TEXT)
    answer = partner.post(
        f"{address}/description", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413


def test_letters_of_three_bytes_are_counted_as_letters(partner, address):
    answer = partner.act(f"{address}/problem", {"version": "1", "problem": "ა" * 2_000})
    assert answer.status_code == 303


@pytest.mark.parametrize("name", ["a\x00b", "\x00"])
def test_nul_does_no_harm(partner, address, name):
    answer = partner.act(f"{address}/name", {"version": "1", "name": name})
    assert answer.status_code in {303, 422}


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}",
        "%(name)s %s",
    ],
)
def test_what_looks_like_code_is_shown_as_it_was_typed(partner, address, typed):
    assert partner.act(f"{address}/name", {"version": "1", "name": typed}).status_code == 303
    for page in (address, f"{address}/name", "/innovations/mine"):
        shown = partner.get(page).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert typed in words_and_values(partner.get(f"{address}/name"))


@pytest.mark.parametrize("typed", ["\u202eevil", "\u200b", "…!"])
def test_a_name_that_deceives_or_says_nothing_is_refused(partner, address, typed):
    assert partner.act(f"{address}/name", {"version": "1", "name": typed}).status_code == 422


def test_a_file_in_place_of_a_text_does_no_harm(partner, address):
    answer = partner.act(f"{address}/name", {"version": "1", "name": (io.BytesIO(b"x"), "x.txt")})
    assert answer.status_code == 422


def test_line_ends_are_kept_as_lines(partner, address):
    partner.act(f"{address}/problem", {"version": "1", "problem": "one\r\ntwo\r\n\r\nthree"})
    assert "\none\ntwo\n\nthree\n" in words_and_values(partner.get(f"{address}/problem"))


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30, "1.5", "²"])
def test_an_unreadable_version_counts_as_stale(partner, address, version):
    answer = partner.act(f"{address}/problem", {"version": version, "problem": "My words"})
    assert answer.status_code == 409
    assert "My words" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"sources-²-url": "https://example.org/"},
        {f"sources-{'9' * 5_000}-url": "https://example.org/"},
        {"sources-99999999999-url": "https://example.org/"},
        {"sources--1-url": "https://example.org/"},
        {"sources-0": "x", "sources": "y"},
        {f"sources-{number}-url": "https://example.org/" for number in range(60)},
    ],
    ids=["superscript", "5000 digits", "large", "negative", "no field", "sixty"],
)
def test_numbers_of_sources_that_no_page_sends_do_no_harm(partner, address, fields):
    assert partner.act(f"{address}/sources", {"version": "1", **fields}).status_code in {303, 422}


def test_thirty_one_sources_are_one_too_many(partner, address):
    fields = {f"sources-{number}-url": f"https://example.org/{number}" for number in range(31)}
    answer = partner.act(f"{address}/sources", {"version": "1", **fields})
    assert answer.status_code == 422
    assert "Give at most 30 rows." in answer.text
    assert "https://example.org/30" in answer.text


def test_a_form_without_its_token_is_refused_and_keeps_the_words(partner, address):
    answer = partner.post(f"{address}/problem", data={"version": "1", "problem": "My long words"})
    assert answer.status_code == 400
    assert "This form is no longer valid" in answer.text
    assert "My long words" in answer.text
    assert "Back to the form" in answer.text or "Go to the home page" in answer.text


def test_a_forged_token_is_refused(partner, address):
    answer = partner.post(
        f"{address}/problem", data={"csrf_token": secrets.token_hex(), "version": "1", "problem": "x"}
    )
    assert answer.status_code == 400


def test_a_stale_form_of_our_own_page_can_be_sent_again(partner, address):
    answer = partner.post(
        f"{address}/problem",
        data={"version": "1", "problem": "My long words"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "Send it again" in answer.text


def test_a_signed_out_person_keeps_the_words(client, address):
    answer = client.post(f"{address}/problem", data={"version": "1", "problem": "My long words"})
    assert answer.status_code in {400, 403}
    assert "My long words" in answer.text


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data", ""])
def test_a_body_of_another_kind_is_no_form(partner, address, content_type):
    answer = partner.post(f"{address}/problem", data=b"{\xff\x00", content_type=content_type)
    assert answer.status_code in {400, 415, 422}


@pytest.mark.parametrize("path", ["/innovations/new", "{address}", "{address}/name"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(partner, address, path, method):
    answer = partner.open(path.format(address=address), method=method)
    assert answer.status_code in {400, 405}
