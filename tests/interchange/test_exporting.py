"""What is exported is public, is disarmed, and imports again as unchanged."""

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.catalogue.models import (
    Innovation,
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.catalogue.texts.service import save_texts
from hub.core.database import session, transaction
from hub.interchange.exporting import export_pieces
from hub.interchange.importing import import_rows
from hub.interchange.reading import read_file
from tests.catalogue.records import MEMBERS, draft, make_scene, published, submitted
from tests.factories import make_member

pytestmark = pytest.mark.db

EVERYTHING = {
    "name": '=Ledger, "of" gifts 🙂',
    "problem": "'=1+1\n\nNew paragraph; with | signs \\ and\ttabs",
    "description": "# Head\n\n- one\n- two",
    "results": "-5 %",
    "staffing": "n/a",
    "year_started": 2019,
    "offences": ("uncac-16", "uncac-15"),
    "languages": ("ka", "en"),
    "licence": "MIT",
    "website_url": "https://example.org/a?b=c|d",
    "contact_address": "office@example.org",
    "countries": ("GE", "ES"),
    "unsuitable": (UnsuitableDetails("FR", "No law | yet\nand none planned \\n"),),
    "organisations": (
        OrganisationDetails(OrganisationRole.FUNDER, "A | B"),
        OrganisationDetails(OrganisationRole.EVALUATOR, "=C"),
    ),
    "prerequisites": (
        PrerequisiteDetails("law", "A law", "law.open_contracting"),
        PrerequisiteDetails("staff", "Two people"),
    ),
    "sources": (
        SourceDetails("https://example.org/1", "", date(2026, 3, 27)),
        SourceDetails("https://example.org/2", "@title"),
    ),
}


def exported(kind, public_ids=None):
    session().commit()
    return "".join(export_pieces(kind, "https://hub.example", public_ids))


def table(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def everything(database):
    """A public record that says everything, with two translations."""
    scene = make_scene()
    revision = draft(scene, **EVERYTHING)
    with transaction():
        texts = {"ka": {"name": "წიგნი", "problem": "+ხარვეზი"}, "ar": {"name": "سجل"}}
        save_texts(scene.partner, revision, texts, version=revision.version)
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
        publish_revision(scene.coordinator, revision)
    published(scene, name="Another")
    return scene


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_exported_imports_as_unchanged(everything, tmp_path, kind):
    path = tmp_path / "out"
    path.write_text(exported(kind), encoding="utf-8", newline="")
    for actor in (everything.partner, everything.coordinator, make_member(focal_country="ID")):
        report = import_rows(actor, read_file(path, kind), language="en-GB")
        assert report.to_json() == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 0, "problems": []}


def test_an_edited_export_changes_only_what_was_edited(everything, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text(exported("csv").replace("# Head", "# Heading"), encoding="utf-8", newline="")
    report = import_rows(everything.partner, read_file(path, "csv"), language="en-GB")
    assert (report.updated, report.unchanged, report.problems) == (1, 1, [])


def test_no_cell_of_an_export_runs(everything):
    rows = list(csv.reader(io.StringIO(exported("csv").removeprefix("\ufeff"), newline="")))
    assert len(rows) == 3, "headings and two records"
    cells = [cell for row in rows for cell in row]
    assert "'" + EVERYTHING["name"] in cells
    assert "'" + EVERYTHING["results"] in cells
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_each_record_carries_label_and_identity(everything, kind):
    text = exported(kind)
    rows = table(text) if kind == "csv" else json.loads(text)["innovations"]
    assert len(rows) == 2
    for row in rows:
        assert row["tlp"] == "TLP:CLEAR"
        assert row["audience"] == "public"
        assert str(row["version"]) == "1"
        assert row["address"].startswith("https://hub.example/innovations/")
        assert len(row["id"]) == 22


def test_only_public_records_are_exported(database):
    scene = make_scene()
    published(scene, name="Public")
    published(scene, name="For members", readership=MEMBERS)
    submitted(scene, name="Not yet")
    assert [row["name"] for row in table(exported("csv"))] == ["Public"]
    assert [each["texts"]["en-GB"]["name"] for each in json.loads(exported("json"))["innovations"]] == [
        "Public"
    ]


def test_some_records_in_an_order(database):
    scene = make_scene()
    hidden = published(scene, name="Hidden", readership=MEMBERS).innovation.public_id
    ids = [published(scene, name=name).innovation.public_id for name in "ABC"]
    wanted = [ids[2], hidden, "none", ids[0]]
    assert [row["name"] for row in table(exported("csv", wanted))] == ["C", "A"]


def test_an_export_of_nothing_is_an_empty_file(database):
    assert table(exported("csv")) == []
    assert json.loads(exported("json")) == {"innovations": []}


def test_an_imported_record_is_exported_with_its_own_id(database, bring):
    focal_point, coordinator = make_member(focal_country="GE"), make_member(roles=[Role.COORDINATOR])
    row = {
        "source": "registry",
        "external_id": "a-1",
        "name": "Ledger",
        "short_description": "Short",
        "kind": "software",
        "functions": "detect",
        "countries": "GE",
        "organisation": "Bureau",
        "audience": "public",
        "sources": "https://example.org",
    }
    bring(focal_point, [row])
    revision = session().scalars(select(Innovation)).one().latest_revision
    with transaction():
        submit_revision(focal_point, revision, version=revision.version)
        take_revision(coordinator, revision)
        publish_revision(coordinator, revision)
    (found,) = table(exported("csv"))
    assert (found["source"], found["external_id"]) == ("registry", "a-1")
    assert "GE/" not in exported("json")
