"""Every way to falsify the log is found, and the first break is named."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from hub.audit.checkpoints.queries import links_between
from hub.audit.encoding import START, Link, commitment_of, link_hash, log_line
from hub.audit.published import verify_log
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import SENTENCES, Fault, verify_stored
from tests.audit.conftest import NOON

pytestmark = pytest.mark.db

SWAP = """
    UPDATE audit_entries SET number = -2 WHERE number = 2;
    UPDATE audit_entries SET number = 2 WHERE number = 3;
    UPDATE audit_entries SET number = 3 WHERE number = -2
"""
CUT_OFF = "DELETE FROM audit_chain WHERE number = 3"

EDITS = [
    ("UPDATE audit_entries SET reason = 'better' WHERE number = 2", 2, Fault.PART_CHANGED),
    ("UPDATE audit_entries SET actor = 'somebody' WHERE number = 1", 1, Fault.PART_CHANGED),
    (
        "UPDATE audit_entries SET salt = hash FROM audit_chain WHERE audit_entries.number = 3",
        3,
        Fault.PART_CHANGED,
    ),
    ("UPDATE audit_entries SET salt = 'no salt' WHERE number = 3", 3, Fault.PART_CHANGED),
    ("DELETE FROM audit_entries WHERE number = 2", 2, Fault.PART_MISSING),
    ("UPDATE audit_chain SET hash = 'nothing' WHERE number = 2", 2, Fault.HASH_CHANGED),
    ("UPDATE audit_chain SET hash = 'nothing' WHERE number = 3", 3, Fault.DOES_NOT_FOLLOW),
    ("UPDATE audit_chain SET commitment = hash WHERE number = 2", 2, Fault.COMMITMENT_CHANGED),
    ("UPDATE audit_chain SET recorded_at = '2026-11-21 12:00:30' WHERE number = 2", 2, Fault.TIME_CHANGED),
    ("UPDATE audit_chain SET recorded_at = '1970-01-01 00:00:00' WHERE number = 1", 1, Fault.TIME_CHANGED),
    (
        "UPDATE audit_chain SET number = 7 WHERE number = 3; DELETE FROM audit_entries WHERE number = 3",
        3,
        Fault.GAP,
    ),
    ("DELETE FROM audit_entries WHERE number < 2; DELETE FROM audit_chain WHERE number < 2", 1, Fault.GAP),
    (CUT_OFF, 3, Fault.PART_LOOSE),
    (SWAP, 2, Fault.PART_CHANGED),
]


def verdict_on_database():
    return verify_stored(stored_entries(), first_loose_number())


def test_an_untouched_log_is_whole(log):
    verdict = verdict_on_database()
    assert verdict.is_whole
    assert (verdict.entries, verdict.recorded_at) == (3, NOON + timedelta(minutes=2))


def test_an_empty_log_is_whole(database):
    verdict = verdict_on_database()
    assert (verdict.is_whole, verdict.entries, verdict.recorded_at, verdict.head) == (True, 0, None, START)


@pytest.mark.parametrize(("statements", "number", "fault"), EDITS)
def test_names_what_was_edited_in_the_database(unguarded, statements, number, fault):
    for statement in statements.split(";"):
        unguarded.execute(text(statement))
    found = verdict_on_database().first_break
    assert (found.number, found.fault) == (number, fault)
    assert f"Entry {number}" in str(found)


def test_names_a_time_that_is_none(unguarded):
    if unguarded.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL stores no nonsense as a time")
    unguarded.execute(text("UPDATE audit_chain SET recorded_at = 'yesterday' WHERE number = 2"))
    assert verdict_on_database().first_break.fault is Fault.TIME_CHANGED


def lines_of(links):
    return [f"{log_line(link)}\n".encode() for link in links]


def verdict_on(lines):
    verdict, _ = verify_log(lines)
    return verdict


def make_links(count):
    links, head = [], START
    for number in range(1, count + 1):
        moment = NOON + timedelta(minutes=number)
        link = Link(number, moment, f"{number:064x}", link_hash(head, number, moment, f"{number:064x}"))
        links.append(link)
        head = link.hash
    return links


def test_the_published_log_verifies_without_the_database(log):
    verdict = verdict_on(lines_of(links_between(0, 3)))
    assert verdict.is_whole
    assert verdict.head == verdict_on_database().head


def restamp(links):
    links[2] = replace(links[2], recorded_at=links[2].recorded_at + timedelta(seconds=1))


def restamp_with_hash(links):
    link = links[2]
    moment = link.recorded_at + timedelta(seconds=1)
    links[2] = replace(
        link, recorded_at=moment, hash=link_hash(links[1].hash, link.number, moment, link.commitment)
    )


def swap(links):
    links[1], links[2] = links[2], links[1]


def swap_with_numbers(links):
    second, third = links[1], links[2]
    links[1], links[2] = replace(third, number=2), replace(second, number=3)


def drop_one(links):
    del links[2]


def drop_one_and_renumber(links):
    del links[2]
    links[2:] = [replace(link, number=link.number - 1) for link in links[2:]]


def drop_the_beginning(links):
    del links[:2]


def double(links):
    links.insert(2, links[1])


def rehash(links):
    links[2] = replace(links[2], hash="ee" * 32)


@pytest.mark.parametrize(
    ("falsify", "number", "fault"),
    [
        (restamp, 3, Fault.LINK_CHANGED),
        (restamp_with_hash, 4, Fault.LINK_CHANGED),
        (swap, 2, Fault.GAP),
        (swap_with_numbers, 2, Fault.DOES_NOT_FOLLOW),
        (drop_one, 3, Fault.GAP),
        (drop_one_and_renumber, 3, Fault.DOES_NOT_FOLLOW),
        (drop_the_beginning, 1, Fault.GAP),
        (double, 3, Fault.GAP),
        (rehash, 3, Fault.HASH_CHANGED),
    ],
)
def test_names_how_a_published_log_was_falsified(falsify, number, fault):
    links = make_links(5)
    falsify(links)
    found = verdict_on(lines_of(links)).first_break
    assert (found.number, found.fault) == (number, fault)


def test_a_chain_that_runs_back_in_time_is_named():
    first, second = make_links(2)
    early = first.recorded_at - timedelta(days=1)
    second = replace(second, recorded_at=early, hash=link_hash(first.hash, 2, early, second.commitment))
    assert verdict_on(lines_of([first, second])).first_break.fault is Fault.TIME_RUNS_BACK


def test_a_line_cut_short_is_named():
    lines = lines_of(make_links(3))
    lines[2] = lines[2][:-1]
    found = verdict_on(lines).first_break
    assert (found.number, found.fault) == (3, Fault.DAMAGED_LINE)


def test_a_shorter_log_shows_in_count_and_head():
    lines = lines_of(make_links(5))
    assert verdict_on(lines[:4]).entries == 4
    assert verdict_on(lines[:4]).head != verdict_on(lines).head


def test_every_fault_has_a_sentence():
    assert set(SENTENCES) == set(Fault)


def test_the_salt_keeps_short_private_parts_from_being_guessed(log):
    first, *_ = stored_entries()
    assert commitment_of("00" * 32, first.part) != first.link.commitment
