"""What came of a showcase: words of the team, figures for this reader, a picture with its table, and a file."""

import csv
import io
from datetime import timedelta

import pytest
from limits import RateLimitItemPerHour

from hub.core.clock import now
from hub.core.database import session
from hub.showcases.models import ShowcaseStatus, ShowcaseTally
from hub.web.showcases import report
from tests.factories import make_member
from tests.showcases.past import asked_after, led_to_partners, past_showcase, shown_entry, taken_up
from tests.showcases.scenes import GEORGIAN_POLICE, MEMBERS, recorded_innovation, registered
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words


@pytest.fixture
def queries(app):
    return QueryCount(app.extensions["hub"].bind)


SVG = "{http://www.w3.org/2000/svg}"


def address(showcase, ending=""):
    return f"/showcases/{showcase.slug}/report{ending}"


def text_of(answer):
    return words(main_of(answer.text))


def tallied(showcase, months, **figures):
    values = dict.fromkeys(
        (
            "entries",
            "presented",
            "registrations",
            "attended",
            "requests",
            "partnerships",
            "outcomes",
            "replications",
        ),
        0,
    )
    session().add(ShowcaseTally(showcase_id=showcase.id, months=months, **{**values, **figures}))
    session().commit()


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


@pytest.fixture
def showcase(database):
    found = past_showcase(status=ShowcaseStatus.REPORTED, report="**Two** pilots were agreed.")
    innovation = recorded_innovation()
    entry = shown_entry(found, innovation)
    taken_up(innovation, led_to_partners(asked_after(entry)))
    asked_after(entry, title="Requester’s canary")
    registered(found, checked_in_at=now())
    return found


def test_words_figures_and_what_followed_are_shown(client, showcase):
    said = text_of(client.get(address(showcase)))
    assert "Two pilots were agreed." in said
    assert "1 innovation was in the programme; 1 of them was presented." in said
    assert "1 person had a place." in said
    assert "took up" in said
    assert "canary" not in said


def test_figures_of_several_times_are_a_picture_and_the_same_as_a_table(client, showcase):
    assert "The same as a table" not in text_of(client.get(address(showcase)))
    tallied(showcase, 0, requests=1)
    tallied(showcase, 6, requests=2, partnerships=1)
    answer = client.get(address(showcase))
    pictures = [each for each in main_of(answer.text).iter(f"{SVG}svg") if each.get("role") == "img"]
    assert {each.get("class").split()[-1] for each in pictures} == {"columns--wide", "columns--narrow"}
    tables = [each for each in main_of(answer.text).iter("table") if "came__table" in each.get("class", "")]
    said = words(tables[0])
    assert "After the showcase" in said
    assert "After 6 months" in said
    rows = [[words(cell) for cell in row] for row in tables[0].find("tbody")]
    assert rows[0] == ["Requests to those who presented", "1", "2", "2"]
    assert rows[-1] == ["Confirmed replications", "0", "0", "1"]


def test_noughts_alone_are_no_picture(client, database):
    showcase = past_showcase(status=ShowcaseStatus.REPORTED)
    tallied(showcase, 0, requests=0)
    answer = client.get(address(showcase))
    assert "What followed, over time" in answer.text
    assert "came__chart" not in answer.text


def test_what_is_hidden_from_a_reader_changes_nothing_they_read(client, new_client, showcase):
    before = text_of(client.get(address(showcase)))
    hidden = recorded_innovation()
    entry = shown_entry(showcase, hidden)
    taken_up(hidden, led_to_partners(asked_after(entry)))
    hidden.set_readership(GEORGIAN_POLICE)
    session().commit()
    assert text_of(client.get(address(showcase))) == before
    officer = new_client().become(make_member(law_enforcement="GE"))
    assert "2 innovations were in the programme" in text_of(officer.get(address(showcase)))


@pytest.mark.parametrize(
    "status", [ShowcaseStatus.PROGRAMME_PUBLISHED, ShowcaseStatus.LIVE, ShowcaseStatus.CANCELLED]
)
def test_before_the_end_there_is_no_such_page(client, database, status):
    showcase = past_showcase(status=status)
    assert client.get(address(showcase)).status_code == 404
    assert client.get(address(showcase, ".csv")).status_code == 404


def test_outside_the_audience_there_is_none(client, new_client, database):
    showcase = past_showcase(readership=MEMBERS)
    assert client.get(address(showcase)).status_code == 404
    answer = new_client().become(make_member()).get(address(showcase))
    assert "TLP:GREEN" in text_of(answer)
    assert "noindex" in answer.text


def test_words_are_shown_once_they_are_published(client, database):
    showcase = past_showcase(report="Nobody may read this yet.")
    said = text_of(client.get(address(showcase)))
    assert "Nobody may read" not in said
    assert "has not published its report yet" in said


def test_of_what_was_compiled_nothing_is_counted(client, database):
    showcase = past_showcase(
        status=ShowcaseStatus.REPORTED, is_compiled=True, report="It took place in Paris."
    )
    said = text_of(client.get(address(showcase)))
    assert "It took place in Paris." in said
    assert "the hub counted nothing" in said
    assert "In figures" not in said
    assert client.get(address(showcase, ".csv")).status_code == 404


def test_the_file_says_what_the_page_says_under_its_label(client, showcase):
    answer = client.get(address(showcase, ".csv"))
    assert answer.mimetype == "text/csv"
    assert "TLP-CLEAR" in answer.headers["Content-Disposition"]
    rows = rows_of(answer)
    assert {row[0] for row in rows[1:]} == {"TLP:CLEAR"}
    found = {(row[1], row[2], row[3]): row[5] for row in rows[1:]}
    assert found["Entries", "", "Presented"] == "1"
    assert found["What came of it", "Now", "Requests to those who presented"] == "2"
    assert found["What came of it", "Now", "Confirmed replications"] == "1"
    assert "canary" not in answer.text


def test_files_are_limited(client, showcase, monkeypatch):
    monkeypatch.setattr(report, "REPORTS", RateLimitItemPerHour(1, namespace=f"reports-{showcase.public_id}"))
    answers = [client.get(address(showcase, ".csv")).status_code for _ in range(2)]
    assert answers == [200, 429]


def test_the_number_of_queries_does_not_grow(client, showcase, queries):
    client.get(address(showcase))
    with queries:
        client.get(address(showcase))
    first = len(queries)
    for _ in range(3):
        innovation = recorded_innovation()
        entry = shown_entry(showcase, innovation)
        taken_up(innovation, led_to_partners(asked_after(entry)))
        registered(showcase)
    for months in (0, 6, 12):
        tallied(showcase, months)
    with queries:
        client.get(address(showcase))
    assert len(queries) <= first


def test_numbers_are_counted_anew_at_once(client, showcase):
    registered(showcase, created_at=now() - timedelta(days=3))
    assert "2 people had a place." in text_of(client.get(address(showcase)))
