"""`python -m benchmarks.search --records N --engine whoosh`: builds a seeded catalogue, asks, prints JSON.

Every query counts all facets. Times are milliseconds of wall clock in this process; the first query of each
class is cold for its words.
"""

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import Generator
from hub.search.changes import Change
from hub.search.documents import Query, Sort
from hub.search.whoosh_engine import WhooshEngine

VISITOR = frozenset({"public"})
MEMBER = frozenset({"public", "member", "person:1"})
FILTERS = {"function": frozenset({"detect", "report"}), "country": frozenset({"AK", "BL"})}
QUERIES = 40


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--engine", choices=["whoosh"], default="whoosh")
    parser.add_argument("--small", action="store_true", help="300 records")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(300 if arguments.small else arguments.records, Path(folder)), indent=2))


def measure(records: int, folder: Path) -> dict[str, object]:
    """Build an index of `records` records in `folder` and return what was measured."""
    generator = Generator(records)
    documents = list(generator.documents())
    before = resident_mb()
    engine = WhooshEngine(folder / "index")
    started, cpu = time.perf_counter(), time.process_time()
    engine.rebuild(documents, 0)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    built = resident_mb()
    changed = documents[:20]
    del documents
    # A new engine, as in another process: nothing is open yet.
    reader = WhooshEngine(folder / "index")
    first = timed(reader, [Query(VISITOR, "procurement")])
    classes = {
        name: percentiles(timed(reader, queries)) for name, queries in query_classes(generator).items()
    }
    mixed = [query for queries in query_classes(generator).values() for query in queries][::2]
    started = time.process_time()
    timed(reader, mixed)
    mixed_cpu = 1000 * (time.process_time() - started) / len(mixed)
    applies, refreshes = [], []
    for number, document in enumerate(changed, start=1):
        started = time.perf_counter()
        engine.apply([Change(number, document.id, document)], number)
        applies.append(1000 * (time.perf_counter() - started))
        refreshes += timed(reader, [Query(VISITOR, "procurement")])
    return {
        "records": records,
        "engine": "whoosh",
        "generator_sha256": generator.checksum,
        "build": {
            "records_per_second": round(records / wall, 1),
            "records_per_cpu_second": round(records / cpu, 1),
            "seconds": round(wall, 1),
        },
        "index_mb": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 1),
        "rss_mb": {
            "records_in_memory": before,
            "after_build": built,
            "at_end": resident_mb(),
            "peak": peak_mb(),
        },
        "first_query_ms": round(first[0], 2),
        "query_ms": classes,
        "mixed_warm_cpu_ms": round(mixed_cpu, 2),
        "one_change_ms": percentiles(applies),
        "first_query_after_change_ms": percentiles(refreshes),
    }


def query_classes(generator: Generator) -> dict[str, list[Query]]:
    """Return the queries of each class."""

    def asked(texts: Sequence[str], **more: object) -> list[Query]:
        return [Query(VISITOR, text, **more) for text in texts]  # type: ignore[arg-type]

    return {
        "one_word": asked(generator.queries(1, QUERIES)),
        "two_words": asked(generator.queries(2, QUERIES)),
        "four_words": asked(generator.queries(4, QUERIES)),
        "rare_word": asked(generator.rare(QUERIES)),
        "no_words_one_filter": asked([""] * QUERIES, filters={"country": frozenset({"AK"})}),
        "two_words_two_filters": asked(generator.queries(2, QUERIES), filters=FILTERS),
        "newest": asked(generator.queries(1, QUERIES), sort=Sort.NEWEST),
        "two_words_signed_in": [Query(MEMBER, text) for text in generator.queries(2, QUERIES)],
    }


def timed(engine: WhooshEngine, queries: Sequence[Query]) -> list[float]:
    """Return how long each query took, in milliseconds."""
    times = []
    for query in queries:
        started = time.perf_counter()
        engine.search(query, lambda _number: frozenset())
        times.append(1000 * (time.perf_counter() - started))
    return times


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
