"""What stood in the database before a migration is there after it, and after the way back."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import MetaData, insert, select, update

from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import TEXT_FIELDS
from hub.core.database import make_engine, session_scope
from hub.migrations import downgrade, upgrade
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

THEN = datetime(2026, 5, 1, 12, tzinfo=UTC)
FILLED = {"confirmed_at", "review_due_at"}
"""Columns that stood before, into which the migration writes what follows from others."""

RECORDS = {
    1: {"status": "published", "published_at": THEN, "import_source": None, "confirmed_at": None},
    2: {"status": "published", "published_at": THEN, "import_source": "papers", "confirmed_at": None},
    3: {"status": "published", "published_at": THEN, "import_source": "papers", "confirmed_at": THEN},
    4: {"status": "unpublished", "published_at": None, "import_source": None, "confirmed_at": None},
    5: {"status": "unpublished", "published_at": None, "import_source": "papers", "confirmed_at": None},
    6: {"status": "archived", "published_at": THEN, "import_source": None, "confirmed_at": None},
}
"""Own and compiled records as they stood at 0004, by id."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def old(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def fill(engine):
    """Store the records, past any model, in the columns of 0004."""
    tables = MetaData()
    tables.reflect(engine)

    def put(connection, name, /, **values):
        connection.execute(insert(tables.tables[name]).values(**values))

    shared = {"audience": "public", "tlp": "CLEAR"}
    with engine.begin() as connection:
        put(
            connection, "members", id=1, public_id="m1", email="m@test.example", password_hash="x",
            display_name="Member", member_type="innovator", status="approved", created_at=THEN,
        )  # fmt: skip
        put(
            connection, "organisations", id=1, slug="bureau", name="Bureau", country="GE", status="verified",
            is_article_36_authority=False, created_at=THEN,
        )  # fmt: skip
        for number, values in RECORDS.items():
            put(
                connection, "innovations", id=number, public_id=f"i{number}", slug=f"record-{number}",
                owner_id=1, registered_by_id=1, registered_at=THEN, external_id=f"x{number}", **shared,
                **values | {"status": "unpublished"},
            )  # fmt: skip
            put(
                connection, "innovation_revisions", id=number, innovation_id=number, number=1, version=3,
                status="draft", source_language="en-GB", is_audience_chosen=True, kind="data",
                created_by_id=1, created_at=THEN, saved_at=THEN, **shared,
            )  # fmt: skip
            words = dict.fromkeys(TEXT_FIELDS, "") | {"name": f"Record {number}"}
            put(connection, "revision_texts", revision_id=number, language="en-GB", **words)
            put(
                connection, "revision_prerequisites", id=number, revision_id=number, area="law", need="A law."
            )
            put(connection, "innovation_labels", innovation_id=number, label="public")
            put(connection, "revision_labels", revision_id=number, label="public")
        for number, values in RECORDS.items():
            if values["status"] != "unpublished":
                row = tables.tables["innovation_revisions"]
                connection.execute(update(row).where(row.c.id == number).values(status="approved"))
                row = tables.tables["innovations"]
                connection.execute(
                    update(row)
                    .where(row.c.id == number)
                    .values(status=values["status"], published_revision_id=number)
                )


