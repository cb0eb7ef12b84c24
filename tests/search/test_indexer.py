"""The thread that follows the journal, on a database of its own."""

import shutil
import time

import pytest

from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import UnavailableError
from hub.search.documents import Query
from hub.search.indexer import Indexer
from hub.search.models import SearchJournal
from hub.search.queries import find, lag, newest_number
from hub.search.service import queue_document, queue_removal
from hub.search.whoosh.engine import WhooshEngine
from tests.search.samples import PUBLIC, document


class Catalogue:
    """The truth: documents in memory, whose changes go through a real journal."""

    def __init__(self, bind):
        self.bind = bind
        self.documents = {}
        self.rebuilds = 0

    def all(self):
        session()
        self.rebuilds += 1
        yield from list(self.documents.values())

    def save(self, made, *, narrows=False):
        with session_scope(self.bind), transaction():
            self.documents[made.id] = made
            queue_document(made, narrows=narrows)

    def remove(self, document_id):
        with session_scope(self.bind), transaction():
            del self.documents[document_id]
            queue_removal(document_id)

    def search(self, engine, text="words"):
        with session_scope(self.bind):
            return find(engine, Query(PUBLIC, text))


@pytest.fixture
def catalogue(tmp_path):
    bind = make_engine(f"sqlite:///{tmp_path / 'hub.sqlite'}")
    SearchJournal.metadata.create_all(bind, tables=[SearchJournal.__table__])
    yield Catalogue(bind)
    bind.dispose()


@pytest.fixture
def indexer(catalogue, index):
    made = Indexer(catalogue.bind, index, catalogue.all)
    yield made
    made.stop()


def catch_up(indexer):
    while indexer.step():
        pass


def eventually(check, seconds=5.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if check():
                return True
        except UnavailableError:
            pass
        time.sleep(0.02)
    return False


def test_the_first_step_builds_the_index(catalogue, index, indexer):
    catalogue.save(document("a", "words"))
    catch_up(indexer)
    assert catalogue.search(index).ids == ("a",)
    assert catalogue.rebuilds == 1


def test_changes_follow_without_a_rebuild(catalogue, index, indexer):
    catch_up(indexer)
    catalogue.save(document("a", "words"))
    catalogue.save(document("b", "words"))
    catalogue.remove("a")
    catch_up(indexer)
    assert catalogue.search(index).ids == ("b",)
    assert catalogue.rebuilds == 1
    with session_scope(catalogue.bind):
        assert lag(index) == 0
        assert index.applied_number() == newest_number() == 3


def test_a_running_indexer_makes_changes_findable_within_a_second(catalogue, index, indexer):
    indexer.start()
    assert eventually(lambda: catalogue.search(index).total == 0)
    catalogue.save(document("a", "words"))
    assert eventually(lambda: catalogue.search(index).ids == ("a",), seconds=1.0)


def test_narrowing_acts_before_the_indexer_comes(catalogue, index, indexer):
    catalogue.save(document("a", "words"))
    catch_up(indexer)
    catalogue.save(document("a", "words", labels="le:GE"), narrows=True)
    assert catalogue.search(index).total == 0
    catch_up(indexer)
    assert catalogue.search(index).total == 0


def test_a_deleted_folder_is_built_anew_while_searches_go_on(catalogue, index, indexer):
    catalogue.save(document("a", "words"))
    indexer.start()
    assert eventually(lambda: catalogue.search(index).ids == ("a",))
    shutil.rmtree(index.folder.path)
    assert catalogue.search(index).ids == ("a",)
    catalogue.save(document("b", "words"))
    assert eventually(lambda: catalogue.search(index).total == 2)
    assert catalogue.search(WhooshEngine(index.folder.path)).total == 2


def test_a_request_for_a_rebuild_is_answered_once(catalogue, index, indexer):
    catch_up(indexer)
    index.want_rebuild()
    catch_up(indexer)
    catch_up(indexer)
    assert catalogue.rebuilds == 2


def test_a_database_restored_to_an_earlier_state_is_indexed_anew(catalogue, index, indexer):
    index.rebuild([document("later")], 50)
    catalogue.save(document("a", "words"))
    catch_up(indexer)
    assert catalogue.search(index, "").ids == ("a",)


def test_the_indexer_survives_failures(catalogue, index, indexer, monkeypatch):
    real, calls = index.apply, []

    def failing(changes, number):
        calls.append(number)
        if len(calls) < 3:
            raise OSError("the disk is full")
        real(changes, number)

    monkeypatch.setattr(index, "apply", failing)
    indexer.start()
    assert eventually(lambda: catalogue.search(index).total == 0)
    catalogue.save(document("a", "words"))
    assert eventually(lambda: catalogue.search(index).ids == ("a",))
    assert len(calls) >= 3


def test_only_the_holder_of_the_lock_works(catalogue, index, indexer):
    other = WhooshEngine(index.folder.path)
    with other.folder.lock() as is_ours:
        assert is_ours
        with index.folder.lock() as second:
            assert not second
        indexer.start()
        time.sleep(0.3)
        assert index.applied_number() is None
    assert eventually(lambda: index.applied_number() == 0)


def test_a_rebuild_takes_later_changes_in_as_well(catalogue, index, indexer):
    """A change committed while documents are read may be missing from them, never from the index."""
    catalogue.save(document("a", "words"))
    read = catalogue.all

    def slow():
        documents = list(read())
        catalogue.save(document("b", "words"))
        yield from documents

    indexer._documents = slow
    indexer.step()
    assert catalogue.search(index).ids == ("a",)
    catch_up(indexer)
    assert set(catalogue.search(index).ids) == {"a", "b"}
