"""Which signatures count: known keys, for this log, within the life of the key; one that is wrong spoils all."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.audit.checkpoints.note import Checkpoint, Retirement, parse_notes, sign, verifier_key
from hub.audit.checkpoints.proof import SENTENCES, Flaw, FlawedNote, believe, seals_of

PRIVATE, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([each]) * 32) for each in (1, 2))
NAME = "hub.example/audit"
KEY, NEW = verifier_key(NAME, PRIVATE), verifier_key(NAME, OTHER)
RETIRED = replace(KEY, retired=Retirement(datetime(2026, 11, 22, 20, tzinfo=UTC), 10))


def note_of(entries=10, origin=NAME, signers=((KEY, PRIVATE),)):
    (note,) = parse_notes(sign(Checkpoint(origin, entries, "cd" * 32), signers).encode())
    return note


def flaw_of(note, keys):
    with pytest.raises(FlawedNote) as found:
        believe(note, keys)
    return found.value


def test_a_known_key_is_believed():
    assert believe(note_of(), [NEW, KEY]).key == KEY


def test_a_signature_by_a_key_that_nobody_gave_does_not_count():
    flaw = flaw_of(note_of(), [NEW])
    assert flaw.flaw is Flaw.UNKNOWN_KEY
    assert f"{NAME}+{KEY.id.hex()}" in str(flaw)


def test_a_key_of_another_name_is_another_key():
    assert flaw_of(note_of(), [replace(KEY, name="else.example/audit")]).flaw is Flaw.UNKNOWN_KEY


def test_a_changed_text_is_found():
    (forged,) = parse_notes(
        sign(Checkpoint(NAME, 10, "cd" * 32), [(KEY, PRIVATE)]).replace("\n10\n", "\n11\n").encode()
    )
    assert flaw_of(forged, [KEY]).flaw is Flaw.BAD_SIGNATURE


def test_one_wrong_signature_of_a_known_key_spoils_all():
    forged = note_of(signers=((KEY, PRIVATE), (NEW, PRIVATE)))
    assert flaw_of(forged, [KEY, NEW]).flaw is Flaw.BAD_SIGNATURE
    assert believe(forged, [KEY]).key == KEY


def test_a_checkpoint_of_another_log_is_refused():
    flaw = flaw_of(note_of(origin="else.example/audit"), [KEY])
    assert flaw.flaw is Flaw.OTHER_LOG
    assert "says else.example/audit" in str(flaw)


def test_a_retired_key_counts_for_what_it_signed_in_its_time():
    assert believe(note_of(10), [RETIRED]).key == RETIRED


def test_a_retired_key_counts_for_nothing_later():
    flaw = flaw_of(note_of(11), [NEW, RETIRED])
    assert flaw.flaw is Flaw.RETIRED_KEY
    assert "retired on 2026-11-22T20:00:00.000000Z, when the log had 10 entries" in str(flaw)


def test_a_new_key_beside_a_retired_one_is_enough():
    both = note_of(11, signers=((KEY, PRIVATE), (NEW, OTHER)))
    assert believe(both, [RETIRED, NEW]).key == NEW


def test_a_signature_of_another_kind_under_a_known_name_does_not_count():
    content = sign(Checkpoint(NAME, 1, "cd" * 32), [(KEY, PRIVATE)])
    witness = base64.b64encode(b"\0\0\0\0" + bytes(72)).decode()
    (note,) = parse_notes(f"{content}— {NAME} {witness}\n".encode())
    assert believe(note, [KEY]).key == KEY


def test_two_heads_of_one_length_are_both_kept():
    one = believe(note_of(), [KEY])
    (other,) = parse_notes(sign(Checkpoint(NAME, 10, "ee" * 32), [(KEY, PRIVATE)]).encode())
    assert seals_of([one, believe(other, [KEY])]) == {10: {"cd" * 32, "ee" * 32}}


def test_every_flaw_has_a_sentence():
    assert set(SENTENCES) == set(Flaw)
