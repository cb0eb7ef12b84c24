"""What a large directory costs: the pages of /members with 1,000 people and with many more, every filter counted.

Two hubs in one process are asked in turn, so that whatever else the machine does falls on both.
"""

import argparse
import json
import os
import platform
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import insert

from benchmarks.generator import SEED, vocabulary
from hub.app import create_app
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.ids import new_public_id
from hub.jobs.indexing import documents
from hub.members.models import (
    FieldAudience,
    Member,
    MemberStatus,
    Profile,
    ProfileScheme,
    ProfileTerm,
    SignInSession,
    TermAddition,
)
from hub.members.queries import token_hash
from hub.search.indexer import rebuild
from hub.vocabularies.loader import vocabulary as listed

GOALS = {"whoosh": (10_000, 3.0), "tantivy": (100_000, 2.0)}
"""For each engine the people in the large directory, and how many times the p95 of the small one its pages may take."""

BATCH = 5_000
"""People that are stored at once."""

ADDITIONS = 300
"""Skills that no vocabulary holds, in the whole directory."""

AUDIENCES = (FieldAudience.PUBLIC, FieldAudience.PUBLIC, FieldAudience.MEMBERS, FieldAudience.NOBODY)

LANGUAGES = (
    "ar",
    "az",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fa",
    "fr",
    "ha",
    "hi",
    "hy",
    "id",
    "ja",
    "ka",
    "ru",
    "sw",
    "uk",
)

PAGES = {
    "all": ("",),
    "a word": ("?q=procurement", "?q=audit", "?q=registers", "?q=whistleblower"),
    "two words": ("?q=open+data", "?q=asset+recovery", "?q=risk+indicator"),
    "filters": ("?type=academia&open_to=mentor", "?language=fr&function=detect", "?skill=asset_tracing"),
    "words and filters": ("?q=tender&country=GE&country=FR", "?q=court&type=government&language=en"),
    "nobody found": ("?q=qqqqq&type=academia&language=fr",),
    "the last page": ("?page=40",),
}
"""The pages that are asked for, by class."""


def people(count: int) -> str:
    """Store members with profiles, the same on every machine; return a token of the first one's session."""
    rng, moment = random.Random(SEED), now()
    words = vocabulary(random.Random(SEED))
    types, countries = sorted(listed("member_types").codes), sorted(listed("countries").codes)
    additions = [
        {
            "public_id": new_public_id(),
            "scheme": ProfileScheme.SKILLS,
            "label": words[5_000 + each],
            "key": words[5_000 + each],
        }
        for each in range(ADDITIONS)
    ]
    lists = {
        ProfileScheme.SKILLS: [
            *sorted(listed("skills").codes),
            *(f"x-{each['public_id']}" for each in additions),
        ],
        ProfileScheme.LANGUAGES: list(LANGUAGES),
        ProfileScheme.FUNCTIONS: sorted(listed("functions").codes),
        ProfileScheme.OFFENCES: sorted(listed("offences").codes),
        ProfileScheme.SECTORS: sorted(listed("sectors").codes),
        ProfileScheme.OPEN_TO: sorted(listed("open_to").codes),
    }
    session().execute(insert(TermAddition), additions)
    for first in range(1, count + 1, BATCH):
        members, profiles, terms = [], [], []
        for number in range(first, min(first + BATCH, count + 1)):
            members.append(
                {
                    "id": number,
                    "email": f"member{number}@bench.example",
                    "display_name": " ".join(rng.choices(words, k=2)).title(),
                    "member_type": rng.choice(types),
                    "country": rng.choice(countries),
                    "status": MemberStatus.APPROVED,
                }
            )
            profiles.append(
                {
                    "member_id": number,
                    "audience": rng.choice(AUDIENCES),
                    "headline": " ".join(some(rng, words, 8)),
                    "biography": " ".join(some(rng, words, 80)),
                    "offers": " ".join(some(rng, words, 20)),
                    "needs": " ".join(some(rng, words, 20)),
                }
            )
            terms += [
                {"member_id": number, "scheme": scheme, "code": code, "position": place}
                for scheme, codes in lists.items()
                for place, code in enumerate(rng.sample(codes, rng.randint(1, min(5, len(codes)))))
            ]
        for table, rows in ((Member, members), (Profile, profiles), (ProfileTerm, terms)):
            session().execute(insert(table), rows)
    token = secrets.token_urlsafe(32)
    session().add(
        SignInSession(
            token_hash=token_hash(token),
            member_id=1,
            created_at=moment,
            last_seen_at=moment,
            user_agent="benchmark",
        )
    )
    return token


