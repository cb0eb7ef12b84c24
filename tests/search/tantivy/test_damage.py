"""Files may be cut, changed or deleted at any time: the process lives, answers stay right, the index is rebuilt."""

import shutil

import pytest

from hub.core.errors import UnavailableError
from hub.search.changes import Change
from hub.search.documents import Query
from hub.search.folder import DamagedIndexError, IndexFolder
from hub.search.tantivy.lexicon import Visible
from hub.search.tantivy.snapshot import Snapshot
from hub.search.tantivy.workshop import Workshop
from tests.search.conformance.engines import engine_of
from tests.search.samples import PUBLIC, document, nothing_withheld

FILES = 15
"""Manifest, and for each of two indexes its table of contents and the six files of its segment."""

PANIC = type("PanicException", (BaseException,), {})
"""What tantivy raises, by its name; no `Exception`."""


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def harm(path, how):
    content = path.read_bytes()
    middle = len(content) // 2
    if how == "delete":
        path.unlink()
    elif how == "cut":
        with path.open("r+b") as file:
            file.truncate(middle)
    else:
        with path.open("r+b") as file:
            file.seek(middle)
            file.write(bytes([content[middle] ^ 1]))


def test_folders_and_files_are_private(index, folder, ask):
    ask(index)
    assert folder.stat().st_mode & 0o777 == 0o700
    (serving,) = folder.with_name("index-serving").glob("*/")
    assert serving.stat().st_mode & 0o777 == 0o700
    copied = [path for path in files(serving) if path.suffix != ".lock" and path.name[0] != "."]
    assert {path.stat().st_mode & 0o077 for path in copied} == {0}


@pytest.mark.parametrize("place", range(FILES))
@pytest.mark.parametrize("how", ["cut", "flip", "delete"])
def test_harm_to_any_file_is_noticed_and_what_is_open_goes_on(index, folder, instance, ask, place, how):
    ask(index)
    assert len(files(folder)) == FILES
    harm(files(folder)[place], how)
    other = engine_of("tantivy", instance)
    with pytest.raises(UnavailableError):
        ask(other)
    assert other.is_rebuild_wanted()
    assert ask(index).ids == ("a",)
    other.rebuild([document("b", "words")], 2)
    assert ask(other).ids == ask(index).ids == ("b",)
    assert not other.is_rebuild_wanted()


def test_files_cut_under_an_open_index_neither_kill_nor_change_answers(index, folder, ask):
    index.rebuild([document(f"d{number}", f"word{number} other") for number in range(400)], 1)
    ask(index, "other")
    for path in files(folder):
        harm(path, "cut")
    assert ask(index, "word77").ids == ("d77",)
    assert ask(index, "other").total == 400


@pytest.mark.parametrize("suffix", ["idx", "term", "fast", "store"])
def test_a_change_to_an_index_that_was_cut_is_refused(index, folder, ask, suffix):
    """Tantivy would map the file, and die of it."""
    index.apply([Change(2, "b", document("b", "words"))], 2)
    assert ask(index).total == 2
    harm(next(folder.rglob(f"innovations-public/*.{suffix}")), "cut")
    with pytest.raises(DamagedIndexError):
        index.apply([Change(3, "a", document("a", "new"))], 3)
    assert ask(index).total == 2


def test_an_open_index_answers_after_all_its_files_are_gone(index, folder, ask):
    ask(index)
    shutil.rmtree(folder)
    shutil.rmtree(folder.with_name("index-serving"))
    assert ask(index, "old").ids == ("a",)
    assert index.is_rebuild_wanted()
    index.rebuild([document("b", "words of new")], 2)
    assert ask(index).ids == ("b",)


def test_a_damaged_newer_state_leaves_the_older_one_in_use(index, folder, instance, ask):
    ask(index)
    engine_of("tantivy", instance).apply([Change(2, "b", document("b", "words"))], 2)
    newest = max(folder.rglob("innovations-public/*.idx"), key=lambda path: path.stat().st_mtime_ns)
    harm(newest, "flip")
    assert ask(index).ids == ("a",)
    assert index.is_rebuild_wanted()


def test_an_index_signed_by_another_hub_is_refused(index, folder, ask):
    folder.with_name("index-key").write_bytes(b"another hub's key, of another place")
    with pytest.raises(UnavailableError):
        ask(index)


