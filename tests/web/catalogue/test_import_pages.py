"""Importing in the browser: template, check, drafts, submission; and the download of search results."""

import csv
import io
import json

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from hub.catalogue.models import ApprovalBatch, ImportRun, Innovation, RevisionStatus
from hub.core.database import session
from hub.core.pagination import MAX_DEPTH
from hub.jobs.importing import Importer
from hub.search.queries import find
from hub.web.catalogue import exporting
from hub.web.limits import limiter
from hub.web.security import MAX_FILE_BODY
from tests.catalogue.records import MEMBERS, published
from tests.factories import make_member

HEADER = "source,external_id,name,short_description,kind,functions,countries,organisation,audience,sources"
GOOD = "registry,{n},Record {n},Short,software,detect,GE,Bureau,public,https://example.org/{n}"
BAD = "registry,{n},Record {n},Short,spaceship,detect,GE,Bureau,public,https://example.org/{n}"


def lines(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


@pytest.fixture
def focal_point(database, new_client):
    return new_client().become(make_member(focal_country="GE"))


@pytest.fixture
def work(app, database):
    """Do what waits for the worker."""
    folder = app.extensions["hub"].settings.instance

    def run():
        database.commit()
        while Importer(app.extensions["hub"].bind, folder).step():
            database.rollback()
            database.commit()

    return run


def send(client, content, name="records.csv", **fields):
    data = {"language": "en-GB", **fields, "csrf_token": client.token()}
    if content is not None:
        raw = content if isinstance(content, bytes) else content.encode()
        data["file"] = FileStorage(io.BytesIO(raw), name)
    boundary, body = encode_multipart(data)
    return client.post(
        "/innovations/import", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def checked(client, work, content, name="records.csv"):
    """Send a file and have it checked; return the address of its page."""
    answer = send(client, content, name)
    assert answer.status_code == 303, answer.text
    work()
    return answer.location


def test_ten_rows_with_two_bad_ones_are_checked_imported_mended_and_submitted(focal_point, work):
    rows = [(BAD if n in (3, 7) else GOOD).format(n=n) for n in range(1, 11)]
    page = checked(focal_point, work, lines(*rows))
    text = focal_point.get(page).text
    assert "Import the 8 good rows" in text
    assert "Line 4" in text
    assert "Line 8" in text
    assert "“spaceship” is not in the list of codes for this column. Use one of these: software," in text
    assert "Mend the file first" in text
    assert session().scalars(select(Innovation)).all() == []

    answer = focal_point.act(f"{page}/start")
    work()
    report = focal_point.get(answer.location).text
    assert "Submit the 8 complete drafts" in report
    assert "Send the mended file" in report
    assert "Record 10" in report

    mended = lines(*(GOOD.format(n=n) for n in range(1, 11)))
    page = checked(focal_point, work, mended)
    text = focal_point.get(page).text
    assert "Import the 2 good rows" in text
    assert "Mend the file first" not in text
    answer = focal_point.act(f"{page}/start")
    work()
    session().rollback()
    assert len(session().scalars(select(Innovation)).all()) == 10

    focal_point.act(f"{answer.location}/submit", {"source": "GE/registry"})
    session().rollback()
    (batch,) = session().scalars(select(ApprovalBatch)).all()
    assert len(batch.revisions) == 10
    assert {each.status for each in batch.revisions} == {RevisionStatus.SUBMITTED}
    assert "No imported draft waits for you." in focal_point.get(answer.location).text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (f"{HEADER}\n", "a.csv", "This file has a heading but no rows."),
        ("[]", "a.json", "This file has no records."),
    ],
)
def test_a_file_without_rows_says_so(focal_point, work, content, name, words):
    text = focal_point.get(checked(focal_point, work, content, name)).text
    assert words in text
    assert "No row of this file" not in text


def test_template_and_earlier_imports_come_before_the_columns(focal_point):
    send(focal_point, lines(GOOD.format(n=1)))
    text = focal_point.get("/innovations/import").text
    assert text.index("Template as CSV") < text.index("Your imports") < text.index('id="columns"')


def test_what_is_too_large_for_the_browser_is_told_where_it_can_be_imported(focal_point):
    answer = send(focal_point, b"x" * (MAX_FILE_BODY + 1))
    assert answer.status_code == 413
    assert "up to 20 MB" in answer.text
    assert "up to 100 MB" in answer.text


def test_incomplete_drafts_say_what_is_missing(focal_point, work):
    page = checked(focal_point, work, "source,external_id,name\nregistry,1,Alone\n")
    answer = focal_point.act(f"{page}/start")
    work()
    text = focal_point.get(answer.location).text
    assert "Still missing:" in text
    assert "Kind, stage and year" in text
    assert "None of these drafts is complete, so nothing can be submitted yet. Missing:" in text
    assert "Submit the" not in text
    answer = focal_point.act(f"{answer.location}/submit", {"source": "GE/registry"})
    assert "None of these drafts is complete" in focal_point.get(answer.location).text


def test_a_run_waits_for_the_worker_and_says_so(focal_point):
    page = send(focal_point, lines(GOOD.format(n=1))).location
    text = focal_point.get(page).text
    assert "The file waits for its turn." in text
    assert 'hx-trigger="every 2s"' in text
    assert f'hx-get="{page}"' in text
    assert f'<a href="{page}">Look again</a>' in text


