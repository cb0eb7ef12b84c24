"""The database itself refuses to change what was approved, whoever asks and however."""

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from hub.catalogue.models import (
    InnovationRevision,
    RevisionCountry,
    RevisionLabel,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
)
from hub.catalogue.queries import snapshot
from tests.catalogue.records import draft, make_scene, published, revised

pytestmark = pytest.mark.db

REFUSAL = "an approved revision refuses changes"

ROWS = {
    RevisionText: {"language": "ka", "name": "სახელი", "short_description": ""}
    | dict.fromkeys(("problem", "description", "novelty", "results", "conditions", "lessons"), "")
    | dict.fromkeys(("do_no_harm", "privacy", "misuse_risk", "error_rates"), ""),
    RevisionTerm: {"scheme": "functions", "code": "educate", "position": 0},
    RevisionCountry: {"country": "NO", "relation": "deployed", "note": ""},
    RevisionOrganisation: {"name": "Fund", "role": "funder"},
    RevisionPrerequisite: {"area": "law", "need": "A law."},
    RevisionSource: {"url": "https://example.org/", "title": "", "position": 9},
    RevisionLabel: {"label": "member"},
}
"""A further row for each table whose rows belong to a revision."""


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def approved(scene):
    return published(scene)


@pytest.fixture
def refuse(database):
    """Expect that a statement is refused, without ending the test's own transaction."""

    def ask(statement):
        with pytest.raises(DBAPIError, match=REFUSAL), database.begin_nested():
            database.execute(statement)

    return ask


@pytest.mark.parametrize(
    "values", [{"kind": "data"}, {"status": "draft"}, {"version": 9}, {"audience": "public"}, {"number": 7}]
)
def test_an_approved_revision_cannot_be_changed(refuse, approved, values):
    refuse(update(InnovationRevision).where(InnovationRevision.id == approved.id).values(**values))


def test_an_approved_revision_cannot_be_deleted(refuse, approved):
    refuse(delete(InnovationRevision).where(InnovationRevision.id == approved.id))


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.__tablename__)
def test_nothing_can_be_added_to_it(refuse, approved, table):
    refuse(insert(table).values(revision_id=approved.id, **ROWS[table]))


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.__tablename__)
def test_nothing_can_be_moved_into_or_out_of_it(database, refuse, approved, table):
    other = revised_beside(approved)
    database.execute(insert(table).values(revision_id=other.id, **ROWS[table]))
    key = next(iter(ROWS[table]))
    mine = (table.revision_id == other.id) & (getattr(table, key) == ROWS[table][key])
    refuse(update(table).where(mine).values(revision_id=approved.id))


def revised_beside(approved):
    """Return a draft of another record."""
    return draft(make_scene())


@pytest.mark.parametrize(
    "table", [RevisionText, RevisionTerm, RevisionCountry, RevisionSource, RevisionLabel],
    ids=lambda table: table.__tablename__,
)  # fmt: skip
def test_what_belongs_to_it_can_be_neither_changed_nor_deleted_nor_moved_away(refuse, approved, table):
    mine = table.revision_id == approved.id
    column = next(name for name in ("name", "position", "note", "title", "label") if hasattr(table, name))
    refuse(update(table).where(mine).values({column: 5 if column == "position" else "changed"}))
    refuse(delete(table).where(mine))
    refuse(update(table).where(mine).values(revision_id=revised_beside(approved).id))


def test_replacing_a_row_is_a_change_too(database, approved):
    if database.get_bind().dialect.name != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    before = snapshot(approved)
    statement = "INSERT OR REPLACE INTO revision_countries VALUES (:id, 'GE', 'deployed', 'changed')"
    with pytest.raises(DBAPIError, match=REFUSAL), database.begin_nested():
        database.execute(text(statement), {"id": approved.id})
    database.expire_all()
    assert snapshot(approved) == before


def test_what_is_not_approved_can_be_changed(database, scene, approved):
    revision = revised(scene, approved.innovation)
    for table, values in ROWS.items():
        database.execute(insert(table).values(revision_id=revision.id, **values))
