"""The frozen Viewer: all that a permission may know about the person who asks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.access.audience import (
    LAW_ENFORCEMENT_LABEL,
    MEMBER_LABEL,
    PUBLIC_LABEL,
    country_label,
    organisation_label,
    person_label,
)
from hub.core.i18n import N_


class Role(StrEnum):
    """What a member may do for the hub; granted, dated and reasoned."""

    FOCAL_POINT = "focal_point"
    COORDINATOR = "coordinator"
    INTEGRITY_OFFICER = "integrity_officer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.FOCAL_POINT: N_("Focal point"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.INTEGRITY_OFFICER: N_("Integrity officer"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
"""Message ids of what each role is called."""

PRIVILEGED_ROLES = frozenset({Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR})
"""Roles that, like law-enforcement status, need a second factor."""


@dataclass(frozen=True)
class Interest:
    """A declared interest that makes a conflict at this moment.

    Args:
        organisation_id: in which organisation.
        kind: code of the vocabulary `interest_kinds`.
        ended_on: when the interest itself ended, or None while it lasts.
        until: the first day without conflict, or None while the interest lasts.
    """

    organisation_id: int
    kind: str
    ended_on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at the hub, as of this moment.

    Args:
        member_id: id of the approved member, or None for a visitor and for anybody not (or no longer) approved.
        public_id: the member's random id, for the audit log.
        roles: roles in force.
        focal_countries: ISO codes of the countries that the member is focal point of.
        represents: ids of the organisations that the member may speak for.
        organisations: ids of all organisations that the member actively belongs to.
        law_enforcement_country: ISO code where the law-enforcement status is verified and in force, else None.
        is_withheld: whether a privileged role or a law-enforcement status is left out until there is a second factor.
        interests: declared interests of those who decide something.
        recusals: subjects, as the audit log names them, from which the member recused themselves.
    """

    member_id: int | None = None
    public_id: str | None = None
    roles: frozenset[Role] = frozenset()
    focal_countries: frozenset[str] = frozenset()
    represents: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    law_enforcement_country: str | None = None
    is_withheld: bool = False
    interests: frozenset[Interest] = frozenset()
    recusals: frozenset[str] = frozenset()

    @property
    def is_privileged(self) -> bool:
        """Whether a stolen session of this person would do more harm than most; also while it is withheld."""
        return bool(self.roles) or self.law_enforcement_country is not None or self.is_withheld

    @property
    def is_member(self) -> bool:
        """Whether this is an approved member."""
        return self.member_id is not None

    def has_role(self, role: Role) -> bool:
        """Whether `role` is in force."""
        return role in self.roles

    @property
    def labels(self) -> frozenset[str]:
        """The visibility labels that this person holds."""
        held = {PUBLIC_LABEL}
        if self.member_id is not None:
            held |= {MEMBER_LABEL, person_label(self.member_id)}
            held |= {organisation_label(number) for number in self.organisations}
            if self.law_enforcement_country is not None:
                held |= {LAW_ENFORCEMENT_LABEL, country_label(self.law_enforcement_country)}
        return frozenset(held)


VISITOR = Viewer()
"""Anybody who is not signed in as an approved member."""
