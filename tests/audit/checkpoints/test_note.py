"""Signed notes and keys, byte for byte: example of the format, other software, and what is refused."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from hub.audit.checkpoints.note import (
    Checkpoint,
    DamagedNoteError,
    Retirement,
    Signature,
    VerifierKey,
    keys_text,
    parse_keys,
    parse_notes,
    sign,
    verifier_key,
    verifies,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = verifier_key("hub.example/audit", PRIVATE)
POINT = Checkpoint("hub.example/audit", 1234, "ab" * 32)
NOTE = sign(POINT, [(KEY, PRIVATE)])


def test_a_note_is_made_as_other_software_makes_it():
    text = f"hub.example/audit\n1234\n{base64.b64encode(bytes.fromhex('ab' * 32)).decode()}\n"
    public = PRIVATE.public_key().public_bytes_raw()
    key_id = hashlib.sha256(b"hub.example/audit\n\x01" + public).digest()[:4]
    signature = base64.b64encode(key_id + PRIVATE.sign(text.encode())).decode()
    assert f"{text}\n— hub.example/audit {signature}\n" == NOTE
    encoded = base64.b64encode(b"\x01" + public).decode()
    assert KEY.text == f"hub.example/audit+{key_id.hex()}+{encoded}"


def test_a_key_of_other_software_is_understood():
    # key and signature of the example in the documentation of Go's golang.org/x/mod/sumdb/note
    (key,) = parse_keys(b"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    encoded = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    signed = base64.b64decode(encoded)
    signature = Signature("PeterNeumann", signed[:4], signed[4:])
    assert signature.is_by(key)
    assert verifies(signature, key, text)


def test_a_note_comes_back_as_it_was():
    (note,) = parse_notes(NOTE.encode())
    assert (note.checkpoint, note.line) == (POINT, 1)
    assert verifies(note.signatures[0], KEY, note.text)


def test_several_notes_of_one_file_are_read_with_their_lines():
    notes = parse_notes(f"{NOTE}\n{NOTE}\n\n{NOTE}".encode())
    assert [note.line for note in notes] == [1, 7, 14]


def test_further_lines_of_a_body_and_further_signatures_are_let_through():
    other = verifier_key("witness.example/w", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    text = f"{POINT.text}more\n"
    line = base64.b64encode(KEY.id + PRIVATE.sign(text.encode())).decode()
    content = f"{text}\n— {KEY.name} {line}\n— {other.name} {base64.b64encode(other.id + b's').decode()}\n"
    (note,) = parse_notes(content.encode())
    assert [each.name for each in note.signatures] == ["hub.example/audit", "witness.example/w"]
    assert verifies(note.signatures[0], KEY, note.text)


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_altered(place, change):
    content = bytearray(NOTE.encode())
    content[place] ^= change
    try:
        notes = parse_notes(bytes(content))
    except DamagedNoteError:
        return
    for note in notes:
        assert not any(each.is_by(KEY) and verifies(each, KEY, note.text) for each in note.signatures)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (NOTE[:-1], "cut off"),
        (POINT.text, "no signature"),
        (f"{POINT.text}\n", "no signature"),
        (NOTE.replace("\n1234\n", "\n01234\n"), "line 2 is not a number"),
        (NOTE.replace("\n1234\n", "\n-1\n"), "line 2 is not a number"),
        (NOTE.replace("q6urq6", "q6ur", 1), "line 3 is not a hash"),
        (NOTE.replace("hub.example/audit\n1234", "1234"), "fewer than three lines"),
        (NOTE.replace("— hub.example/audit ", "— hub.example/audit\u00a0x "), "line 5 is not a signature"),
        (NOTE.replace("\n", "\r\n"), "line 1 holds a control character"),
        (f"{NOTE}\n— nobody AAAA\n", "has no signature"),
    ],
)
def test_what_is_no_note_is_named_with_its_line(content, words):
    with pytest.raises(DamagedNoteError, match=words):
        parse_notes(content.encode())


def test_bytes_that_are_no_text_are_named():
    with pytest.raises(DamagedNoteError, match="line 2 is not UTF-8"):
        parse_notes(b"a\n\xff\n")


def test_keys_come_back_with_their_end():
    old = VerifierKey(KEY.name, bytes(32), Retirement(datetime(2026, 11, 22, 20, tzinfo=UTC), 17))
    assert parse_keys(keys_text([KEY, old]).encode()) == [KEY, old]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "no key"),
        ("# only a remark\n", "no key"),
        ("-----BEGIN PUBLIC KEY-----\n", "line 1 is not a key"),
        (KEY.text.replace("hub.", "bub."), "do not belong together"),
        (KEY.text[:-4], "not an Ed25519 key"),
        (f"# retired yesterday after 3 entries\n{KEY.text}", "line 1 does not say"),
        (f"# retired 2026-11-22T20:00:00 after 3 entries\n{KEY.text}", "line 1 does not say"),
    ],
)
def test_what_is_no_key_is_named_with_its_line(content, words):
    with pytest.raises(DamagedNoteError, match=words):
        parse_keys(content.encode())
