"""What becomes of somebody's open work on records when they leave the hub: found for their page, then closed."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.batches.discarding import delete_draft
from hub.catalogue.batches.service import forget_runs_of
from hub.catalogue.curation.lifecycle import PROPOSALS
from hub.catalogue.curation.widening import end_widening
from hub.catalogue.lifecycle import REVISIONS
from hub.catalogue.models import (
    ClaimStatus,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    OfferStatus,
    OwnershipOffer,
    RecordClaim,
    RevisionStatus,
)
from hub.catalogue.ownership.lifecycle import CLAIMS, OFFERS
from hub.catalogue.permissions import TASKS, AnyTask, can_speak_for
from hub.core import clock
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.organisations.models import MembershipRole, MembershipStatus, OrganisationMembership
from hub.organisations.people import speakers

WAITING = frozenset({RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW, RevisionStatus.CHANGES_REQUESTED})

LEFT = "Who looked after this left the hub."
"""The reason that the audit log keeps."""


@dataclass(frozen=True)
class OpenRecords:
    """What somebody began on records and nobody else can go on with, or holds for a decision.

    Args:
        discarded: drafts that nobody was ever sent; they are deleted.
        withdrawn: revisions that wait; they are withdrawn.
        left: records that are shown and that nobody looks after any more; they stay.
        claims: claims on records; they are withdrawn.
        offers: offers of records; they are withdrawn.
        proposals: proposals to a second coordinator; they are withdrawn.
        reviews: revisions held for review; they go back to the others.
        tasks: tasks held; they go back to the others.
    """

    discarded: tuple[Innovation, ...]
    withdrawn: tuple[InnovationRevision, ...]
    left: tuple[Innovation, ...]
    claims: tuple[RecordClaim, ...]
    offers: tuple[OwnershipOffer, ...]
    proposals: tuple[InnovationProposal, ...]
    reviews: tuple[InnovationRevision, ...]
    tasks: tuple[AnyTask, ...]


def open_records(member: Member) -> OpenRecords:
    """Return what of `member` is open in the catalogue; what others can go on with is left out."""
    own = [each for each in _looked_after_by(member) if not _has_another(each, member)]
    discarded = tuple(each for each in own if each.was_never_sent)
    kept = [each for each in own if each not in discarded]
    claims = session().scalars(
        select(RecordClaim).where(
            RecordClaim.claimed_by_id == member.id, RecordClaim.status == ClaimStatus.SUBMITTED
        )
    )
    offers = session().scalars(
        select(OwnershipOffer).where(
            OwnershipOffer.offered_by_id == member.id, OwnershipOffer.status == OfferStatus.OFFERED
        )
    )
    proposals = session().scalars(
        select(InnovationProposal).where(
            InnovationProposal.proposed_by_id == member.id,
            InnovationProposal.status == ProposalStatus.PROPOSED,
        )
    )
    reviews = session().scalars(
        select(InnovationRevision).where(
            InnovationRevision.reviewer_id == member.id, InnovationRevision.status == RevisionStatus.IN_REVIEW
        )
    )
    return OpenRecords(
        discarded=discarded,
        withdrawn=tuple(
            revision for each in kept for revision in each.revisions if revision.status in WAITING
        ),
        left=tuple(each for each in kept if each.is_shown and not each.is_compiled),
        claims=tuple(each for each in claims if not speakers(each.organisation) - {member.id}),
        offers=tuple(each for each in offers if not speakers(each.from_organisation) - {member.id}),
        proposals=tuple(proposals),
        reviews=tuple(reviews),
        tasks=tuple(_held_tasks(member)),
    )


def close_records(viewer: Viewer, member: Member) -> None:
    """Close all that `open_records` returns, and forget the imports that `member` started.

    Args:
        viewer: who does it, for the audit log.
        member: who leaves.
    """
    work = open_records(member)
    moment = clock.now()
    for proposal in work.proposals:
        PROPOSALS.move(proposal, "withdraw", decided_at=moment, taken_by_id=None, taken_at=None)
        record(viewer, Event.INNOVATION_WITHDRAW_PROPOSAL, proposal.innovation.subject, reason=LEFT)
    for revision in work.reviews:
        REVISIONS.move(revision, "release", reviewer_id=None, taken_at=None)
        record(viewer, Event.INNOVATION_RELEASE, revision.innovation.subject, reason=LEFT)
    for task in work.tasks:
        _give_back(viewer, task)
    for claim in work.claims:
        CLAIMS.move(claim, "withdraw", taken_by_id=None, taken_at=None)
        record(viewer, Event.INNOVATION_WITHDRAW_CLAIM, claim.innovation.subject, reason=LEFT)
    for offer in work.offers:
        OFFERS.move(offer, "withdraw", answered_at=moment)
        record(viewer, Event.INNOVATION_WITHDRAW_OFFER, offer.innovation.subject, reason=LEFT)
    for revision in work.withdrawn:
        REVISIONS.move(revision, "withdraw", reviewer_id=None, taken_at=None)
        record(viewer, Event.INNOVATION_WITHDRAW, revision.innovation.subject, reason=LEFT)
        end_widening(viewer, revision, LEFT)
    for innovation in work.discarded:
        delete_draft(viewer, innovation)
    forget_runs_of(member.id)


def _looked_after_by(member: Member) -> list[Innovation]:
    """Return the records that `member` registered, or of an organisation that they represent; oldest first."""
    represented = select(OrganisationMembership.organisation_id).where(
        OrganisationMembership.member_id == member.id,
        OrganisationMembership.status == MembershipStatus.ACTIVE,
        OrganisationMembership.role == MembershipRole.REPRESENTATIVE,
    )
    found = session().scalars(
        select(Innovation)
        .where(
            or_(
                (Innovation.registered_by_id == member.id) & Innovation.is_handed_over.is_(False),
                Innovation.owner_id.in_(represented) & Innovation.is_compiled.is_(False),
            )
        )
        .order_by(Innovation.id)
    )
    return list(found)


def _has_another(innovation: Innovation, member: Member) -> bool:
    """Whether somebody else looks after the record: a representative of its owner, or who registered it."""
    owner = innovation.owner
    if owner is not None and not innovation.is_compiled and speakers(owner) - {member.id}:
        return True
    if innovation.registered_by_id == member.id:
        return False
    return can_speak_for(viewer_of(session().get(Member, innovation.registered_by_id)), innovation)


def _held_tasks(member: Member) -> Iterator[AnyTask]:
    for kind in TASKS:
        held = select(kind).where(kind.taken_by_id == member.id, kind.status.in_(kind.WAITING))
        yield from session().scalars(held)  # type: ignore[misc]


def _give_back(viewer: Viewer, task: AnyTask) -> None:
    kind = type(task)
    session().execute(
        update(kind).where(kind.id == task.id).values(taken_by_id=None, taken_at=None),
        execution_options={"synchronize_session": False},
    )
    session().refresh(task)
    after = {"task": task.__tablename__, "id": task.public_id}
    record(viewer, Event.TASK_RELEASE, task.subject, after=after, reason=LEFT)
