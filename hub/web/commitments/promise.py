"""The hub's own promise in plain words: what was promised, what is done, what is missing, did it open government."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.access.viewer import VISITOR
from hub.commitments.assessing.queries import assessments_of, ratings_by_scale
from hub.commitments.evidence.queries import evidence_of
from hub.commitments.models import (
    Assessment,
    Commitment,
    Maker,
    MilestoneStatus,
    PartyRole,
    Precision,
    TermScheme,
)
from hub.commitments.queries import own_commitment
from hub.insights.kept import kept
from hub.insights.metrics.measuring import value_of
from hub.insights.metrics.registry import metric_of
from hub.web.commitments.measures import Measure
from hub.web.commitments.shown import ShownMilestone, shown_milestones
from hub.web.commitments.words import partial_date
from hub.web.i18n import language, term
from hub.web.insights.counted import seen_at
from hub.web.insights.metric_words import value_words

CIVIL_SOCIETY = "member_type:civil_society"

OPENING = "opening"
"""The scale of reports that says whether a commitment opened government."""

COMPLETION = "completion"

FIGURES = (
    ("innovations_published", ""),
    ("countries_with_innovation", ""),
    ("innovations_level_3", ""),
    ("members_public", ""),
    ("members_public", CIVIL_SOCIETY),
    ("requests_opened", ""),
    ("requests_answered_in_time", ""),
    ("replications_confirmed", ""),
    ("showcases_held", ""),
    ("entries_presented", ""),
    ("decision_days", ""),
)
"""The metrics that the sentences tell, each with its breakdown."""


@dataclass(frozen=True)
class Figure:
    """A number in a sentence.

    Args:
        number: rounded down to a whole one; 0 where there was nothing to count from.
        words: the value with its unit.
        is_known: whether there was something to count from.
        href: where what was counted can be seen.
    """

    number: int
    words: str
    is_known: bool
    href: str


@dataclass(frozen=True)
class Opened:
    """What is known of one value of open government.

    Args:
        code: of the value.
        name: in words.
        reported: what the latest report that says something of it said, or empty.
    """

    code: str
    name: str
    reported: str


@dataclass(frozen=True)
class Promise:
    """All that the sentences read.

    Args:
        began: when it was promised, in words.
        due: until when, in words.
        interested: how many countries said that they were interested.
        completion: what the latest report said of completion, or empty.
        report: the name of that report.
        figures: the numbers, by key, or key and breakdown.
        opened: the values of open government that it is about.
        complete: how many milestones are complete.
        milestones: all of them.
        reached: how many targets are reached.
        short: what has not reached its target.
        own: the latest own assessment, or None.
        has_owner: whether somebody answers for it here.
    """

    began: str
    due: str
    interested: int
    completion: str
    report: str
    figures: Mapping[str, Figure]
    opened: Sequence[Opened]
    complete: int
    milestones: Sequence[ShownMilestone]
    reached: int
    short: Sequence[Measure]
    own: Assessment | None
    has_owner: bool

    @property
    def targets(self) -> int:
        """How many targets there are."""
        return self.reached + len(self.short)

    @property
    def late(self) -> Sequence[ShownMilestone]:
        """The milestones whose day is past."""
        return [each for each in self.milestones if each.is_late]

    @property
    def bare(self) -> Sequence[ShownMilestone]:
        """The milestones for which no evidence counts."""
        return [each for each in self.milestones if not each.is_backed]


def promise_of(commitment: Commitment, milestones: Sequence[ShownMilestone]) -> Promise:
    """Return what the hub's own promise is told by, in this request's language.

    Args:
        commitment: the hub's own, published.
        milestones: its milestones.
    """
    said = assessments_of(commitment, VISITOR)
    reports = [(each, ratings_by_scale(each)) for each in said if each.maker is Maker.IRM]
    completed = next(
        (
            (each.report, ratings[COMPLETION][""])
            for each, ratings in reports
            if "" in ratings.get(COMPLETION, {})
        ),
        ("", ""),
    )
    opening = [ratings.get(OPENING, {}) for _, ratings in reports]
    measures = [measure for each in milestones for measure in each.measures]
    return Promise(
        began=partial_date(commitment.starts_on, Precision.MONTH) if commitment.starts_on else "",
        due=partial_date(commitment.ends_on, Precision.MONTH) if commitment.ends_on else "",
        interested=sum(
            each.role is PartyRole.INTEREST and bool(each.country) and not each.name
            for each in commitment.parties
        ),
        completion=term("irm_completion", completed[1]) if completed[1] else "",
        report=completed[0],
        figures={key + (f"/{part}" if part else ""): _figure(key, part) for key, part in FIGURES},
        opened=[
            Opened(each.code, term("ogp_values", each.code), _reported(opening, each.code))
            for each in commitment.terms
            if each.scheme is TermScheme.OGP_VALUE
        ],
        complete=sum(each.milestone.status is MilestoneStatus.COMPLETE for each in milestones),
        milestones=milestones,
        reached=sum(each.is_reached for each in measures),
        short=[each for each in measures if not each.is_reached],
        own=next((each for each in said if each.maker is Maker.SELF), None),
        has_owner=commitment.owner_id is not None,
    )


def _reported(opening: Sequence[Mapping[str, str]], value: str) -> str:
    said = next((each[value] for each in opening if value in each), "")
    return term("irm_opening", said) if said else ""


def _figure(key: str, breakdown: str) -> Figure:
    metric, value = metric_of(key), value_of(key, breakdown).value
    return Figure(
        number=int(value or 0),
        words=value_words(metric.unit, value) if metric else "",
        is_known=value is not None,
        href=seen_at(key, breakdown),
    )


@dataclass(frozen=True)
class Step:
    """One milestone on the promise line of the home page.

    Args:
        number: of the milestone.
        title: its words.
        language: of these.
        status: how far its owner says it is.
        is_late: whether its day is past.
        due_first: the day that was promised first, in words, or empty.
        due: the day that holds, in words, or empty.
        measures: what measures it.
    """

    number: int
    title: str
    language: str
    status: MilestoneStatus
    is_late: bool
    due_first: str
    due: str
    measures: Sequence[Measure]


@dataclass(frozen=True)
class Line:
    """The promise on the home page.

    Args:
        code: of the commitment.
        interested: how many countries said that they were interested.
        began: when it was promised, in words.
        completion: what the latest report said, or empty.
        reached: how many targets are reached.
        targets: how many there are.
        steps: its milestones.
    """

    code: str
    interested: int
    began: str
    completion: str
    reached: int
    targets: int
    steps: Sequence[Step]


def promise_line() -> Line | None:
    """Return the hub's own promise for the home page in this request's language, or None where it is not there."""
    return kept(("promise line", language().code), _line)


def _line() -> Line | None:
    commitment = own_commitment(VISITOR)
    if commitment is None:
        return None
    milestones = shown_milestones(commitment, VISITOR, evidence_of(commitment, VISITOR))
    promise = promise_of(commitment, milestones)
    return Line(
        code=commitment.code,
        interested=promise.interested,
        began=promise.began,
        completion=promise.completion,
        reached=promise.reached,
        targets=promise.targets,
        steps=tuple(_step(each, commitment.language) for each in milestones),
    )


def _step(shown: ShownMilestone, spoken: str) -> Step:
    milestone = shown.milestone
    first, due = milestone.due_first_on, milestone.due_on
    return Step(
        number=milestone.number,
        title=milestone.title,
        language=spoken,
        status=milestone.status,
        is_late=shown.is_late,
        due_first=partial_date(first, Precision.MONTH) if first and first != due else "",
        due=partial_date(due, Precision.MONTH) if due else "",
        measures=shown.measures,
    )
