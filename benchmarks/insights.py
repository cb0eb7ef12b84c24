"""What public pages made of counts cost with 10,000 innovations and 50,000 audit entries, beside the empty layout.

The hub answers in this process, so that the time is its own. A page and the layout are asked for in turn; what the
first request after a change takes, when nothing is kept yet, stands apart.
"""

import argparse
import gc
import hashlib
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event, insert, select

from benchmarks.collaboration import GOAL, cost
from benchmarks.filling import fill_catalogue
from benchmarks.results import add_layout_page
from benchmarks.showcases import weight
from hub.app import create_app
from hub.audit.encoding import START, PrivatePart, commitment_of, link_hash
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.catalogue.models.review import ReviewDecision
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.commitments.loading import load_commitments
from hub.commitments.own import OWN_CODE
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.insights.history import add_readings
from hub.insights.kept import forget
from hub.insights.metrics.registry import METRICS
from hub.members.models import Member

PAGES = {
    "insights": "/insights",
    "insights, map of replications": "/insights?map=replications",
    "metrics": "/insights/metrics",
    "commitments": "/commitments",
    "own commitment": f"/commitments/{OWN_CODE}",
    "decisions": "/decisions",
}

LIGHT = 100_000
"""The most bytes that a first visit may transfer, compressed, style sheets and the map included."""

STEPS = (
    Event.INNOVATION_REGISTER,
    Event.INNOVATION_SUBMIT,
    Event.INNOVATION_TAKE,
    Event.INNOVATION_PUBLISH,
    Event.INNOVATION_CONFIRM,
)
"""The entries of one innovation, in their order."""

EVERY = timedelta(minutes=7)
DAYS = 120
BATCH = 5_000


def fill_log(count: int, innovations: int) -> None:
    """Write an audit log of so many entries about the innovations of `fill_catalogue`, as years of work would."""
    source = _entries(count, innovations)
    for _ in range(-(-count // BATCH)):
        batch = [each for _, each in zip(range(BATCH), source, strict=False)]
        session().execute(insert(AuditChain), [link for link, _ in batch])
        session().execute(insert(AuditEntry), [part for _, part in batch])


def _entries(count: int, innovations: int) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    head, began = START, now() - EVERY * (count + 1)
    for number in range(1, count + 1):
        moment = began + EVERY * number
        subject = 1 + (number - 1) // len(STEPS) % innovations
        salt = hashlib.sha256(f"salt {number}".encode()).hexdigest()
        part = PrivatePart(
            actor=f"23456789abcdefghjkmn{number % 7 + 2}{number % 3 + 2}",
            actor_roles="coordinator",
            subject=f"innovation:record-{subject:07}",
            tag=STEPS[(number - 1) % len(STEPS)].value,
            reason="",
            before_hash=None,
            after_hash=hashlib.sha256(f"snapshot {number}".encode()).hexdigest(),
        )
        commitment = commitment_of(salt, part)
        head = link_hash(head, number, moment, commitment)
        yield (
            {"number": number, "recorded_at": moment, "commitment": commitment, "hash": head},
            {"number": number, "salt": salt, **vars(part)},
        )


def fill_reviews(innovations: int) -> None:
    """Store the review of each innovation, without which the register of decisions leaves its publication out."""
    decider, moment = session().scalars(select(Member.id).limit(1)).one(), now() - timedelta(days=3650)
    session().execute(
        insert(ReviewDecision),
        [
            {
                "revision_id": number,
                "action": "publish",
                "reasons": [],
                "decided_by_id": decider,
                "decided_at": moment,
            }
            for number in range(1, innovations + 1)
        ],
    )


def fill_history(days: int) -> None:
    """Store a reading of every metric for each of the last days."""
    moment = now()
    add_readings(
        [
            {
                "metric": key,
                "breakdown": "",
                "day": (moment - timedelta(days=ago)).date(),
                "value": float(days - ago // 3),
                "as_of": moment - timedelta(days=ago),
            }
            for key in METRICS
            for ago in range(1, days)
        ]
    )


def cold(client: FlaskClient, address: str, turns: int) -> float:
    """Return the milliseconds of the best of some requests for which nothing is kept."""
    taken = []
    for _ in range(turns):
        forget()
        began = time.perf_counter()
        assert client.get(address).status_code == 200, address
        taken.append((time.perf_counter() - began) * 1000)
    return round(min(taken), 1)


def measure(
    client: FlaskClient, pages: Sequence[str], rounds: int, asked: list[str]
) -> dict[str, dict[str, float]]:
    """Return what each page costs: the first time, and afterwards beside the layout."""
    figures = {}
    for name in pages:
        first = {"cold_ms": cold(client, PAGES[name], 3)}
        figures[name] = {**first, **cost(client, PAGES[name], rounds, asked)}
        print(f"{name}: {figures[name]}", flush=True)
    return figures


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if a page is too slow or too heavy."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description=__doc__)
    parser.add_argument("--small", action="store_true", help="300 innovations, 1,500 entries and 30 rounds")
    parser.add_argument("--page", action="append", choices=PAGES, help="measure this page only; repeatable")
    options = parser.parse_args()
    count, entries, rounds = (300, 1_500, 30) if options.small else (10_000, 50_000, 300)
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-insights-"))
        settings = Settings(instance=Path(folder), limits="off")
        prepare_instance(settings)
        with opened_database(settings), transaction():
            fill_catalogue(count)
            fill_log(entries, count)
            fill_reviews(count)
            fill_history(DAYS)
        with opened_database(settings), transaction():
            load_commitments()
        app = create_app(settings)
        add_layout_page(app)
        bind = app.extensions["hub"].bind
        opened.callback(bind.dispose)
        asked: list[str] = []
        event.listen(bind, "before_cursor_execute", lambda *given: asked.append(given[2]))
        visitor = app.test_client()
        gc.collect()
        gc.freeze()  # as wsgi.py does
        figures = measure(visitor, options.page or list(PAGES), rounds, asked)
        bytes_sent = weight(visitor, "/insights")
    print(f"bytes of a first visit to /insights: {bytes_sent}")
    print(
        json.dumps(
            {
                "innovations": count,
                "audit_entries": entries,
                **figures,
                "bytes": bytes_sent,
                "python": platform.python_version(),
                "cores": os.cpu_count(),
            }
        )
    )
    is_slow = any(each["times_p95"] > GOAL for each in figures.values())
    sys.exit(not options.small and (is_slow or bytes_sent > LIGHT))


if __name__ == "__main__":
    main()
