"""A Whoosh engine on an empty folder."""

from pathlib import Path

import pytest

from hub.search.whoosh.engine import WhooshEngine


@pytest.fixture
def index(tmp_path: Path) -> WhooshEngine:
    """An engine whose index folder does not exist yet."""
    return WhooshEngine(tmp_path / "instance" / "index")