def rows(engine):
    """Return every row of every table, without what the migration fills in."""
    # all tables at once: asking for them one by one takes seconds on PostgreSQL
    tables = MetaData()
    tables.reflect(engine, resolve_fks=False)
    with engine.connect() as connection:
        return {
            name: [
                {key: value for key, value in row.items() if key not in FILLED}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for name, table in tables.tables.items()
            if "alembic" not in name
        }


def described(engine):
    """Return what the models say of each record at the head."""
    with session_scope(engine) as opened:
        return {
            each.id: (each.is_compiled, each.import_source, each.confirmed_at, each.review_due_at)
            for each in opened.scalars(select(Innovation))
        }


YEAR = timedelta(days=365)

EXPECTED = {
    1: (False, None, THEN, THEN + YEAR),
    2: (True, "hub/papers", None, None),
    3: (False, "hub/papers", THEN, THEN + YEAR),
    4: (False, None, None, None),
    5: (True, "hub/papers", None, None),
    6: (False, None, THEN, THEN + YEAR),
}
"""Written by hand: compiled is what was imported and never confirmed; what its owner published counts as confirmed."""


def test_records_come_up_and_go_down_whole(old):
    upgrade(old, "0004")
    fill(old)
    before = rows(old)
    upgrade(old)
    assert described(old) == EXPECTED
    downgrade(old, "0004")
    assert rows(old) == before
    upgrade(old)
    assert described(old) == EXPECTED


def test_what_came_later_goes_and_leaves_the_records(old):
    upgrade(old, "0004")
    fill(old)
    before = rows(old)
    upgrade(old)
    later = MetaData()
    later.reflect(old)
    with old.begin() as connection:
        for name, values in LATER:
            connection.execute(insert(later.tables[name]).values(**values))
    downgrade(old, "0004")
    assert rows(old) == before


def test_an_approved_revision_is_still_protected_and_its_new_columns_are_empty(old):
    upgrade(old, "0004")
    fill(old)
    upgrade(old)
    with session_scope(old) as opened:
        revision = opened.get(InnovationRevision, 1)
        assert (revision.contact_name, revision.contact_address) == (None, None)
        assert [each.topic for each in revision.prerequisites] == [None]
        assert (revision.innovation.evidence_level, revision.innovation.evidence_year) == (None, None)
        assert revision.source_text.name == "Record 1"
        revision.kind = "software"
        with pytest.raises(Exception, match="an approved revision refuses changes"):
            opened.flush()


WAITING = {"taken_by_id": None, "taken_at": None}

LATER = (
    ("stored_files", {
        "id": 1, "name": "f" * 43, "filename": "a.pdf", "media_type": "application/pdf", "size": 1,
        "sha256": "0" * 64, "stored_at": THEN,
    }),
    ("replications", {
        "id": 1, "public_id": "r1", "innovation_id": 1, "adopter_id": 1, "country": "ES", "adapted": "",
        "result": "", "language": "en", "status": "claimed", "side": "owner", "claimed_by_id": 1,
        "claimed_at": THEN, **WAITING,
    }),
    ("evidence", {
        "id": 1, "public_id": "e1", "innovation_id": 1, "replication_id": 1, "type": "audit", "title": "T",
        "file_id": 1, "author": "", "is_independent": True, "year": 2024, "finding": "F", "language": "en",
        "status": "submitted", "added_by_id": 1, "added_at": THEN, "decision_words": "", **WAITING,
    }),
    ("annexes", {
        "id": 1, "public_id": "a1", "innovation_id": 1, "version": 1, "title": "T", "body": "B", "language": "en",
        "added_by_id": 1, "added_at": THEN, "saved_at": THEN, "audience": "members", "tlp": "GREEN",
    }),
    ("annex_labels", {"annex_id": 1, "label": "member"}),
    ("approval_batches", {
        "id": 1, "public_id": "b1", "collection": "papers", "submitted_by_id": 1, "submitted_at": THEN,
    }),
    ("approval_batch_entries", {"batch_id": 1, "revision_id": 2}),
    ("record_claims", {
        "id": 1, "public_id": "c1", "innovation_id": 2, "organisation_id": 1, "words": "Ours.",
        "status": "submitted", "claimed_by_id": 1, "claimed_at": THEN, "decision_words": "", **WAITING,
    }),
    ("country_statements", {
        "country": "ES", "topic": "law.data_sharing", "state": "ready", "note": "", "language": "es",
        "stated_by_id": 1, "stated_at": THEN,
    }),
)  # fmt: skip
"""A row for each of the tables that came after 0004 and that others point from or to."""
