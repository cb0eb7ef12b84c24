"""From which state people, organisations, status and proposals may go where, and who may take them there."""

from hub.core.lifecycle import Lifecycle, Transition
from hub.integrity.four_eyes import ProposalStatus
from hub.members.models import AbuseStatus, MemberStatus
from hub.organisations.models import LawEnforcementState, OrganisationStatus
from hub.vetting.models import FactorResetStatus, VerificationStatus
from hub.vetting.organisations.permissions import (
    can_decide_merge,
    can_decide_verification,
    can_end_verification,
    can_withdraw_merge,
    can_withdraw_verification,
)
from hub.vetting.permissions import (
    by_link,
    can_decide_abuse,
    can_decide_proposal,
    can_decide_reset,
    can_decline_reset,
    can_decline_status,
    can_revoke,
    can_verify,
    can_vet,
    can_withdraw_proposal,
    is_self,
)

MEMBERS = Lifecycle[MemberStatus](
    (
        Transition("apply", frozenset({MemberStatus.DECLINED}), MemberStatus.APPLIED, by_link),
        Transition("forget", frozenset({MemberStatus.APPLIED}), MemberStatus.DECLINED, by_link),
        Transition(
            "confirm",
            frozenset({MemberStatus.APPLIED, MemberStatus.DECLINED}),
            MemberStatus.CONFIRMED,
            by_link,
        ),
        Transition("approve", frozenset({MemberStatus.CONFIRMED}), MemberStatus.APPROVED, can_vet),
        Transition("decline", frozenset({MemberStatus.CONFIRMED}), MemberStatus.DECLINED, can_vet),
        Transition("suspend", frozenset({MemberStatus.APPROVED}), MemberStatus.SUSPENDED, can_vet),
        Transition("reinstate", frozenset({MemberStatus.SUSPENDED}), MemberStatus.APPROVED, can_vet),
        Transition("lapse", frozenset({MemberStatus.APPROVED}), MemberStatus.LAPSED, by_link),
        Transition("renew", frozenset({MemberStatus.LAPSED}), MemberStatus.CONFIRMED, is_self),
        Transition("erase", frozenset(MemberStatus) - {MemberStatus.ERASED}, MemberStatus.ERASED, by_link),
    )
)
"""Who is erased is erased for good; what that takes besides is told in `hub.privacy.erasure`."""

LAW_ENFORCEMENT = Lifecycle[LawEnforcementState](
    (
        Transition(
            "support",
            frozenset({LawEnforcementState.REQUESTED}),
            LawEnforcementState.SUPPORTED,
            can_verify,
        ),
        Transition(
            "verify", frozenset({LawEnforcementState.SUPPORTED}), LawEnforcementState.VERIFIED, can_verify
        ),
        Transition(
            "reopen", frozenset({LawEnforcementState.SUPPORTED}), LawEnforcementState.REQUESTED, by_link
        ),
        Transition(
            "decline",
            frozenset({LawEnforcementState.REQUESTED, LawEnforcementState.SUPPORTED}),
            LawEnforcementState.DECLINED,
            can_decline_status,
        ),
        Transition(
            "withdraw",
            frozenset({LawEnforcementState.REQUESTED, LawEnforcementState.SUPPORTED}),
            LawEnforcementState.WITHDRAWN,
            is_self,
        ),
        Transition(
            "revoke", frozenset({LawEnforcementState.VERIFIED}), LawEnforcementState.REVOKED, can_revoke
        ),
    )
)

FACTOR_RESETS = Lifecycle[FactorResetStatus](
    (
        Transition(
            "support",
            frozenset({FactorResetStatus.REQUESTED}),
            FactorResetStatus.SUPPORTED,
            can_decide_reset,
        ),
        Transition(
            "approve", frozenset({FactorResetStatus.SUPPORTED}), FactorResetStatus.APPROVED, can_decide_reset
        ),
        Transition("reopen", frozenset({FactorResetStatus.SUPPORTED}), FactorResetStatus.REQUESTED, by_link),
        Transition(
            "decline",
            frozenset({FactorResetStatus.REQUESTED, FactorResetStatus.SUPPORTED}),
            FactorResetStatus.DECLINED,
            can_decline_reset,
        ),
        Transition(
            "stop",
            frozenset({FactorResetStatus.REQUESTED, FactorResetStatus.SUPPORTED, FactorResetStatus.APPROVED}),
            FactorResetStatus.STOPPED,
            is_self,
        ),
        Transition("complete", frozenset({FactorResetStatus.APPROVED}), FactorResetStatus.DONE, by_link),
    )
)

ROLE_PROPOSALS = Lifecycle[ProposalStatus](
    (
        Transition(
            "approve", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.APPROVED, can_decide_proposal
        ),
        Transition(
            "decline", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.DECLINED, can_decide_proposal
        ),
        Transition(
            "withdraw",
            frozenset({ProposalStatus.PROPOSED}),
            ProposalStatus.WITHDRAWN,
            can_withdraw_proposal,
        ),
    )
)

ABUSE_REPORTS = Lifecycle[AbuseStatus](
    (
        Transition("uphold", frozenset({AbuseStatus.SUBMITTED}), AbuseStatus.UPHELD, can_decide_abuse),
        Transition("dismiss", frozenset({AbuseStatus.SUBMITTED}), AbuseStatus.DISMISSED, can_decide_abuse),
    )
)

ORGANISATIONS = Lifecycle[OrganisationStatus](
    (
        Transition(
            "verify",
            frozenset({OrganisationStatus.UNVERIFIED, OrganisationStatus.LAPSED}),
            OrganisationStatus.VERIFIED,
            by_link,
        ),
        Transition(
            "verify_again", frozenset({OrganisationStatus.VERIFIED}), OrganisationStatus.VERIFIED, by_link
        ),
        Transition(
            "begin_anew",
            frozenset({OrganisationStatus.VERIFIED, OrganisationStatus.LAPSED}),
            OrganisationStatus.UNVERIFIED,
            by_link,
        ),
        Transition("lapse", frozenset({OrganisationStatus.VERIFIED}), OrganisationStatus.LAPSED, by_link),
        Transition(
            "end", frozenset({OrganisationStatus.VERIFIED}), OrganisationStatus.LAPSED, can_end_verification
        ),
    )
)
"""Verified by a request that was approved, never by a button of its own; a new name or the like begins anew."""

VERIFICATIONS = Lifecycle[VerificationStatus](
    (
        Transition(
            "approve",
            frozenset({VerificationStatus.REQUESTED}),
            VerificationStatus.APPROVED,
            can_decide_verification,
        ),
        Transition(
            "decline",
            frozenset({VerificationStatus.REQUESTED}),
            VerificationStatus.DECLINED,
            can_decide_verification,
        ),
        Transition(
            "withdraw",
            frozenset({VerificationStatus.REQUESTED}),
            VerificationStatus.WITHDRAWN,
            can_withdraw_verification,
        ),
    )
)

MERGES = Lifecycle[ProposalStatus](
    (
        Transition(
            "approve", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.APPROVED, can_decide_merge
        ),
        Transition(
            "decline", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.DECLINED, can_decide_merge
        ),
        Transition(
            "withdraw", frozenset({ProposalStatus.PROPOSED}), ProposalStatus.WITHDRAWN, can_withdraw_merge
        ),
    )
)
