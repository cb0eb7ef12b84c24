"""Sends many decisions about one record in the same moment: one wins, all others are told so, the log has one entry."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select

from benchmarks.campaigns.records import people, prepare, sign_in, submit
from benchmarks.campaigns.serving import Browser, served
from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.config import Settings
from hub.core.database import make_engine, session, session_scope, transaction

COORDINATORS = 5
DONE = 303
TOLD = frozenset({DONE, 409, 404})
"""Who comes second is told of the conflict; who comes after a record became hidden from them finds nothing there."""

OPINION = {"reasons": "other", "words": "Decided in a race."}
DECISIONS = ("publish", "decline", "request-changes")
TAGS = ("innovation:publish", "innovation:decline", "innovation:request_changes")


@dataclass(frozen=True)
class Sender:
    """A signed-in coordinator's browser with a form token in hand."""

    browser: Browser
    form_token: str

    def post(self, path: str, fields: dict[str, str]) -> int:
        """Send a form."""
        return self.browser.post(path, {"csrf_token": self.form_token, **fields})


def run(folder: Path, rounds: int, requests: int) -> dict[str, object]:
    """Race `rounds` times with `requests` parallel requests each; return what was found."""
    settings = Settings(instance=folder / "instance")
    engine = make_engine(settings.database_address)
    prepare(settings, engine, COORDINATORS)
    with session_scope(engine), transaction():
        team = people(COORDINATORS)
        tokens = [sign_in(team.coordinators[number % COORDINATORS]) for number in range(requests)]
    wrong: Counter[str] = Counter()
    with served(settings.instance) as hub, ThreadPoolExecutor(requests) as pool:
        senders = list(pool.map(lambda token: _sender(hub.port, token), tokens))
        for number in range(1, rounds + 1):
            slug = _submitted(engine, f"Race {number}")
            taken = _at_once(pool, senders, lambda _place, slug=slug: (f"/innovations/{slug}/take", {}))
            wrong.update(_faults("take", taken, engine, number, ("innovation:take",)))
            decided = _at_once(
                pool,
                senders,
                lambda place, slug=slug: (
                    f"/innovations/{slug}/{DECISIONS[place % len(DECISIONS)]}",
                    OPINION,
                ),
            )
            wrong.update(_faults("decide", decided, engine, number, TAGS))
        for sender in senders:
            sender.browser.close()
    with session_scope(engine):
        wrong["log_breaks"] += int(not verify_stored(stored_entries(), first_loose_number()).is_whole)
    engine.dispose()
    return {"rounds": rounds, "parallel": requests, **wrong, "passed": not wrong.total()}


def _sender(port: int, token: str) -> Sender:
    browser = Browser(port, token)
    return Sender(browser, browser.form_token())


def _submitted(engine: Engine, name: str) -> str:
    with session_scope(engine), transaction():
        return submit(people(1), name).innovation.slug


def _at_once(pool: ThreadPoolExecutor, senders: list[Sender], request: object) -> Counter[int]:
    """Send one request from each browser in the same moment; return how often each status came back."""
    gate = threading.Barrier(len(senders))

    def send(place: int) -> int:
        path, fields = request(place)  # type: ignore[operator]
        gate.wait()
        return senders[place].post(path, fields)

    return Counter(pool.map(send, range(len(senders))))


def _faults(
    what: str, answers: Counter[int], engine: Engine, expected: int, tags: tuple[str, ...]
) -> dict[str, int]:
    with session_scope(engine):
        entries = session().scalar(select(func.count()).where(AuditEntry.tag.in_(tags)))
    others = sum(number for status, number in answers.items() if status not in TOLD)
    return {
        f"{what}_not_one_winner": int(answers[DONE] != 1),
        f"{what}_unexpected_answers": others,
        f"{what}_not_one_entry": int(entries != expected),
    }
