"""An engine, for tests to which it does not matter which one it is."""

from pathlib import Path

import pytest

from hub.search.engine import SearchEngine
from tests.search.conformance.engines import engine_of


@pytest.fixture
def index(tmp_path: Path) -> SearchEngine:
    """The default engine, whose index folder does not exist yet."""
    return engine_of("whoosh", tmp_path / "instance")
