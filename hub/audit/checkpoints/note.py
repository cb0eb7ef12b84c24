"""Signed notes (C2SP signed-note) with the body of a checkpoint, and the keys that sign them. Pure: no files, no rows.

Formats: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint. One thing differs from the latter: the
third line holds the last hash of the hub's chain, not the root of a Merkle tree.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hub.audit.encoding import time_text

ED25519 = 1
"""The byte of signed notes that stands for Ed25519."""

KEY_LENGTH = 32
ID_LENGTH = 4
DASH = "— "
"""How each line with a signature begins: an em dash and a space."""

LONGEST_NOTE = 65_536
"""Bytes; room for many more signatures than the sixteen that everybody must accept."""

_COUNT = re.compile(r"0|[1-9][0-9]{0,18}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_RETIRED = re.compile(r"# retired (\S+) after (0|[1-9][0-9]{0,18}) entries")


class DamagedNoteError(ValueError):
    """A note, or a key in writing, is not as its format says."""


@dataclass(frozen=True)
class Checkpoint:
    """What a note of the hub says.

    Args:
        origin: name of the log, as `hub.example.org/audit`.
        entries: how many entries the log had.
        head: hash of the last of them, 64 hexadecimal digits; zeros for an empty log.
    """

    origin: str
    entries: int
    head: str

    @property
    def text(self) -> str:
        """The three lines that are signed, each with its line end."""
        return f"{self.origin}\n{self.entries}\n{_base64(bytes.fromhex(self.head))}\n"


@dataclass(frozen=True)
class Retirement:
    """The end of a key.

    Args:
        at: when it was put out of use.
        entries: how long the log was then; the key vouches for no checkpoint of more.
    """

    at: datetime
    entries: int


@dataclass(frozen=True)
class VerifierKey:
    """The public half of a key, under the name that it signs by.

    Args:
        name: the same as the origin of the log.
        public_key: the 32 bytes of an Ed25519 public key.
        retired: when and where it ended, None while it is in use.
    """

    name: str
    public_key: bytes
    retired: Retirement | None = None

    @property
    def id(self) -> bytes:
        """The four bytes that tie a signature to this key: SHA-256(name ‖ newline ‖ 1 ‖ public key), cut off."""
        content = self.name.encode() + b"\n" + bytes([ED25519]) + self.public_key
        return hashlib.sha256(content).digest()[:ID_LENGTH]

    @property
    def encoded(self) -> str:
        """Base64 of the algorithm's byte and the public key."""
        return _base64(bytes([ED25519]) + self.public_key)

    @property
    def text(self) -> str:
        """The key in one line, as verifiers of signed notes take it: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{self.encoded}"

    @property
    def short(self) -> str:
        """Name and id: what people compare."""
        return f"{self.name}+{self.id.hex()}"


@dataclass(frozen=True)
class Signature:
    """One signature line.

    Args:
        name: of the key that made it.
        id: the four bytes of that key.
        content: what the algorithm gave.
    """

    name: str
    id: bytes
    content: bytes

    def is_by(self, key: VerifierKey) -> bool:
        """Whether this says of itself that `key` made it."""
        return self.name == key.name and self.id == key.id


@dataclass(frozen=True)
class Note:
    """A note as it was read; nothing in it is believed before a signature is checked.

    Args:
        checkpoint: what it says.
        text: the signed text, exactly.
        signatures: its signatures, in their order.
        line: on which line of its file it begins, from 1.
    """

    checkpoint: Checkpoint
    text: str
    signatures: tuple[Signature, ...]
    line: int = 1


def sign(checkpoint: Checkpoint, signers: Sequence[tuple[VerifierKey, Ed25519PrivateKey]]) -> str:
    """Return the whole note: text, empty line, one line a signature.

    Args:
        checkpoint: what to sign.
        signers: each key in its two halves.
    """
    text = checkpoint.text
    lines = (
        f"{DASH}{key.name} {_base64(key.id + private.sign(text.encode()))}\n" for key, private in signers
    )
    return f"{text}\n{''.join(lines)}"


def verifies(signature: Signature, key: VerifierKey, text: str) -> bool:
    """Whether `key` made `signature` over `text`."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public_key).verify(signature.content, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def verifier_key(name: str, private: Ed25519PrivateKey) -> VerifierKey:
    """Return the public half of `private` under `name`."""
    return VerifierKey(name, private.public_key().public_bytes_raw())


def parse_notes(content: bytes) -> list[Note]:
    """Return the notes of a file that holds one, or several with empty lines between them.

    Raises:
        DamagedNoteError: the file is no such thing; the message names the line.
    """
    return [_parse_note(lines, begin) for begin, lines in _split(_decoded(content))]


