"""Entering many commitments at once: each row whole or not at all, none over what is there already."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.commitments.keeping.details import CommitmentDetails, details_of
from hub.commitments.keeping.service import NEEDS_SOURCE, new_draft, show
from hub.commitments.keeping.snapshots import snapshot
from hub.commitments.milestones.details import (
    MilestoneDetails,
    checked_details,
    details_of as milestone_details_of,
)
from hub.commitments.milestones.service import FULL, MOST_MILESTONES, new_milestone
from hub.commitments.models import Commitment, Milestone
from hub.commitments.permissions import can_enter, visible_to
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

NOBODY = N_("Only focal points and coordinators enter commitments.")
IS_THERE = N_("%(code)s is in the hub already and differs. Change it on its own page.")
TWICE = N_("%(code)s stands in this file already.")


class Outcome(StrEnum):
    """What became of a row."""

    ENTERED = "entered"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """A commitment to enter.

    Args:
        details: what its record says.
        milestones: in their order; none where nothing is said of them.
    """

    details: CommitmentDetails
    milestones: tuple[MilestoneDetails, ...] = ()


@dataclass(frozen=True)
class Imported:
    """What became of a row.

    Args:
        code: of the commitment.
        outcome: entered, unchanged since it says what is there, or refused.
        fault: why it was refused.
    """

    code: str
    outcome: Outcome
    fault: InvalidError | ForbiddenError | None = None


def import_commitments(actor: Member, rows: Sequence[Entry], *, publish: bool) -> list[Imported]:
    """Enter commitments, each whole or not at all; return what became of each row, in their order.

    Args:
        actor: who imports.
        rows: all that is said of each.
        publish: whether everybody is to read them at once; else they are drafts.

    Raises:
        ForbiddenError: the actor enters no commitments at all.
    """
    viewer = viewer_of(actor)
    if not can_enter(viewer):
        raise ForbiddenError(NOBODY)
    known = _known(viewer, {row.details.code for row in rows})
    seen: set[str] = set()
    outcomes = []
    for row in rows:
        code = row.details.code
        if code in seen:
            fault = InvalidError(TWICE, field="code", code=code)
            outcomes.append(Imported(code, Outcome.REFUSED, fault))
            continue
        seen.add(code)
        try:
            if code in known:
                outcomes.append(_compared(row, known[code]))
            else:
                _enter(viewer, row, publish=publish)
                outcomes.append(Imported(code, Outcome.ENTERED))
        except (InvalidError, ForbiddenError) as fault:
            outcomes.append(Imported(code, Outcome.REFUSED, fault))
    return outcomes


def _compared(row: Entry, known: Entry) -> Imported:
    """Return what becomes of a row whose commitment is there; milestones of which it says nothing stay."""
    if row.details == known.details and row.milestones in ((), known.milestones):
        return Imported(row.details.code, Outcome.UNCHANGED)
    fault = InvalidError(IS_THERE, field="code", code=row.details.code)
    return Imported(row.details.code, Outcome.REFUSED, fault)


def _enter(viewer: Viewer, row: Entry, *, publish: bool) -> None:
    if publish and not row.details.source_url:
        raise InvalidError(NEEDS_SOURCE, field="source_url")
    with session().begin_nested():
        # what a refused row had stored, such as a new plan, goes with it
        commitment = new_draft(viewer, row.details)
        _check_milestones(commitment, row.milestones)
    record(viewer, Event.COMMITMENT_IMPORT, commitment.subject, after=snapshot(commitment))
    for each in row.milestones:
        new_milestone(viewer, commitment, each)
    if publish:
        show(viewer, commitment)


def _check_milestones(commitment: Commitment, milestones: Sequence[MilestoneDetails]) -> None:
    """Refuse milestones that cannot be, before the first of them is added.

    Raises:
        InvalidError: with field `milestones`.
    """
    if len(milestones) > MOST_MILESTONES:
        raise InvalidError(FULL, field="milestones", number=MOST_MILESTONES)
    for each in milestones:
        try:
            checked_details(commitment, each)
        except InvalidError as fault:
            raise InvalidError(fault.message, field="milestones", **fault.parameters) from None


def _known(viewer: Viewer, codes: set[str]) -> dict[str, Entry]:
    found = (
        session()
        .scalars(
            select(Commitment)
            .where(Commitment.code.in_(sorted(codes)), visible_to(viewer))
            .options(
                joinedload(Commitment.plan),
                selectinload(Commitment.terms),
                selectinload(Commitment.parties),
            )
        )
        .all()
    )
    milestones = milestones_by_commitment([each.id for each in found])
    return {each.code: Entry(details_of(each), milestones.get(each.id, ())) for each in found}


def milestones_by_commitment(numbers: Collection[int]) -> Mapping[int, tuple[MilestoneDetails, ...]]:
    """Return what milestones say, in their order, by the ids of their commitments, which the reader may know of."""
    found: dict[int, list[MilestoneDetails]] = defaultdict(list)
    rows = session().scalars(
        select(Milestone).where(Milestone.commitment_id.in_(numbers)).order_by(Milestone.number)
    )
    for each in rows:
        found[each.commitment_id].append(milestone_details_of(each))
    return {number: tuple(each) for number, each in found.items()}
