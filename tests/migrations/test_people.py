"""Roles, law-enforcement status, names of organisations and vetting, up through 0009 and 0012 and back."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy import MetaData, insert

from hub.core.clock import now
from hub.migrations import downgrade, upgrade
from tests.migrations.test_data import THEN, old, rows

__all__ = ["old"]

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

YEAR = timedelta(days=365)


def put(engine, name, /, **values):
    """Store one row past any model."""
    tables = MetaData()
    tables.reflect(engine, only=[name], resolve_fks=False)
    with engine.begin() as connection:
        connection.execute(insert(tables.tables[name]).values(**values))


def member(engine, number, status="approved"):
    put(
        engine, "members", id=number, public_id=f"m{number}", email=f"m{number}@test.example", password_hash="x",
        display_name=f"Member {number}", member_type="innovator", status=status, created_at=THEN,
    )  # fmt: skip


def without(found, *columns):
    return [{key: value for key, value in row.items() if key not in columns} for row in found]


def fill(engine):
    """Store people, roles and status as they stood at 0008."""
    for number, status in ((1, "approved"), (2, "approved"), (3, "confirmed")):
        member(engine, number, status)
    for number, name in ((1, "  Anti-Corruption   BUREAU "), (2, "Straße & Co")):
        put(
            engine, "organisations", id=number, slug=f"o{number}", name=name, country="GE", status="verified",
            is_article_36_authority=False, created_at=THEN,
        )  # fmt: skip
    grant = {"reason": "Able.", "granted_at": THEN}
    put(engine, "role_grants", id=4, member_id=1, role="coordinator", granted_by_id=2, **grant)
    put(
        engine,
        "role_grants",
        id=7,
        member_id=2,
        role="focal_point",
        country="GE",
        ended_at=THEN + YEAR,
        **grant,
    )
    status = {"country": "GE", "authority": "Bureau", "reference": "1", "verified_at": THEN}
    status |= {"valid_until": THEN + YEAR}
    both = {"first_verified_by_id": 2, "second_verified_by_id": 3}
    put(engine, "law_enforcement_statuses", id=2, member_id=1, **status, **both)
    put(engine, "law_enforcement_statuses", id=5, member_id=1, **status, revoked_at=THEN + timedelta(days=9))


def test_grants_come_up_without_a_giver_who_acted_alone_and_go_down_so(old):
    upgrade(old, "0008")
    fill(old)
    before = rows(old)
    upgrade(old, "0009")
    after = rows(old)
    new = ("public_id", "approved_by_id", "is_named")
    assert without(after["role_grants"], *new, "granted_by_id") == without(
        before["role_grants"], "granted_by_id"
    )
    assert [
        (row["granted_by_id"], row["approved_by_id"], row["is_named"]) for row in after["role_grants"]
    ] == [(None, None, False)] * 2
    assert len({row["public_id"] for row in after["role_grants"]}) == 2
    put(
        old, "role_grants", id=8, public_id="g8", member_id=3, role="coordinator", reason="Able.", granted_at=THEN,
        granted_by_id=1, approved_by_id=2, is_named=True,
    )  # fmt: skip
    downgrade(old, "0008")
    back = rows(old)
    assert [row["granted_by_id"] for row in back["role_grants"]] == [None, None, 1]
    assert without(back["role_grants"], "granted_by_id")[:2] == without(
        before["role_grants"], "granted_by_id"
    )
    assert back["members"] == before["members"]
    upgrade(old, "0009")
    assert [row["granted_by_id"] for row in rows(old)["role_grants"]] == [None] * 3


def test_who_is_approved_has_a_year_until_the_next_vetting(old):
    upgrade(old, "0008")
    fill(old)
    upgrade(old, "0009")
    first, second, waiting = rows(old)["members"]
    for row in (first, second):
        assert abs(moment(row["vetted_until"]) - now() - YEAR) < timedelta(minutes=5)
    assert waiting["vetted_until"] is None
    assert {row["language"] for row in (first, second, waiting)} == {"en-GB"}


def moment(stored):
    """Return a reflected moment; SQLite gives it without its zone."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def test_the_names_of_organisations_become_comparable(old):
    upgrade(old, "0008")
    fill(old)
    before = rows(old)["organisations"]
    upgrade(old, "0012")
    assert [row["name_key"] for row in rows(old)["organisations"]] == [
        "anti-corruption bureau",
        "strasse & co",
    ]
    downgrade(old, "0008")
    assert rows(old)["organisations"] == before


def test_verified_and_revoked_status_stay_what_they_are(old):
    upgrade(old, "0008")
    fill(old)
    before = rows(old)["law_enforcement_statuses"]
    upgrade(old, "0012")
    verified, revoked = rows(old)["law_enforcement_statuses"]
    assert (verified["status"], verified["ended_at"]) == ("verified", None)
    assert (verified["first_verified_by_id"], verified["second_verified_by_id"]) == (2, 3)
    assert (revoked["status"], moment(revoked["ended_at"])) == ("revoked", THEN + timedelta(days=9))
    assert verified["requested_at"] == verified["verified_at"]
    assert verified["public_id"] != revoked["public_id"]
    put(
        old, "law_enforcement_statuses", id=6, public_id="s6", member_id=2, country="GE", authority="Bureau",
        reference="2", words="See the letter.", status="requested", requested_at=THEN, decision_words="",
    )  # fmt: skip
    downgrade(old, "0011")
    assert rows(old)["law_enforcement_statuses"] == before
    upgrade(old)
    assert [row["status"] for row in rows(old)["law_enforcement_statuses"]] == ["verified", "revoked"]