def test_copies_that_cannot_be_written_leave_the_older_state_in_use(index, folder, ask, monkeypatch):
    ask(index)
    index.apply([Change(2, "b", document("b", "words"))], 2)

    def full(*_arguments):
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        assert ask(index).ids == ("a",)
    assert not index.is_rebuild_wanted()
    monkeypatch.setattr("hub.search.tantivy.engine.RETRY", 0.0)
    index._refused = None
    assert ask(index).total == 2
    assert folder.is_dir()


def test_a_panic_of_tantivys_is_an_outage_and_asks_for_a_rebuild(index, folder, ask, monkeypatch):
    ask(index)

    def struck(*_arguments):
        raise PANIC

    with monkeypatch.context() as patch:
        patch.setattr(Snapshot, "search", struck)
        with pytest.raises(UnavailableError):
            ask(index)
    assert index.is_rebuild_wanted()
    assert ask(index).ids == ("a",)


@pytest.mark.parametrize(
    "ask_words",
    [
        lambda words: words.starting("wo", 5),
        lambda words: words.near("wrods", 2, 5),
        lambda words: words.count("words"),
        lambda words: words.languages(),
    ],
)
def test_a_panic_in_the_lexicon_is_an_outage_and_asks_for_a_rebuild(
    index, folder, ask, monkeypatch, ask_words
):
    words = index.lexicon(Query(PUBLIC), nothing_withheld)

    def struck(*_arguments):
        raise PANIC

    with monkeypatch.context() as patch:
        for method in ("_terms", "having", "near"):
            patch.setattr(Visible, method, struck)
        with pytest.raises(UnavailableError):
            ask_words(words)
    assert index.is_rebuild_wanted()
    assert ask(index).ids == ("a",)


def test_a_panic_while_a_lexicon_is_made_is_an_outage(index, folder, ask, monkeypatch):
    ask(index)

    def struck(*_arguments):
        raise PANIC

    monkeypatch.setattr(Snapshot, "words", struck)
    with pytest.raises(UnavailableError):
        index.lexicon(Query(PUBLIC), nothing_withheld)
    assert index.is_rebuild_wanted()


def test_a_panic_while_an_index_is_warmed_stops_nothing(index, folder, monkeypatch):
    def struck(*_arguments):
        raise PANIC

    monkeypatch.setattr(Snapshot, "search", struck)
    index.open()
    assert index.is_rebuild_wanted()


def test_a_failure_of_our_own_is_not_taken_for_damage(index, folder, ask, monkeypatch):
    ask(index)
    monkeypatch.setattr("hub.search.tantivy.snapshot.joined", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(index)
    assert not index.is_rebuild_wanted()


@pytest.mark.parametrize(
    ("owner", "step"),
    [(Workshop, "change"), (Workshop, "_link"), (Workshop, "publish"), (IndexFolder, "write")],
)
@pytest.mark.parametrize("call", [1, 2])
def test_an_interrupted_batch_leaves_the_former_state(instance, folder, ask, monkeypatch, owner, step, call):
    real = getattr(owner, step)
    calls = []

    def interrupted(*arguments):
        calls.append(step)
        if len(calls) == call:
            raise OSError("the disk is full")
        return real(*arguments)

    change = Change(2, "a", document("a", "new", labels="member"))
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, interrupted)
        try:
            engine_of("tantivy", instance).apply([change], 2)
        except OSError:
            pass
        else:
            assert call == 2  # nothing was interrupted: this step comes once
    other = engine_of("tantivy", instance)
    assert other.folder.is_sound()
    assert (ask(other, "old").ids, other.applied_number()) in ((("a",), 1), ((), 2))
    other.apply([change], 2)
    assert ask(other, "old").total == 0
    assert set(other.contents().digests) == {"a", "s"}


def test_leftovers_of_a_killed_build_are_swept(index, folder):
    (folder / "generation-half").mkdir()
    (folder / "generation-half" / "file").write_bytes(b"half")
    (folder / "workshop").mkdir()
    (folder / "workshop" / "file").write_bytes(b"half")
    index.rebuild([document("a")], 2)
    assert {path.name for path in folder.iterdir()} == {"manifest", index.folder.read().generation}
