"""How fast `hub import` is: records of 250 words, with audit log, on a fresh SQLite file; then the same again."""

import argparse
import csv
import json
import os
import platform
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generator import SEED, Generator
from hub.access.viewer import VISITOR, Role
from hub.core.database import make_engine, session_scope, transaction
from hub.interchange.importing import import_rows
from hub.interchange.reading import read_file
from hub.interchange.report import Report
from hub.members.queries import member_by_email
from hub.members.service import create_member, grant_role
from hub.migrations import upgrade
from hub.vocabularies.loader import vocabulary

EMAIL = "benchmark@test.example"
SCHEMES = ("functions", "offences", "sectors")
COUNTRIES = ("GE", "ES", "ID", "FR", "KE", "CL")


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield `count` rows as a focal point would have them: prose, codes, countries, two sources, an organisation."""
    chance = random.Random(SEED)
    for number, document in enumerate(Generator(count).documents()):
        yield {
            "source": "registry",
            "external_id": f"{number:06}",
            "audience": "public",
            **{
                name: text[:150] if name == "short_description" else text
                for name, text in document.texts["en"].items()
            },
            "name": document.text_of("name")[:120],
            "kind": chance.choice(vocabulary("kinds").terms).code,
            "organisation": f"Organisation {number % 200}",
            "countries": "; ".join(sorted(chance.sample(COUNTRIES, 2))),
            **{
                scheme: "; ".join(term.code for term in chance.sample(vocabulary(scheme).terms, 2))
                for scheme in SCHEMES
            },
            "sources": f"https://example.org/{number} | About it\nhttps://example.org/{number}/more",
        }


def write_csv(path: Path, count: int, *, is_changed: bool = False) -> None:
    """Write the file that is imported; `is_changed` gives each record another year."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = None
        for row in rows(count):
            values = {**row, "year_started": "2020" if is_changed else "2019"}
            writer = writer or csv.DictWriter(file, list(values))
            if file.tell() == 0:
                writer.writeheader()
            writer.writerow(values)


def measured(path: Path) -> tuple[Report, float]:
    """Import a file, reading included; return the report and rows a second."""
    started = time.perf_counter()
    actor = member_by_email(EMAIL)
    assert actor is not None
    report = import_rows(actor, read_file(path, "csv"), language="en-GB")
    return report, report.total / (time.perf_counter() - started)


def main() -> None:
    """Measure and print; the last line is JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--small", action="store_true", help="500 records")
    options = parser.parse_args()
    count = 500 if options.small else options.records
    figures: dict[str, object] = {"records": count}
    with tempfile.TemporaryDirectory(prefix="hub-importing-") as work:
        folder = Path(work)
        write_csv(folder / "first.csv", count)
        write_csv(folder / "changed.csv", count, is_changed=True)
        engine = make_engine(f"sqlite:///{folder / 'hub.sqlite'}")
        upgrade(engine)
        with session_scope(engine):
            with transaction():
                member = create_member(
                    VISITOR,
                    email=EMAIL,
                    password_hash="",
                    display_name="B",
                    member_type="government",
                    country="GE",
                )
                grant_role(VISITOR, member, Role.FOCAL_POINT, reason="benchmark", country="GE")
            for name, file in (("created", "first"), ("unchanged", "first"), ("updated", "changed")):
                report, rate = measured(folder / f"{file}.csv")
                assert getattr(report, name) == count, report.to_json()
                figures[f"{name}_per_second"] = round(rate)
                print(f"{name}: {rate:.0f} rows/s", flush=True)
        engine.dispose()
    figures |= {"python": platform.python_version(), "cores": os.cpu_count()}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
