"""A tantivy engine on an empty folder; without the extra `tantivy` nothing here runs."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from hub.search.documents import Query, Results
from hub.search.engine import SearchEngine
from tests.search.conformance.engines import engine_of
from tests.search.samples import PUBLIC, document, nothing_withheld

if find_spec("tantivy") is None:
    collect_ignore_glob = ["test_*.py"]

Ask = Callable[..., Results]


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """The instance of the hub in which the index stands."""
    return tmp_path / "instance"


@pytest.fixture
def index(instance: Path) -> SearchEngine:
    """An engine whose index folder does not exist yet."""
    return engine_of("tantivy", instance)


@pytest.fixture
def folder(index: SearchEngine) -> Path:
    """Its folder, with one document for everybody and one for members."""
    index.rebuild([document("a", "words of old"), document("s", "secret", labels="member")], 1)
    return index.folder.path


@pytest.fixture
def ask() -> Ask:
    """Search an engine as a visitor."""

    def answer(engine: SearchEngine, text: str = "words", labels: frozenset[str] = PUBLIC) -> Results:
        return engine.search(Query(labels, text), nothing_withheld)

    return answer
