"""What its reader may do with a record, and the desk that its owner's side sees beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.queries import HistoryItem, history_of
from hub.catalogue.annexes.permissions import can_write_annexes
from hub.catalogue.curation.lifecycle import PROPOSALS
from hub.catalogue.curation.permissions import can_end_feature, can_propose
from hub.catalogue.curation.queries import open_proposals, own_reports
from hub.catalogue.evidence.permissions import can_add_evidence
from hub.catalogue.lifecycle import INNOVATIONS, REVISIONS
from hub.catalogue.models import (
    Innovation,
    InnovationProposal,
    InnovationRevision,
    InnovationStatus,
    OwnershipOffer,
    ProblemReport,
    ProposedAction,
    RecordClaim,
)
from hub.catalogue.ownership.lifecycle import CLAIMS, OFFERS
from hub.catalogue.ownership.permissions import can_claim, can_confirm_record, can_offer
from hub.catalogue.ownership.queries import last_claim, open_offer
from hub.catalogue.permissions import can_speak_for
from hub.catalogue.replications.permissions import can_claim_for_adopter, can_claim_for_owner
from hub.catalogue.revisions.queries import last_revision

TOLD = frozenset(Event) - {
    Event.TASK_TAKE,
    Event.TASK_RELEASE,
    Event.INNOVATION_PROPOSE,
    Event.INNOVATION_DECLINE_PROPOSAL,
    Event.INNOVATION_WITHDRAW_PROPOSAL,
}
"""What the owner's side is told; what coordinators weigh among themselves it learns when it is done."""

STEPS = 12
"""Steps of a record's life that the desk shows; the page of its revisions shows more."""


@dataclass(frozen=True)
class Doings:
    """What somebody may do with a record, and what waits between them and the hub.

    Args:
        actions: names of endpoints that this person may use now.
        claim: the last claim of the viewer's organisation, where the record names it.
        claim_actions: what the viewer may do with it.
        offer: an offer of the record that the viewer made or may answer.
        offer_actions: what the viewer may do with it.
        reports: what the viewer reported, with the answers.
        proposals: proposals that wait for a second coordinator, each with what the viewer may do with it.
    """

    actions: frozenset[str]
    claim: RecordClaim | None
    claim_actions: Sequence[str]
    offer: OwnershipOffer | None
    offer_actions: Sequence[str]
    reports: Sequence[ProblemReport]
    proposals: Sequence[tuple[InnovationProposal, Sequence[str]]]


def doings_of(innovation: Innovation, somebody: Viewer) -> Doings:
    """Return what `somebody` may do with a record that they may know of."""
    claim = last_claim(innovation, somebody) if innovation.is_compiled and somebody.represents else None
    offer = open_offer(innovation, somebody) if somebody.represents else None
    proposals = open_proposals(innovation, somebody)
    claim_actions = CLAIMS.actions(somebody, claim, claim.status) if claim else ()
    possible = {
        **dict.fromkeys(INNOVATIONS.actions(somebody, innovation, innovation.status), True),
        "confirm": innovation.status is InnovationStatus.PUBLISHED
        and can_confirm_record(somebody, innovation),
        "claim": can_claim(somebody, innovation) and "withdraw" not in claim_actions,
        "hand_over": offer is None
        and innovation.status is not InnovationStatus.TAKEN_DOWN
        and can_offer(somebody, innovation),
        "add_evidence": can_add_evidence(somebody, innovation),
        "add_replication": can_claim_for_owner(somebody, innovation)
        or can_claim_for_adopter(somebody, innovation),
        "add_annex": innovation.status is not InnovationStatus.TAKEN_DOWN
        and can_write_annexes(somebody, innovation),
        "end_feature": innovation.featured_at is not None and can_end_feature(somebody, innovation),
        **_proposable(innovation, somebody, {each.action for each in proposals}),
    }
    return Doings(
        actions=frozenset(name for name, is_possible in possible.items() if is_possible),
        claim=claim,
        claim_actions=claim_actions,
        offer=offer,
        offer_actions=OFFERS.actions(somebody, offer, offer.status) if offer else (),
        reports=own_reports(innovation, somebody),
        proposals=[(each, PROPOSALS.actions(somebody, each, each.status)) for each in proposals],
    )


def _proposable(innovation: Innovation, somebody: Viewer, proposed: set[ProposedAction]) -> dict[str, bool]:
    """Return what may be proposed to a second coordinator and is not proposed yet."""
    return {
        action.value: action not in proposed and can_propose(somebody, innovation, action)
        for action in ProposedAction
    }


@dataclass(frozen=True)
class OwnerDesk:
    """What the owner's side sees beside the record: where the last revision stands and what to do next.

    `taken_down_because` is the reason for taking it down, empty while it stands; who decided it is not told.
    """

    revision: InnovationRevision
    actions: Sequence[str]
    history: Sequence[HistoryItem]
    is_new_possible: bool
    taken_down_because: str


def owner_desk_of(innovation: Innovation, somebody: Viewer) -> OwnerDesk:
    """Return the desk of somebody on the owner's side."""
    latest = last_revision(innovation)
    return OwnerDesk(
        revision=latest,
        actions=REVISIONS.actions(somebody, latest, latest.status),
        history=history_of(innovation.subject, limit=STEPS, events=TOLD),
        is_new_possible=can_speak_for(somebody, innovation)
        and innovation.status is not InnovationStatus.TAKEN_DOWN
        and not latest.is_open,
        taken_down_because=_taken_down_because(innovation),
    )


def _taken_down_because(innovation: Innovation) -> str:
    if innovation.status is not InnovationStatus.TAKEN_DOWN:
        return ""
    found = history_of(innovation.subject, limit=1, events=(Event.INNOVATION_TAKE_DOWN,))
    return found[0].reason if found else ""
