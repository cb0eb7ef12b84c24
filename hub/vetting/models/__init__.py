"""The tables of vetting: applications and invitations, proposals of roles, lost second factors."""

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

__all__ = [
    "WORDS_LENGTH",
    "Application",
    "ApplicationKind",
    "Decision",
    "FactorReset",
    "FactorResetStatus",
    "Invitation",
    "InvitationStatus",
    "RoleAction",
    "RoleProposal",
]
