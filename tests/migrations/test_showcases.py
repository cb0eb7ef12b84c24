"""Requests and notifications up through the tables of showcases and back, with a showcase and its parts in between."""

from datetime import timedelta

import pytest
from sqlalchemy import MetaData, insert

from hub.migrations import downgrade, upgrade
from tests.migrations.test_data import THEN, old, rows
from tests.migrations.test_people import member, put

__all__ = ["old"]

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # no row depends on indexes

HOUR = timedelta(hours=1)


def fill(engine):
    """Store a request, a preference and a notification as they stood at 0022."""
    member(engine, 1)
    put(
        engine, "collaboration_requests", id=1, public_id="r1", posted_by_id=1, type="need_tool", language="en-GB",
        title="A need", summary="", background="", outcome_wanted="", brings="", is_open_call=True,
        time_zone="UTC", status="draft", version=1, requirements_number=1, case_checked_at=THEN, created_at=THEN,
        saved_at=THEN, closing_words="", decision_words="", audience="public", tlp="CLEAR",
    )  # fmt: skip
    put(
        engine, "notifications", id=1, public_id="n1", member_id=1, topic="collaboration", kind="request_opened",
        subject="request:r1", created_at=THEN, tlp="CLEAR", waits=False,
    )  # fmt: skip
    put(
        engine,
        "notification_preferences",
        member_id=1,
        topic="collaboration",
        frequency="weekly",
        chosen_at=THEN,
    )


def fill_showcase(engine):
    """Store a showcase with an entry, a slot and a registration, and a request that was born from the entry."""
    put(
        engine, "innovations", id=1, public_id="i1", slug="i1", registered_by_id=1, registered_at=THEN,
        status="unpublished", audience="public", tlp="CLEAR", is_compiled=False,
        is_handed_over=False,
    )  # fmt: skip
    put(
        engine, "showcases", id=1, public_id="s1", slug="s1", created_by_id=1, status="call_open", version=1,
        language="en-GB", name="Showcase", host_event="", summary="", description="", accessibility="Step-free.",
        unknowns="", is_compiled=False, attendance="on_site", venue="", city="", online_url="", time_zone="UTC",
        is_all_day=False, starts_at=THEN, ends_at=THEN + HOUR, has_no_sponsors=True, call_words="",
        needs_approval=False, asks_access_needs=True, places_taken=1, last_number=1, created_at=THEN,
        saved_at=THEN, cancelling_words="", report="", audience="public", tlp="CLEAR", capacity=1,
    )  # fmt: skip
    put(
        engine, "showcase_entries", id=1, public_id="e1", showcase_id=1, innovation_id=1, proposed_by_id=1,
        status="proposed", version=1, format="talk", minutes=15, language="en-GB", pitch="", needs="",
        created_at=THEN, saved_at=THEN, proposed_at=THEN, pending_words="", decision_words="", presence_words="",
        is_featured=False,
    )  # fmt: skip
    put(
        engine, "showcase_slots", id=1, public_id="t1", showcase_id=1, kind="entry", entry_id=1, title="",
        starts_at=THEN, ends_at=THEN + HOUR, position=0, seats_taken=0, last_number=0, version=1,
    )  # fmt: skip
    put(
        engine, "registrations", id=1, public_id="g1", showcase_id=1, member_id=1, guest_name="", guest_email="",
        guest_language="", status="registered", attendance="on_site", number=1, created_at=THEN, decision_words="",
        access_needs="", is_listed=False, consent_version="", check_in_code="c1",
    )  # fmt: skip


def test_requests_and_choices_come_up_and_go_down_whole(old):
    upgrade(old, "0022")
    fill(old)
    before = rows(old)
    upgrade(old)
    request = rows(old)["collaboration_requests"][0]
    assert (request["showcase_id"], request["entry_id"]) == (None, None)
    downgrade(old, "0022")
    assert rows(old) == before


def test_a_showcase_goes_and_leaves_the_request_that_was_born_from_it(old):
    upgrade(old, "0022")
    fill(old)
    before = rows(old)
    upgrade(old)
    fill_showcase(old)
    tables = MetaData()
    tables.reflect(old, only=["collaboration_requests", "notifications", "notification_preferences"])
    found = tables.tables["collaboration_requests"]
    with old.begin() as connection:
        connection.execute(found.update().values(showcase_id=1, entry_id=1))
        values = {"frequency": "off", "chosen_at": THEN}
        connection.execute(
            insert(tables.tables["notification_preferences"]).values(member_id=1, topic="showcases", **values)
        )
    innovations = rows(old)["innovations"]
    downgrade(old, "0022")
    assert rows(old) == before | {"innovations": innovations}


def test_notifications_about_showcases_go_back_to_requests(old):
    upgrade(old)
    member(old, 1)
    put(
        old, "notifications", id=1, public_id="n1", member_id=1, topic="showcases", kind="showcase_soon",
        subject="showcase:s1", created_at=THEN, tlp="CLEAR", cause="", waits=False,
    )  # fmt: skip
    downgrade(old, "0026")
    assert [row["topic"] for row in rows(old)["notifications"]] == ["collaboration"]
