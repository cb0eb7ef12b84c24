"""What pages of collaboration cost with 5,000 requests, 50,000 responses and 200,000 messages, beside the empty layout.

The hub answers in this process, so that the time is its own. A page and the layout are asked for in turn.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event

from benchmarks.requests import Filled, fill_requests
from benchmarks.results import LAYOUT, add_layout_page
from hub.app import create_app
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import transaction
from hub.jobs.indexing import documents
from hub.search.indexer import rebuild

GOAL = 3.0
"""How many times the p95 of the empty layout a page may take."""


def hub(
    folder: Path, count: int, engine: str, opened: ExitStack
) -> tuple[dict[str, FlaskClient], Filled, list[str]]:
    """Make a hub with `count` requests; return browsers by who they are, what stands in it, and a list of queries."""
    settings = Settings(instance=folder, limits="off", search_engine=engine)
    prepare_instance(settings)
    with opened_database(settings), transaction():
        filled = fill_requests(count)
    app = create_app(settings)
    add_layout_page(app)
    runtime = app.extensions["hub"]
    opened.callback(runtime.bind.dispose)
    began = time.perf_counter()
    rebuild(runtime.bind, runtime.search, documents)
    print(f"{count} requests indexed in {time.perf_counter() - began:.1f} s")
    asked: list[str] = []
    event.listen(runtime.bind, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browsers = {"visitor": app.test_client()}
    for who in ("poster", "responder", "coordinator"):
        browsers[who] = app.test_client()
        browsers[who].set_cookie("hub", getattr(filled, who), domain="localhost")
    return browsers, filled, asked


def cost(client: FlaskClient, address: str, rounds: int, asked: list[str]) -> dict[str, float]:
    """Return p50 and p95 of a page and of the layout asked for in turn, by the clock and in processor time; queries."""
    for each in (LAYOUT, address):
        assert client.get(each).status_code == 200, each
    asked.clear()
    client.get(address)
    queries = len(asked)
    taken: dict[str, list[float]] = {LAYOUT: [], address: []}
    busy: dict[str, list[float]] = {LAYOUT: [], address: []}
    for _ in range(rounds):
        for each, times in taken.items():
            began, worked = time.perf_counter(), time.process_time()
            client.get(each)
            times.append((time.perf_counter() - began) * 1000)
            busy[each].append((time.process_time() - worked) * 1000)
    page, layout = (sorted(taken[each]) for each in (address, LAYOUT))
    page_busy, layout_busy = (sorted(busy[each]) for each in (address, LAYOUT))
    place = int(rounds * 0.95)
    return {
        "p50_ms": round(statistics.median(page), 2),
        "p95_ms": round(page[place], 2),
        "layout_p50_ms": round(statistics.median(layout), 2),
        "layout_p95_ms": round(layout[place], 2),
        "times_p95": round(page[place] / layout[place], 2),
        "cpu_p50_ms": round(statistics.median(page_busy), 2),
        "cpu_p95_ms": round(page_busy[place], 2),
        "layout_cpu_p50_ms": round(statistics.median(layout_busy), 2),
        "layout_cpu_p95_ms": round(layout_busy[place], 2),
        "queries": queries,
    }


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if a page takes more than `GOAL` layouts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.collaboration", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="200 requests and 30 rounds instead of 5,000 and 300"
    )
    parser.add_argument("--engine", choices=("whoosh", "tantivy"), default="whoosh")
    options = parser.parse_args()
    count, rounds = (200, 30) if options.small else (5_000, 300)
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-collaboration-"))
        browsers, filled, asked = hub(Path(folder), count, options.engine, opened)
        response = f"/collaboration/{filled.request}/responses/{filled.response}"
        pages = {
            "directory, visitor": ("visitor", "/collaboration"),
            "directory, member": ("poster", "/collaboration?type=expertise&sort=due"),
            "request, visitor": ("visitor", f"/collaboration/{filled.request}"),
            "request, requester": ("poster", f"/collaboration/{filled.request}"),
            "responses side by side": ("poster", f"/collaboration/{filled.request}/responses"),
            "conversation": ("responder", f"{response}/conversation"),
            "own requests and responses": ("responder", "/collaboration/mine"),
            "board": ("coordinator", "/coordinate/collaboration"),
            "answer times": ("coordinator", "/coordinate/collaboration/answers"),
        }
        figures = {
            name: cost(browsers[who], address, rounds, asked) for name, (who, address) in pages.items()
        }
    for name, each in figures.items():
        print(f"{name}: {each}")
    print(
        json.dumps(
            {
                "engine": options.engine,
                "requests": count,
                **figures,
                "python": platform.python_version(),
                "cores": os.cpu_count(),
            }
        )
    )
    sys.exit(not options.small and any(each["times_p95"] > GOAL for each in figures.values()))


if __name__ == "__main__":
    main()
