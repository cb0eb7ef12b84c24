"""The index may be deleted, damaged or forged at any time: searches stay right or say that there is no index."""

import pickle
import shutil
import threading
import time

import pytest

from hub.core.errors import UnavailableError
from hub.search.changes import Change
from hub.search.documents import Query
from hub.search.folder import IndexFolder
from hub.search.whoosh.engine import WhooshEngine
from hub.search.whoosh.store import IndexWriter
from tests.search.samples import PUBLIC, document, nothing_withheld


@pytest.fixture
def folder(index):
    index.rebuild([document("a", "words of old"), document("s", "secret", labels="member")], 1)
    return index.folder.path


def ask(engine, text="words"):
    return engine.search(Query(PUBLIC, text), nothing_withheld)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_without_an_index_there_is_no_answer(index):
    with pytest.raises(UnavailableError):
        ask(index)
    assert index.applied_number() is None
    assert index.is_rebuild_wanted()


def test_the_folder_and_the_key_are_private(folder):
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.with_name("index-key").stat().st_mode & 0o777 == 0o600


def test_an_open_index_answers_after_its_folder_is_gone(index, folder):
    ask(index)
    shutil.rmtree(folder)
    assert ask(index).ids == ("a",)
    assert ask(index, "old").ids == ("a",)
    assert index.is_rebuild_wanted()
    index.rebuild([document("b", "words of new")], 2)
    assert ask(index).ids == ("b",)


@pytest.mark.parametrize("place", range(7))
@pytest.mark.parametrize("harm", ["cut", "flip", "delete"])
def test_harm_to_any_file_is_noticed_by_who_opens_it(folder, place, harm):
    assert len(files(folder)) == 7
    path = files(folder)[place]
    content = path.read_bytes()
    if harm == "delete":
        path.unlink()
    else:
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        path.write_bytes(content[:middle] if harm == "cut" else flipped)
    other = WhooshEngine(folder)
    with pytest.raises(UnavailableError):
        ask(other)
    assert other.is_rebuild_wanted()
    other.rebuild([document("b", "words")], 2)
    assert ask(other).ids == ("b",)
    assert not other.is_rebuild_wanted()


def test_damage_under_an_open_index_is_an_outage_not_an_error(index, folder):
    index.rebuild([document(f"d{number}", f"word{number} other{number}") for number in range(400)], 1)
    ask(index)
    for path in folder.glob("*/public/*.arr"):
        with path.open("r+b") as file:
            file.truncate(10)
    with pytest.raises(UnavailableError):
        ask(index, "word77")
    assert index.is_rebuild_wanted()


def test_damage_under_a_lexicon_is_an_outage_too(index, folder):
    words = index.lexicon(Query(PUBLIC), nothing_withheld)
    for path in folder.glob("*/public/*.arr"):
        with path.open("r+b") as file:
            file.truncate(10)
    with pytest.raises(UnavailableError):
        words.count("words")
    assert index.is_rebuild_wanted()


def test_a_damaged_newer_state_leaves_the_older_one_in_use(index, folder):
    ask(index)
    WhooshEngine(folder).apply([Change(2, "b", document("b", "words"))], 2)
    next(folder.glob("*/public/*.toc")).write_bytes(b"")
    assert ask(index).ids == ("a",)
    assert index.is_rebuild_wanted()


def test_an_index_that_the_hub_did_not_write_is_never_unpickled(index, folder, tmp_path):
    trap = tmp_path / "sprung"

    class Trap:
        def __reduce__(self):
            return (trap.touch, ())

    for path in files(folder):
        path.write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UnavailableError):
        ask(index)
    assert not trap.exists()


def test_an_index_signed_by_another_hub_is_refused(index, folder):
    folder.with_name("index-key").write_bytes(b"another hub's key, of another place")
    with pytest.raises(UnavailableError):
        ask(index)


def test_a_failure_of_our_own_is_not_taken_for_damage(index, folder, monkeypatch):
    ask(index)
    monkeypatch.setattr("hub.search.whoosh.snapshot.narrow", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(index)
    assert not index.is_rebuild_wanted()


@pytest.mark.parametrize("done", [0, 1, 2])
def test_an_interrupted_batch_leaves_the_former_state(folder, monkeypatch, done):
    """Interrupted before the first index is written, between both, and before the manifest names them."""
    steps = [(IndexWriter, "commit"), (IndexWriter, "commit"), (IndexFolder, "write")]
    owner, name = steps[done]
    real = getattr(owner, name)
    calls = []

    def interrupted(*arguments):
        calls.append(name)
        if len(calls) == len([step for step in steps[: done + 1] if step == (owner, name)]):
            raise OSError("the disk is full")
        real(*arguments)

    change = Change(2, "a", document("a", "new", labels="member"))
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, interrupted)
        with pytest.raises(OSError, match="full"):
            WhooshEngine(folder).apply([change], 2)
    other = WhooshEngine(folder)
    assert ask(other, "old").ids == ("a",)
    assert other.applied_number() == 1
    other.apply([change], 2)
    assert ask(other, "old").total == 0
    assert set(other.contents().digests) == {"a", "s"}


def test_leftovers_of_a_killed_build_are_swept(index, folder):
    half = folder / "generation-half"
    half.mkdir()
    (half / "file").write_bytes(b"half")
    index.rebuild([document("a")], 2)
    assert [path.name for path in folder.glob("generation-*")] == [index.folder.read().generation]


def test_threads_search_while_the_index_changes(index, folder):
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
                if results.total != results.applied_number:
                    wrong.append(results)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    writer = WhooshEngine(folder)
    for number in range(1, 26):
        writer.apply([Change(number, f"d{number}", document(f"d{number}", "words"))], number)
        if number == 12:
            writer.rebuild([document(f"d{place}", "words") for place in range(1, 13)], 12)
        time.sleep(0.005)
    stopping.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert ask(index).total == 25
