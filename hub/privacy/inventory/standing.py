"""References to members in the tables of vetting, organisations and integrity."""

from sqlalchemy import ColumnElement, and_, or_, select

from hub.access.viewer import Viewer
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.models import DeclaredInterest, LogErasure, Recusal
from hub.members.models import Member
from hub.organisations.models import LawEnforcementStatus, Organisation, OrganisationMembership
from hub.organisations.permissions import visible_to
from hub.privacy.inventory.shape import FOR_GOOD, Fate, Link, decided
from hub.vetting.models import (
    Application,
    FactorReset,
    Invitation,
    OrganisationMerge,
    OrganisationVerification,
    RoleProposal,
)


def nowhere(member: Member) -> str:
    """Return what stands in place of an address that was erased; no mail can reach it (RFC 2606)."""
    return f"{member.public_id.lower()}@erased.invalid"


APPLIED = "while the applicant's account stands; a year after it was declined"
THEIR_ACCOUNT = "while the account stands that it is about"


def of_merge(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for merges of organisations that the person may see, also as what they became."""
    shown = select(Organisation.id).where(visible_to(viewer))
    is_done = OrganisationMerge.status == ProposalStatus.APPROVED
    return and_(
        OrganisationMerge.into_id.in_(shown), or_(is_done, OrganisationMerge.organisation_id.in_(shown))
    )


VETTING = (
    Link(
        Application.member_id,
        "what the person said to be let in, and the answer",
        Fate.DELETE,
        APPLIED,
        (
            "kind",
            "display_name",
            "member_type",
            "country",
            "organisation_name",
            "website",
            "words",
            "consent_version",
            "applied_at",
            "confirmed_at",
            "decision",
            "reasons",
            "decision_words",
            "decided_at",
        ),
    ),
    decided(
        Application.decided_by_id,
        "who decided about an application",
        "decision",
        "decided_at",
        kept=APPLIED,
    ),
    Link(
        Invitation.invited_by_id,
        "invitations sent",
        Fate.KEEP,
        "30 days if nobody accepts, else for good",
        ("organisation.name", "country", "status", "invited_at", "expires_at", "accepted_at"),
        why="it says through whom somebody came; the address is another person's",
    ),
    Link(
        Invitation.accepted_by_id,
        "the invitation through which the person came",
        Fate.BLANK,
        FOR_GOOD,
        ("email", "organisation.name", "country", "invited_at", "accepted_at"),
        blanks={"email": nowhere},
        why="it says through whom somebody came",
    ),
    Link(
        FactorReset.member_id,
        "reports of lost second factors",
        Fate.DELETE,
        "while the account stands",
        ("words", "status", "requested_at", "approved_at", "takes_effect_at", "ended_at"),
    ),
    decided(
        FactorReset.first_approved_by_id,
        "who confirmed a loss first",
        "status",
        "requested_at",
        kept=THEIR_ACCOUNT,
    ),
    decided(
        FactorReset.second_approved_by_id,
        "who confirmed a loss second",
        "status",
        "approved_at",
        kept=THEIR_ACCOUNT,
    ),
    decided(
        FactorReset.ended_by_id,
        "who declined or stopped a report of loss",
        "status",
        "ended_at",
        kept=THEIR_ACCOUNT,
    ),
    Link(
        RoleProposal.member_id,
        "proposals of roles for the person",
        Fate.BLANK,
        FOR_GOOD,
        blanks={"reason": "", "decision_words": ""},
        why="internal until it is approved; the role itself is given. Four eyes must stay provable",
    ),
    decided(
        RoleProposal.proposed_by_id,
        "who proposed a role or its end",
        "action",
        "role",
        "country",
        "status",
        "proposed_at",
    ),
    decided(RoleProposal.decided_by_id, "who decided about a role", "action", "role", "status", "decided_at"),
)

ORGANISATIONS = (
    Link(
        OrganisationMembership.member_id,
        "memberships in organisations",
        Fate.BLANK,
        FOR_GOOD,
        ("organisation.name", "role", "status", "started_at", "ended_at", "is_shown"),
        blanks={"is_shown": False},
        why="conflicts of interest are derived from it",
    ),
    Link(
        LawEnforcementStatus.member_id,
        "law-enforcement status",
        Fate.BLANK,
        FOR_GOOD,
        (
            "country",
            "authority",
            "reference",
            "words",
            "status",
            "requested_at",
            "verified_at",
            "valid_until",
            "ended_at",
        ),
        blanks={"authority": "", "reference": "", "words": "", "decision_words": ""},
        why="who read what was for law enforcement rests on it",
    ),
    decided(
        LawEnforcementStatus.first_verified_by_id,
        "who first agreed to a status",
        "country",
        "first_verified_at",
    ),
    decided(LawEnforcementStatus.second_verified_by_id, "who verified a status", "country", "verified_at"),
    decided(LawEnforcementStatus.ended_by_id, "who ended a status", "country", "status", "ended_at"),
    Link(
        OrganisationVerification.requested_by_id,
        "who asked to have an organisation verified",
        Fate.KEEP,
        FOR_GOOD,
        ("organisation.name", "words", "domain", "status", "requested_at", "decided_at", "decision_words"),
        why="it belongs to the organisation",
    ),
    decided(
        OrganisationVerification.decided_by_id,
        "who decided about a verification",
        "organisation.name",
        "status",
        "decided_at",
    ),
    decided(
        OrganisationMerge.proposed_by_id,
        "who proposed a merge",
        "reason",
        "status",
        "proposed_at",
        seen=of_merge,
        dates=("proposed_at",),
    ),
    decided(OrganisationMerge.decided_by_id, "who decided about a merge", "status", "decided_at"),
)

INTEGRITY = (
    Link(
        DeclaredInterest.member_id,
        "declared interests",
        Fate.BLANK,
        FOR_GOOD,
        ("kind", "organisation_name", "started_on", "ended_on", "words", "declared_at", "struck_at"),
        blanks={"words": ""},
        why="decisions may be looked into later; erasing must not hide a conflict",
    ),
    decided(DeclaredInterest.struck_by_id, "who struck an interest", "struck_at"),
    Link(
        Recusal.member_id,
        "recusals",
        Fate.BLANK,
        FOR_GOOD,
        ("conflict", "words", "recorded_at"),
        blanks={"words": ""},
        why="decisions may be looked into later",
    ),
    decided(LogErasure.proposed_by_id, "who proposed to erase logged matter", "status", "proposed_at"),
    decided(LogErasure.decided_by_id, "who decided about erasing logged matter", "status", "decided_at"),
)
