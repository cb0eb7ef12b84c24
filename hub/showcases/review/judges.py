"""Who of a team judges which entries at this moment: the one rule by which scores and decisions count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.integrity.viewers import viewers_of
from hub.members.models import Member
from hub.showcases.models import Entry, Showcase, ShowcaseCurator
from hub.showcases.permissions import can_curate, judged_by


@dataclass(frozen=True)
class Judge:
    """A curator, and what they may judge.

    Args:
        member: who.
        viewer: what permissions know about them.
        entry_ids: ids of the sent entries of the showcase with which they have no conflict.
    """

    member: Member
    viewer: Viewer
    entry_ids: frozenset[int]


def judges_of(showcase: Showcase) -> Sequence[Judge]:
    """Return the curators of a showcase who are coordinators now, by name, each with what they may judge."""
    members = session().scalars(
        select(Member)
        .join(ShowcaseCurator, ShowcaseCurator.member_id == Member.id)
        .where(ShowcaseCurator.showcase_id == showcase.id)
    )
    people = sorted(members, key=lambda each: (each.display_name.casefold(), each.id))
    viewers = viewers_of(people)
    return [
        Judge(member, viewers[member.id], _judged(showcase, viewers[member.id]))
        for member in people
        if can_curate(viewers[member.id])
    ]


def judges_by_entry(judges: Collection[Judge]) -> dict[int, frozenset[int]]:
    """Return the ids of the members who may judge each entry that anybody may judge."""
    found: dict[int, set[int]] = {}
    for judge in judges:
        for number in judge.entry_ids:
            found.setdefault(number, set()).add(judge.member.id)
    return {number: frozenset(members) for number, members in found.items()}


def _judged(showcase: Showcase, viewer: Viewer) -> frozenset[int]:
    return frozenset(
        session().scalars(select(Entry.id).where(Entry.showcase_id == showcase.id, judged_by(viewer)))
    )
