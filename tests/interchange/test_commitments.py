"""Commitments in CSV: what is read, what is refused in which words, and that an export imports as it was."""

import codecs
from datetime import date

import pytest
from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.commitments.directory import CommitmentFilters, CommitmentSort
from hub.commitments.keeping.details import PartyDetails
from hub.commitments.keeping.importing import import_commitments
from hub.commitments.loading import load_commitments
from hub.commitments.milestones.details import MilestoneDetails
from hub.commitments.models import ActionPlan, Commitment, CommitmentStatus, PartyRole
from hub.commitments.queries import commitment_by_code
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError
from hub.interchange.commitments import (
    MOST_ROWS,
    commitment_pieces,
    commitment_template,
    import_file,
    read_commitments,
)
from hub.interchange.reading import UnreadableError
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.interchange.conftest import as_text

ROW = {
    "code": "GE0001",
    "country": "GE",
    "plan_name": "Plan",
    "plan_year": "2016",
    "title": "Open the register",
}


def read(*rows):
    text = rows[0] if isinstance(rows[0], str) else as_text([{**ROW, **row} for row in rows], "csv")
    return read_commitments(text.encode())


def bring(actor, *rows, publish=False, is_dry_run=False):
    return import_file(actor, read(*rows), publish=publish, is_dry_run=is_dry_run)


def problems(file):
    return [(each.record, each.line, each.field) for row in file.rows for each in row.problems]


def test_a_row_is_read_whole():
    row = {
        "code": " ge0001",
        "policy_areas": "E-Government; open_data",
        "supporter": "Institute, the 🌍 one\nUnion | ES",
        "interest": "| fr",
        "starts_on": "2016-05",
        "ends_on": "2017-02",
        "plan_number": "3",
        "objective": "First line\r\nsecond line 🎉",
        "milestones": "The law is passed | 2016-12-31\nThe register is open",
    }
    entry = read(row).rows[0].entry
    details = entry.details
    assert (details.code, details.plan.number, details.language) == ("GE0001", 3, "en-GB")
    assert details.policy_areas == ("e_government", "open_data")
    assert details.parties == (
        PartyDetails(PartyRole.SUPPORTER, "Institute, the 🌍 one"),
        PartyDetails(PartyRole.SUPPORTER, "Union", "ES"),
        PartyDetails(PartyRole.INTEREST, "", "FR"),
    )
    assert (details.starts_on.isoformat(), details.ends_on.isoformat()) == ("2016-05-01", "2017-02-28")
    assert entry.milestones == (
        MilestoneDetails("The law is passed", "", date(2016, 12, 31)),
        MilestoneDetails("The register is open"),
    )
    assert details.objective == "First line\nsecond line 🎉"


