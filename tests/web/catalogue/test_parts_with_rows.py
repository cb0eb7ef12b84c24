"""Parts of several rows: kept, given back when something is wrong, limited, merged, and shown as people read them."""

import pytest

from hub.catalogue.models import OrganisationRole
from hub.vocabularies.loader import vocabulary
from hub.web.security import MAX_FIELDS
from tests.catalogue.records import draft, save, taken
from tests.factories import make_member
from tests.web.catalogue.pages import entered, hidden, problems
from tests.web.client import fields_of, parse, words

ROWS = {
    "partners": (
        "organisations",
        {"name": "Fictional Fund", "role": "funder"},
        lambda revision: [(each.name, each.role) for each in revision.organisations],
        [("Fictional Fund", OrganisationRole.FUNDER)],
    ),
    "countries": (
        "unsuitable",
        {"country": "DE", "reason": "One number for each person is not allowed."},
        lambda revision: [(each.country, each.note) for each in revision.unsuitable_in],
        [("DE", "One number for each person is not allowed.")],
    ),
    "prerequisites": (
        "prerequisites",
        {"area": "data", "need": "Notices in one feed.", "topic": "data.procurement"},
        lambda revision: [(each.area, each.need, each.topic) for each in revision.prerequisites],
        [("data", "Notices in one feed.", "data.procurement")],
    ),
    "sources": (
        "sources",
        {"url": "https://example.org/x", "title": "About it", "retrieved_on": "2026-03-27"},
        lambda revision: [(each.url, each.title) for each in revision.sources],
        [("https://example.org/x", "About it")],
    ),
}


@pytest.fixture
def revision(scene):
    return draft(scene, sources=())


@pytest.fixture
def address(revision):
    return f"/innovations/{revision.innovation.slug}/edit"


def row(name, number, values):
    """Return one row as a form sends it."""
    return {f"{name}-{number}-{field}": value for field, value in values.items()}


def send(browser, address, part, fields, version="1", **more):
    kept = {"countries": ["GE"]} if part == "countries" else {}
    return browser.act(f"{address}/{part}", {"version": version, **kept, **fields, **more})


@pytest.mark.db
@pytest.mark.parametrize("part", ROWS)
def test_a_row_is_stored_and_stands_in_its_page_again(partner, address, revision, part):
    name, values, read, expected = ROWS[part]
    assert send(partner, address, part, row(name, 0, values)).status_code == 303
    assert read(revision) == expected
    page = parse(partner.get(f"{address}/{part}").text)
    shown = {field.get("name"): field for field in fields_of(page)}
    assert f"{name}-0-{next(iter(values))}" in shown
    for field, value in values.items():
        assert value in entered(shown[f"{name}-0-{field}"])
    assert f"{name}-1-{next(iter(values))}" in shown, "there is room for one more"


@pytest.mark.parametrize("part", ROWS)
def test_emptied_rows_are_gone(partner, address, revision, part):
    name, values, read, _expected = ROWS[part]
    send(partner, address, part, row(name, 0, values))
    empty = row(name, 0, dict.fromkeys(values, ""))
    assert send(partner, address, part, empty, version="2").status_code == 303
    assert read(revision) == []


@pytest.mark.parametrize("part", ROWS)
def test_thirty_one_rows_are_one_too_many_and_all_come_back(partner, address, revision, part):
    name, values, read, _expected = ROWS[part]
    codes = sorted(vocabulary("countries").codes)
    fields = {}
    for number in range(31):
        unlike = {
            "country": codes[number],
            "name": f"Office {number}",
            "need": f"Need {number}",
            "url": f"https://example.org/{number}",
        }
        fields |= row(name, number, {key: unlike.get(key, value) for key, value in values.items()})
    answer = send(partner, address, part, fields)
    assert answer.status_code == 422
    assert problems(answer) == {name: "Give at most 30 rows."}
    last = {field.get("name"): field for field in fields_of(parse(answer.text))}
    for field, value in fields.items():
        assert value in entered(last[field])
    assert read(revision) == []


