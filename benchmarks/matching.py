"""`python -m benchmarks.matching DIR`: how well the hub pairs people with items that they judged themselves.

DIR holds `people_papers.jsonl` (person, title, abstract), `items.jsonl` (item, title, abstract) and `judgments.tsv`
(person, item, expertise from 1 to 5). A person is a member with their papers as own innovations, an item an
innovation; terms are counted over both, and no judgement takes part. Scores are those of the product. Loss is that of
Stelmakh et al. (arXiv 2303.16750): over all pairs of items that a person judged differently, the differences in
judgement of the pairs that are ranked wrongly (ties half), as a share of all differences. Easy pairs are of one item
judged 4 or more and one judged 2 or less, hard pairs of two judged 4 or more; their figures are the share of pairs
ranked rightly. Half of the people, drawn with a fixed seed, were looked at while constants were chosen; their figures
and the others' are printed apart. The last line is JSON.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

from hub.matching.facts import Facts, Kind, Role, Text
from hub.matching.parts import Pairing
from hub.matching.scoring import match
from hub.matching.statistics import Statistics

SEED = 9
LANGUAGE = "en"
PUBLIC = frozenset({"public"})
HIGH, LOW = 4.0, 2.0
PEERS = {"tpms": "TPMS", "specter": "Specter", "specter_mfr": "Specter+MFR"}

Row = Mapping[str, str]
Judged = Mapping[str, Mapping[str, float]]
Scores = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Figures:
    """What is measured.

    Args:
        loss: 0 where all pairs are ranked rightly, 0.5 by chance.
        easy, hard: shares of pairs ranked rightly.
    """

    loss: float
    easy: float
    hard: float


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder = parser.parse_args().folder
    judged = judgements(folder)
    scores = scored(folder, judged)
    looked_at, others = halves(judged)
    print(f"half looked at, {len(looked_at)} people: {figures(scores, judged, looked_at)}")
    print(f"other half, {len(others)} people: {figures(scores, judged, others)}")
    for name, known in peers(folder):
        print(f"{name}: {known}")
    print(json.dumps(asdict(figures(scores, judged, judged))))


def judgements(folder: Path) -> dict[str, dict[str, float]]:
    """Return how well each person knows each item that they judged, by their own word."""
    judged: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / "judgments.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        person, item, expertise = line.split("\t")
        judged[person][item] = float(expertise)
    return dict(judged)


def scored(folder: Path, judged: Judged) -> Scores:
    """Return the product's scores of all judged pairs."""
    papers: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows(folder / "people_papers.jsonl"):
        papers[row["person"]].append(row)
    items = {row["item"]: row for row in rows(folder / "items.jsonl")}
    records = {item: _facts(Kind.INNOVATION, item, Role.ABOUT, [row]) for item, row in items.items()}
    single = {row["paper_id"]: row for theirs in papers.values() for row in theirs}
    counted = [_facts(Kind.INNOVATION, paper, Role.ABOUT, [row]) for paper, row in single.items()]
    statistics = Statistics.of([*records.values(), *counted])
    found: dict[str, dict[str, float]] = {}
    for person, theirs in judged.items():
        member = _facts(Kind.MEMBER, person, Role.OWN_INNOVATION, papers[person])
        found[person] = {
            item: match(
                Pairing.MEMBER_INNOVATION, member, records[item], labels=PUBLIC, statistics=statistics
            ).score
            for item in theirs
        }
    return found


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _facts(kind: Kind, key: str, role: Role, written: Iterable[Row]) -> Facts:
    texts = tuple(Text(role, LANGUAGE, row["title"], "", row.get("abstract") or "") for row in written)
    return Facts(kind, key, PUBLIC, texts)


def halves(people: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the people who were looked at while constants were chosen, and all others."""
    ordered = sorted(people)
    looked_at = sorted(random.Random(SEED).sample(ordered, len(ordered) // 2))
    return looked_at, [person for person in ordered if person not in looked_at]


def figures(scores: Scores, judged: Judged, people: Iterable[str]) -> Figures:
    """Return the figures over some people."""
    lost = total = 0.0
    easy: list[float] = []
    hard: list[float] = []
    for person in people:
        for one, other in combinations(judged[person], 2):
            better, worse = sorted((one, other), key=judged[person].__getitem__, reverse=True)
            high, low = judged[person][better], judged[person][worse]
            if high == low:
                continue
            wrong = _wrong(scores[person][better], scores[person][worse])
            lost += wrong * (high - low)
            total += high - low
            if high >= HIGH and low <= LOW:
                easy.append(1.0 - wrong)
            elif low >= HIGH:
                hard.append(1.0 - wrong)
    return Figures(round(lost / total, 4), _mean(easy), _mean(hard))


def _wrong(better: float, worse: float) -> float:
    if better == worse:
        return 0.5
    return 0.0 if better > worse else 1.0


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def peers(folder: Path) -> Iterator[tuple[str, object]]:
    """Yield the figures of others on the same people, where DIR has them."""
    path = folder / "baselines.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for name, title in PEERS.items():
        if name in known:
            yield title, known[name]["shared"]


if __name__ == "__main__":
    main()
