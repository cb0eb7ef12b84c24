"""How far the count of one day has come, in a file, so that a worker that was stopped goes on where it was.

It holds sums by group and the key of the last thing that was looked at; no list of anybody, and no score.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from hub.matching.facts import Kind
from hub.matching.fairness.groups import DIMENSIONS, Dimension, Groups

FILE = "exposure.json"

STAGES = (Kind.MEMBER, Kind.REQUEST, Kind.INNOVATION)
"""What is gone through, one after the other."""


@dataclass
class Tally:
    """What was counted of one group, as `Exposure` holds it."""

    things: int = 0
    places: int = 0
    firsts: int = 0
    lifted: int = 0


@dataclass
class Progress:
    """How far the count of one day has come.

    Args:
        day: of which day.
        began_at: when it began.
        stage: which of `STAGES`; one more than the last when all are through.
        after: the key of the stage's last thing that was looked at; empty at its beginning.
        tallies: what was counted, by kind, dimension and value, joined by a bar.
        is_stored: whether it stands in the database.
    """

    day: date
    began_at: datetime
    stage: int = 0
    after: str = ""
    tallies: dict[str, Tally] = field(default_factory=dict)
    is_stored: bool = False

    @property
    def kind(self) -> Kind | None:
        """What is gone through now; None once all is."""
        return STAGES[self.stage] if self.stage < len(STAGES) else None

    def tally(self, kind: Kind, dimension: Dimension, value: str) -> Tally:
        """Return what was counted of one group so far, to be counted on."""
        return self.tallies.setdefault(f"{kind}|{dimension}|{value}", Tally())

    def add(self, kind: Kind, groups: Groups, **numbers: int) -> None:
        """Count something of a thing in each of its groups.

        Args:
            kind: of the thing.
            groups: to what it belongs.
            numbers: how much to add, by the name of a field of `Tally`.
        """
        for dimension in DIMENSIONS[kind]:
            tally = self.tally(kind, dimension, groups.value(dimension))
            for name, number in numbers.items():
                setattr(tally, name, getattr(tally, name) + number)

    def counted(self) -> Mapping[tuple[Kind, Dimension, str], Tally]:
        """Return what was counted, by kind, dimension and value."""
        parts = {name: name.split("|", 2) for name in self.tallies}
        return {
            (Kind(kind), Dimension(dimension), value): self.tallies[name]
            for name, (kind, dimension, value) in parts.items()
        }


def progress_of(folder: Path, moment: datetime) -> Progress:
    """Return how far the count of this day has come; a new one where none was begun, or the file says nothing.

    Args:
        folder: where the file is.
        moment: now.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((folder / FILE).read_text("utf-8"))
        if date.fromisoformat(told["day"]) == moment.date():
            return Progress(
                day=moment.date(),
                began_at=datetime.fromisoformat(told["began_at"]),
                stage=int(told["stage"]),
                after=str(told["after"]),
                tallies={str(name): Tally(**numbers) for name, numbers in told["tallies"].items()},
                is_stored=bool(told["is_stored"]),
            )
    return Progress(day=moment.date(), began_at=moment)


def save_progress(folder: Path, progress: Progress) -> None:
    """Write down how far a count has come; whoever stops in the middle leaves the last file whole."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    told = {
        "day": progress.day.isoformat(),
        "began_at": progress.began_at.isoformat(),
        "stage": progress.stage,
        "after": progress.after,
        "tallies": {name: asdict(tally) for name, tally in progress.tallies.items()},
        "is_stored": progress.is_stored,
    }
    beside = folder / f"{FILE}.new"
    beside.write_text(json.dumps(told), "utf-8")
    beside.replace(folder / FILE)
