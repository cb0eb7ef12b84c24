"""The index in files and in memory: damage, kills, several processes, restored databases, many changes at once."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete

from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.errors import UnavailableError
from hub.matching.facts import Kind
from hub.matching.index import files, following, index as indexes
from hub.matching.index.index import MatchIndex
from hub.members.models import FieldAudience
from hub.members.profiles.documents import requeue
from hub.members.profiles.queries import profile_of
from hub.organisations.documents import requeue as requeue_organisation
from hub.search.models import SearchJournal
from hub.search.service import queue_removal
from tests.factories import make_member, make_organisation, make_profile

SECRET = "the secret of a test"
CANARY = "zyzzyvacanary"


def member_in(index):
    """Return the members that an index knows."""
    return set(index.fresh().of(Kind.MEMBER).keys())


def listed(**columns):
    """Store somebody who is listed, and tell the journal."""
    member = make_member()
    make_profile(member, **{"headline": "Traces assets", **columns})
    told(member)
    return member


def told(*members):
    """Have the journal say that some members changed."""
    with transaction():
        for member in members:
            requeue(member)


def written(index):
    """Have an index write its files as the worker does."""
    with index.folder.lock() as is_ours:
        assert is_ours
        index.rebuild()
    return index


@pytest.fixture
def other(matching, tmp_path):
    """The index of another process of the same node."""
    return MatchIndex(tmp_path / "matching", SECRET)


@pytest.mark.db
def test_a_few_things_need_no_files(matching, tmp_path):
    member = listed()
    assert member_in(matching) == {member.public_id}
    assert not (tmp_path / "matching" / "manifest").exists()


@pytest.mark.db
def test_what_changed_is_known_with_the_next_use(matching):
    first = listed()
    assert member_in(matching) == {first.public_id}
    second = listed()
    assert member_in(matching) == {first.public_id, second.public_id}


@pytest.mark.db
def test_who_leaves_the_directory_is_gone_with_the_next_use(matching):
    member = listed()
    assert member_in(matching) == {member.public_id}
    with transaction():
        profile_of(member.id).audience = FieldAudience.NOBODY
        queue_removal(f"member:{member.public_id}")
    assert member_in(matching) == set()


@pytest.mark.db
def test_files_say_what_the_database_says(matching, other):
    member = listed()
    written(matching)
    assert member_in(other) == {member.public_id}
    later = listed()
    assert member_in(other) == member_in(matching) == {member.public_id, later.public_id}


def test_files_hold_no_words(matching, tmp_path):
    listed(headline=CANARY, biography=CANARY, offers=CANARY, needs=CANARY, biography_audience="nobody")
    written(matching)
    found = [path for path in (tmp_path / "matching").rglob("*") if path.is_file()]
    assert len(found) > len(Kind)
    for path in found:
        assert CANARY.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_terms_are_other_numbers_with_another_secret():
    one, another = files.hashing("one"), files.hashing("another")
    assert one(CANARY) == files.hashing("one")(CANARY) != another(CANARY)
    assert 0 <= one(CANARY) < 2**63


@pytest.mark.parametrize("damage", ["cut", "swapped", "gone", "manifest"])
def test_damaged_files_are_put_together_anew(matching, other, damage):
    member = listed()
    written(matching)
    generation = next((matching.folder.path).glob("generation-*"))
    victim = next(generation.glob("member.*.npy"))
    if damage == "cut":
        victim.write_bytes(victim.read_bytes()[:-1])
    elif damage == "swapped":
        victim.write_bytes(bytes(reversed(victim.read_bytes())))
    elif damage == "gone":
        victim.unlink()
    else:
        (matching.folder.path / "manifest").write_text("nothing", encoding="utf-8")
    assert member_in(other) == {member.public_id}
    assert other.folder.is_rebuild_wanted()
    assert other.keep()
    assert not other.folder.is_rebuild_wanted()
    assert other.folder.is_sound()


def test_files_of_another_secret_or_version_are_not_read(matching, tmp_path, monkeypatch):
    listed()
    written(matching)
    assert not MatchIndex(tmp_path / "matching", "another secret").folder.is_complete()
    monkeypatch.setattr(files, "_version", lambda: "another")
    assert not MatchIndex(tmp_path / "matching", SECRET).folder.is_complete()


def test_many_things_are_prepared_by_the_worker(matching, other, monkeypatch):
    member = listed()
    monkeypatch.setattr(indexes, "FEW", 0)
    with pytest.raises(UnavailableError, match="Suggestions are being prepared"):
        other.fresh()
    assert other.folder.is_rebuild_wanted()
    assert matching.keep()
    assert member_in(other) == {member.public_id}


def test_the_worker_writes_when_enough_changed(matching, monkeypatch):
    listed()
    matching.keep()
    stamp = matching.folder.stamp()
    listed()
    matching.keep()
    assert matching.folder.stamp() == stamp
    monkeypatch.setattr(indexes, "WRITE_AFTER", 2)
    listed()
    matching.keep()
    assert matching.folder.stamp() != stamp
    assert len(list(matching.folder.path.glob("generation-*"))) == 1


def test_the_worker_writes_a_single_change_within_an_hour(matching):
    listed()
    matching.keep()
    stamp = matching.folder.stamp()
    listed()
    with time_machine.travel(now() + timedelta(minutes=61), tick=False):
        matching.keep()
    assert matching.folder.stamp() != stamp


def test_one_process_takes_over_what_another_wrote(matching, other, monkeypatch):
    monkeypatch.setattr(indexes, "ADOPT_AFTER", 2)
    listed()
    matching.keep()
    first = member_in(other)
    second, third = listed(), listed()
    written(matching)
    fourth = listed()
    assert member_in(other) == first | {second.public_id, third.public_id, fourth.public_id}
    assert other._opened.stamp == matching.folder.stamp()


def test_files_that_are_one_change_behind_are_taken_over_once(matching, other, monkeypatch):
    monkeypatch.setattr(indexes, "ADOPT_AFTER", 3)
    first = listed()
    matching.keep()
    reads = []
    read = other._read
    monkeypatch.setattr(other, "_read", lambda: reads.append(1) or read())
    for _ in range(4):
        told(first)
        member_in(other)
    behind = indexes.build(matching._hashed)
    told(first)
    member_in(other)
    matching._write(behind)
    reads.clear()
    for _ in range(6):
        told(first)
        member_in(other)
    assert len(reads) == 1


@pytest.mark.db
def test_of_thousands_of_changes_the_newest_are_read_and_the_rest_left_out_until_they_are(
    matching, monkeypatch
):
    monkeypatch.setattr(following, "MOST_AT_ONCE", 2)
    members = [listed() for _ in range(3)]
    known = {each.public_id for each in members}
    assert member_in(matching) == known
    told(*members)
    assert member_in(matching) == {each.public_id for each in members[1:]}
    assert member_in(matching) == known


def test_a_restored_database_is_noticed(matching, other, monkeypatch):
    first, lost = listed(), listed()
    written(matching)
    assert member_in(other) == {first.public_id, lost.public_id}
    # the backup ends before the second one was listed, and another one is listed after it was restored
    session().execute(delete(SearchJournal).where(SearchJournal.number == 2))
    session().delete(profile_of(lost.id))
    session().commit()
    other_one = listed()
    assert member_in(other) >= {first.public_id, other_one.public_id}
    assert lost.public_id not in member_in(other)
    assert other.folder.is_rebuild_wanted()


def test_a_database_that_lost_its_end_is_noticed_after_a_minute(matching):
    listed()
    listed()
    assert len(member_in(matching)) == 2
    session().execute(delete(SearchJournal).where(SearchJournal.number == 2))
    session().commit()
    # it may be that this session only began a moment before the last change
    assert not matching.folder.is_rebuild_wanted()
    assert len(member_in(matching)) == 2
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        matching.fresh()
    assert matching.folder.is_rebuild_wanted()


def test_what_a_transaction_takes_back_is_forgotten(matching):
    member = listed()
    matching.fresh()
    told(member)
    with suppress(ZeroDivisionError), transaction():
        profile_of(member.id).audience = FieldAudience.NOBODY
        session().flush()
        assert member.public_id not in member_in(matching)
        raise ZeroDivisionError
    assert member_in(matching) == {member.public_id}


def test_spaces_do_not_change_under_their_reader(matching):
    listed()
    spaces = matching.fresh()
    listed()
    assert len(spaces.of(Kind.MEMBER)) == 1
    assert len(matching.fresh().of(Kind.MEMBER)) == 2


def test_an_organisation_is_known_until_it_is_removed(matching):
    organisation = make_organisation()
    with transaction():
        requeue_organisation(organisation)
    assert organisation.slug in matching.fresh().of(Kind.ORGANISATION)
