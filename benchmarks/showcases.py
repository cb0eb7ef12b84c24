"""What pages of showcases cost with 500 showcases, one of which has 300 slots, beside the empty layout; their weight.

The hub answers in this process, so that the time is its own. A page and the layout are asked for in turn.
"""

import argparse
import gzip
import json
import os
import platform
import re
import sys
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, insert

from benchmarks.collaboration import GOAL, cost
from benchmarks.filling import COUNTRIES, fill_catalogue
from benchmarks.results import add_layout_page
from hub.access.audience import PUBLIC_LABEL
from hub.app import create_app
from hub.cli.context import opened_database
from hub.cli.instance import prepare_instance
from hub.config import Settings
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import Member, MemberStatus
from hub.showcases.models import (
    Attendance,
    Criterion,
    Entry,
    EntryFormat,
    EntryPresenter,
    EntryStatus,
    PresenterStatus,
    Room,
    Showcase,
    ShowcaseLabel,
    ShowcaseLanguage,
    ShowcaseStatus,
    Slot,
    SlotKind,
    Track,
)

ROOMS, TRACKS, DAYS, PRESENTERS = 10, 5, 3, 600
EVERY_SLOT = timedelta(minutes=15)
LIGHT = 60_000
"""The most bytes that a first visit may transfer, compressed, style sheets included."""


