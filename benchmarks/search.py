"""`python -m benchmarks.search --records N --engine whoosh`: builds a seeded catalogue, asks, prints JSON.

Every query counts all facets. Times are milliseconds of wall clock in one process, memory and processor time those of
the process that builds and of the one that serves. With `--engine tantivy` each query is also put to tantivy as its
documentation shows it (`benchmarks.raw_tantivy`), right after.
"""

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.generator import COUNTRIES, KNOWN, Generator
from benchmarks.raw_tantivy import RawTantivy
from hub.search.changes import Change
from hub.search.documents import Document, Query, Sort
from hub.search.engine import SearchEngine
from hub.search.tantivy.engine import TantivyEngine
from hub.search.whoosh.engine import WhooshEngine

VISITOR = frozenset({"public"})
MEMBER = frozenset({"public", "member", "person:1"})
FILTERS = {"function": frozenset({"detect", "report"}), "country": frozenset({"AK", "BL"})}
QUERIES = 40
CHANGES = 20
ENGINES: dict[str, Callable[[Path], SearchEngine]] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--engine", choices=ENGINES, action="append", help="both where none is given")
    parser.add_argument("--small", action="store_true", help="300 records")
    arguments = parser.parse_args()
    records = 300 if arguments.small else arguments.records
    print(json.dumps([measure(records, engine) for engine in arguments.engine or ENGINES], indent=2))


def measure(records: int, engine: str) -> dict[str, object]:
    """Build an index of `records` records, ask it, and return what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        steps = [built, served] if engine == "whoosh" else [built, built_raw, served]
        figures: dict[str, object] = {"records": records, "engine": engine}
        for step in steps:
            # Each in a process of its own, so that memory and warmth are its own.
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                figures |= process.submit(step, records, engine, Path(folder)).result()
    return figures


# --- building ---


class Stream:
    """The records, made as they are wanted, and what making them cost.

    Args:
        generator: makes them.
    """

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.wall = self.cpu = 0.0

    def __iter__(self) -> Iterator[Document]:
        documents = self._generator.documents()
        while True:
            wall, cpu = time.perf_counter(), time.thread_time()
            document = next(documents, None)
            self.wall += time.perf_counter() - wall
            self.cpu += time.thread_time() - cpu
            if document is None:
                return
            yield document


def built(records: int, engine: str, folder: Path) -> dict[str, object]:
    """Build the hub's index and return how fast; making the records is not counted."""
    generator = Generator(records)
    stream = Stream(generator)
    before = resident_mb()
    wall, cpu = time.perf_counter(), time.process_time()
    ENGINES[engine](folder / "index").rebuild(stream, 0)
    wall, cpu = time.perf_counter() - wall - stream.wall, time.process_time() - cpu - stream.cpu
    files = [file for file in (folder / "index").rglob("*") if file.is_file()]
    return {
        "generator_sha256": generator.checksum,
        "build": {
            "records_per_second": round(records / wall, 1),
            "records_per_cpu_second": round(records / cpu, 1),
            "seconds": round(wall, 1),
            "index_mb": round(sum(file.stat().st_size for file in files) / 1e6, 1),
            "rss_mb": {"before": before, "peak": peak_mb()},
        },
    }


def built_raw(records: int, _engine: str, folder: Path) -> dict[str, object]:
    """Build the peer's index."""
    stream = Stream(Generator(records))
    cpu = time.process_time()
    RawTantivy(folder / "raw").build(stream)
    cpu = time.process_time() - cpu - stream.cpu
    return {"raw_records_per_cpu_second": round(records / cpu, 1)}


# --- serving ---


