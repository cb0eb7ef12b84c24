"""What somebody says of a milestone, as values that services take; and what can never be true of one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.catalogue.models.checking import check_text, checked_words
from hub.commitments.models import Commitment, Milestone
from hub.commitments.models.commitment import TEXT_LENGTH, TITLE_LENGTH
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.insights.metrics.registry import is_measured

MOST_METRICS = 5
"""Metrics of one milestone."""

MOST_TARGET = 1_000_000_000

NO_TITLE = N_("Enter what was promised, in a few words.")
TOO_EARLY = N_("This day lies before the commitment begins. Choose a later one.")
NO_METRIC = N_("The hub does not measure this, or no longer. Choose from the list.")
TWICE = N_("Choose each metric once.")
NO_TARGET = N_("Enter a target: a number, 0 or more.")
TOO_MANY = N_("Choose at most %(number)s metrics.")


@dataclass(frozen=True)
class MilestoneDetails:
    """What is said of a milestone.

    Args:
        title: what was promised, in a few words.
        description: more of it; may be empty.
        due_on: until when, or None where nothing was said.
    """

    title: str
    description: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class MetricTarget:
    """A metric by which a milestone is measured.

    Args:
        metric: key of a metric of the hub.
        target: the value to reach; whether more or less is better, the metric says.
        breakdown: by which it is broken down, such as `country:GE`; empty for the whole.
    """

    metric: str
    target: float
    breakdown: str = ""


def checked_details(commitment: Commitment, details: MilestoneDetails) -> MilestoneDetails:
    """Return what was said without white space around it.

    Raises:
        InvalidError: a text is missing or too long, or it is due before the commitment begins; names the field.
    """
    title = checked_words(" ".join(details.title.split()), TITLE_LENGTH, NO_TITLE, "title")
    description = details.description.strip()
    check_text("description", description, TEXT_LENGTH)
    check_due(commitment, details.due_on)
    return MilestoneDetails(title, description, details.due_on)


def check_due(commitment: Commitment, due_on: date | None) -> None:
    """Refuse a day before the commitment begins.

    Raises:
        InvalidError: it is; with field `due_on`.
    """
    if due_on is not None and commitment.starts_on is not None and due_on < commitment.starts_on:
        raise InvalidError(TOO_EARLY, field="due_on")


def checked_targets(milestone: Milestone, targets: Sequence[MetricTarget]) -> tuple[MetricTarget, ...]:
    """Return targets that can be stored.

    A metric that the hub no longer measures stays where it was chosen before, so that its history is still told.

    Raises:
        InvalidError: there are too many, a metric is unknown or chosen twice, or a target is no such number; with
            field `metric` or `target`.
    """
    if len(targets) > MOST_METRICS:
        raise InvalidError(TOO_MANY, field="metric", number=MOST_METRICS)
    known = {(each.metric, each.breakdown) for each in milestone.metrics}
    chosen = [(each.metric, each.breakdown) for each in targets]
    if len(set(chosen)) != len(chosen):
        raise InvalidError(TWICE, field="metric")
    for each in targets:
        if (each.metric, each.breakdown) not in known and not is_measured(each.metric, each.breakdown):
            raise InvalidError(NO_METRIC, field="metric")
        if not (math.isfinite(each.target) and 0 <= each.target <= MOST_TARGET):
            raise InvalidError(NO_TARGET, field="target")
    return tuple(targets)


def details_of(milestone: Milestone) -> MilestoneDetails:
    """Return what a milestone says now, for forms."""
    return MilestoneDetails(milestone.title, milestone.description, milestone.due_on)


def targets_of(milestone: Milestone) -> tuple[MetricTarget, ...]:
    """Return by what a milestone is measured now, for forms."""
    return tuple(MetricTarget(each.metric, each.target, each.breakdown) for each in milestone.metrics)
