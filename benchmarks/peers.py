"""The hub's search page beside Datasette 0.65, set up by this script, on the same records and words, in one run.

Both find words in the same texts. Datasette (full-text search with stems, indexed columns) counts five facets with
one value each; the hub counts all its facets, some with several values, in the layout that a signed-in member sees.
The hub runs with two processes, Datasette as its command starts it. Their rounds alternate, so that whatever else the
machine does falls on both; figures are medians of the rounds. Datasette is installed into a folder that is thrown away.
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal
from urllib.parse import quote_plus

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from benchmarks.filling import fill_catalogue
from benchmarks.generator import Generator
from benchmarks.load import Cost, asked
from benchmarks.setup import ROOT, answers, free_port
from hub.catalogue.models import InnovationRevision, TermScheme
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.database import make_engine, session, transaction
from hub.jobs.indexing import documents
from hub.search.engine import make_search_engine
from hub.search.indexer import rebuild

PEER = "datasette==0.65"
PATIENCE = 120
WORKERS = 2
COLUMNS = ("function", "offence", "country", "kind", "licence")
"""The columns that Datasette counts as facets."""

LAYOUT = "/innovations/how-search-works"
"""A page of the hub's own layout that asks for nothing."""

Engine = Literal["whoosh", "tantivy"]