def test_starting_twice_imports_once(focal_point, work):
    page = checked(focal_point, work, lines(GOOD.format(n=1)))
    first = focal_point.act(f"{page}/start")
    second = focal_point.act(f"{page}/start")
    assert first.location == second.location
    assert len(session().scalars(select(ImportRun)).all()) == 2


def test_a_run_that_is_not_checked_yet_cannot_be_started(focal_point):
    page = send(focal_point, lines(GOOD.format(n=1))).location
    assert focal_point.act(f"{page}/start").status_code == 409


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (None, "", "Choose a file."),
        (b"", "a.csv", "empty"),
        (b"%PDF-1.7", "a.pdf", "not taken"),
        (b"<svg/>", "a.csv", "not CSV"),
        (b"PK\x03\x04", "a.json", "not JSON"),
        (b"caf\xe9", "a.csv", "UTF-8"),
    ],
)
def test_what_is_no_table_is_named_at_the_field(focal_point, content, name, words):
    answer = send(focal_point, content, name)
    assert answer.status_code == 422
    assert words in answer.text
    assert session().scalars(select(ImportRun)).all() == []


def test_a_file_without_header_is_refused_on_its_page(focal_point, work):
    text = focal_point.get(checked(focal_point, work, "a,b\n1,2\n")).text
    assert "This file cannot be imported" in text
    assert "name the columns" in text


def test_nothing_to_do_is_said(focal_point, work):
    text = focal_point.get(checked(focal_point, work, lines(BAD.format(n=1)))).text
    assert "No row of this file would change anything." in text


def test_a_cell_is_shown_and_never_run(focal_point, work):
    row = "registry,<b>1</b>,Record,Short,<script>alert(1)</script>,detect,GE,Bureau,public,"
    text = focal_point.get(checked(focal_point, work, lines(row))).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_a_run_is_shown_to_nobody_else(focal_point, coordinator, client, work):
    page = checked(focal_point, work, lines(GOOD.format(n=1)))
    assert coordinator.get(page).status_code == 404
    assert coordinator.act(f"{page}/start").status_code == 404
    assert client.get(page).status_code == 303


def test_members_without_a_role_do_not_import(new_client, database):
    member = new_client().become(make_member())
    assert member.get("/innovations/import").status_code == 403


def test_somebody_elses_collection_is_not_submitted(focal_point, work):
    page = checked(focal_point, work, lines(GOOD.format(n=1)))
    answer = focal_point.act(f"{page}/submit", {"source": "ES/registry"})
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_template_imports_as_it_is(focal_point, work, kind):
    answer = focal_point.get(f"/innovations/import/template.{kind}", buffered=True)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=innovations.{kind}"
    text = focal_point.get(checked(focal_point, work, answer.data, f"innovations.{kind}")).text
    assert "Import the 1 good row" in text
    assert "What to mend" not in text


def test_there_is_no_template_of_another_format(focal_point):
    assert focal_point.get("/innovations/import/template.xlsx").status_code == 404


def test_the_way_to_the_import_is_shown(focal_point, coordinator):
    for address in ("/innovations/mine", "/innovations/new"):
        assert 'href="/innovations/import"' in focal_point.get(address).text
    assert 'href="/innovations/import"' in coordinator.get("/innovations/mine").text


@pytest.fixture
def fresh_limits():
    limiter.limiter.storage.reset()
    yield
    limiter.limiter.storage.reset()


def download(client, address):
    return client.get(address, buffered=True)


def test_results_are_downloaded_with_the_same_filters(client, scene, index, fresh_limits):
    published(scene, name="Ledger")
    published(scene, name="Hidden ledger", readership=MEMBERS)
    published(scene, name="Data", kind="data")
    index()
    text = client.get("/innovations?kind=software&q=ledger").text
    assert "/innovations/export?" in text
    answer = download(client, "/innovations/export?q=ledger&kind=software&format=csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row["name"] for row in rows] == ["Ledger"]
    answer = download(client, "/innovations/export?format=json")
    assert len(json.loads(answer.data)["innovations"]) == 2


def test_a_download_is_one_search_however_long(client, scene, index, fresh_limits, monkeypatch):
    for number in range(3):
        published(scene, name=f"Ledger {number}")
    index()
    asked = []
    monkeypatch.setattr(exporting, "find", lambda engine, query: asked.append(query) or find(engine, query))
    rows = download(client, "/innovations/export?q=ledger").data.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(rows, newline="")))) == 3
    assert [query.page.per_page for query in asked] == [MAX_DEPTH]


def test_a_members_download_holds_nothing_but_what_is_public(partner, scene, index, fresh_limits):
    published(scene, name="For members", readership=MEMBERS)
    index()
    assert "For members" in partner.get("/innovations").text
    for address in ("/innovations/export", "/innovations/export?q=members"):
        assert b"For members" not in download(partner, address).data


def test_five_downloads_an_hour(client, database, fresh_limits):
    answers = [download(client, "/innovations/export?format=json").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_an_unknown_format_is_not_found(client, database):
    assert client.get("/innovations/export?format=xlsx").status_code == 404
