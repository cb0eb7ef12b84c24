"""Says why a document was found: which wanted words its fields hold, and as which words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hub.search.analysis import NAME, language_of, read, words_in
from hub.search.documents import Document
from hub.search.plan import And, Node, Or, Phrase, Plan, Where, Word

MOST_FOUND = 3
"""Different words of the document that are named for one wanted word."""


@dataclass(frozen=True)
class Reason:
    """One wanted word or phrase that a document holds.

    Args:
        asked: as typed.
        found: the words of the document, as it writes them.
        fields: the fields that hold them, in the document's order.
        is_other: whether only a synonym, a completion or a corrected word was found.
    """

    asked: str
    found: tuple[str, ...]
    fields: tuple[str, ...]
    is_other: bool


@dataclass
class _Finding:
    """What was found so far of one thing wanted: as typed, and as something else."""

    found: dict[str, None] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    fields: dict[str, None] = field(default_factory=dict)


def reasons(document: Document, plan: Plan) -> tuple[Reason, ...]:
    """Return, for each thing wanted that the document holds in its texts, where and as what."""
    nodes = tuple(_wanted(plan.match))
    findings = {node.asked: _Finding() for node in nodes}
    for tag, fields in document.texts.items():
        language = language_of(tag)
        sought = [
            (node.asked, run, _is_typed(node.asked, run, language), node.where)
            for node in nodes
            for run in _runs(node, language)
        ]
        for name, text in fields.items():
            held = _Held(text, language)
            for asked, run, is_typed, where in sought:
                if where is Where.NAME and name != NAME:
                    continue
                for written in held.find(run):
                    finding = findings[asked]
                    (finding.found if is_typed else finding.others).setdefault(written)
                    finding.fields.setdefault(name)
    return tuple(
        Reason(
            asked,
            tuple(finding.found or finding.others)[:MOST_FOUND],
            tuple(finding.fields),
            not finding.found,
        )
        for asked, finding in findings.items()
        if finding.fields
    )


class _Held:
    """The words of one text by their terms."""

    def __init__(self, text: str, language: str) -> None:
        self.written: list[str] = []
        self.terms: list[str] = []
        self.places: dict[str, list[int]] = {}
        self.others: dict[str, dict[str, None]] = {}
        for word in words_in(text):
            reading = read(word, language)
            for term in reading.terms:
                self.places.setdefault(term, []).append(len(self.terms))
                self.terms.append(term)
                self.written.append(word)
            for term in reading.others + reading.parts:
                self.others.setdefault(term, {}).setdefault(word)

    def find(self, run: Sequence[str]) -> Iterator[str]:
        """Yield how the text writes a run of terms, wherever it holds it."""
        length = len(run)
        for start in self.places.get(run[0], ()):
            if self.terms[start : start + length] == list(run):
                yield " ".join(dict.fromkeys(self.written[start : start + length]))
        if length == 1:
            yield from self.others.get(run[0], ())


def _wanted(node: Node) -> Iterator[Word | Phrase]:
    match node:
        case Word() | Phrase():
            yield node
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _wanted(part)


def _runs(node: Word | Phrase, language: str) -> Iterator[tuple[str, ...]]:
    """Yield what of a node may stand in texts of a language."""
    if isinstance(node, Phrase):
        if node.language == language:
            yield node.terms
    else:
        yield from ((term.text,) for term in node.terms if term.language == language)


def _is_typed(asked: str, run: tuple[str, ...], language: str) -> bool:
    """Whether a run of terms is what was typed, in any form of the word."""
    readings = [read(word, language) for word in words_in(asked)]
    own = tuple(term for reading in readings for term in reading.terms)
    return run == own or (len(run) == 1 and any(run[0] in reading.others for reading in readings))
