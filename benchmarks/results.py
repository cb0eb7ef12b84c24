"""What a page of search results costs with 10,000 innovations, beside a page of the layout alone.

The hub answers in this process, so that the time is its own; pages are those of a signed-in member, with every filter.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from flask import Flask, render_template
from flask.testing import FlaskClient

from benchmarks.filling import fill_catalogue
from benchmarks.generator import SEED, vocabulary
from hub.app import create_app
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import transaction
from hub.jobs.indexing import documents
from hub.search.indexer import rebuild
from hub.web.access import public

GOAL = 4.0
"""How many times the layout alone a page of results may cost."""

QUERIES = 200
MOST_WORDS = 3
FREQUENT = 300
"""Words of queries are those of the catalogue; the smaller this number, the more frequent ones."""

LAYOUT = "/layout-alone"


def queries(count: int) -> list[str]:
    """Return different searches of one to three words, the same on every machine."""
    words, rng = vocabulary(random.Random(SEED)), random.Random(SEED)
    made: dict[str, None] = {}
    while len(made) < count:
        chosen = (
            words[min(int(rng.expovariate(1 / FREQUENT)), len(words) - 1)]
            for _ in range(rng.randint(1, MOST_WORDS))
        )
        made["+".join(chosen)] = None
    return list(made)


def hub(folder: Path, count: int, engine: str, opened: ExitStack) -> tuple[FlaskClient, FlaskClient]:
    """Make a hub with `count` innovations in `folder`; return a visitor's and a member's browser."""
    settings = Settings(instance=folder, limits="off", search_engine=engine)
    prepare_instance(settings)
    with opened_database(settings), transaction():
        token = fill_catalogue(count)
    app = create_app(settings)
    add_layout_page(app)
    runtime = app.extensions["hub"]
    opened.callback(runtime.bind.dispose)
    rebuild(runtime.bind, runtime.search, documents)
    visitor, member = app.test_client(), app.test_client()
    member.set_cookie("hub", token, domain="localhost")
    return visitor, member


def add_layout_page(app: Flask) -> None:
    """Give the application a page that is nothing but the frame of every page."""

    @public
    def layout() -> str:
        return render_template("layouts/base.html")

    app.add_url_rule(LAYOUT, endpoint="layout", view_func=layout)


def cost(client: FlaskClient, addresses: Sequence[str], rounds: int) -> dict[str, float]:
    """Return median, mean and p95 of the processor's milliseconds, and of the clock's, after one round unmeasured."""
    for address in addresses:
        assert client.get(address).status_code == 200, address
    worked, taken = [], []
    for turn in range(rounds):
        address = addresses[turn % len(addresses)]
        began, used = time.perf_counter(), time.process_time()
        client.get(address)
        worked.append((time.process_time() - used) * 1000)
        taken.append((time.perf_counter() - began) * 1000)
    return {
        "cpu_p50_ms": round(statistics.median(worked), 2),
        "cpu_mean_ms": round(statistics.fmean(worked), 2),
        "cpu_p95_ms": round(sorted(worked)[int(rounds * 0.95)], 2),
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(sorted(taken)[int(rounds * 0.95)], 2),
    }


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if tantivy's page costs more than `GOAL` layouts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.results", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="1,000 records and 60 requests instead of 10,000 and 400"
    )
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="tantivy")
    options = parser.parse_args()
    count, rounds = (1_000, 60) if options.small else (10_000, 400)
    searches = [f"/innovations?q={each}" for each in queries(QUERIES)]
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-results-"))
        visitor, member = hub(Path(folder), count, options.engine, opened)
        figures = {
            "layout alone, visitor": cost(visitor, [LAYOUT], rounds),
            "layout alone, member": cost(member, [LAYOUT], rounds),
            "results, visitor": cost(visitor, searches, rounds),
            "results, member": cost(member, searches, rounds),
            "whole catalogue, member": cost(member, ["/innovations"], rounds),
            "record, member": cost(member, [f"/innovations/record-{each}" for each in range(1, 40)], rounds),
            "suggestions, visitor": cost(
                visitor, [f"/search/suggest?q={each[:4]}" for each in queries(QUERIES)], rounds
            ),
        }
    for name, each in figures.items():
        print(f"{name}: {each}")
    times = figures["results, member"]["cpu_p50_ms"] / figures["layout alone, member"]["cpu_p50_ms"]
    print(
        json.dumps(
            {
                "engine": options.engine,
                "records": count,
                "times_layout": round(times, 2),
                **figures,
                "python": platform.python_version(),
                "cores": os.cpu_count(),
            }
        )
    )
    sys.exit(not options.small and options.engine == "tantivy" and times > GOAL)


if __name__ == "__main__":
    main()
