"""Whether a country has what an innovation needs: its prerequisites against what the country states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hub.catalogue.models import CountryStatement, ReadinessState, RevisionPrerequisite


@dataclass(frozen=True)
class ReadinessRow:
    """One prerequisite with what the country states about it, or None where it states nothing."""

    prerequisite: RevisionPrerequisite
    statement: CountryStatement | None

    @property
    def state(self) -> ReadinessState | None:
        """What the country states, or None."""
        return self.statement.state if self.statement else None


@dataclass(frozen=True)
class Readiness:
    """How ready a country is for an innovation, prerequisite by prerequisite."""

    country: str
    rows: tuple[ReadinessRow, ...]

    def count(self, state: ReadinessState | None) -> int:
        """Return how many prerequisites are in `state`; None counts those the country states nothing about."""
        return sum(row.state is state for row in self.rows)

    @property
    def verdict(self) -> ReadinessState | None:
        """The worst state that is stated, or None where nothing is, or not all of it."""
        states = {row.state for row in self.rows}
        for state in (ReadinessState.BLOCKED, ReadinessState.NEEDS):
            if state in states:
                return state
        return ReadinessState.READY if states == {ReadinessState.READY} else None


def readiness_of(
    country: str,
    prerequisites: Iterable[RevisionPrerequisite],
    statements: Mapping[str, CountryStatement],
) -> Readiness:
    """Return what `country` has of the prerequisites; one that is no common prerequisite can be stated by nobody.

    Args:
        country: ISO code.
        prerequisites: what the innovation needs.
        statements: what the country states, by topic.
    """
    return Readiness(
        country, tuple(ReadinessRow(each, statements.get(each.topic or "")) for each in prerequisites)
    )
