"""Every engine in turn, on an empty folder or with a catalogue in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hub.search.documents import Query, Results
from hub.search.engine import SearchEngine
from tests.search.conformance.catalogue import RECORDS
from tests.search.conformance.engines import ENGINES, engine_of
from tests.search.samples import PUBLIC, nothing_withheld


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine whose index folder does not exist yet."""
    return engine_of(request.param, tmp_path / "instance")


@pytest.fixture
def found(index: SearchEngine) -> Callable[..., Results]:
    """Search as a visitor, or with other labels."""

    def ask(text: str = "", labels: frozenset[str] = PUBLIC, **more: object) -> Results:
        return index.search(Query(labels, text, **more), nothing_withheld)

    return ask


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine with the catalogue in it, for tests that only ask."""
    engine = engine_of(request.param, tmp_path_factory.mktemp("shelf"))
    engine.rebuild(RECORDS, 1)
    return engine


@pytest.fixture
def ids(shelf: SearchEngine) -> Callable[..., set[str]]:
    """Return what a visitor finds on the shelf."""

    def ask(text: str = "", labels: frozenset[str] = PUBLIC, **more: object) -> set[str]:
        results = shelf.search(Query(labels, text, **more), nothing_withheld)
        assert results.total == len(results.ids)
        return set(results.ids)

    return ask
