"""Reads the vocabularies in `data/`. Labels are message ids: delivery translates them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Term:
    """One value of a vocabulary.

    Args:
        code: what is stored; never changes.
        label: message id of the name that people read; the code itself where the data name none.
        description: message id of one sentence, or empty.
        aliases: other names that people type, in English; never shown.
        is_translated: False for names that are the same in every language, such as TLP labels and licences.
    """

    code: str
    label: str
    description: str = ""
    is_translated: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one scheme in their order, with where they come from."""

    name: str
    scheme: str
    version: str
    title: str
    source: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code of this vocabulary."""
        return frozenset(_index(self.name))

    def __contains__(self, code: object) -> bool:
        return code in _index(self.name)

    def find(self, code: str) -> Term | None:
        """Return the term with `code`, or None."""
        return _index(self.name).get(code)

    def label(self, code: str) -> str:
        """Return the label's message id; a code that the vocabulary no longer holds stands for itself."""
        term = self.find(code)
        return term.label if term else code


def names() -> tuple[str, ...]:
    """Return the names of all vocabularies in alphabetical order."""
    return tuple(sorted(path.stem for path in DATA.glob("*.json")))


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return the vocabulary `name`, such as "functions".

    Raises:
        KeyError: there is no such vocabulary.
    """
    if name not in names():
        raise KeyError(name)
    data = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    terms = tuple(
        Term(
            code=term["code"],
            label=term.get("label", term["code"]),
            description=term.get("description", ""),
            is_translated=term.get("translate", "label" in term),
            aliases=tuple(term.get("aliases", ())),
        )
        for term in data["terms"]
    )
    return Vocabulary(name, data["scheme"], data["version"], data["title"], data["source"], terms)


@cache
def _index(name: str) -> dict[str, Term]:
    return {term.code: term for term in vocabulary(name).terms}