def parse_keys(content: bytes) -> list[VerifierKey]:
    """Return the keys of a file with one on each line.

    Lines that begin with # are remarks. One of the form `# retired TIME after NUMBER entries` speaks of the key
    on the next line.

    Raises:
        DamagedNoteError: a line is no key; the message names it.
    """
    keys: list[VerifierKey] = []
    retired: Retirement | None = None
    for number, line in enumerate(_decoded(content).splitlines(), 1):
        if line.startswith("#") or not line.strip():
            retired = _retirement(line, number) or retired
        else:
            keys.append(_parse_key(line.strip(), number, retired))
            retired = None
    if not keys:
        raise DamagedNoteError("it holds no key")
    return keys


def keys_text(keys: Sequence[VerifierKey]) -> str:
    """Return `keys` as `parse_keys` reads them."""
    return "".join(f"{_remark(key)}{key.text}\n" for key in keys)


def _remark(key: VerifierKey) -> str:
    if key.retired is None:
        return ""
    return f"# retired {time_text(key.retired.at)} after {key.retired.entries} entries\n"


def _retirement(line: str, number: int) -> Retirement | None:
    if not line.startswith("# retired "):
        return None
    found = _RETIRED.fullmatch(line.strip())
    try:
        if found is not None:
            at = datetime.fromisoformat(found.group(1))
            if at.tzinfo is not None:
                return Retirement(at, int(found.group(2)))
    except ValueError:
        pass
    raise DamagedNoteError(f"line {number} does not say when a key was retired")


def _parse_key(line: str, number: int, retired: Retirement | None) -> VerifierKey:
    name, first, rest = line.partition("+")
    key_id, second, encoded = rest.partition("+")
    content = _unbase64(encoded) or b""
    if not (name and first and second) or _has_space(name):
        raise DamagedNoteError(f"line {number} is not a key, which is written name+id+key")
    if len(content) != 1 + KEY_LENGTH or content[0] != ED25519:
        raise DamagedNoteError(f"the key on line {number} is not an Ed25519 key")
    key = VerifierKey(name, content[1:], retired)
    if key_id != key.id.hex():
        raise DamagedNoteError(f"name, id and key on line {number} do not belong together")
    return key


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DamagedNoteError(f"line {line} is not UTF-8") from error
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise DamagedNoteError(f"line {line} holds a control character")
    return text


def _split(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield where each note begins, and its lines with their line ends."""
    lines = text.split("\n")
    if lines.pop():
        raise DamagedNoteError("its last line has no end: it was cut off")
    place = 0
    while place < len(lines):
        if not lines[place]:
            place += 1
            continue
        begin = place
        while place < len(lines) and lines[place]:
            place += 1
        place += 1
        while place < len(lines) and lines[place].startswith(DASH):
            place += 1
        yield begin + 1, lines[begin:place]


def _parse_note(lines: Sequence[str], begin: int) -> Note:
    if "" not in lines:
        raise DamagedNoteError(f"the note on line {begin} has no signature")
    end = lines.index("")
    if end < 3:  # noqa: PLR2004 - origin, count and head
        raise DamagedNoteError(f"the note on line {begin} has fewer than three lines before its signatures")
    if end + 1 == len(lines):
        raise DamagedNoteError(f"the note on line {begin} has no signature")
    text = "".join(f"{line}\n" for line in lines[:end])
    origin, count, encoded = lines[:3]
    head = _unbase64(encoded) or b""
    if not _COUNT.fullmatch(count):
        raise DamagedNoteError(f"line {begin + 1} is not a number of entries")
    if len(head) != hashlib.sha256().digest_size:
        raise DamagedNoteError(f"line {begin + 2} is not a hash in base64")
    signatures = tuple(
        _parse_signature(line, begin + end + 1 + place) for place, line in enumerate(lines[end + 1 :])
    )
    if len(text.encode()) > LONGEST_NOTE:
        raise DamagedNoteError(f"the note on line {begin} is too long")
    return Note(Checkpoint(origin, int(count), head.hex()), text, signatures, begin)


def _parse_signature(line: str, number: int) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    content = _unbase64(encoded) or b""
    if not name or "+" in name or _has_space(name) or len(content) <= ID_LENGTH:
        raise DamagedNoteError(f"line {number} is not a signature")
    return Signature(name, content[:ID_LENGTH], content[ID_LENGTH:])


def _has_space(name: str) -> bool:
    return any(sign.isspace() for sign in name)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _unbase64(text: str) -> bytes | None:
    """Return what `text` stands for, or None where it is not written in the one way that base64 has for it."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if _base64(content) == text else None
