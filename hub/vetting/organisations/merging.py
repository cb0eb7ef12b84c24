"""Merging organisations that are one: proposed by a coordinator, approved by another; what hangs on one follows.

The catalogue's part is `hub.catalogue.ownership.merging.merge_organisations`, which calls `approve_merge`.
"""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.models import DeclaredInterest
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.profiles.documents import requeue as requeue_member
from hub.notifications.service import notify
from hub.organisations.details import snapshot
from hub.organisations.documents import requeue
from hub.organisations.models import (
    LawEnforcementState,
    LawEnforcementStatus,
    MembershipRole,
    MembershipStatus,
    MergedOrganisation,
    Organisation,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.people import member_ids_of, speakers
from hub.organisations.permissions import PUBLIC_STATES
from hub.organisations.queries import law_enforcement_in_force
from hub.organisations.service import end_membership, hold
from hub.vetting.applications import require_words
from hub.vetting.law_enforcement import end_statuses_of, revoke_statuses
from hub.vetting.lifecycle import MERGES, ORGANISATIONS
from hub.vetting.models import Invitation, OrganisationMerge
from hub.vetting.organisations.permissions import (
    can_propose_merge,
    can_withdraw_merge,
    merge_conflict,
    pair_conflict,
)
from hub.vetting.organisations.queries import open_verification
from hub.vetting.organisations.verification import withdraw_request
from hub.vetting.roles import MEANWHILE

MERGED = "The organisation was merged into another one."

RANK = (OrganisationStatus.UNVERIFIED, OrganisationStatus.LAPSED, OrganisationStatus.VERIFIED)
"""From what the hub never vouched for to what it vouches for now; nothing is merged into something lower."""


OTHER_WAY = N_("Merge the other way round: the organisation that is verified, or was, stays.")


def standing_of(organisation: Organisation) -> OrganisationStatus:
    """Return how far the hub vouches for it now: a verification whose year is over counts as lapsed at once."""
    is_overdue = organisation.verified_until is not None and organisation.verified_until <= clock.now()
    if organisation.status is OrganisationStatus.VERIFIED and is_overdue:
        return OrganisationStatus.LAPSED
    return organisation.status


def is_upside_down(organisation: Organisation, into: Organisation) -> bool:
    """Whether the hub vouches more for `organisation` than for what it would be merged into."""
    return RANK.index(standing_of(organisation)) > RANK.index(standing_of(into))


def keeps_people(organisation: Organisation, into: Organisation) -> bool:
    """Whether who belongs to `organisation` belongs to `into` after a merge: only if the hub vouches alike for both.

    Else anybody could register a body that looks like a verified one, and be let into it by the merge.
    """
    return standing_of(organisation) is standing_of(into)


def propose_merge(
    actor: Member, organisation: Organisation, into: Organisation, *, reason: str
) -> OrganisationMerge:
    """Propose that an organisation is another one; nothing changes until another coordinator agrees.

    Args:
        actor: a coordinator free of conflict with both.
        organisation: the one that goes.
        into: the one that stays.
        reason: why; the one who decides reads it, and the audit log keeps it.

    Raises:
        NotFoundError: the actor is no coordinator.
        ForbiddenError: the actor has a conflict of interest.
        InvalidError: no reason, or the two cannot be merged this way round; names the field.
        ConflictError: it is proposed already, or one of them was merged before.
    """
    viewer = _coordinator(actor)
    _require_free(pair_conflict(viewer, organisation, into))
    require_words("reason", reason)
    _require_pair(organisation, into)
    merge = OrganisationMerge(
        organisation=organisation,
        into=into,
        reason=reason.strip(),
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    session().add(merge)
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError(N_("A merge of this organisation is proposed already.")) from None
    record(
        viewer,
        Event.ORGANISATION_PROPOSE_MERGE,
        organisation.subject,
        reason=merge.reason,
        after={"into": into.slug},
    )
    return merge


def approve_merge(actor: Member, merge: OrganisationMerge) -> Viewer:
    """Agree to a merge: people, interests, invitations and statuses follow. The caller moves what is above vetting.

    Returns:
        The viewer of the actor, for the audit log.

    Raises:
        NotFoundError: the actor is no coordinator.
        ForbiddenError: the actor proposed it, or has a conflict of interest.
        ConflictError: it was decided meanwhile, one of the two was merged before, or who proposed it may not any more.
    """
    viewer = _coordinator(actor)
    _require_free(merge_conflict(viewer, merge))
    # of two merges at once the second must see the first
    organisation, into = merge.organisation, merge.into
    hold(organisation, into)
    _require_standing(organisation, into)
    if is_upside_down(organisation, into):
        raise ConflictError(OTHER_WAY)
    proposer = viewer_of(merge.proposed_by)
    if not can_propose_merge(proposer) or pair_conflict(proposer, organisation, into) is not None:
        raise ConflictError(MEANWHILE)
    moment = clock.now()
    MERGES.move(merge, "approve", decided_by_id=actor.id, decided_at=moment)
    before, told = snapshot(organisation), _told(organisation, into)
    was_found = organisation.status in PUBLIC_STATES
    _settle(viewer, organisation, into, moment)
    _move_memberships(viewer, organisation, into)
    _point_at(organisation, into)
    session().add(MergedOrganisation(organisation_id=organisation.id, into_id=into.id, merged_at=moment))
    if organisation.status is OrganisationStatus.VERIFIED:
        ORGANISATIONS.move(organisation, "lapse")
    session().flush()
    session().expire_all()
    record(
        viewer,
        Event.ORGANISATION_MERGE,
        organisation.subject,
        reason=merge.reason,
        before=before,
        after={"into": into.slug},
    )
    for kind, people in told.items():
        notify(people, kind, into.subject)
    requeue(organisation, was_found=was_found)
    requeue(into)
    return viewer


def decline_merge(actor: Member, merge: OrganisationMerge, *, words: str) -> None:
    """Refuse a merge with words.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for approving.
    """
    viewer = _coordinator(actor)
    _require_free(merge_conflict(viewer, merge))
    require_words("words", words)
    MERGES.move(
        merge, "decline", decided_by_id=actor.id, decided_at=clock.now(), decision_words=words.strip()
    )
    record(viewer, Event.ORGANISATION_DECLINE_MERGE, merge.organisation.subject, reason=merge.decision_words)


def withdraw_merge(actor: Member, merge: OrganisationMerge) -> None:
    """Take back one's own proposal.

    Raises:
        NotFoundError: the actor did not make it; ConflictError: it was decided meanwhile.
    """
    viewer = viewer_of(actor)
    if not can_withdraw_merge(viewer, merge):
        raise NotFoundError
    MERGES.move(merge, "withdraw", decided_at=clock.now())
    record(viewer, Event.ORGANISATION_WITHDRAW_MERGE, merge.organisation.subject)


def _settle(viewer: Viewer, organisation: Organisation, into: Organisation, moment: datetime) -> None:
    """End what must not follow: requests, other proposals about the two, and statuses that a merge would revive."""
    request = open_verification(organisation)
    if request is not None:
        withdraw_request(viewer, request)
    crossing = select(OrganisationMerge).where(
        OrganisationMerge.organisation_id == into.id,
        OrganisationMerge.into_id == organisation.id,
        OrganisationMerge.status == ProposalStatus.PROPOSED,
    )
    for other in session().scalars(crossing).all():
        MERGES.move(other, "withdraw", decided_at=moment)
        record(VISITOR, Event.ORGANISATION_WITHDRAW_MERGE, into.subject, reason=MERGED)
    ended = select(LawEnforcementStatus).where(
        LawEnforcementStatus.organisation_id.in_((organisation.id, into.id)),
        LawEnforcementStatus.status == LawEnforcementState.VERIFIED,
        LawEnforcementStatus.id.not_in(
            select(LawEnforcementStatus.id).where(law_enforcement_in_force(moment))
        ),
    )
    revoke_statuses(viewer, session().scalars(ended).all(), MERGED)
    if standing_of(into) is OrganisationStatus.LAPSED or not keeps_people(organisation, into):
        end_statuses_of(viewer, organisation, MERGED)


def _told(organisation: Organisation, into: Organisation) -> dict[str, frozenset[int]]:
    """Return whom a merge concerns, by what they are told."""
    people, there = member_ids_of(organisation), member_ids_of(into)
    follow = people if keeps_people(organisation, into) else people & there
    return {
        "organisation_merged": follow,
        "merged_without_you": people - follow,
        "organisation_took_in": speakers(into) - people,
    }


def _move_memberships(viewer: Viewer, organisation: Organisation, into: Organisation) -> None:
    """Let people follow where the hub vouches alike for both; else only that they once belonged to it follows."""
    memberships = _memberships(organisation)
    if not keeps_people(organisation, into):
        for each in memberships:
            if each.status is MembershipStatus.ACTIVE:
                end_membership(viewer, each, reason=MERGED)
    there = {each.member_id: each for each in _memberships(into)}
    for each in memberships:
        if each.is_shown:
            requeue_member(each.member)
        other = there.get(each.member_id)
        if other is None:
            each.organisation_id, each.is_shown = into.id, False
        else:
            _join(each, other)
            session().delete(each)
    session().flush()


def _join(former: OrganisationMembership, present: OrganisationMembership) -> None:
    """Put into `present` what `former`, of the same person, says besides."""
    role = former.role
    was_active, is_active = (each.status is MembershipStatus.ACTIVE for each in (former, present))
    if was_active and is_active:
        present.started_at = min(former.started_at, present.started_at)
        if role is MembershipRole.REPRESENTATIVE:
            present.role = role
    elif was_active:
        present.status, present.role = MembershipStatus.ACTIVE, role
        present.started_at, present.ended_at, present.is_shown = former.started_at, None, False
    elif not is_active and former.ended_at and present.ended_at:
        present.ended_at = max(former.ended_at, present.ended_at)


def _point_at(organisation: Organisation, into: Organisation) -> None:
    """Let what names the one name the other; what is history, such as decided requests, stays as it was."""
    for table in (DeclaredInterest, Invitation, LawEnforcementStatus):
        session().execute(
            update(table).where(table.organisation_id == organisation.id).values(organisation_id=into.id),
            execution_options={"synchronize_session": False},
        )
    session().execute(
        update(MergedOrganisation)
        .where(MergedOrganisation.into_id == organisation.id)
        .values(into_id=into.id),
        execution_options={"synchronize_session": False},
    )
    session().execute(
        update(OrganisationMerge)
        .where(
            OrganisationMerge.into_id == organisation.id,
            OrganisationMerge.status == ProposalStatus.PROPOSED,
        )
        .values(into_id=into.id),
        execution_options={"synchronize_session": False},
    )


def _memberships(organisation: Organisation) -> list[OrganisationMembership]:
    query = select(OrganisationMembership).where(OrganisationMembership.organisation_id == organisation.id)
    return list(session().scalars(query.order_by(OrganisationMembership.id)))


def _coordinator(actor: Member) -> Viewer:
    viewer = viewer_of(actor)
    if not can_propose_merge(viewer):
        raise NotFoundError
    return viewer


def _require_free(conflict: Conflict | None) -> None:
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])


def _require_pair(organisation: Organisation, into: Organisation) -> None:
    if organisation.id == into.id:
        raise InvalidError(N_("Choose another organisation."), field="into")
    _require_standing(organisation, into)
    if is_upside_down(organisation, into):
        raise InvalidError(OTHER_WAY, field="into")


def _require_standing(organisation: Organisation, into: Organisation) -> None:
    merged = select(MergedOrganisation.organisation_id).where(
        or_(
            MergedOrganisation.organisation_id == organisation.id,
            MergedOrganisation.organisation_id == into.id,
        )
    )
    if session().scalar(merged.limit(1)) is not None:
        raise ConflictError(N_("One of the two was merged already. Propose it anew for what it became."))
