"""From which state people, their status and proposals may go where, and who may take them there."""

from hub.core.lifecycle import Lifecycle, Transition
from hub.integrity.four_eyes import ProposalStatus
from hub.members.models import MemberStatus
from hub.organisations.models import LawEnforcementState
from hub.vetting.models import FactorResetStatus
from hub.vetting.permissions import (
    by_link,
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
    )
)
"""Erasure comes with the capability of privacy."""

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
