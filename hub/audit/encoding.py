"""The exact bytes that the audit log is hashed over, so that anybody can check it with other software."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from json.encoder import encode_basestring

START = "00" * 32
"""What stands for the hash before the first entry: 32 zero bytes."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_LARGEST = 1 << 63

LINE = re.compile(
    r'\{"commitment":"([0-9a-f]{64})","hash":"([0-9a-f]{64})","number":(0|[1-9][0-9]{0,18}),'
    r'"time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{6}Z)"\}'
)
"""The one way to write a line, without its end: it spares reading it as JSON and writing it again to compare."""


@dataclass(frozen=True)
class Link:
    """One published entry of the chain: no more than this leaves the hub.

    Args:
        number: position, from 1 without gaps.
        recorded_at: aware moment of the commit, exact to the microsecond.
        commitment: SHA-256 over the salt and the private part, 64 hexadecimal digits.
        hash: `link_hash` of the three above and the entry before, 64 hexadecimal digits.
    """

    number: int
    recorded_at: datetime
    commitment: str
    hash: str

    def has_hash_after(self, previous: str) -> bool:
        """Whether the hash is right when `previous` is the hash of the entry before."""
        return self.hash == link_hash(previous, self.number, self.recorded_at, self.commitment)


@dataclass(frozen=True)
class PrivatePart:
    """What stays in the hub beside a link; the commitment binds it without revealing it."""

    actor: str
    actor_roles: str
    subject: str
    tag: str
    reason: str
    before_hash: str | None
    after_hash: str | None


def canonical_json(value: object) -> bytes:
    """Return `value` as JSON in UTF-8 with sorted keys, no spaces and no escapes beyond JSON's own.

    Args:
        value: text, numbers, booleans, None, lists, mappings; sets are sorted, moments are written in UTC.

    Raises:
        TypeError: something in it has no such form.
        ValueError: a number that is not finite, or text that is no Unicode.
    """
    return _ENCODER.encode(value).encode()


def _plain(value: object) -> object:
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
)


def snapshot_hash(snapshot: Mapping[str, object] | None) -> str | None:
    """Return the SHA-256 of a snapshot's canonical JSON in hexadecimal, or None where there is no snapshot."""
    return None if snapshot is None else hashlib.sha256(canonical_json(snapshot)).hexdigest()


def commitment_of(salt: str, part: PrivatePart) -> str:
    """Return SHA-256(salt ‖ canonical JSON of `part`) in hexadecimal.

    Args:
        salt: 32 random bytes as 64 hexadecimal digits; hashed as bytes. Its fixed length keeps the two apart.
        part: hashed as one JSON object with its seven fields; an absent snapshot hash is null.
    """
    return hashlib.sha256(bytes.fromhex(salt) + _part_json(part)).hexdigest()


def _part_json(part: PrivatePart) -> bytes:
    """Return the canonical JSON of a private part; a log of any length is checked with it."""
    text = encode_basestring
    after = "null" if part.after_hash is None else text(part.after_hash)
    before = "null" if part.before_hash is None else text(part.before_hash)
    return (
        f'{{"actor":{text(part.actor)},"actor_roles":{text(part.actor_roles)},"after_hash":{after},'
        f'"before_hash":{before},"reason":{text(part.reason)},"subject":{text(part.subject)},'
        f'"tag":{text(part.tag)}}}'
    ).encode()


def link_hash(previous: str, number: int, recorded_at: datetime, commitment: str) -> str:
    """Return SHA-256(previous ‖ number ‖ time ‖ commitment) in hexadecimal.

    All four have a fixed length, so no two different entries give the same bytes: 32 bytes of the hash before
    (zeros for the first entry), the number as 8 bytes, the time in microseconds since 1970-01-01T00:00:00Z as
    8 bytes signed, both big-endian, and 32 bytes of the commitment.
    """
    since = recorded_at - _EPOCH
    microseconds = since.days * _DAY + since.seconds * _SECOND + since.microseconds
    content = (
        bytes.fromhex(previous)
        + number.to_bytes(8, "big")
        + microseconds.to_bytes(8, "big", signed=True)
        + bytes.fromhex(commitment)
    )
    return hashlib.sha256(content).hexdigest()


def time_text(moment: datetime) -> str:
    """Return `moment` in UTC as `2026-11-21T18:00:00.000000Z`, always with six digits behind the point."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def log_line(link: Link) -> str:
    """Return `link` as one line of the published log: canonical JSON with number, time, commitment and hash."""
    return (
        f'{{"commitment":"{link.commitment}","hash":"{link.hash}","number":{link.number},'
        f'"time":"{time_text(link.recorded_at)}"}}'
    )


def line_length(number: int) -> int:
    """Return the bytes of entry `number` in the published log, its line end included: only the number varies."""
    return _LENGTH_WITHOUT_NUMBER + len(str(number))


def log_length(entries: int) -> int:
    """Return the bytes of a published log of so many entries."""
    length, first = 0, 1
    while first <= entries:
        last = min(entries, first * 10 - 1)
        length += (last - first + 1) * line_length(first)
        first *= 10
    return length


def parse_log_line(line: str) -> Link:
    """Return the link that `line` holds.

    Raises:
        ValueError: the line is not written, byte for byte, as `log_line` writes it.
    """
    found = LINE.fullmatch(line)
    message = "not a line of the audit log"
    if found is None:
        raise ValueError(message)
    commitment, digest, count, moment = found.groups()
    number = int(count)
    if number >= _LARGEST:
        raise ValueError(message)
    try:
        return Link(number, datetime.fromisoformat(moment), commitment, digest)
    except ValueError as error:
        raise ValueError(message) from error


_LENGTH_WITHOUT_NUMBER = len(log_line(Link(0, _EPOCH, START, START))) - len("0") + len("\n")
