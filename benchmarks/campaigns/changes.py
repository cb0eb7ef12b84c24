"""Changes records at random in a process that is killed now and then; in the end the index must equal the database."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.campaigns.crash import index_differences
from benchmarks.campaigns.records import prepare
from hub.config import Settings
from hub.core.database import make_engine, session, session_scope
from hub.search.models import SearchJournal

ROOT = Path(__file__).parents[2]
ENGINES = ("whoosh", "tantivy")
LEAST_LINES, MOST_LINES = 10, 120
"""So many changes are acknowledged between two kills."""

LONGEST_WAIT = 0.08


def run(folder: Path, changes: int, engines: tuple[str, ...] = ENGINES) -> dict[str, object]:
    """Do `changes` random changes with each engine, killing the process now and then; return what was found.

    Args:
        folder: where the instances are made.
        changes: how many changes are acknowledged at least.
        engines: names of the search engines.
    """
    found = {name: _run_on(name, folder / name, changes) for name in engines}
    return {"passed": all(each["index_differences"] == 0 for each in found.values()), **found}


def _run_on(name: str, instance: Path, changes: int) -> dict[str, object]:
    settings = Settings(instance=instance, search_engine=name)  # type: ignore[arg-type]
    engine = make_engine(settings.database_address)
    prepare(settings, engine, coordinators=2)
    rng = random.Random(changes)
    acknowledged = kills = 0
    while acknowledged < changes:
        wanted = min(rng.randint(LEAST_LINES, MOST_LINES), changes - acknowledged)
        acknowledged += _change_and_kill(settings, rng, wanted)
        kills += 1
    differences = index_differences(settings, engine)
    with session_scope(engine):
        journal = session().scalar(select(func.count()).select_from(SearchJournal))
    engine.dispose()
    return {
        "changes": acknowledged,
        "kills": kills,
        "journal_rows": journal,
        "index_differences": differences,
    }


def _change_and_kill(settings: Settings, rng: random.Random, wanted: int) -> int:
    """Let the changer do `wanted` changes and kill it; return how many it acknowledged."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment |= {
        "HUB_INSTANCE": str(settings.instance.absolute()),
        "HUB_SEARCH_ENGINE": settings.search_engine,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.campaigns.changer", str(rng.random())],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        done = 0
        while done < wanted:
            line = process.stdout.readline()
            if not line:
                message = "the changer ended by itself; its last words stand above"
                raise RuntimeError(message)
            done += line.startswith("changed")
        time.sleep(rng.uniform(0, LONGEST_WAIT))
        process.send_signal(signal.SIGKILL)
        return done + sum(line.startswith("changed") for line in process.stdout)
