"""The published log against signed checkpoints: five ways to falsify it, and the byte that was altered."""

import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from hub.audit.encoding import START, Link, line_length, link_hash, log_length, log_line
from hub.audit.published import verify_log
from hub.audit.verify import Fault
from tests.audit.conftest import NOON

COUNT = 12


def chained(contents, head=START, first=1):
    """Return sound links of (moment, commitment)."""
    links = []
    for number, (moment, commitment) in enumerate(contents, first):
        head = link_hash(head, number, moment, commitment)
        links.append(Link(number, moment, commitment, head))
    return links


LINKS = chained(
    (NOON + timedelta(seconds=40 * number, microseconds=number), hashlib.sha256(bytes([number])).hexdigest())
    for number in range(COUNT)
)
LOG = "".join(f"{log_line(link)}\n" for link in LINKS).encode()
SEALS = {each: {LINKS[each - 1].hash} for each in (4, 8, COUNT)}


def check(log, seals=SEALS):
    return verify_log(io.BytesIO(log), seals)


def written(links):
    return "".join(f"{log_line(link)}\n" for link in links).encode()


def test_a_sound_log_fits_its_checkpoints():
    verdict, place = check(LOG)
    assert (verdict.is_whole, verdict.entries, verdict.head, place) == (True, COUNT, LINKS[-1].hash, None)
    assert verdict.recorded_at == LINKS[-1].recorded_at


def edit():
    """A commitment changed, nothing else."""
    links = list(LINKS)
    links[5] = replace(links[5], commitment="0" * 64)
    return links, Fault.LINK_CHANGED, 6


def delete():
    """An entry taken out, and all after it numbered and hashed anew."""
    kept = [(each.recorded_at, each.commitment) for each in LINKS if each.number != 6]
    return chained(kept), Fault.REWRITTEN, 5


def swap():
    """Two entries exchanged, with numbers and hashes made anew; the times stay in order."""
    contents = [(each.recorded_at, each.commitment) for each in LINKS]
    contents[5], contents[6] = (contents[5][0], contents[6][1]), (contents[6][0], contents[5][1])
    return chained(contents), Fault.REWRITTEN, 5


def truncate():
    """The end cut off."""
    return LINKS[:10], Fault.CUT_OFF, 11


def restamp():
    """An entry dated back a second, with its hash and every one after it made anew."""
    contents = [(each.recorded_at, each.commitment) for each in LINKS]
    contents[5] = (contents[5][0] - timedelta(seconds=1), contents[5][1])
    return chained(contents), Fault.REWRITTEN, 5


@pytest.mark.parametrize("falsify", [edit, delete, swap, truncate, restamp])
def test_each_of_five_manipulations_is_found(falsify):
    links, fault, number = falsify()
    found = check(written(links))[0].first_break
    assert (found.fault, found.number) == (fault, number)


def test_a_rewritten_log_is_whole_without_a_checkpoint():
    assert check(written(restamp()[0]), {})[0].is_whole


def test_checkpoints_tell_between_which_of_them_it_was_rewritten():
    found = check(written(restamp()[0]))[0].first_break
    assert str(found).startswith("The log is not the one that was signed: of entries 5 to 8 ")


def test_two_checkpoints_of_one_length_cannot_both_fit():
    found = check(LOG, {4: {LINKS[3].hash, "ee" * 32}})[0].first_break
    assert (found.fault, found.number) == (Fault.REWRITTEN, 1)


def test_a_checkpoint_of_an_empty_log_names_its_beginning():
    assert check(LOG, {0: {START}})[0].is_whole
    assert check(LOG, {0: {"ee" * 32}})[0].first_break.fault is Fault.REWRITTEN


def test_the_end_of_a_cut_off_file_is_named():
    verdict, place = check(written(LINKS[:10]))
    assert "the log ends before it, and a signed checkpoint tells of 12 entries" in str(verdict.first_break)
    assert str(place) == f"The file ends after line 10, byte {log_length(10)}."


@given(st.integers(0, len(LOG) - 1), st.integers(1, 255))
def test_any_altered_byte_is_named_with_what_stood_there(place, change):
    altered = bytearray(LOG)
    altered[place] ^= change
    verdict, found = check(bytes(altered))
    assert verdict.first_break.number == LOG[:place].count(b"\n") + 1
    assert (found.line, found.byte) == (verdict.first_break.number, place + 1)
    assert (found.found, found.expected) == (bytes([altered[place]]), LOG[place : place + 1])


@given(st.integers(0, len(LOG) - 1))
def test_a_missing_byte_is_found_in_its_line(place):
    verdict, found = check(LOG[:place] + LOG[place + 1 :])
    assert verdict.first_break.number == found.line == LOG[:place].count(b"\n") + 1


@given(st.binary(max_size=400))
def test_whatever_the_file_holds_there_is_a_verdict(content):
    verdict, _ = check(content)
    assert verdict.first_break is not None


def test_the_sentence_says_what_the_hub_wrote():
    altered = LOG.replace(b'"number":7,', b'"number":9,')
    place = LOG.index(b'"number":7,') + 10
    assert str(check(altered)[1]) == (
        f"Line 7 of the file, byte {place}: “9” stands where the hub wrote “7”."
    )


@pytest.mark.parametrize("saved", [LOG.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + LOG])
def test_a_file_that_a_program_converted_is_not_called_altered(saved):
    _, place = check(saved)
    assert "Download the file again" in str(place)


def test_several_altered_bytes_are_named_by_their_line():
    links = list(LINKS)
    links[5] = replace(links[5], commitment="0" * 64)
    place = check(written(links))[1]
    assert (place.line, place.byte, place.last) == (6, log_length(5) + 1, log_length(6))


@pytest.mark.parametrize("entries", [0, 1, 9, 10, 11, 100])
def test_the_length_of_a_log_is_known_beforehand(entries):
    lines = [log_line(replace(LINKS[0], number=number)) + "\n" for number in range(1, entries + 1)]
    assert log_length(entries) == sum(map(len, lines)) == sum(line_length(n) for n in range(1, entries + 1))