@pytest.mark.parametrize(
    "mark", [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_marks_and_delimiters_make_no_difference(mark, delimiter):
    text = "\n".join(delimiter.join(cells) for cells in (ROW.keys(), ROW.values()))
    assert read_commitments(mark[0] + text.encode(mark[1])).rows[0].entry.details.title == "Open the register"


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("plan_year", "20166"),
        ("plan_number", "third"),
        ("starts_on", "May 2016"),
        ("retrieved_on", "2026-02-30"),
        ("policy_areas", "sunshine"),
        ("title", " "),
        ("lead", "a | b | c"),
        ("milestones", "The law | soon"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(field, cell):
    file = read({field: cell})
    assert problems(file) == [("GE0001", 2, field)]
    assert file.rows[0].entry is None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Open dat", "“Open dat” is not in the list for this column. Did you mean open_data?"),
        (
            "sunshine",
            "“sunshine” is not in the list for this column. The form for one commitment shows the list.",
        ),
    ],
)
def test_an_unknown_policy_area_names_the_nearest(cell, words):
    assert read({"policy_areas": cell}).rows[0].problems[0].words() == words


def test_a_row_that_stands_there_twice_names_the_first_line():
    file = read({"objective": "over\ntwo lines"}, {"code": "ge0001"})
    assert problems(file) == [("GE0001", 4, "code")]
    assert file.rows[1].problems[0].words() == "This commitment stands in the file already, in line 2."


def test_a_row_with_too_many_cells_and_an_unknown_column_are_named():
    file = read("code,country,title,colour\nGE0001,GE,Open,red,blue")
    assert problems(file) == [("GE0001", 2, "")]
    assert [each.field for each in file.problems] == ["colour"]


@pytest.mark.parametrize(
    "data",
    [b"", b"id,name\n1,2", b"\xff\xfe\x00", "code,country,title\nGE0001,GE,Öffnen".encode("latin-1")],
    ids=["empty", "other columns", "half a sign", "other letters"],
)
def test_what_is_no_such_file_is_refused_whole(data):
    with pytest.raises(UnreadableError):
        read_commitments(data)


def test_a_file_has_so_many_rows_at_most():
    with pytest.raises(UnreadableError):
        read(*({"code": f"GE{number:04}"} for number in range(MOST_ROWS + 1)))


def test_the_template_can_be_imported_as_it_is():
    (row,) = read("".join(commitment_template()).removeprefix("\ufeff")).rows
    assert not row.problems
    assert row.entry.details.code == "GE0001"


@pytest.mark.db
def test_rows_are_entered_whole_or_not_at_all(database):
    keeper = make_member(focal_country="GE")
    report = bring(
        keeper,
        {},
        {"code": "GE0002", "source_url": "no address", "title": "x" * 300, "plan_name": "Lost"},
        {"code": "ES0001", "country": "ES"},
    )
    assert (report.total, report.created, report.rejected) == (3, 1, 2)
    assert [(each.record, each.line, each.field) for each in report.problems] == [
        ("GE0002", 3, "title"),
        ("GE0002", 3, "source_url"),
        ("ES0001", 4, "country"),
    ]
    stored = session().scalars(select(Commitment)).all()
    assert [(each.code, each.status) for each in stored] == [("GE0001", CommitmentStatus.DRAFT)]
    assert session().scalars(select(ActionPlan.name)).all() == ["Plan"]


def test_codes_of_countries_and_languages_are_told_in_words(database):
    keeper = make_member(focal_country="GE")
    wrong = {"country": "XX", "language": "British", "interest": "| YY"}
    assert [(each.field, each.words()) for each in bring(keeper, wrong).problems] == [
        ("country", "“XX” is no code of a country. Use two letters, such as GE."),
        ("language", "“British” is no code of a language. Use one such as ka or en-GB (BCP 47)."),
        ("interest", "“YY” is no code of a country. Use two letters, such as GE."),
    ]


@pytest.mark.db
def test_a_dry_run_says_the_same_and_stores_nothing(database):
    keeper = make_member(focal_country="GE")
    report = bring(keeper, {}, {"code": "GE0002", "country": "ES"}, is_dry_run=True)
    assert (report.created, report.rejected) == (1, 1)
    assert session().scalar(select(func.count(Commitment.id))) == 0


def test_who_is_overtaken_with_one_row_keeps_the_others(database, monkeypatch):
    def overtaken(actor, rows, *, publish):
        if "GE0002" in {row.details.code for row in rows}:
            raise ConflictError
        return import_commitments(actor, rows, publish=publish)

    monkeypatch.setattr("hub.interchange.commitments.import_commitments", overtaken)
    report = bring(make_member(focal_country="GE"), {}, {"code": "GE0002"}, {"code": "GE0003"})
    assert (report.done, report.created, report.rejected) == (3, 2, 1)
    assert [(each.record, each.line) for each in report.problems] == [("GE0002", 3)]


def test_members_import_nothing(database):
    with pytest.raises(ForbiddenError):
        bring(make_member(), {})


@pytest.mark.db
def test_an_export_imports_as_unchanged(database):
    did(load_commitments, ["UK0066", "UK0074", "UK0094", "IT0075"])
    pieces = list(commitment_pieces(CommitmentFilters(), CommitmentSort.CODE, "https://hub.example"))
    assert len(pieces) == 5
    text = "".join(pieces).removeprefix("\ufeff")
    assert "limited,irm,https://hub.example/commitments/UK0066" in text
    keeper = make_member(roles=["coordinator"])
    report = bring(keeper, text)
    assert (report.unchanged, report.rejected, report.problems) == (4, 0, [])


def test_an_export_holds_what_the_filters_leave_and_no_draft(database):
    keeper = make_member(focal_country="GE")
    source = {"source_url": "https://example.org", "retrieved_on": "2026-11-21"}
    bring(keeper, {**source, "title": "=HYPERLINK()"}, publish=True)
    bring(keeper, {"code": "GE0002"})
    assert commitment_by_code("GE0001", VISITOR).title == "=HYPERLINK()"
    pieces = list(commitment_pieces(CommitmentFilters(country="GE"), CommitmentSort.CODE, ""))
    assert len(pieces) == 2
    assert "'=HYPERLINK()" in pieces[1]
    assert len(list(commitment_pieces(CommitmentFilters(country="ES"), CommitmentSort.CODE, ""))) == 1
