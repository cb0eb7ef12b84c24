"""Tables of commitments, a file a thing."""

from hub.commitments.models.assessment import Assessment, AssessmentRating, Maker
from hub.commitments.models.commitment import (
    ActionPlan,
    Commitment,
    CommitmentEvent,
    CommitmentParty,
    CommitmentStatus,
    CommitmentTerm,
    PartyRole,
    Precision,
    TermScheme,
)
from hub.commitments.models.evidence import CommitmentEvidence, EvidenceStatus
from hub.commitments.models.milestone import Milestone, MilestoneMetric, MilestoneStatus
from hub.commitments.models.ownership import Handover, HandoverStatus, Ownership

__all__ = [
    "ActionPlan",
    "Assessment",
    "AssessmentRating",
    "Commitment",
    "CommitmentEvent",
    "CommitmentEvidence",
    "CommitmentParty",
    "CommitmentStatus",
    "CommitmentTerm",
    "EvidenceStatus",
    "Handover",
    "HandoverStatus",
    "Maker",
    "Milestone",
    "MilestoneMetric",
    "MilestoneStatus",
    "Ownership",
    "PartyRole",
    "Precision",
    "TermScheme",
]
