"""Checks of what goes on behind the pages: audit chain, worker, search index, mails."""

import time
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from hub.audit.checkpoints.queries import stored_seals
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import Fault, StoredEntry, verify_stored
from hub.cli.doctor.findings import Finding, Situation, ok, problem, warning
from hub.core.clock import now
from hub.core.database import session
from hub.core.heartbeats import WORKER, age
from hub.core.outbox import WITHDRAWN, OutboxMessage, count_waiting
from hub.search.engine import make_search_engine
from hub.search.queries import lag

VERIFY_SECONDS = 20.0
"""How long the audit chain is walked; `hub audit verify` takes the time it needs."""

LATEST_BEAT = timedelta(seconds=30)
LARGEST_LAG = 1_000
"""A worker that was silent for longer and an index that is further behind are broken; `/readyz` says the same."""

LONGEST_WAIT = timedelta(minutes=30)
"""A mail that waits longer was tried several times, or nobody sends."""


def audit_chain(situation: Situation) -> Iterator[Finding]:
    """Walk the audit log as far as the time allows."""
    del situation
    walk = _Walk(time.monotonic() + VERIFY_SECONDS)
    verdict = verify_stored(walk.entries(), first_loose_number(), stored_seals())
    # a walk that was cut short has not come to what later checkpoints tell of
    is_unfinished = verdict.first_break is not None and verdict.first_break.fault is Fault.CUT_OFF
    if walk.was_cut and (verdict.is_whole or is_unfinished):
        yield ok(
            f"The first {verdict.entries} entries of the audit log are whole; `hub audit verify` walks all of it."
        )
    elif verdict.first_break is None:
        yield ok(f"The audit log is whole: {verdict.entries} entries.")
    else:
        yield problem(
            f"The audit log was changed. {verdict.first_break}",
            "Change nothing; copy the database, and compare with a kept log and checkpoint (docs/integrity.md).",
        )


class _Walk:
    """Hands out entries until the time is over."""

    def __init__(self, deadline: float) -> None:
        self.was_cut = False
        self._deadline = deadline

    def entries(self) -> Iterator[StoredEntry]:
        for entry in stored_entries():
            if time.monotonic() > self._deadline:
                self.was_cut = True
                return
            yield entry


def worker(situation: Situation) -> Iterator[Finding]:
    """Look for the worker's sign of life."""
    del situation
    silent_for = age(WORKER)
    start = "Start `hub worker`, or `hub serve --with-worker`: it sends mails, imports files and tidies up."
    if silent_for is None:
        yield problem("No worker has ever run on this database.", start)
    elif silent_for > LATEST_BEAT:
        yield problem(f"The worker has given no sign of life for {_words(silent_for)}.", start)
    else:
        yield ok("The worker runs.")


def index(situation: Situation) -> Iterator[Finding]:
    """Look whether this node's search index is sound and abreast of the database."""
    engine = make_search_engine(situation.settings)
    behind = lag(engine)
    if behind is None or not engine.folder.is_sound():
        yield problem(
            "This node has no sound search index.",
            "A running hub builds one by itself; without one, run `hub index rebuild`.",
        )
    elif behind > LARGEST_LAG:
        yield problem(
            f"The search index is {behind} changes behind.",
            "Look for `indexing failed` in the logs, then run `hub index rebuild`.",
        )
    else:
        yield ok(f"The search index is sound and {behind} changes behind.")


def mails(situation: Situation) -> Iterator[Finding]:
    """Look for mails that do not leave, and for those that were given up."""
    del situation
    waiting = count_waiting(LONGEST_WAIT)
    if waiting:
        yield problem(
            f"Mails that wait for more than {_words(LONGEST_WAIT)}: {waiting}.",
            "See that the worker runs and that HUB_SMTP_URL names a mail server which takes them.",
        )
    given_up = session().scalar(
        select(func.count(OutboxMessage.id)).where(
            OutboxMessage.failed_at > now() - timedelta(days=7), OutboxMessage.last_error != WITHDRAWN
        )
    )
    if given_up:
        yield warning(
            f"Mails given up in the last seven days: {given_up}.",
            "The worker's log names the kinds of error; addresses may be wrong, or the mail server refuses them.",
        )
    if not waiting and not given_up:
        yield ok("No mail waits for long.")


def _words(duration: timedelta) -> str:
    """Return a length of time in the unit that fits."""
    seconds = int(duration.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