@dataclass(frozen=True)
class Site:
    """A running server.

    Args:
        name: what it is called in the figures.
        port: of loopback.
        process: the number of its process.
        paths: the pages that are asked for.
        cookie: sent with every request.
    """

    name: str
    port: int
    process: int
    paths: Sequence[str]
    cookie: str = ""

    def round(self) -> Cost:
        """Ask for the pages and return what they cost."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        return asked(self.port, self.paths, self.process, headers)


def searches(count: int) -> list[tuple[str, str]]:
    """Return `count` different searches: words, and a country for one in five."""
    generator = Generator(0)
    words = [
        *generator.queries(1, count * 2 // 5),
        *generator.queries(2, count * 2 // 5),
        *generator.queries(3, count - 2 * (count * 2 // 5)),
    ]
    mixed = [each for start in range(7) for each in words[start::7]]
    return [(text, "GE" if place % 5 == 0 else "") for place, text in enumerate(mixed)]


@contextmanager
def hub(folder: Path, engine: Engine, count: int, asked_for: Sequence[tuple[str, str]]) -> Iterator[Site]:
    """Serve a hub with `count` records on a search engine, as `hub serve` does."""
    port = free_port()
    settings = Settings(instance=folder / engine, search_engine=engine, limits="off", port=port)
    prepare_instance(settings)
    with opened_database(settings), transaction():
        token = fill_catalogue(count)
    bind = make_engine(settings.database_address)
    rebuild(bind, make_search_engine(settings), documents)
    bind.dispose()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment |= {
        "HUB_INSTANCE": str(settings.instance),
        "HUB_SEARCH_ENGINE": engine,
        "HUB_LIMITS": "off",
        "HUB_PORT": str(port),
        "HUB_BASE_URL": f"http://localhost:{port}",
        "HUB_WORKERS": str(WORKERS),
    }
    command = [sys.executable, "-c", "from hub.cli import main; main()", "serve"]
    paths = [
        f"/innovations?q={quote_plus(text)}" + "&country=GE" * bool(country) for text, country in asked_for
    ]
    with served(command, port, "/innovations", folder / f"{engine}.log", environment) as process:
        yield Site(f"hub_{engine}", port, process, paths, f"hub={token}")


@contextmanager
def datasette(folder: Path, source: Settings, asked_for: Sequence[tuple[str, str]]) -> Iterator[Site]:
    """Install and serve Datasette on the records of a hub."""
    home, port = folder / "datasette", free_port()
    venv.create(home, with_pip=True)
    subprocess.run([home / "bin" / "pip", "install", "--quiet", PEER], check=True, capture_output=True)
    write_records(source, home / "records.db")
    facets = "".join(f"&_facet={column}" for column in COLUMNS)
    paths = [
        f"/records/innovations?_search={quote_plus(text)}&_size=20{facets}" + "&country=GE" * bool(country)
        for text, country in asked_for
    ]
    # with its own time limits it would leave out the facets that take long, and so do less
    patience = ["--setting", "facet_time_limit_ms", "10000", "--setting", "sql_time_limit_ms", "10000"]
    command = [str(home / "bin" / "datasette"), str(home / "records.db"), "--port", str(port), *patience]
    with served(command, port, paths[0], folder / "datasette.log", dict(os.environ)) as process:
        yield Site("datasette", port, process, paths)


def write_records(source: Settings, path: Path) -> None:
    """Write the public records of a hub as a table for Datasette, with the first value of each facet."""
    texts = ("name", "short_description", "problem", "description")
    with opened_database(source), sqlite3.connect(path) as target:
        target.execute(f"create table innovations (id integer primary key, {', '.join((*texts, *COLUMNS))})")
        everything = select(InnovationRevision).options(
            selectinload(InnovationRevision.texts), selectinload(InnovationRevision.terms)
        )
        for each in session().scalars(everything):
            values = [getattr(each.texts[0], name) for name in texts]
            values += [
                next(iter(each.codes(scheme)), None) for scheme in (TermScheme.FUNCTIONS, TermScheme.OFFENCES)
            ]
            values += [next(iter(each.deployed_in), None), each.kind, each.licence]
            places = ", ".join("?" * (1 + len(values)))
            target.execute(f"insert into innovations values ({places})", (each.id, *values))
        for column in COLUMNS:
            target.execute(f"create index of_{column} on innovations ({column})")
        target.execute(
            f"create virtual table innovations_fts using fts5 ({', '.join(texts)}, tokenize='porter',"
            " content='innovations', content_rowid='id')"
        )
        target.execute("insert into innovations_fts (innovations_fts) values ('rebuild')")


@contextmanager
def served(
    command: Sequence[str], port: int, path: str, log: Path, environment: dict[str, str]
) -> Iterator[int]:
    """Run a server until the end of the context; yields the number of its process once it answers.

    Raises:
        RuntimeError: it ended, or did not answer for two minutes.
    """
    with (
        log.open("w", encoding="utf-8") as output,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            until = time.monotonic() + PATIENCE
            while not answers(port, path):
                if process.poll() is not None or time.monotonic() > until:
                    message = f"{command[0]} served nothing:\n{log.read_text(encoding='utf-8')[-3000:]}"
                    raise RuntimeError(message)
                time.sleep(0.2)
            yield process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def unavailable_peer() -> Iterator[None]:
    """End the benchmark with a sentence where Datasette cannot be installed, as on a machine without network."""
    try:
        yield
    except subprocess.CalledProcessError as error:
        print(f"{PEER} cannot be installed here, so nothing is compared: {error.stderr.decode()[-300:]}")
        sys.exit(0)


def middle(costs: Sequence[Cost]) -> dict[str, float]:
    """Return the median of each figure."""
    return {
        each.name: round(statistics.median(asdict(cost)[each.name] for cost in costs), 2)
        for each in fields(Cost)
    }


def main() -> None:
    """Measure and print; the last line is JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--small", action="store_true", help="300 records and 20 searches")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--engines", nargs="+", choices=["whoosh", "tantivy"], default=["whoosh", "tantivy"])
    options = parser.parse_args()
    records, count, rounds = (300, 20, 1) if options.small else (options.records, 200, 3)
    wanted = searches(count)
    with ExitStack() as opened:
        opened.enter_context(unavailable_peer())
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-peers-")))
        hubs = [opened.enter_context(hub(folder, engine, records, wanted)) for engine in options.engines]
        source = Settings(instance=folder / options.engines[0])
        sites = [opened.enter_context(datasette(folder, source, wanted)), *hubs]
        sites += [
            Site(f"{site.name}_layout", site.port, site.process, [LAYOUT] * count, site.cookie)
            for site in hubs
        ]
        for site in sites:
            site.round()  # templates compiled, indexes opened
        costs: dict[str, list[Cost]] = {site.name: [] for site in sites}
        for _turn in range(rounds):
            for site in sites:
                costs[site.name].append(site.round())
    figures = {name: middle(each) for name, each in costs.items()}
    for name, each in figures.items():
        print(f"{name}: {each}")
    peer = figures["datasette"]
    ratios = {
        f"hub_{engine}": {
            "times_datasette": round(figures[f"hub_{engine}"]["per_second"] / peer["per_second"], 1),
            "cpu_times_less": round(peer["cpu_ms"] / figures[f"hub_{engine}"]["cpu_ms"], 1),
            "cpu_times_layout": round(
                figures[f"hub_{engine}"]["cpu_ms"] / figures[f"hub_{engine}_layout"]["cpu_ms"], 1
            ),
        }
        for engine in options.engines
    }
    told = {"records": records, "searches": count, **figures, "ratios": ratios}
    print(json.dumps({**told, "python": platform.python_version(), "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