@pytest.mark.parametrize("part", ROWS)
def test_a_page_full_of_rows_has_far_fewer_fields_than_a_form_may_have(partner, address, part):
    name, values, _read, _expected = ROWS[part]
    fields = {}
    for number in range(33):
        fields |= row(name, number, dict.fromkeys(values, "x" * 2_001))
    answer = send(partner, address, part, fields)
    assert answer.status_code == 422
    options = list(parse(answer.text).find(".//main").iter("option"))
    several = {each.get("value") for each in options if each.get("value")} if part == "countries" else ()
    assert len(fields_of(parse(answer.text).find(".//main"))) + len(several) < MAX_FIELDS


WRONG = [
    ("partners", row("organisations", 0, {"name": "Fund", "role": ""}), "organisations-0-role", "Choose the role"),
    ("partners", row("organisations", 0, {"name": "", "role": "funder"}), "organisations-0-name", "Enter the name"),
    ("partners", row("organisations", 0, {"name": "Fund", "role": "owner"}), "organisations-0-role", "from the list"),
    ("partners", row("organisations", 0, {"name": "x" * 501, "role": "funder"}), "organisations-0-name", "Shorten"),
    ("partners", row("organisations", 0, {"name": "F\u202eund", "role": "funder"}), "organisations", "hidden sign"),
    (
        "partners",
        row("organisations", 0, {"name": "Fund", "role": "funder"})
        | row("organisations", 1, {"name": "FUND", "role": "funder"}),
        "organisations",
        "Name each organisation once in each role.",
    ),
    ("countries", row("unsuitable", 0, {"country": "DE", "reason": ""}), "unsuitable-0-reason", "Say why"),
    ("countries", row("unsuitable", 0, {"country": "", "reason": "Law"}), "unsuitable-0-country", "Choose the country"),
    ("countries", row("unsuitable", 0, {"country": "XX", "reason": "Law"}), "unsuitable-0-country", "from the list"),
    ("countries", row("unsuitable", 0, {"country": "DE", "reason": "x" * 2_001}), "unsuitable-0-reason", "Shorten"),
    ("countries", row("unsuitable", 0, {"country": "DE", "reason": "a\u202eb"}), "unsuitable", "hidden sign"),
    (
        "countries",
        row("unsuitable", 0, {"country": "DE", "reason": "a"}) | row("unsuitable", 1, {"country": "DE", "reason": "b"}),
        "unsuitable",
        "Name each country once.",
    ),
    ("prerequisites", row("prerequisites", 0, {"area": "", "need": "x"}), "prerequisites-0-area", "Choose an area"),
    ("prerequisites", row("prerequisites", 0, {"area": "law", "need": ""}), "prerequisites-0-need", "Say what"),
    ("prerequisites", row("prerequisites", 0, {"area": "moon", "need": "x"}), "prerequisites-0-area", "from the list"),
    (
        "prerequisites",
        row("prerequisites", 0, {"area": "law", "need": "x", "topic": "law.none"}),
        "prerequisites-0-topic",
        "from the list",
    ),
    (
        "prerequisites",
        row("prerequisites", 0, {"area": "law", "need": "x", "topic": "data.procurement"}),
        "prerequisites-0-topic",
        "of the same area",
    ),
    ("prerequisites", row("prerequisites", 0, {"area": "law", "need": "x" * 2_001}), "prerequisites-0-need", "Shorten"),
]  # fmt: skip


def test_the_summary_names_the_row(partner, address):
    good = row("prerequisites", 0, {"area": "law", "need": "x"})
    answer = send(
        partner, address, "prerequisites", good | row("prerequisites", 1, {"area": "", "need": "y"})
    )
    assert problems(answer) == {"prerequisites-1-area": "Prerequisites, row 2: Choose an area."}


