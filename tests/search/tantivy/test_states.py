"""One state of the index follows another: readers move on, nothing is left behind, answers are whole."""

import os
import threading
import time

import pytest

from hub.core.errors import UnavailableError
from hub.search.changes import Change
from hub.search.documents import Collection, Query
from hub.search.tantivy import serving
from hub.search.tantivy.serving import ServingCopies
from tests.search.conformance.engines import engine_of
from tests.search.samples import OFFICER, document, nothing_withheld


def test_many_changes_keep_few_segments_and_few_copies(index, folder, ask):
    for number in range(2, 26):
        name = f"d{number % 20}"
        index.apply([Change(number, name, document(name, "words"))], number)
        assert ask(index, f"words {name}").applied_number == number
    segments = list(folder.rglob("innovations-public/*.idx"))
    copies = list(folder.with_name("index-serving").rglob("innovations-public/*.idx"))
    assert len(segments) <= 10
    assert {path.name for path in copies} == {path.name for path in segments}


def test_what_is_merged_is_seen_without_another_change(index, folder, ask):
    for number in range(2, 11):
        index.apply([Change(number, f"d{number}", document(f"d{number}", "words"))], number)
    assert ask(index).total == 10
    assert index.folder.is_sound()
    assert len(index.contents().digests) == 11


def test_an_index_that_did_not_change_is_not_opened_again(index, folder, ask):
    ask(index)
    before = index._state.snapshots
    index.apply([Change(2, "t", document("t", "secret too", labels="member"))], 2)
    assert ask(index, "secret", OFFICER).total == 2
    after = index._state.snapshots
    assert after["innovations-public"] is before["innovations-public"]
    assert after["innovations-full"] is not before["innovations-full"]


def test_a_collection_without_documents_has_no_index_and_finds_nothing(index, folder):
    query = Query(OFFICER, "words", {"kind": frozenset({"x"})}, collection=Collection.MEMBERS)
    results = index.search(query, nothing_withheld)
    assert (results.ids, results.total, results.facets) == ((), 0, {"kind": {"x": 0}})
    assert not list(folder.rglob("members-*"))


def test_a_deleted_document_leaves_no_words(index, folder):
    index.apply([Change(2, "a", None)], 2)
    lexicon = index.lexicon(Query(frozenset({"public"})), nothing_withheld)
    assert lexicon.starting("wo", 9) == []
    assert lexicon.near("words", 2, 9) == []
    assert lexicon.count("words") == 0
    assert lexicon.languages() == frozenset()


@pytest.mark.parametrize(
    "name", ["short", "x" * 40, "x" * 41, "organisation:23456789abcdefghjkmnpq", "ს" * 14]
)
def test_ids_of_any_length_come_back(index, name, ask):
    index.rebuild([document(name, "words")], 1)
    assert ask(index).ids == (name,)


def test_halves_of_characters_are_taken_in(index, ask):
    index.rebuild([document("a", "words \ud800", name="\ud83d", kind="\ud800")], 1)
    assert ask(index).ids == ("a",)
    assert index.search(Query(OFFICER, filters={"kind": frozenset({"\ud800"})}), nothing_withheld).total == 1


def test_copies_of_ended_processes_are_swept(index, folder, ask):
    serving = folder.with_name("index-serving")
    (serving / "ended").mkdir(parents=True)
    (serving / "ended" / "file").write_bytes(b"left")
    (serving / "ended.lock").touch()
    other = ServingCopies(index.folder)
    other.searchers(index.folder.read(), [])
    ask(index)
    kept = {path.name for path in serving.iterdir()}
    assert len(kept) == 4
    assert "ended" not in kept
    del other
    assert len(list(serving.iterdir())) == 2


def test_copies_are_made_in_no_folder_that_somebody_else_chose(index, folder, ask, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.with_name("index-serving").symlink_to(elsewhere)
    with pytest.raises(UnavailableError):
        ask(index)
    assert not list(elsewhere.iterdir())
    assert not index.is_rebuild_wanted()


def test_copies_are_made_in_no_folder_of_another_user(index, folder, ask, monkeypatch):
    folder.with_name("index-serving").mkdir()
    manifest = index.folder.read()
    user = os.geteuid()
    monkeypatch.setattr(serving.os, "geteuid", lambda: user + 1)
    with pytest.raises(PermissionError):
        ServingCopies(index.folder).searchers(manifest, [])


def test_nobody_else_looks_into_the_copies(index, folder, ask):
    root = folder.with_name("index-serving")
    root.mkdir()
    root.chmod(0o755)
    assert ask(index).total == 1
    assert root.stat().st_mode & 0o777 == 0o700


def test_threads_search_while_the_index_changes(index, instance, ask):
    """Every answer is one whole state: as many documents as the number it stands at."""
    index.rebuild([], 0)
    wrong, stopping = [], threading.Event()

    def search():
        while not stopping.is_set():
            try:
                results = ask(index)
            except UnavailableError as error:
                wrong.append(error)
            else:
                counted = results.facets.get("kind", {}).get("x", 0)
                if not results.total == counted == results.applied_number:
                    wrong.append(results)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    writer = engine_of("tantivy", instance)
    for number in range(1, 15):
        writer.apply([Change(number, f"d{number}", document(f"d{number}", "words", kind="x"))], number)
        if number == 8:
            writer.rebuild([document(f"d{place}", "words", kind="x") for place in range(1, 9)], 8)
        time.sleep(0.005)
    stopping.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert ask(index).total == 14
