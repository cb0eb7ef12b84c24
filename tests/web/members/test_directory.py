"""The directory: who is in it for whom, words and filters with honest counts, and what helps where nobody is found."""

import re
from datetime import timedelta

import pytest

from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import (
    FieldAudience,
    MemberStatus,
    ProfileScheme,
    ProfileTerm,
    TermAddition,
    TermStatus,
)
from hub.members.profiles.documents import requeue
from tests.factories import make_member, make_profile
from tests.web.client import parse, words

EVERYBODY, MEMBERS, POLICE, NOBODY = (
    FieldAudience.PUBLIC,
    FieldAudience.MEMBERS,
    FieldAudience.LAW_ENFORCEMENT,
    FieldAudience.NOBODY,
)


def add(
    name, audience=EVERYBODY, *, member_type="innovator", country="GE", status=MemberStatus.APPROVED, **said
):
    terms = {scheme.value: said.pop(scheme.value) for scheme in ProfileScheme if scheme.value in said}
    member = make_member(display_name=name, member_type=member_type, country=country, status=status)
    make_profile(member, audience, terms=terms, **said)
    return member


@pytest.fixture
def people(database, index):
    found = {
        "Ana": add(
            "Ana", headline="Reads company registers", skills=["asset_tracing"], languages=["ka", "en"]
        ),
        "Bea": add("Bea", country="ID", headline="Reads tenders", skills=["asset_tracing"], languages=["id"]),
        "Cai": add("Cai", member_type="academia", headline="Trains auditors", languages=["en"]),
        "Dan": add("Dan", MEMBERS, headline="Reads registers of gifts", open_to=["mentor"]),
        "Eve": add("Eve", POLICE, headline="Reads registers of cases"),
        "Fay": add("Fay", NOBODY, headline="Reads registers of risk"),
        "Gus": add("Gus", headline="Reads registers", status=MemberStatus.SUSPENDED),
    }
    index()
    return found


def page_of(client, query=""):
    answer = client.get(f"/members{query}")
    assert answer.status_code == 200
    return parse(answer.text).find(".//main")


def names_on(page):
    return {words(link) for heading in page.iter("h3") for link in heading.iter("a")}


def count_beside(page, name, value):
    for label in page.iter("label"):
        box = label.find("input")
        if box is not None and (box.get("name"), box.get("value")) == (name, value):
            return int(re.search(r"(\d+) results?$", words(label)).group(1))
    return 0


def test_each_reader_finds_those_who_chose_them(client, new_client, people):
    member = new_client().become(make_member())
    officer = new_client().become(make_member(law_enforcement="GE"))
    shown = {"Ana", "Bea", "Cai"}
    for browser, expected in ((client, shown), (member, shown | {"Dan"}), (officer, shown | {"Dan", "Eve"})):
        page = page_of(browser)
        assert names_on(page) == expected
        assert words(page.find(".//h1")) == f"{len(expected)} members"


def test_nobody_is_listed_to_themselves_who_is_to_nobody_else(new_client, people):
    assert "Fay" not in names_on(page_of(new_client().become(people["Fay"])))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=registers", {"Ana"}),
        ("?q=georgian", {"Ana", "Cai"}),  # who speaks it, and who is in Georgia
        ("?q=tracing", {"Ana", "Bea"}),
        ("?skill=asset_tracing", {"Ana", "Bea"}),
        ("?skill=asset_tracing&language=ka", {"Ana"}),
        ("?language=ka&language=id", {"Ana", "Bea"}),
        ("?type=academia", {"Cai"}),
        ("?country=ID", {"Bea"}),
        ("?q=tenders&country=ID&type=innovator", {"Bea"}),
        ("?skill=no-such-skill", {"Ana", "Bea", "Cai"}),
    ],
)
def test_words_and_filters_find(client, people, query, expected):
    assert names_on(page_of(client, query)) == expected


def test_counts_are_those_of_whom_the_reader_may_find(client, new_client, people):
    assert count_beside(page_of(client), "country", "GE") == 2
    officer = new_client().become(make_member(law_enforcement="GE"))
    assert count_beside(page_of(officer), "country", "GE") == 4
    page = page_of(client, "?skill=asset_tracing")
    assert count_beside(page, "country", "ID") == 1
    assert count_beside(page, "type", "academia") == 0


def test_without_results_the_page_says_what_would_help(client, people):
    page = words(page_of(client, "?q=tenders&language=ka"))
    assert "No member matches all of this" in page
    assert "Without “Georgian” there is 1." in page
    assert "Show all members" in page
    assert "Lately changed" in page


@pytest.mark.parametrize("change", ["suspended", "overdue"])
def test_whoever_may_be_found_no_more_is_gone_before_the_index_knows(client, people, change):
    ana = people["Ana"]
    with transaction():
        if change == "suspended":
            ana.status = MemberStatus.SUSPENDED
        else:
            ana.vetted_until = now() - timedelta(days=1)
        requeue(ana)
    assert "Ana" not in names_on(page_of(client))


def test_added_words_stand_among_the_filters_until_they_are_removed(client, people, index):
    used = TermAddition(scheme=ProfileScheme.SKILLS, label="Dowsing", key="dowsing")
    gone = TermAddition(
        scheme=ProfileScheme.SKILLS, label="Swearing", key="swearing", status=TermStatus.REMOVED
    )
    session().add_all([used, gone])
    session().commit()
    add("Hal", skills=[used.code])
    index()
    page = page_of(client, f"?skill={gone.code}&skill={used.code}")
    assert names_on(page) == {"Hal"}
    assert count_beside(page, "skill", used.code) == 1
    assert "Swearing" not in words(page)


def test_a_name_with_hidden_signs_is_shown_marked(client, people, index):
    add("Na\u202eome", headline="Turned round")
    add("Аdmin", headline="Looks like another")  # noqa: RUF001 - a Cyrillic A
    index()
    page = page_of(client)
    marked = [each.get("title") for each in page.iter("span") if each.get("class") == "odd"]
    assert any("U+202E" in each for each in marked)
    assert any("another script" in each for each in marked)
    assert "\u202e" not in words(page)


def test_everybody_is_told_who_is_listed(client, new_client, people):
    assert "Nobody is listed who did not choose it" in words(page_of(client))
    assert "Choose for yourself" in words(page_of(new_client().become(make_member())))


def test_the_results_alone_answer_a_script(client, people):
    answer = client.get("/members?country=ID", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<!DOCTYPE" not in answer.text
    assert "1 member" in answer.text


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99999", "?page=x", "?sort=evidence", "?q=" + "a" * 900, "?type=%00&skill=x-"]
)
def test_any_address_is_answered(client, people, query):
    assert client.get(f"/members{query}").status_code == 200


@pytest.mark.parametrize(("audience", "seen"), [(EVERYBODY, True), (POLICE, False), (NOBODY, False)])
def test_an_added_word_is_shown_where_somebody_shows_it(client, database, index, audience, seen):
    """Its code in the address must not tell what somebody said to others only."""
    somebody = add("Hal", audience)
    with transaction():
        addition = TermAddition(
            scheme=ProfileScheme.SKILLS, label="Quuxology", key="quuxology", added_by_id=somebody.id
        )
        session().add(addition)
        session().flush()
        session().add(ProfileTerm(member_id=somebody.id, scheme=ProfileScheme.SKILLS, code=addition.code))
    session().expire_all()
    with transaction():
        requeue(somebody)
    index()
    answer = client.get(f"/members?skill={addition.code}")
    assert ("Quuxology" in answer.text) is seen
