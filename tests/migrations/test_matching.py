"""Members, requests and notifications up through the tables of matching and back, with rows of each in between."""

from datetime import timedelta

import pytest

from hub.migrations import downgrade, upgrade
from tests.migrations.test_data import THEN, old, rows
from tests.migrations.test_people import member, put
from tests.migrations.test_showcases import fill

__all__ = ["old"]

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

LATER = THEN + timedelta(days=30)


def fill_matching(engine):
    """Store a row in every table of matching, an introduction and an invitation."""
    put(engine, "match_weights", member_id=1, part="words", emphasis=3, chosen_at=THEN)
    put(
        engine, "match_dismissals", id=1, public_id="d1", member_id=1, purpose="", subject="innovation:i1",
        reason="known", words="", dismissed_at=THEN,
    )  # fmt: skip
    put(
        engine, "introductions", id=1, public_id="o1", asked_by_id=1, asked_id=2, about="", note="Hello",
        language="en-GB", contact_of_asker="a@example.org", contact_of_asked="", status="asked",
        is_delivered=True, asked_at=THEN, expires_at=LATER,
    )  # fmt: skip
    put(
        engine, "match_exposures", day=THEN.date(), kind="innovation", dimension="country", value="GE", things=1,
        places=2, firsts=1, lifted=0, counted_at=THEN,
    )  # fmt: skip
    put(engine, "match_strengths", subject="request:r1", innovation=50, person=0, measured_at=THEN)
    put(engine, "exposure_floors", id=1, percent=10, reason="Small countries", set_by_id=1, set_at=THEN)
    put(engine, "suggestions_told", member_id=1, subject="innovation:i1", told_at=THEN)
    put(engine, "suggestion_rounds", member_id=1, week=THEN.date(), made_at=THEN)
    put(engine, "request_invitations", id=1, request_id=1, member_id=2, invited_by_id=1, invited_at=THEN)
    put(
        engine, "notifications", id=2, public_id="n2", member_id=2, topic="matches", kind="request_suggested",
        subject="request:r1", created_at=THEN, tlp="CLEAR", cause="", waits=False,
    )  # fmt: skip
    put(engine, "notification_preferences", member_id=1, topic="matches", frequency="weekly", chosen_at=THEN)


def test_matching_goes_and_leaves_all_else_as_it_was(old):
    upgrade(old, "0022")
    fill(old)
    upgrade(old, "0027")
    member(old, 2)
    before = rows(old)
    upgrade(old)
    fill_matching(old)
    downgrade(old, "0027")
    assert rows(old) == before
