"""How much waits on one person, of everything that can wait, in one query; whoever shows it gives it words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hub.access.viewer import Role, Viewer
from hub.alerts.models import Follow
from hub.alerts.partnering import collaboration_piles
from hub.alerts.piles import Counted, Pile, pile_of
from hub.alerts.presenting import presenting_piles
from hub.catalogue.models import (
    ApprovalBatch,
    BatchEntry,
    ClaimStatus,
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    OfferStatus,
    OwnershipOffer,
    ProblemReport,
    RecordClaim,
    Replication,
    ReplicationStatus,
    RevisionStatus,
)
from hub.catalogue.models.replication import Side
from hub.catalogue.permissions import AnyTask, registered_by, visible_to
from hub.collaboration.review.counting import review_piles
from hub.core import clock
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.models import LogErasure
from hub.integrity.permissions import can_handle_conflicts
from hub.members.introductions.permissions import received_by
from hub.members.models import (
    AbuseReport,
    AbuseStatus,
    ContactMessage,
    Introduction,
    IntroductionStatus,
    Member,
    MemberStatus,
    TermAddition,
    TermStatus,
)
from hub.members.profiles.queries import is_held
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus, Organisation
from hub.shortlists.models import Shortlist
from hub.shortlists.permissions import is_shared_with
from hub.showcases.making.waiting import team_piles
from hub.vetting.models import (
    Application,
    FactorReset,
    Invitation,
    OrganisationMerge,
    OrganisationVerification,
    RoleAction,
    RoleProposal,
    VerificationStatus,
)
from hub.vetting.permissions import can_appoint_some
from hub.vetting.queries import OPEN_STATES, UNDECIDED_RESETS, is_invited, is_waiting
from hub.vetting.standing import DUE_BEFORE

RENEW_BEFORE = timedelta(days=30)
"""How long before a status ends its holder is asked to renew it."""


def what_waits(viewer: Viewer) -> dict[str, Pile]:
    """Return what waits on `viewer`, and what they sent that waits on others, by kind; kinds without any are left out.

    What waits for any coordinator is counted for each of them, but never what they sent themselves; a conflict of
    interest shows at the desk. Nothing is named here, so that numbers tell no more than the desks do.
    """
    if viewer.member_id is None:
        return {}
    selects = [*_own(viewer.member_id, viewer), *_of_organisations(viewer.member_id, viewer)]
    selects += [*_sent(viewer.member_id), *_kept(viewer.member_id, viewer)]
    selects += [*_to_verify(viewer.member_id, viewer), *collaboration_piles(viewer)]
    selects += presenting_piles(viewer)
    if viewer.has_role(Role.COORDINATOR):
        selects += [*_records(viewer.member_id), *_people(viewer.member_id)]
        piles = (*review_piles(viewer), *team_piles(viewer))
        selects += [pile_of(kind, since, *conditions) for kind, since, conditions in piles]
    if can_appoint_some(viewer):
        selects.append(_roles(viewer.member_id))
    if can_handle_conflicts(viewer):
        selects.append(
            pile_of(
                "erasures",
                LogErasure.proposed_at,
                LogErasure.status == ProposalStatus.PROPOSED,
                LogErasure.proposed_by_id != viewer.member_id,
            )
        )
    rows = session().execute(union_all(*selects))
    return {row.kind: Pile(row.kind, row.number, row.since) for row in rows if row.number}


def _own(member_id: int, viewer: Viewer) -> Iterator[Counted]:
    """Yield what waits on anybody: messages, introductions, offers of roles, a status that ends."""
    yield pile_of(
        "messages",
        ContactMessage.sent_at,
        ContactMessage.receiver_id == member_id,
        ContactMessage.read_at.is_(None),
    )
    yield pile_of(
        "introductions",
        Introduction.asked_at,
        received_by(viewer),
        Introduction.status == IntroductionStatus.ASKED,
        Introduction.expires_at > clock.now(),
    )
    yield pile_of(
        "offered_roles",
        RoleProposal.proposed_at,
        RoleProposal.member_id == member_id,
        RoleProposal.action == RoleAction.HAND_OVER,
        RoleProposal.status == ProposalStatus.PROPOSED,
        RoleProposal.accepted_at.is_(None),
    )
    belongs = sorted(viewer.organisations)
    yield pile_of(
        "invitations",
        Invitation.invited_at,
        Member.id == member_id,
        *is_invited(Member.email, belongs),
    )
    if viewer.law_enforcement_country is None:
        return
    other = aliased(LawEnforcementStatus)
    asked = select(other.id).where(other.member_id == member_id, other.status.in_(OPEN_STATES))
    yield pile_of(
        "law_enforcement",
        LawEnforcementStatus.valid_until,
        LawEnforcementStatus.member_id == member_id,
        LawEnforcementStatus.status == LawEnforcementState.VERIFIED,
        LawEnforcementStatus.valid_until.between(clock.now(), clock.now() + RENEW_BEFORE),
        ~asked.exists(),
    )


def _of_organisations(member_id: int, viewer: Viewer) -> Iterator[Counted]:
    """Yield what waits on those who speak for an owner or an adopter."""
    represented = sorted(viewer.represents)
    if represented:
        yield pile_of(
            "offers",
            OwnershipOffer.offered_at,
            OwnershipOffer.status == OfferStatus.OFFERED,
            OwnershipOffer.to_organisation_id.in_(represented),
        )
    owned = or_(
        and_(Innovation.owner_id.in_(represented), Innovation.is_compiled.is_(False)), registered_by(viewer)
    )
    yield pile_of(
        "replications_to_confirm",
        Replication.claimed_at,
        Replication.status == ReplicationStatus.CLAIMED,
        Replication.claimed_by_id != member_id,
        Innovation.id == Replication.innovation_id,
        visible_to(viewer),
        or_(
            and_(Replication.side == Side.OWNER, Replication.adopter_id.in_(represented), ~owned),
            and_(
                Replication.side == Side.ADOPTER,
                owned,
                Innovation.is_compiled.is_(False),
                Replication.adopter_id.not_in(sorted(viewer.organisations)),
            ),
        ),
    )


def _sent(member_id: int) -> Iterator[Counted]:
    """Yield what this person sent or asked for and others have not answered, and how much they follow."""
    yield pile_of(
        "sent_statuses",
        LawEnforcementStatus.requested_at,
        LawEnforcementStatus.member_id == member_id,
        LawEnforcementStatus.status.in_(OPEN_STATES),
    )
    yield pile_of(
        "sent_evidence",
        Evidence.added_at,
        Evidence.added_by_id == member_id,
        Evidence.status == EvidenceStatus.SUBMITTED,
    )
    yield pile_of(
        "sent_claims",
        RecordClaim.claimed_at,
        RecordClaim.claimed_by_id == member_id,
        RecordClaim.status == ClaimStatus.SUBMITTED,
    )
    yield pile_of(
        "sent_replications",
        Replication.claimed_at,
        Replication.claimed_by_id == member_id,
        Replication.status == ReplicationStatus.CLAIMED,
    )
    yield pile_of("follows", Follow.followed_at, Follow.member_id == member_id)


def _kept(member_id: int, viewer: Viewer) -> Iterator[Counted]:
    """Yield the shortlists that this person keeps, and those that others share with them."""
    yield pile_of("shortlists", Shortlist.changed_at, Shortlist.member_id == member_id)
    yield pile_of("shared_shortlists", Shortlist.changed_at, is_shared_with(viewer))


def _records(member_id: int) -> Iterator[Counted]:
    """Yield what coordinators decide about records: first what this one holds, then what nobody does."""
    is_there = Innovation.status != InnovationStatus.TAKEN_DOWN
    of_revision = (Innovation.id == InnovationRevision.innovation_id, is_there)
    batched = InnovationRevision.id.in_(select(BatchEntry.revision_id))
    yield pile_of(
        "held_records",
        InnovationRevision.submitted_at,
        InnovationRevision.status == RevisionStatus.IN_REVIEW,
        InnovationRevision.reviewer_id == member_id,
        ~batched,
        *of_revision,
    )
    yield pile_of(
        "records",
        InnovationRevision.submitted_at,
        InnovationRevision.status == RevisionStatus.SUBMITTED,
        InnovationRevision.submitted_by_id != member_id,
        ~batched,
        *of_revision,
    )
    waiting = (
        select(BatchEntry.batch_id)
        .join(InnovationRevision, InnovationRevision.id == BatchEntry.revision_id)
        .where(InnovationRevision.status == RevisionStatus.SUBMITTED)
    )
    yield pile_of(
        "batches",
        ApprovalBatch.submitted_at,
        ApprovalBatch.id.in_(waiting),
        ApprovalBatch.submitted_by_id != member_id,
    )
    for kind, sent_by in SENDERS.items():
        since: InstrumentedAttribute[Any] = getattr(kind, kind.SINCE)
        open_task = (kind.status.in_(kind.WAITING), Innovation.id == kind.innovation_id, is_there)
        yield pile_of(f"held_{kind.__tablename__}", since, kind.taken_by_id == member_id, *open_task)
        is_theirs = or_(sent_by.is_(None), sent_by != member_id)
        yield pile_of(kind.__tablename__, since, kind.taken_by_id.is_(None), is_theirs, *open_task)


SENDERS: dict[type[AnyTask], InstrumentedAttribute[Any]] = {
    Evidence: Evidence.added_by_id,
    Replication: Replication.claimed_by_id,
    RecordClaim: RecordClaim.claimed_by_id,
    ProblemReport: ProblemReport.reported_by_id,
    InnovationProposal: InnovationProposal.proposed_by_id,
}
"""Every kind of task, and who sent it: nobody decides about their own."""


def _people(member_id: int) -> Iterator[Counted]:
    """Yield what coordinators decide about people, organisations and words."""
    yield pile_of(
        "applications",
        Application.confirmed_at,
        Member.id == Application.member_id,
        Member.status == MemberStatus.CONFIRMED,
        Application.decision.is_(None),
    )
    yield pile_of(
        "statuses",
        LawEnforcementStatus.requested_at,
        LawEnforcementStatus.status.in_(OPEN_STATES),
        LawEnforcementStatus.member_id != member_id,
        or_(
            LawEnforcementStatus.first_verified_by_id.is_(None),
            LawEnforcementStatus.first_verified_by_id != member_id,
        ),
    )
    yield pile_of(
        "resets",
        FactorReset.requested_at,
        FactorReset.status.in_(UNDECIDED_RESETS),
        FactorReset.member_id != member_id,
        or_(FactorReset.first_approved_by_id.is_(None), FactorReset.first_approved_by_id != member_id),
    )
    yield pile_of(
        "vettings",
        Member.vetted_until,
        Member.status == MemberStatus.APPROVED,
        Member.vetted_until <= clock.now() + DUE_BEFORE,
        Member.id != member_id,
    )
    yield pile_of(
        "merges",
        OrganisationMerge.proposed_at,
        OrganisationMerge.status == ProposalStatus.PROPOSED,
        OrganisationMerge.proposed_by_id != member_id,
    )
    yield pile_of(
        "abuse",
        AbuseReport.reported_at,
        AbuseReport.status == AbuseStatus.SUBMITTED,
        AbuseReport.reported_by_id != member_id,
        AbuseReport.about_id != member_id,
    )
    yield pile_of(
        "terms",
        TermAddition.added_at,
        TermAddition.status == TermStatus.ADDED,
        is_held(),
        or_(TermAddition.added_by_id.is_(None), TermAddition.added_by_id != member_id),
    )


def _to_verify(member_id: int, viewer: Viewer) -> Iterator[Counted]:
    """Yield the organisations that ask a coordinator, or the focal point of their country, to verify them."""
    is_theirs = [] if viewer.has_role(Role.COORDINATOR) else [_in_focal_countries(viewer)]
    if not is_theirs or viewer.focal_countries:
        yield pile_of(
            "verifications",
            OrganisationVerification.requested_at,
            OrganisationVerification.status == VerificationStatus.REQUESTED,
            OrganisationVerification.requested_by_id != member_id,
            Organisation.id == OrganisationVerification.organisation_id,
            *is_theirs,
        )


def _in_focal_countries(viewer: Viewer) -> ColumnElement[bool]:
    return Organisation.country.in_(sorted(viewer.focal_countries))


def _roles(member_id: int) -> Counted:
    return pile_of(
        "roles",
        RoleProposal.proposed_at,
        is_waiting(),
        RoleProposal.proposed_by_id != member_id,
        RoleProposal.member_id != member_id,
    )
