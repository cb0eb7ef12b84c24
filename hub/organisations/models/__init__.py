"""The tables of organisations, of memberships in them, and of the law-enforcement status."""

from hub.organisations.models.law_enforcement import (
    TITLE_LENGTH,
    LawEnforcementState,
    LawEnforcementStatus,
)
from hub.organisations.models.organisations import (
    NAME_LENGTH,
    MembershipRole,
    MembershipStatus,
    MergedOrganisation,
    Organisation,
    OrganisationDomain,
    OrganisationMembership,
    OrganisationStatus,
    name_key,
)

__all__ = [
    "NAME_LENGTH",
    "TITLE_LENGTH",
    "LawEnforcementState",
    "LawEnforcementStatus",
    "MembershipRole",
    "MembershipStatus",
    "MergedOrganisation",
    "Organisation",
    "OrganisationDomain",
    "OrganisationMembership",
    "OrganisationStatus",
    "name_key",
]
