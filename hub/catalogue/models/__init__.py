"""The catalogue's tables, a file a thing."""

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
from hub.catalogue.models.details import KEEP, InnovationDetails, Keep, SourceDetails
from hub.catalogue.models.innovation import Innovation, InnovationLabel, InnovationStatus
from hub.catalogue.models.review import FieldComment, ReviewDecision
from hub.catalogue.models.revision import InnovationRevision, RevisionLabel, RevisionStatus

__all__ = [
    "KEEP",
    "CountryRelation",
    "FieldComment",
    "Innovation",
    "InnovationDetails",
    "InnovationLabel",
    "InnovationRevision",
    "InnovationStatus",
    "Keep",
    "OrganisationRole",
    "ReviewDecision",
    "RevisionCountry",
    "RevisionLabel",
    "RevisionOrganisation",
    "RevisionPrerequisite",
    "RevisionSource",
    "RevisionStatus",
    "RevisionTerm",
    "RevisionText",
    "SourceDetails",
    "TermScheme",
]