def served(records: int, engine: str, folder: Path) -> dict[str, object]:
    """Ask the index that was built, change it, and return how long all took."""
    generator = Generator(records)
    before = resident_mb()
    reader = ENGINES[engine](folder / "index")
    started = time.perf_counter()
    reader.open()
    opened = 1000 * (time.perf_counter() - started)
    # Words that are about as frequent, so that the first has no more to do than the others.
    cold, *warm = (asked(reader, Query(VISITOR, word)) for word in KNOWN)
    classes = query_classes(generator)
    raw = RawTantivy(folder / "raw") if engine == "tantivy" else None
    if raw:
        raw.open()
    times = {name: compared(reader, raw, queries) for name, queries in classes.items()}
    mixed = [query for queries in classes.values() for query in queries][::2]
    cpu = time.process_time()
    for query in mixed:
        asked(reader, query)
    mixed_cpu = 1000 * (time.process_time() - cpu) / len(mixed)
    served_mb = resident_mb()
    return {
        "open_ms": round(opened, 1),
        "first_query_ms": round(cold, 2),
        "like_queries_warm_ms": percentiles(warm),
        "query_ms": times,
        "mixed_warm_cpu_ms": round(mixed_cpu, 2),
        "begun_word_ms": percentiles([asked(reader, query) for query in begun(generator)]),
        "similar_ms": percentiles(list(similar(reader, generator))),
        **changed(reader, ENGINES[engine](folder / "index"), generator),
        "serving_rss_mb": {"before": before, "serving": served_mb, "peak": peak_mb()},
    }


def compared(reader: SearchEngine, raw: RawTantivy | None, queries: Sequence[Query]) -> dict[str, object]:
    """Return percentiles of the engine, and of the peer on the same queries."""
    ours, theirs = [], []
    for query in queries:
        ours.append(asked(reader, query))
        if raw:
            started = time.perf_counter()
            raw.search(query)
            theirs.append(1000 * (time.perf_counter() - started))
    return {**percentiles(ours), **({"raw": percentiles(theirs)} if theirs else {})}


def query_classes(generator: Generator) -> dict[str, list[Query]]:
    """Return the queries of each class."""

    def queries(texts: Sequence[str], **more: object) -> list[Query]:
        return [Query(VISITOR, text, **more) for text in texts]  # type: ignore[arg-type]

    return {
        "one_word": queries(generator.queries(1, QUERIES)),
        "two_words": queries(generator.queries(2, QUERIES)),
        "four_words": queries(generator.queries(4, QUERIES)),
        "rare_word": queries(generator.rare(QUERIES)),
        "no_words_one_filter": [
            Query(VISITOR, filters={"country": frozenset({country})}) for country in COUNTRIES[:QUERIES]
        ],
        "two_words_two_filters": queries(generator.queries(2, QUERIES), filters=FILTERS),
        "newest": queries(generator.queries(1, QUERIES), sort=Sort.NEWEST),
        "two_words_signed_in": [Query(MEMBER, text) for text in generator.queries(2, QUERIES)],
        "phrase": queries([f'"{text}"' for text in generator.queries(2, QUERIES)]),
    }


def begun(generator: Generator) -> list[Query]:
    """Return queries for suggestions: names with the beginning of a word."""
    words = generator.queries(1, QUERIES)
    return [Query(VISITOR, word[:3], is_begun=True, has_counts=False) for word in words]


def similar(reader: SearchEngine, generator: Generator) -> Iterator[float]:
    """Yield how long it took to find what is like each of a few records."""
    for document in islice(generator.documents(), QUERIES):
        started = time.perf_counter()
        reader.similar(document, Query(MEMBER), lambda _number: frozenset())
        yield 1000 * (time.perf_counter() - started)


def changed(reader: SearchEngine, writer: SearchEngine, generator: Generator) -> dict[str, object]:
    """Return how long a change takes to be taken in, and the first search after it."""
    applies, refreshes = [], []
    for number, document in enumerate(islice(generator.documents(), CHANGES), start=1):
        started = time.perf_counter()
        writer.apply([Change(number, document.id, document)], number)
        applies.append(1000 * (time.perf_counter() - started))
        refreshes.append(asked(reader, Query(VISITOR, "procurement")))
    return {"one_change_ms": percentiles(applies), "first_query_after_change_ms": percentiles(refreshes)}


def asked(engine: SearchEngine, query: Query) -> float:
    """Return how long a query took, in milliseconds."""
    started = time.perf_counter()
    engine.search(query, lambda _number: frozenset())
    return 1000 * (time.perf_counter() - started)


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile."""
    return {
        "p50": round(statistics.median(times), 2),
        "p95": round(statistics.quantiles(times, n=20, method="inclusive")[-1], 2),
    }


def resident_mb() -> int:
    """Return the memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1_000_000


def peak_mb() -> int:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // 1_000_000


if __name__ == "__main__":
    main()
