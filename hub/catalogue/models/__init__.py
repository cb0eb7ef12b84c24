"""The catalogue's tables, a file a thing."""

from hub.catalogue.models.annex import Annex, AnnexLabel
from hub.catalogue.models.batches import ApprovalBatch, BatchEntry, ImportRun, ImportStatus
from hub.catalogue.models.content import (
    CountryRelation,
    OrganisationRole,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.curation import (
    ClaimStatus,
    InnovationProposal,
    OfferStatus,
    OwnershipOffer,
    ProblemReport,
    ProblemStatus,
    ProposedAction,
    RecordClaim,
)
from hub.catalogue.models.details import (
    KEEP,
    InnovationDetails,
    Keep,
    OrganisationDetails,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.catalogue.models.evidence import Evidence, EvidenceStatus
from hub.catalogue.models.innovation import Innovation, InnovationLabel, InnovationStatus
from hub.catalogue.models.readiness import CountryStatement, ReadinessState
from hub.catalogue.models.replication import Replication, ReplicationStatement, ReplicationStatus, Side
from hub.catalogue.models.review import FieldComment, ReviewDecision
from hub.catalogue.models.revision import InnovationRevision, RevisionLabel, RevisionStatus
from hub.catalogue.models.task import Task

__all__ = [
    "KEEP",
    "Annex",
    "AnnexLabel",
    "ApprovalBatch",
    "BatchEntry",
    "ClaimStatus",
    "CountryRelation",
    "CountryStatement",
    "Evidence",
    "EvidenceStatus",
    "FieldComment",
    "ImportRun",
    "ImportStatus",
    "Innovation",
    "InnovationDetails",
    "InnovationLabel",
    "InnovationProposal",
    "InnovationRevision",
    "InnovationStatus",
    "Keep",
    "OfferStatus",
    "OrganisationDetails",
    "OrganisationRole",
    "OwnershipOffer",
    "PrerequisiteDetails",
    "ProblemReport",
    "ProblemStatus",
    "ProposedAction",
    "ReadinessState",
    "RecordClaim",
    "Replication",
    "ReplicationStatement",
    "ReplicationStatus",
    "ReviewDecision",
    "RevisionCountry",
    "RevisionLabel",
    "RevisionOrganisation",
    "RevisionPrerequisite",
    "RevisionSource",
    "RevisionStatus",
    "RevisionTerm",
    "RevisionText",
    "Side",
    "SourceDetails",
    "Task",
    "TermScheme",
    "UnsuitableDetails",
]