@pytest.mark.parametrize(("part", "fields", "field", "said"), WRONG)
def test_what_is_wrong_in_a_row_is_named_there_and_kept(
    partner, address, revision, part, fields, field, said
):
    answer = send(partner, address, part, fields)
    assert answer.status_code == 422
    found = problems(answer)
    assert said in found.get(field, ""), found
    shown = {each.get("name"): each for each in fields_of(parse(answer.text))}
    for name, value in fields.items():
        if not name.endswith(("-role", "-country", "-area", "-topic")):
            assert value in entered(shown[name])


def test_a_common_prerequisite_tells_the_area(partner, address, revision):
    fields = row("prerequisites", 0, {"area": "", "need": "Two of them.", "topic": "staff.analysts"})
    assert send(partner, address, "prerequisites", fields).status_code == 303
    assert [(each.area, each.topic) for each in revision.prerequisites] == [("staff", "staff.analysts")]


def test_common_prerequisites_stand_under_their_area(partner, address):
    page = parse(partner.get(f"{address}/prerequisites").text)
    groups = [each.get("label") for each in page.iter("optgroup")]
    assert groups[:6] == ["Law", "Data", "Registry", "Staff", "Technology", "Budget"]


@pytest.mark.parametrize("keep", ["mine", "theirs"])
@pytest.mark.parametrize("part", [part for part in ROWS if part != "sources"])
def test_rows_are_merged_after_two_saves_at_once(partner, new_client, scene, address, revision, part, keep):
    name, values, read, _expected = ROWS[part]
    other = new_client().become(make_member(represents=[scene.owner]))
    free = "need" if part == "prerequisites" else "reason" if part == "countries" else "name"
    mine, theirs = ({**values, free: words} for words in ("Mine.", "Theirs."))
    assert send(other, address, part, row(name, 0, theirs)).status_code == 303
    answer = send(partner, address, part, row(name, 0, mine))
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text
    answer = partner.act(f"{address}/{part}", {**hidden(answer), f"choice-{name}": keep})
    assert answer.status_code == 303
    (stored,) = read(revision)
    assert ("Mine." if keep == "mine" else "Theirs.") in stored


def test_rows_are_told_in_words_before_they_are_sent_and_in_review(partner, coordinator, scene):
    revision = draft(scene)
    slug = revision.innovation.slug
    for part, (name, values, _read, _expected) in ROWS.items():
        send(partner, f"/innovations/{slug}/edit", part, row(name, 0, values), version=str(revision.version))
    page = words(parse(partner.get(f"/innovations/{slug}/check").text).find(".//main"))
    for told in (
        "Fictional Fund · Funder",
        "Germany · One number for each person is not allowed.",
        "Data · Procurement data in bulk · Notices in one feed.",
        "About it · https://example.org/x",
    ):
        assert told in page, told


def test_a_comment_at_a_field_of_rows_stands_on_its_page(partner, scene, coordinator):
    revision = taken(scene)
    slug = revision.innovation.slug
    answer = coordinator.act(
        f"/innovations/{slug}/request-changes",
        {"reasons": "no_source", "words": "See below.", "comment-prerequisites": "Which law?"},
    )
    assert answer.status_code == 303
    assert "Which law?" in partner.get(f"/innovations/{slug}/edit/prerequisites").text
    assert "Needs a change" in partner.get(f"/innovations/{slug}/edit").text
    fields = row("prerequisites", 0, {"area": "law", "need": "A law on procurement."})
    send(partner, f"/innovations/{slug}/edit", "prerequisites", fields, version=str(revision.version))
    assert "Needs a change" not in partner.get(f"/innovations/{slug}/edit").text


def test_organisations_that_the_hub_knows_are_found_by_their_name(partner, address, revision, scene):
    fields = row("organisations", 0, {"name": scene.owner.name.upper(), "role": "maintainer"})
    send(partner, address, "partners", fields)
    assert [each.organisation_id for each in revision.organisations] == [scene.owner.id]


def test_saving_other_parts_keeps_the_rows(partner, scene, address, revision):
    send(partner, address, "partners", row("organisations", 0, {"name": "Fund", "role": "funder"}))
    save(scene.partner, revision, problem="Another part.")
    assert [each.name for each in revision.organisations] == ["Fund"]
