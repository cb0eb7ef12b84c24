"""Responses side by side: what each answers to the requirements in force, and how much of them each meets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.collaboration.models import Fit, Requirement, RequirementsVersion, Response, ResponseAnswer


@dataclass(frozen=True)
class Standing:
    """How far a response meets the requirements in force: numbers of met and partly met essential ones, of all met."""

    met: int
    partly: int
    essential: int
    nice: int

    @property
    def order(self) -> tuple[int, int, int]:
        """What responses are sorted by: the best comes first."""
        return (-self.met, -self.partly, -self.nice)


@dataclass(frozen=True)
class Column:
    """One response: its answers by id of the requirement in force, and how it stands.

    Args:
        response: the response.
        answers: what it says, also where it answered the same words of an earlier version.
        standing: how far it meets the requirements in force.
        is_older: whether it answers an earlier version of the requirements.
    """

    response: Response
    answers: Mapping[int, ResponseAnswer]
    standing: Standing
    is_older: bool


@dataclass(frozen=True)
class Row:
    """One requirement in force, and what each response answers to it; None where it answers nothing."""

    requirement: Requirement
    cells: Sequence[ResponseAnswer | None]

    @property
    def differs(self) -> bool:
        """Whether responses differ in how far they meet it."""
        return len({each.fit if each else None for each in self.cells}) > 1


@dataclass(frozen=True)
class Comparison:
    """Responses side by side."""

    version: RequirementsVersion
    columns: Sequence[Column]
    essential: Sequence[Row]
    nice: Sequence[Row]

    def only(self, columns: Sequence[Column]) -> "Comparison":
        """Return the same with some of its columns, for one page of many."""
        return _compared(self.version, columns)


def compare(
    responses: Sequence[Response], version: RequirementsVersion, *, by_fit: bool = False
) -> Comparison:
    """Return responses side by side.

    Args:
        responses: those that the viewer may read, by arrival.
        version: the requirements in force.
        by_fit: whether those that meet most essential requirements come first; else they stay as they arrived.
    """
    columns = [_column(each, version) for each in responses]
    if by_fit:
        columns.sort(key=lambda each: each.standing.order)
    return _compared(version, columns)


def answers_to(response: Response, version: RequirementsVersion) -> dict[int, ResponseAnswer]:
    """Return what a response answers, by id of the requirement of `version`; words that stayed keep their answer."""
    if response.requirements_number == version.number:
        return {each.requirement_id: each for each in response.answers}
    by_words = {_key(each.requirement): each for each in response.answers}
    return {each.id: by_words[_key(each)] for each in version.requirements if _key(each) in by_words}


def standing_of(answers: Mapping[int, ResponseAnswer], version: RequirementsVersion) -> Standing:
    """Return how far answers meet the requirements."""
    fits = [_fit(answers.get(each.id)) for each in version.essential]
    return Standing(
        met=fits.count(Fit.MET),
        partly=fits.count(Fit.PARTLY),
        essential=len(fits),
        nice=sum(_fit(answers.get(each.id)) is Fit.MET for each in version.nice_to_have),
    )


def _column(response: Response, version: RequirementsVersion) -> Column:
    answers = answers_to(response, version)
    is_older = response.requirements_number != version.number
    return Column(response, answers, standing_of(answers, version), is_older)


def _compared(version: RequirementsVersion, columns: Sequence[Column]) -> Comparison:
    rows = [_rows(each, columns) for each in (version.essential, version.nice_to_have)]
    return Comparison(version, columns, *rows)


def _rows(requirements: Sequence[Requirement], columns: Sequence[Column]) -> list[Row]:
    return [Row(each, [column.answers.get(each.id) for column in columns]) for each in requirements]


def _fit(answer: ResponseAnswer | None) -> Fit | None:
    return answer.fit if answer else None


def _key(requirement: Requirement) -> str:
    return " ".join(requirement.words.split()).casefold()
