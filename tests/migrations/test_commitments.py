"""Members and notifications up through the tables of commitments and insights and back, with a row of each."""

from datetime import timedelta

import pytest

from hub.migrations import downgrade, upgrade
from tests.migrations.test_data import THEN, old, rows
from tests.migrations.test_people import member, put
from tests.migrations.test_showcases import fill

__all__ = ["old"]

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

TODAY, LATER = THEN.date(), THEN + timedelta(days=14)
SOURCE = {"source_url": "https://example.org/", "retrieved_on": TODAY}


def fill_commitments(engine):
    """Store a row in every table of commitments and insights, and what is told of them."""
    put(engine, "action_plans", id=1, public_id="p1", country="GE", name="Plan", cycle_year=2026, **SOURCE)
    put(
        engine, "commitments", id=1, public_id="c1", code="GE0001", country="GE", plan_id=1, status="active",
        version=1, language="en-GB", title="Promise", title_in_source="", objective="", status_quo="", ambition="",
        source_title="", source_notes="", words="promise", entered_by_id=1, entered_at=THEN, saved_at=THEN,
        published_at=THEN, ended_words="", owner_id=1, **SOURCE,
    )  # fmt: skip
    own = {"commitment_id": 1}
    put(
        engine, "commitment_terms", **own, scheme="policy_area", code="justice", position=0, is_doubtful=False
    )
    put(engine, "commitment_parties", id=1, **own, role="lead", name="Bureau", position=0)
    put(
        engine, "commitment_events", id=1, public_id="e1", **own, happened_on=TODAY, precision="month",
        words="Began", **SOURCE,
    )  # fmt: skip
    put(
        engine, "commitment_ownerships", id=1, **own, institution="Bureau", member_id=1, began_on=TODAY,
        precision="day", words="", **SOURCE,
    )  # fmt: skip
    put(
        engine, "commitment_handovers", id=1, public_id="h1", **own, offered_by_id=1, to_member_id=2,
        institution="Bureau", words="Take it", status="offered", offered_at=THEN, expires_at=LATER,
        answer_words="",
    )  # fmt: skip
    put(
        engine, "milestones", id=1, public_id="o1", **own, number=1, version=1, title="Step", description="",
        due_on=TODAY, status="limited", status_words="", moved_at=THEN,
    )  # fmt: skip
    put(engine, "milestone_metrics", id=1, milestone_id=1, metric="showcases_held", breakdown="", target=3)
    put(
        engine, "commitment_evidence", id=1, public_id="v1", **own, milestone_id=1, title="Report", finding="Done",
        url="https://example.org/", status="accepted", given_by_id=1, given_at=THEN, decided_by_id=2,
        decided_at=THEN, decision_words="",
    )  # fmt: skip
    put(
        engine, "assessments", id=1, public_id="a1", **own, maker="irm", scheme="irm_2013", report="Report",
        words="", recorded_at=THEN, **SOURCE,
    )  # fmt: skip
    put(engine, "assessment_ratings", assessment_id=1, scale="completion", about="", value="limited")
    put(
        engine,
        "metric_readings",
        metric="showcases_held",
        breakdown="",
        day=TODAY,
        value=1,
        as_of=THEN,
    )
    put(engine, "audit_keys", key_id="0a1b2c3d", name="hub.example/audit", public_key="x", used_from=THEN)
    put(
        engine, "audit_checkpoints", id=1, made_at=THEN, entries=0, head="0" * 64, key_id="0a1b2c3d", note="Note"
    )  # fmt: skip
    put(
        engine, "notifications", id=2, public_id="n2", member_id=2, topic="commitments", kind="handover_offered",
        subject="commitment:c1", created_at=THEN, tlp="CLEAR", cause="", waits=False,
    )  # fmt: skip
    put(
        engine, "notification_preferences", member_id=1, topic="commitments", frequency="weekly", chosen_at=THEN
    )  # fmt: skip


def test_commitments_go_and_leave_all_else_as_it_was(old):
    upgrade(old, "0022")
    fill(old)
    upgrade(old, "0029")
    member(old, 2)
    before = rows(old)
    upgrade(old)
    fill_commitments(old)
    downgrade(old, "0029")
    assert rows(old) == before