def some(rng: random.Random, words: Sequence[str], count: int) -> list[str]:
    """Return words, frequent ones more often."""
    return [words[min(int(rng.expovariate(1 / 400)), len(words) - 1)] for _ in range(count)]


def milliseconds(client: FlaskClient, address: str) -> tuple[float, float]:
    """Return how long one page takes, by the clock and in time of the processor."""
    began, used = time.perf_counter(), time.process_time()
    answer = client.get(f"/members{address}")
    taken, worked = (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000
    assert answer.status_code == 200, answer.status
    return taken, worked


def compare(clients: Sequence[FlaskClient], addresses: Sequence[str], rounds: int) -> dict[str, float]:
    """Return median and p95 of the same pages in both directories, asked for in turn, and the ratios of the p95.

    `cpu` is the processor's time, which other work on the machine does not lengthen.
    """
    for client in clients:
        for address in addresses:
            milliseconds(client, address)  # templates are compiled once, and the words of the index read
    pairs = [
        [milliseconds(client, addresses[turn % len(addresses)]) for client in clients]
        for turn in range(rounds)
    ]
    small, large = zip(*pairs, strict=True)
    figures = {}
    for name, times in (("small", small), ("large", large)):
        for kind, place in (("", 0), ("cpu_", 1)):
            ranked = sorted(each[place] for each in times)
            figures[f"{name}_{kind}p50_ms"] = round(statistics.median(ranked), 1)
            figures[f"{name}_{kind}p95_ms"] = round(ranked[int(rounds * 0.95)], 1)
    for kind in ("", "cpu_"):
        figures[f"ratio_{kind}p95"] = round(
            figures[f"large_{kind}p95_ms"] / figures[f"small_{kind}p95_ms"], 2
        )
    return figures


def browsers(folder: Path, count: int, engine: str, opened: ExitStack) -> tuple[FlaskClient, FlaskClient]:
    """Make a hub with `count` members in `folder`; return a visitor's and a member's browser."""
    settings = Settings(instance=folder, limits="off", search_engine=engine)
    prepare_instance(settings)
    with opened_database(settings), transaction():
        token = people(count)
    app = create_app(settings)
    runtime = app.extensions["hub"]
    opened.callback(runtime.bind.dispose)
    rebuild(runtime.bind, runtime.search, documents)
    visitor, member = app.test_client(), app.test_client()
    member.set_cookie("hub", token, domain="localhost")
    return visitor, member


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if a page of the large directory takes too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.directory", description=__doc__)
    parser.add_argument("--small", action="store_true", help="100 and 1,000 members, 20 requests a class")
    parser.add_argument("--engine", choices=GOALS, default="whoosh")
    arguments = parser.parse_args()
    most, goal = GOALS[arguments.engine]
    sizes, rounds = ((100, 1_000), 20) if arguments.small else ((1_000, most), 200)
    with ExitStack() as opened:
        made = [
            browsers(
                Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-directory-"))),
                size,
                arguments.engine,
                opened,
            )
            for size in sizes
        ]
        figures = {
            who: {name: compare(clients, addresses, rounds) for name, addresses in PAGES.items()}
            for who, clients in zip(("visitor", "member"), zip(*made, strict=True), strict=True)
        }
    for who, pages in figures.items():
        for name, each in pages.items():
            print(f"{who}, {name}: {each}")
    ratios = [each["ratio_p95"] for pages in figures.values() for each in pages.values()]
    told = {
        "engine": arguments.engine,
        "members": sizes,
        "rounds": rounds,
        "worst_ratio_p95": max(ratios),
        "worst_ratio_cpu_p95": max(
            each["ratio_cpu_p95"] for pages in figures.values() for each in pages.values()
        ),
        **figures,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(told))
    sys.exit(not arguments.small and max(ratios) > goal)


if __name__ == "__main__":
    main()