def fill_showcases(count: int, slots: int) -> str:
    """Store showcases, the first of which has a published programme; return a token of a signed-in member.

    Args:
        count: how many showcases.
        slots: how many slots the first has, each with an innovation and two presenters.
    """
    token = fill_catalogue(slots)
    moment = now()
    begins = moment + timedelta(days=60)
    rows: dict[type[Any], list[dict[str, Any]]] = {Member: list(_presenters())}
    for number in range(1, count + 1):
        starts = begins if number == 1 else moment + timedelta(days=number - count // 2, hours=1)
        _showcase(rows, number, starts)
    rows[Room] = [
        {"id": each, "showcase_id": 1, "name": f"Room {each}", "seats": 80, "position": each}
        for each in range(1, ROOMS + 1)
    ]
    rows[Track] = [
        {"id": each, "showcase_id": 1, "name": f"Track {each}", "position": each}
        for each in range(1, TRACKS + 1)
    ]
    for number in range(1, slots + 1):
        _slot(rows, number, slots, begins)
    for table, some in rows.items():
        session().execute(insert(table), some)
    return token


def _presenters() -> Any:  # noqa: ANN401 - rows of one table
    for number in range(1, PRESENTERS + 1):
        yield {
            "id": 1_000 + number,
            "public_id": f"p{number:021d}",
            "email": f"presenter{number}@bench.example",
            "display_name": f"Presenter {number}",
            "member_type": "government",
            "country": COUNTRIES[number % len(COUNTRIES)],
            "status": MemberStatus.APPROVED,
            "vetted_until": now() + timedelta(days=300),
        }


def _showcase(rows: dict[type[Any], list[dict[str, Any]]], number: int, starts: Any) -> None:  # noqa: ANN401
    status = ShowcaseStatus.PROGRAMME_PUBLISHED if number == 1 or starts > now() else ShowcaseStatus.CLOSED
    rows.setdefault(Showcase, []).append(
        {
            "id": number,
            "public_id": f"s{number:021d}",
            "slug": f"showcase-{number}",
            "created_by_id": 1,
            "status": status,
            "language": "en-GB",
            "name": f"Innovation stage {number}",
            "host_event": "Summit",
            "summary": "Innovations from many countries on one stage.",
            "description": "People who run them show them. " * 20,
            "accessibility": "Step-free entrance and a hearing loop in each room.",
            "attendance": Attendance.HYBRID,
            "venue": "Palace",
            "city": "Paris",
            "country": COUNTRIES[number % len(COUNTRIES)],
            "time_zone": "Europe/Paris",
            "starts_at": starts,
            "ends_at": starts + timedelta(days=DAYS),
            "has_no_sponsors": True,
            "capacity": 500,
            "registration_opens_at": starts - timedelta(days=90),
            "registration_closes_at": starts,
            "opened_at": starts - timedelta(days=100),
            "decisions_sent_at": starts - timedelta(days=40),
            "published_at": starts - timedelta(days=30),
        }
    )
    rows.setdefault(ShowcaseLabel, []).append({"showcase_id": number, "label": PUBLIC_LABEL})
    rows.setdefault(ShowcaseLanguage, []).append({"showcase_id": number, "code": "en", "position": 0})
    rows.setdefault(Criterion, []).append(
        {"showcase_id": number, "position": 0, "name": "Evidence", "weight": 3}
    )


def _slot(rows: dict[type[Any], list[dict[str, Any]]], number: int, slots: int, begins: Any) -> None:  # noqa: ANN401
    day, place = divmod(number - 1, -(-slots // DAYS))
    starts = begins + timedelta(days=day) + place // ROOMS * EVERY_SLOT
    rows.setdefault(Entry, []).append(
        {
            "id": number,
            "public_id": f"e{number:021d}",
            "showcase_id": 1,
            "innovation_id": number,
            "proposed_by_id": 1,
            "status": EntryStatus.CONFIRMED,
            "format": list(EntryFormat)[number % 4],
            "language": "en-GB",
            "pitch": "It found cases in its first year. " * 10,
            "proposed_at": begins - timedelta(days=70),
            "is_featured": number % 60 == 0,
        }
    )
    for each in (0, 1):
        rows.setdefault(EntryPresenter, []).append(
            {
                "entry_id": number,
                "member_id": 1_001 + (number * 2 + each) % PRESENTERS,
                "position": each,
                "status": PresenterStatus.CONFIRMED,
            }
        )
    rows.setdefault(Slot, []).append(
        {
            "public_id": f"t{number:021d}",
            "showcase_id": 1,
            "kind": SlotKind.ENTRY,
            "entry_id": number,
            "room_id": 1 + place % ROOMS,
            "track_id": 1 + number % TRACKS,
            "starts_at": starts,
            "ends_at": starts + EVERY_SLOT,
        }
    )


def weight(client: FlaskClient, address: str) -> int:
    """Return the bytes of a first visit: the page, and all style sheets, scripts and pictures that it names."""
    packed = {"Accept-Encoding": "gzip"}
    page = client.get(address, headers=packed)
    text = gzip.decompress(page.data).decode()
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    return len(page.data) + sum(len(client.get(each, headers=packed).data) for each in named)


def main() -> None:
    """Measure and print; the last line is JSON. Exits with 1 if a page is too slow or too heavy."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.showcases", description=__doc__)
    parser.add_argument("--small", action="store_true", help="20 showcases, 60 slots and 30 rounds")
    options = parser.parse_args()
    count, slots, rounds = (20, 60, 30) if options.small else (500, 300, 300)
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="hub-showcases-"))
        settings = Settings(instance=Path(folder), limits="off")
        prepare_instance(settings)
        with opened_database(settings), transaction():
            token = fill_showcases(count, slots)
        app = create_app(settings)
        add_layout_page(app)
        bind = app.extensions["hub"].bind
        opened.callback(bind.dispose)
        asked: list[str] = []
        event.listen(bind, "before_cursor_execute", lambda *given: asked.append(given[2]))
        visitor, member = app.test_client(), app.test_client()
        member.set_cookie("hub", token, domain="localhost")
        first = "/showcases/showcase-1"
        pages = {
            "directory, visitor": (visitor, "/showcases"),
            "directory, member": (member, "/showcases?attendance=online&state=upcoming"),
            "showcase, visitor": (visitor, first),
            "showcase, member": (member, first),
            "programme, visitor": (visitor, f"{first}/programme"),
            "programme, member": (member, f"{first}/programme?by=room&zone=Asia/Tbilisi"),
            "slot, visitor": (visitor, f"{first}/slots/t{1:021d}"),
        }
        figures = {name: cost(who, address, rounds, asked) for name, (who, address) in pages.items()}
        bytes_sent = {
            address: weight(visitor, address) for address in ("/showcases", first, f"{first}/programme")
        }
    for name, each in figures.items():
        print(f"{name}: {each}")
    print(f"bytes of a first visit: {bytes_sent}")
    print(
        json.dumps(
            {
                "showcases": count,
                "slots": slots,
                **figures,
                "bytes": bytes_sent,
                "python": platform.python_version(),
                "cores": os.cpu_count(),
            }
        )
    )
    is_slow = any(each["times_p95"] > GOAL for each in figures.values())
    sys.exit(not options.small and (is_slow or max(bytes_sent.values()) > LIGHT))


if __name__ == "__main__":
    main()
