"""Registers many people for the last places of a showcase in the same moment, then has all who got one cancel at once.

On SQLite and, where `HUB_TEST_POSTGRES_URL` names a server, on PostgreSQL; the hub is served by two processes.
"""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import make_url

from benchmarks.campaigns.records import EVERYBODY, prepare, sign_in
from benchmarks.campaigns.serving import Browser, served
from hub.access.viewer import VISITOR
from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.ids import new_public_id
from hub.members.models import Member
from hub.members.service import create_member
from hub.showcases.models import Registration, RegistrationStatus, Showcase, ShowcaseCurator, ShowcaseStatus

DONE, SERVER_ERROR = 303, 500
PROCESSES = 2
PLACES = 5
PATIENCE = 300.0
"""Seconds that a browser waits for an answer: other work may run beside the campaign."""
POSTGRES_URL = os.environ.get("HUB_TEST_POSTGRES_URL", "")
FIELDS = {"attendance": "on_site", "access_needs": ""}

Row = tuple[int, RegistrationStatus, str]
"""Number, state and member of a registration."""


def run(folder: Path, rounds: int, people: int) -> dict[str, object]:
    """Race `rounds` times with so many `people` on each database; return what was found."""
    found: dict[str, object] = {
        "rounds": rounds,
        "parallel": people,
        "places": PLACES,
        "processes": PROCESSES,
    }
    found["sqlite"] = _race(folder / "sqlite" / "instance", "", rounds, people)
    if POSTGRES_URL:
        with _database() as address:
            found["postgresql"] = _race(folder / "postgresql" / "instance", address, rounds, people)
    else:
        found["postgresql"] = "not run: HUB_TEST_POSTGRES_URL names no server"
    results = [each for each in (found["sqlite"], found["postgresql"]) if isinstance(each, dict)]
    return {**found, "passed": all(not sum(each.values()) for each in results)}


def _race(instance: Path, database_url: str, rounds: int, people: int) -> dict[str, int]:
    instance.parent.mkdir(parents=True)
    settings = Settings(instance=instance, database_url=database_url)
    engine = make_engine(settings.database_address)
    prepare(settings, engine, 1)
    with session_scope(engine), transaction():
        members = [_member(number) for number in range(people)]
        tokens = {each.public_id: sign_in(each) for each in members}
    wrong: Counter[str] = Counter(
        dict.fromkeys(("oversold", "lost", "out_of_order", "not_moved_up", "refused", "5xx", "log"), 0)
    )
    began = time.monotonic()
    more = {"HUB_WORKERS": str(PROCESSES), "HUB_DATABASE_URL": database_url}
    with served(settings.instance, more) as hub, ThreadPoolExecutor(people) as pool:
        browsers = list(pool.map(lambda token: Browser(hub.port, token, patience=PATIENCE), tokens.values()))
        forms = list(pool.map(Browser.form_token, browsers))
        senders = dict(zip(tokens, zip(browsers, forms, strict=True), strict=True))
        for _ in range(rounds):
            showcase = _showcase(engine)
            address = f"/showcases/{showcase}/register"
            answers = _at_once(pool, [(*each, address, FIELDS) for each in senders.values()])
            wrong["refused"] += people - answers[DONE]
            wrong["5xx"] += _server_errors(answers)
            rows = _rows(engine, showcase)
            wrong["lost"] += people - len(rows)
            wrong["oversold"] += abs(_taken(rows) - PLACES) + abs(_counted(engine, showcase) - PLACES)
            wrong["out_of_order"] += _disorder(rows)
            having = [member for _number, status, member in rows if status is RegistrationStatus.REGISTERED]
            address = f"/showcases/{showcase}/registration/cancel"
            answers = _at_once(pool, [(*senders[each], address, {}) for each in having])
            wrong["refused"] += len(having) - answers[DONE]
            wrong["5xx"] += _server_errors(answers)
            after = _rows(engine, showcase)
            wrong["not_moved_up"] += _not_moved_up(after, min(PLACES, people - PLACES))
            wrong["oversold"] += abs(_counted(engine, showcase) - _taken(after))
        for browser in browsers:
            browser.close()
    with session_scope(engine):
        wrong["log"] += int(not verify_stored(stored_entries(), first_loose_number()).is_whole)
        wrong["log"] += abs(_entries() - rounds * people)
    engine.dispose()
    print(
        f"{engine.dialect.name}: {dict(wrong)}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True
    )
    return dict(wrong)


