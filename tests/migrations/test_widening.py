"""Proposals that stood before widening came are there after it; on the way back those to widen are forgotten."""

import pytest
from sqlalchemy import MetaData, insert
from sqlalchemy.exc import IntegrityError

from hub.migrations import downgrade, upgrade
from tests.migrations.test_data import THEN, fill, old, rows

__all__ = ["old"]

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

BEFORE, AFTER = "0009", "0010"
TABLE = "innovation_proposals"

PROPOSALS = (
    {"id": 1, "action": "take_down", "status": "withdrawn", "innovation_id": 1},
    {"id": 2, "action": "feature", "status": "proposed", "innovation_id": 1, "disclosure": "Nobody."},
    {"id": 3, "action": "take_down", "status": "proposed", "innovation_id": 2},
)


def put(engine, values):
    """Store one proposal past any model."""
    tables = MetaData()
    tables.reflect(engine, only=[TABLE], resolve_fks=False)
    usual = {
        "public_id": f"p{values['id']}", "disclosure": "", "reason": "It is time.", "decision_words": "",
        "proposed_by_id": 1, "proposed_at": THEN,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(insert(tables.tables[TABLE]).values(**usual | values))


def test_proposals_come_up_and_go_down_whole(old):
    upgrade(old, "0004")
    fill(old)
    upgrade(old, BEFORE)
    for values in PROPOSALS:
        put(old, values)
    before = rows(old)
    upgrade(old, AFTER)
    assert [each | {"revision_id": None, "basis": None} for each in before[TABLE]] == rows(old)[TABLE]
    widen = {"id": 4, "action": "widen", "status": "proposed", "innovation_id": 1}
    put(old, widen | {"revision_id": 1, "basis": "0" * 64})
    downgrade(old, BEFORE)
    assert rows(old) == before
    upgrade(old, AFTER)
    assert len(rows(old)[TABLE]) == len(PROPOSALS)


def test_one_proposal_of_a_kind_still_waits_at_a_time(old):
    upgrade(old, "0004")
    fill(old)
    upgrade(old, AFTER)
    put(old, PROPOSALS[2])
    with pytest.raises(IntegrityError):
        put(old, PROPOSALS[2] | {"id": 5})
