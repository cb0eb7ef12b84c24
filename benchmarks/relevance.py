"""`python -m benchmarks.relevance DIR --engine tantivy`: how well the hub ranks a collection with known answers.

DIR holds `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv` (query_id, doc_id, grade). The
title is indexed as a record's name and the text as its description; each query is asked by a visitor as a passage
(`Query.is_passage`), because it is a paragraph and not words typed into a box. MAP reads the first 1,000 results, nDCG
the first ten, with the grades as gains. Where DIR has figures of others beside it (`../baselines.json`), the hub's
are printed as multiples of them. The last line is JSON.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Literal

from hub.config import Settings
from hub.core.pagination import MAX_PER_PAGE, PageRequest
from hub.search.documents import LANGUAGE, Document, Query
from hub.search.engine import SearchEngine, make_search_engine

VISITOR = frozenset({"public"})
DEPTH = 1_000
PEERS = {"sqlite_fts5_porter": "SQLite FTS5 porter", "sqlite_fts5_porter_title2": "the same, titles twice"}
NAMES = {"map": "MAP", "ndcg10": "nDCG10", "r100": "R100"}

Grades = Mapping[str, int]


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--engine", choices=["whoosh", "tantivy"], default="whoosh")
    options = parser.parse_args()
    figures = measure(options.folder, options.engine)
    for peer, ratios in compared(figures, options.folder).items():
        print(f"{options.folder.name}, {options.engine}, times {PEERS[peer]}: {ratios}")
    print(json.dumps(figures))


def measure(folder: Path, engine_name: Literal["whoosh", "tantivy"]) -> dict[str, float]:
    """Index the collection in `folder`, ask its queries and return the means of MAP, nDCG@10 and recall@100."""
    judged = judgements(folder)
    with tempfile.TemporaryDirectory() as work:
        engine = make_search_engine(Settings(instance=Path(work), search_engine=engine_name))
        engine.rebuild(documents(folder), 0)
        found = {
            row["id"]: asked(engine, row["text"])
            for row in rows(folder / "queries.jsonl")
            if any(judged[row["id"]].values())
        }
    return {
        "map": round(fmean(average_precision(ids, judged[query]) for query, ids in found.items()), 4),
        "ndcg10": round(fmean(gain_at_ten(ids, judged[query]) for query, ids in found.items()), 4),
        "r100": round(fmean(recall(ids[:100], judged[query]) for query, ids in found.items()), 4),
    }


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a JSON lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def documents(folder: Path) -> Iterator[Document]:
    """Yield the documents of a collection as the hub indexes records."""
    for row in rows(folder / "docs.jsonl"):
        texts = {"name": row["title"], "description": row["text"]}
        yield Document(row["id"], VISITOR, {LANGUAGE: {field: text for field, text in texts.items() if text}})


def judgements(folder: Path) -> defaultdict[str, dict[str, int]]:
    """Return the grade of each judged document by query; 0 is not relevant."""
    judged: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        judged[query][document] = int(grade)
    return judged


def asked(engine: SearchEngine, text: str) -> list[str]:
    """Return the ids of the first `DEPTH` results, page by page as a reader would turn them."""
    found: list[str] = []
    for number in range(1, DEPTH // MAX_PER_PAGE + 1):
        query = Query(
            VISITOR, text, page=PageRequest(number, MAX_PER_PAGE), has_counts=False, is_passage=True
        )
        ids = engine.search(query, lambda _number: frozenset()).ids
        found += ids
        if len(ids) < MAX_PER_PAGE:
            break
    return found


def average_precision(ids: Sequence[str], grades: Grades) -> float:
    """Return the precision at each relevant result, averaged over all that are relevant."""
    hits, total = 0, 0.0
    for place, document in enumerate(ids, start=1):
        if grades.get(document, 0) > 0:
            hits += 1
            total += hits / place
    return total / sum(grade > 0 for grade in grades.values())


def gain_at_ten(ids: Sequence[str], grades: Grades) -> float:
    """Return the discounted gain of the first ten results as a share of the best possible."""
    best = sorted(grades.values(), reverse=True)
    return _discounted([grades.get(document, 0) for document in ids]) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:10], start=1))


def recall(ids: Sequence[str], grades: Grades) -> float:
    """Return the share of the relevant documents that is among `ids`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ids)) / len(relevant)


def compared(figures: Mapping[str, float], folder: Path) -> dict[str, dict[str, float]]:
    """Return the figures as multiples of each peer's, measured on the same half of the judgements."""
    path = folder.resolve().parent / "baselines.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    peers = known.get(folder.name, {}).get("baselines", {})
    return {
        peer: {name: round(figures[name] / peers[peer]["shared"][NAMES[name]], 3) for name in figures}
        for peer in PEERS
        if peer in peers
    }


if __name__ == "__main__":
    main()
