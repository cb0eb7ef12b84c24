"""The scales that the Independent Reporting Mechanism rates by, in both generations, with version and source of each.

Which values were seen in published material, and which are from general knowledge, is told by the sources of the
vocabularies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hub.core.i18n import N_
from hub.vocabularies.loader import vocabulary

FIRST_YEAR_OF_REVIEWS = 2020
"""The year from which on action plans are assessed by the second generation of scales."""

VALUES = "ogp_values"
"""The vocabulary of what a scale is asked about where it is asked for each value of open government."""


@dataclass(frozen=True)
class Scale:
    """One question of an assessment.

    Args:
        code: what is stored.
        label: message id of the question.
        vocabulary: name of the vocabulary that its answers are from.
        is_per_value: whether it is asked for each value of open government.
    """

    code: str
    label: str
    vocabulary: str
    is_per_value: bool = False

    @property
    def values(self) -> frozenset[str]:
        """Codes of its answers."""
        return vocabulary(self.vocabulary).codes

    @property
    def abouts(self) -> tuple[str, ...]:
        """What it is asked about: codes of values of open government, or one empty text for the whole commitment."""
        return tuple(term.code for term in vocabulary(VALUES).terms) if self.is_per_value else ("",)


@dataclass(frozen=True)
class Scheme:
    """One generation of scales.

    Args:
        code: what is stored.
        title: message id of its name.
        version: years of the action plans that it is used for.
        source_title: who made it.
        source_url: where it is described.
        scales: its questions, in their order.
    """

    code: str
    title: str
    version: str
    source_title: str
    source_url: str
    scales: tuple[Scale, ...]

    def scale(self, code: str) -> Scale | None:
        """Return the question with `code`, or None."""
        return next((each for each in self.scales if each.code == code), None)


SOURCE_TITLE = "Independent Reporting Mechanism, Open Government Partnership"

IRM_2013 = Scheme(
    code="irm_2013",
    title=N_("Ratings of reports on action plans until 2019"),
    version="2011–2019",
    source_title=SOURCE_TITLE,
    source_url="https://opengovpartnership.org/?p=3699",
    scales=(
        Scale("verifiable", N_("Verifiable"), "irm_answers"),
        Scale("specificity", N_("Specificity"), "irm_specificity"),
        Scale("relevance", N_("Relevant to a value of open government"), "irm_answers", is_per_value=True),
        Scale("potential_impact", N_("Potential impact"), "irm_potential_impact"),
        Scale("completion", N_("Completion"), "irm_completion"),
        Scale("opening", N_("Did it open government?"), "irm_opening", is_per_value=True),
        Scale("starred", N_("Starred as exemplary"), "irm_answers"),
        Scale("carried_forward", N_("Carried forward to the next plan"), "irm_answers"),
    ),
)

IRM_2021 = Scheme(
    code="irm_2021",
    title=N_("Ratings of reviews of action plans from 2020 on"),
    version="2020–",
    source_title=SOURCE_TITLE,
    source_url="https://www.opengovpartnership.org/irm-guidance-overview/",
    scales=(
        Scale("verifiable", N_("Verifiable"), "irm_answers"),
        Scale("relevance", N_("Relevant to open government"), "irm_answers"),
        Scale("ambition", N_("Ambition, or potential for results"), "irm_ambition"),
        Scale("completion", N_("Completion"), "irm_completion"),
        Scale("early_results", N_("Early results"), "irm_early_results"),
        Scale("carried_forward", N_("Carried forward to the next plan"), "irm_answers"),
    ),
)

SCHEMES: Mapping[str, Scheme] = MappingProxyType({each.code: each for each in (IRM_2013, IRM_2021)})
"""Both generations by code."""


def scheme_of(code: str) -> Scheme:
    """Return the generation with `code`.

    Raises:
        KeyError: there is none.
    """
    return SCHEMES[code]


def scheme_for_year(cycle_year: int) -> Scheme:
    """Return the generation by which action plans that began in `cycle_year` are assessed."""
    return IRM_2021 if cycle_year >= FIRST_YEAR_OF_REVIEWS else IRM_2013


def rating_label(scale: Scale, value: str) -> str:
    """Return the message id of an answer; a code that is no longer held stands for itself."""
    return vocabulary(scale.vocabulary).label(value)
