"""What waits about people, their status, factors and roles, and has too few deciders who are free of conflict."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hub.access.viewer import PRIVILEGED_ROLES, Viewer
from hub.integrity.escalation import Escalated, free_and_all
from hub.integrity.permissions import Involvement, can_handle_conflicts
from hub.integrity.queries import deciders
from hub.vetting.involvements import involvements_of, with_organisations
from hub.vetting.models import RoleProposal
from hub.vetting.queries import waiting_applications, waiting_proposals, waiting_resets, waiting_statuses


def undecidable(viewer: Viewer) -> list[Escalated]:
    """Return the waiting matters about people that too few are free to decide, the oldest first.

    Nothing for anybody but integrity officers. Who applies, who asks for a status and who lost their factors is not
    for their eyes; for whom a role is proposed all know who appoint.
    """
    if not can_handle_conflicts(viewer):
        return []
    return sorted(_escalated(), key=lambda each: each.waiting_since)


def _escalated() -> Iterator[Escalated]:
    applications, statuses = waiting_applications(), waiting_statuses()
    resets, proposals = waiting_resets(), waiting_proposals()
    people = {
        *(each.member for each in applications),
        *(each.member for each in statuses),
        *(each.member for each in resets),
        *(each.member for each in proposals),
    }
    involved = involvements_of(people)
    coordinators = deciders()
    for application in applications:
        since = application.confirmed_at or application.applied_at
        yield from _short("application", since, involved[application.member_id], coordinators)
    for status in statuses:
        named = frozenset({status.organisation_id} if status.organisation_id else ())
        involvement = with_organisations(involved[status.member_id], named)
        yield from _short(
            "status", status.requested_at, involvement, coordinators, first=status.first_verified_by_id, of=2
        )
    for reset in resets:
        yield from _short(
            "reset",
            reset.requested_at,
            involved[reset.member_id],
            coordinators,
            first=reset.first_approved_by_id,
            of=2,
        )
    yield from _roles(proposals, involved)


def _roles(proposals: Sequence[RoleProposal], involved: dict[int, Involvement]) -> Iterator[Escalated]:
    if not proposals:
        return
    appointers = deciders(PRIVILEGED_ROLES)
    for proposal in proposals:
        yield from _short(
            "role",
            proposal.proposed_at,
            involved[proposal.member_id],
            appointers,
            first=proposal.proposed_by_id,
            of=2,
            title=proposal.member.display_name,
        )


def _short(
    kind: str,
    since: datetime,
    involvement: Involvement,
    candidates: Sequence[Viewer],
    *,
    first: int | None = None,
    of: int = 1,
    title: str | None = None,
) -> Iterator[Escalated]:
    """Yield the matter if fewer candidates are free of conflict than it still takes.

    Args:
        kind: what it is.
        since: since when it waits.
        involvement: who takes part.
        candidates: who has the role.
        first: who agreed or proposed already, or None.
        of: how many people it takes in all.
        title: what it is about, where the viewer may know.
    """
    needed = of - (first is not None)
    free, number = free_and_all(involvement, candidates, {first})
    if free < needed:
        yield Escalated(kind, since, number, free, needed, title)