@contextmanager
def _database() -> Iterator[str]:
    """Make a database of our own on the server, and remove it in the end."""
    name = f"hub_soak_{os.getpid()}"
    _ask(f"CREATE DATABASE {name}")
    try:
        yield make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
    finally:
        _ask(f"DROP DATABASE {name} WITH (FORCE)")


def _ask(statement: str) -> None:
    engine = make_engine(POSTGRES_URL)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def _member(number: int) -> Member:
    return create_member(
        VISITOR,
        email=f"visitor{number}@soak.example",
        password_hash=None,
        display_name="Fictional person",
        member_type="innovator",
    )


def _showcase(engine: Engine) -> str:
    """Store a showcase with few places for which people register now; return its public id."""
    with session_scope(engine), transaction():
        moment, number = now(), new_public_id()
        curator = session().scalars(select(Member).where(Member.email == "coordinator0@soak.example")).one()
        showcase = Showcase(
            public_id=number,
            slug=number,
            created_by_id=curator.id,
            status=ShowcaseStatus.CALL_OPEN,
            language="en-GB",
            name="Full in a moment",
            accessibility="Step-free.",
            starts_at=moment + timedelta(days=30),
            ends_at=moment + timedelta(days=31),
            call_opens_at=moment,
            call_closes_at=moment + timedelta(days=10),
            registration_opens_at=moment - timedelta(minutes=1),
            registration_closes_at=moment + timedelta(days=30),
            capacity=PLACES,
            opened_at=moment,
            curators=[ShowcaseCurator(member_id=curator.id)],
        )
        showcase.set_readership(EVERYBODY)
        session().add(showcase)
    return number


def _at_once(pool: ThreadPoolExecutor, sent: list[tuple[Browser, str, str, dict[str, str]]]) -> Counter[int]:
    """Send everything in the same moment; return how often each status came back."""
    gate = threading.Barrier(len(sent))

    def send(one: tuple[Browser, str, str, dict[str, str]]) -> int:
        browser, form, path, fields = one
        gate.wait()
        return browser.post(path, {"csrf_token": form, **fields})

    return Counter(pool.map(send, sent))


def _rows(engine: Engine, showcase: str) -> list[Row]:
    """Return the registrations in the order of arrival, by the moment at which each arrived."""
    with session_scope(engine):
        rows = session().execute(
            select(Registration.number, Registration.status, Member.public_id)
            .join(Showcase, Showcase.id == Registration.showcase_id)
            .join(Member, Member.id == Registration.member_id)
            .where(Showcase.public_id == showcase)
            .order_by(Registration.arrived_at, Registration.number)
        )
        return [(number or 0, status, member) for number, status, member in rows]


def _taken(rows: list[Row]) -> int:
    return sum(status is RegistrationStatus.REGISTERED for _number, status, _member in rows)


def _counted(engine: Engine, showcase: str) -> int:
    with session_scope(engine):
        taken = select(Showcase.places_taken).where(Showcase.public_id == showcase)
        return session().scalars(taken).one()


def _disorder(rows: list[Row]) -> int:
    """Return how often somebody has a number out of turn, or waits before somebody with a place."""
    numbers = [number for number, _status, _member in rows]
    places = [status is RegistrationStatus.REGISTERED for _number, status, _member in rows]
    return sum(before >= after for before, after in pairwise(numbers)) + sum(
        after and not before for before, after in pairwise(places)
    )


def _not_moved_up(rows: list[Row], moved: int) -> int:
    """Return how many of those next in the list did not get the places that came free."""
    left = [status for _number, status, _member in rows if status is not RegistrationStatus.CANCELLED]
    expected = [RegistrationStatus.REGISTERED] * moved
    return sum(status is not wanted for status, wanted in zip(left[:moved], expected, strict=True)) + sum(
        status is not RegistrationStatus.WAITING for status in left[moved:]
    )


def _server_errors(answers: Counter[int]) -> int:
    return sum(count for status, count in answers.items() if status >= SERVER_ERROR)


def _entries() -> int:
    """Return how many arrivals the log has."""
    tags = ("registration:register", "registration:wait")
    return session().scalar(select(func.count()).where(AuditEntry.tag.in_(tags))) or 0
