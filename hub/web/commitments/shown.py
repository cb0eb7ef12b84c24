"""What the page of a commitment shows, made ready for its template: milestones, assessments, actors, sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.commitments.assessing.queries import assessments_of, ratings_by_scale
from hub.commitments.evidence.gate import backed_ids, unsupported_ids
from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import (
    Assessment,
    Commitment,
    CommitmentEvidence,
    Maker,
    Milestone,
    PartyRole,
)
from hub.commitments.scales import Scheme, rating_label, scheme_of
from hub.core import clock
from hub.web.commitments.measures import Measure, measures_of
from hub.web.commitments.words import MAKER_NAMES, ROLE_NAMES
from hub.web.i18n import country_name, term, translate

BESIDE = 4
"""The most assessments that stand beside each other; earlier ones are left to their sources."""


@dataclass(frozen=True)
class ShownMilestone:
    """One milestone.

    Args:
        milestone: its words and days.
        measures: what measures it.
        evidence: what shows how far it is, as far as the viewer may read it.
        is_late: whether its day is past and it is not complete.
        is_backed: whether evidence counts for it: accepted by somebody who never answered for the commitment.
        is_unsupported: whether a source says that it got far, and no evidence is accepted.
    """

    milestone: Milestone
    measures: Sequence[Measure]
    evidence: Sequence[CommitmentEvidence]
    is_late: bool
    is_backed: bool
    is_unsupported: bool

    @property
    def reached(self) -> int:
        """How many of its targets are reached."""
        return sum(each.is_reached for each in self.measures)


@dataclass(frozen=True)
class Column:
    """One assessment beside the others.

    Args:
        assessment: what was said.
        title: who said it, or the name of the report.
        scheme: the generation of scales that it uses.
    """

    assessment: Assessment
    title: str
    scheme: Scheme


@dataclass(frozen=True)
class Question:
    """What one question was answered in each assessment.

    Args:
        label: the question.
        cells: the answers by column: pairs of what each is about (empty for the whole) and the answer; None where the
            scheme of that assessment does not ask.
    """

    label: str
    cells: Sequence[Sequence[tuple[str, str]] | None]


@dataclass(frozen=True)
class Compared:
    """All assessments side by side.

    Args:
        columns: the own one first, then those of reports, the latest first.
        questions: the rows.
        has_own: whether the owner assessed.
    """

    columns: Sequence[Column]
    questions: Sequence[Question]
    has_own: bool

    @property
    def schemes(self) -> Sequence[Scheme]:
        """The generations of scales that are used, each once."""
        return list({each.scheme.code: each.scheme for each in self.columns}.values())


@dataclass(frozen=True)
class Actors:
    """Institutions and countries that have the same to do with a commitment."""

    label: str
    names: Sequence[str]


def shown_milestones(
    commitment: Commitment, viewer: Viewer, pieces: Sequence[CommitmentEvidence]
) -> Sequence[ShownMilestone]:
    """Return the milestones of a commitment that `viewer` may know of.

    Args:
        commitment: whose milestones.
        viewer: who reads.
        pieces: all evidence of the commitment that `viewer` may read.
    """
    backed, unsupported = backed_ids(commitment), unsupported_ids(commitment)
    today = clock.now().date()
    return [
        ShownMilestone(
            milestone=each,
            measures=measures_of(each),
            evidence=[piece for piece in pieces if piece.milestone_id == each.id],
            is_late=each.is_late(today),
            is_backed=each.id in backed,
            is_unsupported=each.id in unsupported,
        )
        for each in milestones_of(commitment, viewer)
    ]


def compared(commitment: Commitment, viewer: Viewer) -> Compared:
    """Return what was said of a commitment, side by side: the latest own assessment, then the latest reports."""
    said = assessments_of(commitment, viewer)
    own = [each for each in said if each.maker is Maker.SELF][:1]
    reports = [each for each in said if each.maker is Maker.IRM]
    columns = [_column(each) for each in (own + reports)[:BESIDE]]
    answers = [ratings_by_scale(each.assessment) for each in columns]
    order = {
        scale.code: scale.label
        for scheme in {each.scheme.code: each.scheme for each in columns}.values()
        for scale in scheme.scales
    }
    questions = [
        Question(
            translate(label),
            [_answers(column.scheme, code, given) for column, given in zip(columns, answers, strict=True)],
        )
        for code, label in order.items()
    ]
    return Compared(columns, [each for each in questions if any(each.cells)], has_own=bool(own))


def _column(assessment: Assessment) -> Column:
    title = assessment.report or translate(MAKER_NAMES[assessment.maker])
    return Column(assessment, title, scheme_of(assessment.scheme))


def _answers(
    scheme: Scheme, code: str, given: Mapping[str, Mapping[str, str]]
) -> Sequence[tuple[str, str]] | None:
    scale = scheme.scale(code)
    if scale is None:
        return None
    said = given.get(code, {})
    return [
        (term("ogp_values", about) if about else "", translate(rating_label(scale, said[about])))
        for about in scale.abouts
        if about in said
    ]


def actors_of(commitment: Commitment) -> Sequence[Actors]:
    """Return who has what to do with a commitment, in the order of the roles."""
    found = []
    for role in PartyRole:
        names = [
            each.name or country_name(each.country or "") for each in commitment.parties if each.role is role
        ]
        if names:
            found.append(Actors(translate(ROLE_NAMES[role]), names))
    return found
