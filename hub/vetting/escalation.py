"""What waits about people, their status and roles, and organisations, and has too few deciders free of conflict."""

from collections.abc import Iterator
from datetime import datetime

from hub.access.viewer import PRIVILEGED_ROLES, Role, Viewer
from hub.core import clock
from hub.integrity.escalation import COORDINATORS, Bench, Escalated
from hub.integrity.permissions import Involvement, can_handle_conflicts
from hub.vetting.abuse.queries import waiting_reports
from hub.vetting.involvements import abuse_involvements_of, involvements_of, with_organisations
from hub.vetting.organisations.desk import (
    FOCAL_POINTS,
    Belonging,
    merge_shortage,
    verification_shortage,
)
from hub.vetting.organisations.queries import undecided_merges, undecided_verifications
from hub.vetting.queries import (
    members_to_vet_again,
    waiting_applications,
    waiting_proposals,
    waiting_resets,
    waiting_statuses,
)
from hub.vetting.standing import DUE_BEFORE


def undecidable(viewer: Viewer, bench: Bench) -> list[Escalated]:
    """Return the waiting matters about people and organisations that too few are free to decide, the oldest first.

    Nothing for anybody but integrity officers. Who applies, who asks for a status, who lost their factors and which
    organisation is not verified yet is not for their eyes; for whom a role is proposed all know who appoint.

    Args:
        viewer: who asks.
        bench: whoever decides; everybody who appoints is on it.
    """
    if not can_handle_conflicts(viewer):
        return []
    found = (*_escalated(bench), *_of_organisations(bench))
    return sorted(found, key=lambda each: each.waiting_since)


def still_needed(bench: Bench, involvement: Involvement, first: int | None) -> int:
    """Return how many more people a matter takes that two coordinators decide.

    Args:
        bench: whoever decides; coordinators are on it.
        involvement: who takes part in the matter.
        first: id of who agreed already, or None; who may not decide any more agreed to nothing.
    """
    counts = first is not None and bench.is_free(first, involvement, among=COORDINATORS)
    return 1 if counts else 2


def _escalated(bench: Bench) -> Iterator[Escalated]:
    applications, statuses = waiting_applications(), waiting_statuses()
    resets, proposals = waiting_resets(), waiting_proposals()
    due = members_to_vet_again(clock.now() + DUE_BEFORE)
    people = {
        *(each.member for each in applications),
        *(each.member for each in statuses),
        *(each.member for each in resets),
        *(each.member for each in proposals),
        *due,
    }
    involved = involvements_of(people)
    for application in applications:
        since = application.confirmed_at or application.applied_at
        yield from _short("application", since, involved[application.member_id], bench)
    for member in due:
        since = (member.vetted_until or member.created_at) - DUE_BEFORE
        yield from _short("vetting", since, involved[member.id], bench)
    for status in statuses:
        named = frozenset({status.organisation_id} if status.organisation_id else ())
        involvement, first = (
            with_organisations(involved[status.member_id], named),
            status.first_verified_by_id,
        )
        yield from _short(
            "status", status.requested_at, involvement, bench, still_needed(bench, involvement, first), first
        )
    for reset in resets:
        involvement, first = involved[reset.member_id], reset.first_approved_by_id
        yield from _short(
            "reset", reset.requested_at, involvement, bench, still_needed(bench, involvement, first), first
        )
    for proposal in proposals:
        involvement, first = involved[proposal.member_id], proposal.proposed_by_id
        yield from _short(
            "role",
            proposal.proposed_at,
            involvement,
            bench,
            1,
            first,
            among=PRIVILEGED_ROLES,
            title=proposal.member.display_name,
        )
    reports = waiting_reports()
    between = abuse_involvements_of(reports)
    for report in reports:
        yield from _short("abuse", report.reported_at, between[report.id], bench)


def _of_organisations(bench: Bench) -> Iterator[Escalated]:
    requests, merges, focal_points = undecided_verifications(), undecided_merges(), Bench(FOCAL_POINTS)
    belonging = Belonging(
        (
            *(each.organisation for each in requests),
            *(organisation for each in merges for organisation in (each.organisation, each.into)),
        )
    )
    for request in requests:
        short = verification_shortage(request, belonging.of_request(request), bench, focal_points)
        if short is not None:
            yield Escalated("verification", request.requested_at, short.candidates, short.free)
    for merge in merges:
        short = merge_shortage(merge, belonging.of_merge(merge), bench)
        if short is not None:
            yield Escalated("merge", merge.proposed_at, short.candidates, short.free)


def _short(
    kind: str,
    since: datetime,
    involvement: Involvement,
    bench: Bench,
    needed: int = 1,
    first: int | None = None,
    *,
    among: frozenset[Role] = COORDINATORS,
    title: str | None = None,
) -> Iterator[Escalated]:
    """Yield the matter if fewer people are free of conflict than it still takes.

    Args:
        kind: what it is.
        since: since when it waits.
        involvement: who takes part.
        bench: whoever decides.
        needed: how many people it still takes.
        first: who agreed or proposed already, or None.
        among: the roles that decide it.
        title: what it is about, where the viewer may know.
    """
    short = bench.shortage(involvement, needed=needed, but={first}, among=among)
    if short is not None:
        yield Escalated(kind, since, short.candidates, short.free, needed, title)
