"""Clients that read the catalogue without pause: how long answers take, whether any fails, whether memory grows."""

import random
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.campaigns.records import fill, people, prepare, sign_in
from benchmarks.campaigns.serving import Browser, Served, served
from benchmarks.generator import KNOWN
from hub.config import Settings
from hub.core.database import make_engine, session_scope, transaction

CLIENTS = 16
SLOWEST_MS = 500.0
MOST_GROWTH = 0.05
OK = 200
MEMBERS_EVERY = 4
"""One client in so many is signed in."""


@dataclass
class Measured:
    """What one client saw."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0


def run(folder: Path, records: int, seconds: float, *, is_timed: bool) -> dict[str, object]:
    """Serve `records` records to 16 clients for `seconds`; return times, errors and memory.

    Args:
        folder: where the instance is made.
        records: how many innovations there are.
        seconds: how long the clients read.
        is_timed: whether times and memory decide too, and not errors alone: a short run says little about them.
    """
    settings = Settings(instance=folder / "instance")
    engine = make_engine(settings.database_address)
    prepare(settings, engine, coordinators=1)
    slugs = fill(engine, records)
    with session_scope(engine), transaction():
        token = sign_in(people(1).partner)
    engine.dispose()
    with served(settings.instance) as hub:
        _drive(hub, slugs, token, min(seconds / 5, 30))  # caches are filled and threads started
        before = hub.memory_mb()
        clients = _drive(hub, slugs, token, seconds)
        after = hub.memory_mb()
    times = sorted(time for client in clients for time in client.milliseconds)
    errors = sum(client.errors for client in clients)
    p50, p95, p99 = (statistics.quantiles(times, n=100)[place - 1] for place in (50, 95, 99))
    growth = after / before - 1
    return {
        "clients": CLIENTS,
        "records": records,
        "seconds": seconds,
        "requests": len(times),
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(p50, 1),
        "p95_ms": round(p95, 1),
        "p99_ms": round(p99, 1),
        "errors": errors,
        "memory_mb": round(after, 1),
        "memory_growth": round(growth, 3),
        "passed": not errors and (not is_timed or (p99 < SLOWEST_MS and growth < MOST_GROWTH)),
    }


def _drive(hub: Served, slugs: list[str], token: str, seconds: float) -> list[Measured]:
    until = time.monotonic() + seconds
    results = [Measured() for _ in range(CLIENTS)]
    threads = [
        threading.Thread(target=_client, args=(hub.port, slugs, token, until, number, result))
        for number, result in enumerate(results)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _client(port: int, slugs: list[str], token: str, until: float, number: int, result: Measured) -> None:
    """Read pages until the time is over."""
    is_member = number % MEMBERS_EVERY == 0
    browser = Browser(port, token if is_member else None)
    rng = random.Random(number)
    while time.monotonic() < until:
        path = _page(rng, slugs, is_member=is_member)
        started = time.perf_counter()
        try:
            status, _ = browser.get(path)
        except OSError:
            status = 0
        result.milliseconds.append(1000 * (time.perf_counter() - started))
        result.errors += status != OK
    browser.close()


def _page(rng: random.Random, slugs: list[str], *, is_member: bool) -> str:
    """Return an address as people ask for them: searches mostly, records, now and then the home page."""
    dice = rng.random()
    if dice < 0.1:
        return "/"
    if dice < 0.4:
        readable = slugs if is_member else [slug for place, slug in enumerate(slugs) if place % 10 != 9]
        return f"/innovations/{rng.choice(readable)}"
    words = "+".join(rng.sample(KNOWN, rng.randint(1, 3)))
    filters = rng.choice(("", "&function=detect", "&country=AD&country=AE", "&kind=software&sort=newest"))
    return f"/innovations?q={words}{filters}&page={rng.choice((1, 1, 1, 2))}"
