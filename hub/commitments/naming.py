"""What commitments are called in notifications, to whom may know of them, and which day those of milestones name.

What notifications of every other kind are about is told by the packages below; pages and mails ask here for all of it.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, select

from hub.access.viewer import Viewer
from hub.alerts import things
from hub.alerts.things import Thing
from hub.alerts.things.naming import Namer, Names, named, subject_of
from hub.collaboration.levels import dating
from hub.collaboration.levels.dating import Detail, Told
from hub.commitments.models import Commitment, Milestone
from hub.commitments.permissions import visible_to
from hub.core.database import session
from hub.notifications.kinds import KINDS

MILESTONE = "milestone:"


def commitments(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of commitments, by code and title, that `viewer` may know of."""
    return (
        _named(subject_of("commitment", Commitment.public_id), "commitment")
        .select_from(Commitment)
        .where(Commitment.public_id.in_(keys), visible_to(viewer))
    )


def milestones(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of milestones, which are called after their commitment, where `viewer` may know of it."""
    return (
        _named(subject_of("milestone", Milestone.public_id), "milestone")
        .select_from(Milestone)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(Milestone.public_id.in_(keys), visible_to(viewer))
    )


NAMED: Mapping[str, Namer] = MappingProxyType({"commitment": commitments, "milestone": milestones})
"""How each kind of subject of this package is looked up; both lead to the code."""


def describe(subjects: Collection[str], viewer: Viewer, language: str = "") -> dict[str, Thing]:
    """Return what `subjects` of notifications are now, commitments among them, as `hub.alerts.things.describe`."""
    return things.describe(subjects, viewer, language, also=NAMED)


def details_of(told: Collection[Told]) -> dict[Told, Detail]:
    """Return the present details of those of `told` that have any, in three queries at most.

    Args:
        told: kinds and subjects of notifications; who may know of each, the caller has asked.
    """
    found = dating.details_of(told)
    dated = [
        (kind, subject)
        for kind, subject in told
        if kind in KINDS and KINDS[kind].dated and subject.startswith(MILESTONE)
    ]
    if not dated:
        return found
    keys = sorted({subject.removeprefix(MILESTONE) for _kind, subject in dated})
    rows = session().execute(
        select(Milestone.public_id, Milestone.due_on).where(Milestone.public_id.in_(keys))
    )
    days = {MILESTONE + row.public_id: row.due_on for row in rows}
    return found | {each: Detail(days[each[1]]) for each in dated if each[1] in days}


def _named(subject: ColumnElement[str], kind: str) -> Names:
    return named(
        subject,
        kind,
        Commitment.code,
        Commitment.code + " " + Commitment.title,
        language=Commitment.language,
    )
