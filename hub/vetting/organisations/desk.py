"""What waits about organisations, each with what keeps a decider from it, and whether too few are free to decide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import Role, Viewer
from hub.core.database import session
from hub.integrity.escalation import COORDINATORS, Bench, Shortage
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.organisations.models import MembershipStatus, Organisation, OrganisationMembership
from hub.organisations.permissions import oversees
from hub.vetting.models import OrganisationMerge, OrganisationVerification
from hub.vetting.organisations.queries import waiting_merges, waiting_verifications

FOCAL_POINTS = frozenset({Role.FOCAL_POINT})


@dataclass(frozen=True)
class WaitingVerification:
    """One request on the desk.

    Args:
        request: what waits.
        conflict: what keeps this viewer from deciding it, or None.
        is_escalated: whether nobody who decides it is free of conflict.
    """

    request: OrganisationVerification
    conflict: Conflict | None
    is_escalated: bool = False


@dataclass(frozen=True)
class WaitingMerge:
    """One proposed merge on the desk.

    Args:
        merge: what waits.
        conflict: what keeps this viewer from deciding it, or None.
        is_escalated: whether no other coordinator is free of conflict; not looked up for one's own.
    """

    merge: OrganisationMerge
    conflict: Conflict | None
    is_escalated: bool = False


class Belonging:
    """Who belongs to several organisations, looked up at once."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._members = _members_of({each.id for each in organisations})

    def of_request(self, request: OrganisationVerification) -> Involvement:
        """Return who takes part in a request, as `permissions.involvement_of` does."""
        organisation = request.organisation
        people = self._members.get(organisation.id, frozenset()) | {request.requested_by_id}
        return Involvement(people, frozenset({organisation.id}), organisation.subject)

    def of_merge(self, merge: OrganisationMerge) -> tuple[Involvement, Involvement]:
        """Return who takes part in the one and in the other organisation of a merge."""
        first, second = (
            Involvement(self._members.get(each.id, frozenset()), frozenset({each.id}), each.subject)
            for each in (merge.organisation, merge.into)
        )
        return first, second


def verification_desk(viewer: Viewer) -> list[WaitingVerification]:
    """Return the requests that wait for who decides about such, the oldest first, in a few queries."""
    requests = waiting_verifications(viewer)
    belonging = Belonging(each.organisation for each in requests)
    coordinators, focal_points = Bench(COORDINATORS), Bench(FOCAL_POINTS)

    def line(request: OrganisationVerification) -> WaitingVerification:
        involvement = belonging.of_request(request)
        conflict = conflict_of(viewer, involvement)
        is_short = (
            conflict is not None
            and verification_shortage(request, involvement, coordinators, focal_points) is not None
        )
        return WaitingVerification(request, conflict, is_short)

    return [line(each) for each in requests]


def merge_desk(viewer: Viewer) -> list[WaitingMerge]:
    """Return the merges that wait for a second coordinator, the oldest first, in a few queries."""
    merges = waiting_merges(viewer)
    belonging = Belonging(each for merge in merges for each in (merge.organisation, merge.into))
    bench = Bench(COORDINATORS)

    def line(merge: OrganisationMerge) -> WaitingMerge:
        if merge.proposed_by_id == viewer.member_id:
            return WaitingMerge(merge, Conflict.OWN_PROPOSAL)
        both = belonging.of_merge(merge)
        conflict = conflict_of(viewer, both[0]) or conflict_of(viewer, both[1])
        is_short = conflict is not None and merge_shortage(merge, both, bench) is not None
        return WaitingMerge(merge, conflict, is_short)

    return [line(each) for each in merges]


def verification_shortage(
    request: OrganisationVerification, involvement: Involvement, coordinators: Bench, focal_points: Bench
) -> Shortage | None:
    """Return that nobody is free to decide a request, neither a coordinator nor the country's focal point, or None."""
    short = coordinators.shortage(involvement, among=COORDINATORS)
    if short is None:
        return None
    of_country = [each for each in focal_points.deciders if oversees(each, request.organisation)]
    free = sum(conflict_of(each, involvement) is None for each in of_country)
    # a coordinator who is focal point too is one person
    candidates = {each.member_id for each in (*of_country, *_coordinators(coordinators))}
    return None if free else Shortage(len(candidates), 0, 1)


def merge_shortage(
    merge: OrganisationMerge, both: tuple[Involvement, Involvement], bench: Bench
) -> Shortage | None:
    """Return that no coordinator but the proposer is free to decide a merge, or None."""
    others = [each for each in _coordinators(bench) if each.member_id != merge.proposed_by_id]
    free = sum(conflict_of(each, both[0]) is None and conflict_of(each, both[1]) is None for each in others)
    return None if free else Shortage(len(others), 0, 1)


def _coordinators(bench: Bench) -> list[Viewer]:
    return [each for each in bench.deciders if each.has_role(Role.COORDINATOR)]


def _members_of(organisation_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    rows = session().execute(
        select(OrganisationMembership.organisation_id, OrganisationMembership.member_id).where(
            OrganisationMembership.organisation_id.in_(sorted(organisation_ids)),
            OrganisationMembership.status == MembershipStatus.ACTIVE,
        )
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for organisation_id, member_id in rows:
        found[organisation_id].add(member_id)
    return {each: frozenset(members) for each, members in found.items()}
