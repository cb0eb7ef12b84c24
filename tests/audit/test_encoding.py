"""The bytes under the hashes: checked by hand, never ambiguous."""

import hashlib
import json
import struct
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from hub.access.viewer import Role
from hub.audit.encoding import (
    START,
    Link,
    PrivatePart,
    canonical_json,
    commitment_of,
    link_hash,
    log_line,
    parse_log_line,
    snapshot_hash,
)

MOMENT = datetime(2026, 11, 21, 12, 0, 0, 250_000, UTC)
PART = PrivatePart("abc", "coordinator", "innovation:x", "innovation:publish", "“so”", None, "ff" * 32)


def test_canonical_json_is_sorted_dense_and_unescaped():
    assert canonical_json({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()


def test_canonical_json_writes_sets_and_moments_in_one_way_only():
    tbilisi = MOMENT.astimezone(timezone(timedelta(hours=4)))
    assert canonical_json({Role.COORDINATOR, Role.ADMINISTRATOR}) == b'["administrator","coordinator"]'
    assert canonical_json([tbilisi, date(2026, 1, 2)]) == b'["2026-11-21T12:00:00.250000Z","2026-01-02"]'


@pytest.mark.parametrize("value", [object(), b"bytes", float("nan"), "\ud800"])
def test_canonical_json_refuses_what_has_no_one_form(value):
    with pytest.raises((TypeError, ValueError)):
        canonical_json({"value": value})


def test_a_commitment_can_be_made_with_other_software():
    private = {
        "actor": "abc",
        "actor_roles": "coordinator",
        "after_hash": "ff" * 32,
        "before_hash": None,
        "reason": "“so”",
        "subject": "innovation:x",
        "tag": "innovation:publish",
    }
    text = json.dumps(private, ensure_ascii=False, separators=(",", ":"))
    assert commitment_of("0a" * 32, PART) == hashlib.sha256(b"\x0a" * 32 + text.encode()).hexdigest()


def test_a_hash_can_be_made_with_other_software():
    microseconds = int(MOMENT.timestamp()) * 1_000_000 + 250_000
    expected = hashlib.sha256(bytes(32) + struct.pack(">Qq", 1, microseconds) + b"\xcc" * 32).hexdigest()
    assert link_hash(START, 1, MOMENT, "cc" * 32) == expected


def test_no_snapshot_has_no_hash():
    assert snapshot_hash(None) is None
    assert snapshot_hash({}) == hashlib.sha256(b"{}").hexdigest()


moments = st.datetimes(timezones=st.just(UTC))
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(st.builds(Link, st.integers(1, 2**62), moments, digests, digests))
def test_a_log_line_comes_back_as_it_was(link):
    assert parse_log_line(log_line(link)) == link


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"number":1}',
        "[" * 100_000,
        log_line(Link(1, MOMENT, "ab" * 32, "cd" * 32)) + " ",
        log_line(Link(1, MOMENT, "AB" * 32, "cd" * 32)),
        log_line(Link(1, MOMENT, "ab", "cd" * 32)),
        log_line(Link(-1, MOMENT, "ab" * 32, "cd" * 32)),
        log_line(Link(1, MOMENT, "ab" * 32, "cd" * 32)).replace("Z", "+00:00"),
        log_line(Link(1, MOMENT, "ab" * 32, "cd" * 32)).replace(".250000", ".25"),
        log_line(Link(1, MOMENT, "ab" * 32, "cd" * 32)).replace("}", ',"more":1}'),
        log_line(Link(1, MOMENT, "ab" * 32, "cd" * 32)).replace(":1,", ":1e999,"),
    ],
)
def test_a_line_written_otherwise_is_refused(line):
    with pytest.raises(ValueError, match="not a line"):
        parse_log_line(line)
