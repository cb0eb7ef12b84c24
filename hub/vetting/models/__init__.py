"""The tables of vetting: applications and invitations, proposals of roles, lost second factors, organisations."""

from hub.vetting.models.applications import (
    WORDS_LENGTH,
    Application,
    ApplicationKind,
    Decision,
    Invitation,
    InvitationStatus,
)
from hub.vetting.models.factor_resets import FactorReset, FactorResetStatus
from hub.vetting.models.roles import RoleAction, RoleProposal
from hub.vetting.models.verifications import (
    OrganisationMerge,
    OrganisationVerification,
    VerificationStatus,
)

__all__ = [
    "WORDS_LENGTH",
    "Application",
    "ApplicationKind",
    "Decision",
    "FactorReset",
    "FactorResetStatus",
    "Invitation",
    "InvitationStatus",
    "OrganisationMerge",
    "OrganisationVerification",
    "RoleAction",
    "RoleProposal",
    "VerificationStatus",
]
