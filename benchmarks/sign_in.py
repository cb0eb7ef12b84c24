"""Whether a wrong password takes as long for an address that nobody has as for one with an account, in one run.

Both kinds of address take turns, so that whatever else this machine does strikes them alike. The share says how often
the known address took longer than its neighbour: one half tells an attacker nothing.
"""

import argparse
import json
import logging
import os
import platform
import re
import statistics
import tempfile
import time
from http import HTTPStatus
from itertools import count
from pathlib import Path

import structlog
from flask.testing import FlaskClient

from hub.access.viewer import VISITOR
from hub.app import create_app
from hub.config import Settings
from hub.core.database import session_scope, transaction
from hub.core.passwords import hash_password
from hub.members.models import MemberStatus
from hub.members.service import create_member
from hub.migrations import upgrade

KNOWN = "known@test.example"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WARM_UP = 5
LIMIT = 0.1
"""By which part of the whole the two medians may differ."""


def milliseconds(client: FlaskClient, token: str, email: str) -> float:
    """Return how long the page takes to refuse a wrong password."""
    form = {"email": email, "password": "not the password", "csrf_token": token}
    began = time.perf_counter()
    answer = client.post("/sign-in", data=form)
    taken = time.perf_counter() - began
    if answer.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
        message = f"{email} was answered with {answer.status_code}"
        raise RuntimeError(message)
    return 1000 * taken


def measured(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of a known and of unknown addresses, which take turns in being first.

    Args:
        folder: for a hub of its own.
        rounds: how many of each.
    """
    app = create_app(Settings(instance=folder, limits="off"))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    engine = app.extensions["hub"].bind
    upgrade(engine)
    with session_scope(engine), transaction():
        member = create_member(
            VISITOR,
            email=KNOWN,
            password_hash=hash_password("quite another word"),
            display_name="Known",
            member_type="innovator",
        )
        member.status = MemberStatus.APPROVED
    client = app.test_client()
    found = TOKEN.search(client.get("/sign-in").text)
    token = found.group(1) if found else ""
    numbers = count()
    known, unknown = [], []
    for turn in range(WARM_UP + rounds):
        pair = [(KNOWN, known), (f"nobody{next(numbers)}@test.example", unknown)]
        for email, times in pair if turn % 2 else reversed(pair):
            times.append(milliseconds(client, token, email))
    engine.dispose()
    return known[WARM_UP:], unknown[WARM_UP:]


def main() -> None:
    """Measure and print; the last line is JSON. Ends with an error where the whole run tells the two apart."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sign_in", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--small", action="store_true", help="40 rounds")
    options = parser.parse_args()
    rounds = 40 if options.small else options.rounds
    with tempfile.TemporaryDirectory(prefix="hub-sign-in-") as folder:
        known, unknown = measured(Path(folder), rounds)
    medians = statistics.median(known), statistics.median(unknown)
    share = statistics.fmean(mine > other for mine, other in zip(known, unknown, strict=True))
    difference = abs(medians[0] - medians[1]) / max(medians)
    print(f"known: {medians[0]:.1f} ms  unknown: {medians[1]:.1f} ms  known took longer: {share:.0%}")
    figures = {
        "rounds": rounds,
        "known_ms": round(medians[0], 2),
        "unknown_ms": round(medians[1], 2),
        "difference": round(difference, 4),
        "known_took_longer": round(share, 3),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(figures))
    if difference > LIMIT and not options.small:  # few rounds are noise
        message = "the times of known and unknown addresses can be told apart"
        raise SystemExit(message)


if __name__ == "__main__":
    main()
