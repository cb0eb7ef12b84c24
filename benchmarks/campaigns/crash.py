"""Kills a publishing process again and again, and looks each time whether anything acknowledged was lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import Engine, select

from benchmarks.campaigns.records import prepare
from hub.audit.models import AuditChain, AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.models import Innovation, InnovationStatus
from hub.config import Settings
from hub.core.database import make_engine, session, session_scope
from hub.jobs.indexing import documents
from hub.search.engine import make_search_engine
from hub.search.indexer import Indexer
from hub.search.models import SearchJournal
from hub.search.queries import differences

ROOT = Path(__file__).parents[2]
MOST_LINES = 12
LONGEST_WAIT = 0.08
PATIENCE = 30.0
FIGURES = {"lost": 0, "without_entry": 0, "log_breaks": 0, "gaps": 0, "index_differences": 0}
"""What every crash campaign must reach; a start takes less than `SLOWEST_START` seconds."""

SLOWEST_START = 5.0


def run(folder: Path, kills: int, *, is_timed: bool) -> dict[str, object]:
    """Kill `kills` times in an instance made in `folder`; return what was found.

    Args:
        folder: where the instance is made.
        kills: how often.
        is_timed: whether a slow start counts too; on a machine that tests keep busy it says nothing.
    """
    settings = Settings(instance=folder / "instance")
    engine = make_engine(settings.database_address)
    prepare(settings, engine, coordinators=1)
    rng = random.Random(kills)
    acknowledged: set[str] = set()
    found: Counter[str] = Counter(FIGURES)
    slowest = 0.0
    for _ in range(kills):
        slowest = max(slowest, _kill_once(settings, rng, acknowledged))
        with session_scope(engine):
            found.update(_faults(acknowledged))
    found["index_differences"] += index_differences(settings, engine)
    engine.dispose()
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        **{name: found[name] for name in FIGURES},
        "slowest_start_seconds": round(slowest, 2),
        "passed": all(found[name] == most for name, most in FIGURES.items())
        and (not is_timed or slowest < SLOWEST_START),
    }


def _kill_once(settings: Settings, rng: random.Random, acknowledged: set[str]) -> float:
    """Let the publisher work for a random while and kill it; return how many seconds it took to start."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment["HUB_INSTANCE"] = str(settings.instance.absolute())
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.campaigns.publisher"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        took = time.monotonic() - started
        if first != "ready\n":
            process.kill()
            message = f"the publisher did not start: {first!r}"
            raise RuntimeError(message)
        for _ in range(rng.randint(0, MOST_LINES)):
            line = process.stdout.readline()
            if not line:
                message = "the publisher ended by itself; its last words stand above"
                raise RuntimeError(message)
            _note(line, acknowledged)
        time.sleep(rng.uniform(0, LONGEST_WAIT))
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:  # what was said before the kill and not read yet counts too
            _note(line, acknowledged)
    return took


def _note(line: str, acknowledged: set[str]) -> None:
    word, _, public_id = line.strip().partition(" ")
    if line.endswith("\n") and word == "published":
        acknowledged.add(public_id)


def _faults(acknowledged: set[str]) -> dict[str, int]:
    published = set(
        session().scalars(select(Innovation.public_id).where(Innovation.status == InnovationStatus.PUBLISHED))
    )
    logged = Counter(
        session().scalars(select(AuditEntry.subject).where(AuditEntry.tag == "innovation:publish"))
    )
    queued = Counter(session().scalars(select(SearchJournal.document_id)))
    once = {
        public_id for public_id in published if logged[f"innovation:{public_id}"] == queued[public_id] == 1
    }
    return {
        "lost": len(acknowledged - published),
        "without_entry": len(published ^ once) + logged.total() - len(published),
        "log_breaks": int(not verify_stored(stored_entries(), first_loose_number()).is_whole),
        "gaps": _gaps(AuditChain) + _gaps(SearchJournal),
    }


def _gaps(table: type[AuditChain] | type[SearchJournal]) -> int:
    numbers = list(session().scalars(select(table.number).order_by(table.number)))
    return int(numbers != list(range(1, len(numbers) + 1)))


def index_differences(settings: Settings, engine: Engine) -> int:
    """Let the index catch up as after a restart, then compare it with the database."""
    search = make_search_engine(settings)
    indexer = Indexer(engine, search, documents)
    until = time.monotonic() + PATIENCE
    with search.folder.lock() as is_ours:
        assert is_ours, "a killed process still holds the index"
        while indexer.step():
            assert time.monotonic() < until, "the index does not catch up"
    with session_scope(engine):
        return len(differences(search, documents()))
