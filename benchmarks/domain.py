"""`python -m benchmarks.domain DIR --engine tantivy`: whether the demo catalogue answers questions of the field.

DIR holds `domain_queries.tsv` (query_id, query, relevant_ids, n); the ids are those under which the demonstration's
real records were compiled. Each query is asked as a visitor asks on /innovations: the first ten hits count, those with
all the words and, where these are few, the nearest below them. Recall is of what ten places can hold. The last line is
JSON.
"""

import argparse
import csv
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Literal

from sqlalchemy import select

from hub.catalogue.models import Innovation
from hub.cli.context import opened_database
from hub.cli.demo.command import fill
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import make_engine, session
from hub.jobs.indexing import documents
from hub.search.documents import Query
from hub.search.engine import SearchEngine, make_search_engine
from hub.search.indexer import rebuild
from hub.search.queries import find, nearest

VISITOR = frozenset({"public"})
PLACES = 10

Question = tuple[str, str, frozenset[str]]
"""Number, words and the relevant ids."""


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.domain", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--engine", choices=["whoosh", "tantivy"], default="whoosh")
    options = parser.parse_args()
    recalls = []
    with tempfile.TemporaryDirectory(prefix="hub-domain-") as folder, demonstration(Path(folder)) as settings:
        engine = indexed(settings, options.engine)
        for number, text, relevant in questions(options.folder):
            found = answers(engine, text)
            recalls.append(len(relevant.intersection(found)) / min(PLACES, len(relevant)))
            print(
                f"{number} {recalls[-1]:.2f} {text}: {' '.join(found)}; missed {sorted(relevant - set(found))}"
            )
    print(json.dumps({"engine": options.engine, "recall10": round(fmean(recalls), 3)}))


@contextmanager
def demonstration(folder: Path) -> Iterator[Settings]:
    """Fill a database with the demonstration and keep it open; yields its settings."""
    os.environ["HUB_DEMO"] = "true"
    settings = Settings(instance=folder / "instance")
    prepare_instance(settings)
    fill(settings)
    with opened_database(settings):
        yield settings


def indexed(settings: Settings, engine_name: Literal["whoosh", "tantivy"]) -> SearchEngine:
    """Return an engine with every document of the demonstration."""
    engine = make_search_engine(settings.model_copy(update={"search_engine": engine_name}))
    bind = make_engine(settings.database_address)
    rebuild(bind, engine, documents)
    bind.dispose()
    return engine


def questions(folder: Path) -> Iterator[Question]:
    """Yield the queries of `domain_queries.tsv` in `folder`."""
    with (folder / "domain_queries.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield row["query_id"], row["query"], frozenset(row["relevant_ids"].split())


def answers(engine: SearchEngine, text: str) -> list[str]:
    """Return under which ids the first ten hits were compiled; records of the fictional people have none."""
    query = Query(VISITOR, text)
    results = find(engine, query)
    shown = [*results.ids, *nearest(engine, query, results)][:PLACES]
    rows = select(Innovation.public_id, Innovation.external_id).where(Innovation.public_id.in_(shown))
    compiled = {row.public_id: row.external_id for row in session().execute(rows)}
    return [compiled[each] or "-" for each in shown]


if __name__ == "__main__":
    main()
