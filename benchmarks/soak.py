"""`python -m benchmarks.soak [--small]`: crash, changes, race and load campaigns; prints JSON and exits 1 if one fails.

Whole: 200 kills, 1,000 random changes with kills on each search engine, 20 rounds of 200 parallel decisions, 20 of
100 parallel responses and 2 acceptances, 20 of 200 parallel registrations for 5 places on each database, 16 clients for
5 minutes on 10,000 records. Small: 10 kills, 60 changes, 3 rounds of 60, 2 of 30 and 30, 10 seconds on 300 records;
times are told and decide nothing.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.campaigns import changes, crash, load, race, registrations, responses

CAMPAIGNS: dict[str, Callable[[Path, bool], dict[str, object]]] = {
    "crash": lambda folder, is_small: crash.run(folder, kills=10 if is_small else 200, is_timed=not is_small),
    "changes": lambda folder, is_small: changes.run(folder, changes=60 if is_small else 1_000),
    "race": lambda folder, is_small: (
        race.run(folder, rounds=3, requests=60) if is_small else race.run(folder, rounds=20, requests=200)
    ),
    "responses": lambda folder, is_small: (
        responses.run(folder, rounds=2, responses=30)
        if is_small
        else responses.run(folder, rounds=20, responses=100)
    ),
    "registrations": lambda folder, is_small: (
        registrations.run(folder, rounds=2, people=30)
        if is_small
        else registrations.run(folder, rounds=20, people=200)
    ),
    "load": lambda folder, is_small: (
        load.run(folder, records=300, seconds=10, is_timed=False)
        if is_small
        else load.run(folder, records=10_000, seconds=300, is_timed=True)
    ),
}


def main() -> None:
    """Run the campaigns that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--only", choices=CAMPAIGNS, help="run one campaign")
    arguments = parser.parse_args()
    results = {}
    for name in [arguments.only] if arguments.only else CAMPAIGNS:
        print(f"{name} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            results[name] = CAMPAIGNS[name](Path(folder), arguments.small)
    print(json.dumps(results, indent=2))
    sys.exit(0 if all(result["passed"] for result in results.values()) else 1)


if __name__ == "__main__":
    main()
