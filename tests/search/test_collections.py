"""Relevance on collections with known answers, which are no part of the checkout (see docs/performance.md)."""

import os
from pathlib import Path

import pytest

from benchmarks.relevance import compared, measure

DATA = Path(os.environ.get("HUB_TEST_DATA", "/nowhere"))


@pytest.mark.parametrize("engine_name", ["whoosh", "tantivy"])
@pytest.mark.parametrize("name", ["cranfield", "cisi", "cacm", "med"])
def test_the_hub_ranks_better_than_the_full_text_search_of_sqlite(name, engine_name):
    folder = DATA / "ir" / name
    if not folder.is_dir():
        pytest.skip("HUB_TEST_DATA names no folder with the test collections in ir/")
    ratios = compared(measure(folder, engine_name), folder)["sqlite_fts5_porter"]
    assert ratios["map"] >= 1.10
    assert ratios["ndcg10"] >= 1.05
