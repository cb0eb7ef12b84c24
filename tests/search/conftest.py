"""A search engine on an empty folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hub.search.documents import Query, Results
from hub.search.whoosh.engine import WhooshEngine
from tests.search.samples import PUBLIC, nothing_withheld


@pytest.fixture
def index(tmp_path: Path) -> WhooshEngine:
    """An engine whose index folder does not exist yet."""
    return WhooshEngine(tmp_path / "instance" / "index")


@pytest.fixture
def found(index: WhooshEngine) -> Callable[..., Results]:
    """Search as a visitor, or with other labels."""

    def ask(text: str = "", labels: frozenset[str] = PUBLIC, **more: object) -> Results:
        return index.search(Query(labels, text, **more), nothing_withheld)

    return ask
