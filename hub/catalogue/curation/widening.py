"""What a revision that widens its record waits for: the proposal to a second coordinator, its basis and its end."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.encoding import snapshot_hash
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.curation.lifecycle import PROPOSALS
from hub.catalogue.models import InnovationProposal, InnovationRevision
from hub.catalogue.permissions import can_decide
from hub.catalogue.queries import readers_snapshot, snapshot
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.viewers import viewer_of
from hub.members.models import Member


def basis_of(revision: InnovationRevision) -> str:
    """Return the digest of all that a coordinator weighs: the revision, and where its record stands now."""
    innovation = revision.innovation
    return str(
        snapshot_hash(
            {
                "revision": snapshot(revision),
                "readers": readers_snapshot(innovation),
                "status": innovation.status,
                "owner": innovation.owner_id,
                "published": innovation.published_revision_id,
            }
        )
    )


def last_widening(revision: InnovationRevision) -> InnovationProposal | None:
    """Return the proposal to publish this revision that was made last, whatever became of it."""
    return session().scalar(
        select(InnovationProposal)
        .where(InnovationProposal.revision_id == revision.id)
        .order_by(InnovationProposal.id.desc())
        .limit(1)
    )


def waiting_widening(revision: InnovationRevision) -> InnovationProposal | None:
    """Return the proposal that waits for a second coordinator, for whoever is about to decide on the revision.

    On PostgreSQL rivals who decide on the same revision wait here for each other.
    """
    session().refresh(revision, with_for_update=True)
    last = last_widening(revision)
    return last if last is not None and last.status is ProposalStatus.PROPOSED else None


def end_widening(viewer: Viewer, revision: InnovationRevision, reason: str) -> None:
    """Withdraw the proposal that waits, if one does, because the revision leaves the hands of who proposed it.

    Args:
        viewer: who withdrew the revision or gave it back.
        revision: the revision.
        reason: why, for the audit log.
    """
    proposal = waiting_widening(revision)
    if proposal is None:
        return
    PROPOSALS.move(proposal, "withdraw", decided_at=clock.now(), taken_by_id=None, taken_at=None)
    record(viewer, Event.INNOVATION_WITHDRAW_PROPOSAL, revision.innovation.subject, reason=reason)


def check_widening(proposal: InnovationProposal) -> InnovationRevision:
    """Return the revision that a second coordinator is about to publish.

    Raises:
        ConflictError: it or its record changed since, or who proposed it may not decide on it any more.
    """
    revision = proposal.revision
    if revision is None or waiting_widening(revision) is not proposal or basis_of(revision) != proposal.basis:
        raise ConflictError(
            N_(
                "The revision or its record changed since this was proposed. Decline it; it can then be proposed anew."
            )
        )
    proposer = session().get_one(Member, proposal.proposed_by_id)
    if not can_decide(viewer_of(proposer), revision):
        raise ConflictError(
            N_(
                "Who proposed this may not decide it any more: they are no coordinator now, or have a conflict of "
                "interest. Decline it; another coordinator can then take the revision."
            )
        )
    return revision
