"""The engines that everything in this folder is tried on."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from hub.config import Settings
from hub.search.documents import Document
from hub.search.engine import SearchEngine, make_search_engine
from tests.search.samples import PUBLIC

ENGINES = (
    "whoosh",
    pytest.param(
        "tantivy",
        marks=pytest.mark.skipif(find_spec("tantivy") is None, reason="the extra `tantivy` is not installed"),
    ),
)


def engine_of(name: str, instance: Path) -> SearchEngine:
    """Return an engine on the index folder of an instance."""
    return make_search_engine(Settings(instance=instance, search_engine=name))


def written(
    document_id: str,
    texts: Mapping[str, str | Mapping[str, str]],
    *,
    labels: frozenset[str] = PUBLIC,
    at: float = 1_700_000_000.0,
    level: float = 0.0,
    **facets: str,
) -> Document:
    """Return a document with a description, or with fields, in each language."""
    return Document(
        document_id,
        labels,
        {
            language: {"description": text} if isinstance(text, str) else text
            for language, text in texts.items()
        },
        {facet: tuple(values.split()) for facet, values in facets.items()},
        {"published": at, "evidence": level},
    )
