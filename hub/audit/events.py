"""The words of the audit log: every tag that may be recorded, with its label."""

from enum import StrEnum

from hub.core.i18n import N_


class Event(StrEnum):
    """What was done, as `subject:action`; the action is the word used in lifecycle, address and button."""

    INNOVATION_REGISTER = "innovation:register"
    INNOVATION_REVISE = "innovation:revise"
    INNOVATION_SUBMIT = "innovation:submit"
    INNOVATION_WITHDRAW = "innovation:withdraw"
    INNOVATION_TAKE = "innovation:take"
    INNOVATION_RELEASE = "innovation:release"
    INNOVATION_REQUEST_CHANGES = "innovation:request_changes"
    INNOVATION_DECLINE = "innovation:decline"
    INNOVATION_PUBLISH = "innovation:publish"
    INNOVATION_NARROW = "innovation:narrow"
    INNOVATION_DISCARD = "innovation:discard"
    INNOVATION_ARCHIVE = "innovation:archive"
    INNOVATION_RESTORE = "innovation:restore"
    INNOVATION_CONFIRM = "innovation:confirm"
    INNOVATION_TAKE_DOWN = "innovation:take_down"
    INNOVATION_FEATURE = "innovation:feature"
    INNOVATION_END_FEATURE = "innovation:end_feature"
    INNOVATION_PROPOSE = "innovation:propose"
    INNOVATION_DECLINE_PROPOSAL = "innovation:decline_proposal"
    INNOVATION_WITHDRAW_PROPOSAL = "innovation:withdraw_proposal"
    INNOVATION_CLAIM = "innovation:claim"
    INNOVATION_ACCEPT_CLAIM = "innovation:accept_claim"
    INNOVATION_DECLINE_CLAIM = "innovation:decline_claim"
    INNOVATION_WITHDRAW_CLAIM = "innovation:withdraw_claim"
    INNOVATION_OFFER = "innovation:offer"
    INNOVATION_ACCEPT_OFFER = "innovation:accept_offer"
    INNOVATION_DECLINE_OFFER = "innovation:decline_offer"
    INNOVATION_WITHDRAW_OFFER = "innovation:withdraw_offer"
    INNOVATION_REPORT_PROBLEM = "innovation:report_problem"
    INNOVATION_ANSWER_PROBLEM = "innovation:answer_problem"
    TASK_TAKE = "task:take"
    TASK_RELEASE = "task:release"
    EVIDENCE_ADD = "evidence:add"
    EVIDENCE_ACCEPT = "evidence:accept"
    EVIDENCE_REJECT = "evidence:reject"
    EVIDENCE_WITHDRAW = "evidence:withdraw"
    EVIDENCE_REOPEN = "evidence:reopen"
    REPLICATION_CLAIM = "replication:claim"
    REPLICATION_CONFIRM = "replication:confirm"
    REPLICATION_SUPPORT = "replication:support"
    REPLICATION_UNSUPPORT = "replication:unsupport"
    REPLICATION_VERIFY = "replication:verify"
    REPLICATION_DISPUTE = "replication:dispute"
    REPLICATION_ANSWER = "replication:answer"
    REPLICATION_SETTLE = "replication:settle"
    REPLICATION_WITHDRAW = "replication:withdraw"
    REPLICATION_FAIL = "replication:fail"
    ANNEX_ADD = "annex:add"
    ANNEX_SAVE = "annex:save"
    ANNEX_REMOVE = "annex:remove"
    COUNTRY_STATE = "country:state"
    MEMBER_CREATE = "member:create"
    MEMBER_GRANT = "member:grant"
    MEMBER_VERIFY = "member:verify"
    AUDIT_ERASE = "audit:erase"

    @property
    def label(self) -> str:
        """The message id that tells people what happened."""
        return LABELS[self]


LABELS: dict[Event, str] = {
    Event.INNOVATION_REGISTER: N_("Registered"),
    Event.INNOVATION_REVISE: N_("New revision started"),
    Event.INNOVATION_SUBMIT: N_("Submitted for review"),
    Event.INNOVATION_WITHDRAW: N_("Withdrawn"),
    Event.INNOVATION_TAKE: N_("Taken for review"),
    Event.INNOVATION_RELEASE: N_("Given back to the queue"),
    Event.INNOVATION_REQUEST_CHANGES: N_("Changes requested"),
    Event.INNOVATION_DECLINE: N_("Declined"),
    Event.INNOVATION_PUBLISH: N_("Approved and published"),
    Event.INNOVATION_NARROW: N_("Audience narrowed"),
    Event.INNOVATION_DISCARD: N_("Discarded"),
    Event.INNOVATION_ARCHIVE: N_("Archived"),
    Event.INNOVATION_RESTORE: N_("Published again"),
    Event.INNOVATION_CONFIRM: N_("Confirmed by its owner"),
    Event.INNOVATION_TAKE_DOWN: N_("Taken down"),
    Event.INNOVATION_FEATURE: N_("Featured"),
    Event.INNOVATION_END_FEATURE: N_("No longer featured"),
    Event.INNOVATION_PROPOSE: N_("Proposed to a second coordinator"),
    Event.INNOVATION_DECLINE_PROPOSAL: N_("Proposal declined"),
    Event.INNOVATION_WITHDRAW_PROPOSAL: N_("Proposal withdrawn"),
    Event.INNOVATION_CLAIM: N_("Claimed by an organisation"),
    Event.INNOVATION_ACCEPT_CLAIM: N_("Claim accepted"),
    Event.INNOVATION_DECLINE_CLAIM: N_("Claim declined"),
    Event.INNOVATION_WITHDRAW_CLAIM: N_("Claim withdrawn"),
    Event.INNOVATION_OFFER: N_("Offered to another organisation"),
    Event.INNOVATION_ACCEPT_OFFER: N_("Handed over"),
    Event.INNOVATION_DECLINE_OFFER: N_("Hand-over declined"),
    Event.INNOVATION_WITHDRAW_OFFER: N_("Offer withdrawn"),
    Event.INNOVATION_REPORT_PROBLEM: N_("Problem reported"),
    Event.INNOVATION_ANSWER_PROBLEM: N_("Problem report answered"),
    Event.TASK_TAKE: N_("Task taken"),
    Event.TASK_RELEASE: N_("Task given back"),
    Event.EVIDENCE_ADD: N_("Evidence added"),
    Event.EVIDENCE_ACCEPT: N_("Evidence accepted"),
    Event.EVIDENCE_REJECT: N_("Evidence rejected"),
    Event.EVIDENCE_WITHDRAW: N_("Evidence withdrawn"),
    Event.EVIDENCE_REOPEN: N_("Evidence opened again"),
    Event.REPLICATION_CLAIM: N_("Replication claimed"),
    Event.REPLICATION_CONFIRM: N_("Replication confirmed"),
    Event.REPLICATION_SUPPORT: N_("Evidence for the replication accepted"),
    Event.REPLICATION_UNSUPPORT: N_("Evidence for the replication no longer accepted"),
    Event.REPLICATION_VERIFY: N_("Replication verified"),
    Event.REPLICATION_DISPUTE: N_("Replication disputed"),
    Event.REPLICATION_ANSWER: N_("Dispute answered"),
    Event.REPLICATION_SETTLE: N_("Dispute settled"),
    Event.REPLICATION_WITHDRAW: N_("Replication withdrawn"),
    Event.REPLICATION_FAIL: N_("Replication ended without success"),
    Event.ANNEX_ADD: N_("Annex added"),
    Event.ANNEX_SAVE: N_("Annex changed"),
    Event.ANNEX_REMOVE: N_("Annex removed"),
    Event.COUNTRY_STATE: N_("Prerequisite of a country stated"),
    Event.MEMBER_CREATE: N_("Account created"),
    Event.MEMBER_GRANT: N_("Role granted"),
    Event.MEMBER_VERIFY: N_("Law-enforcement status verified"),
    Event.AUDIT_ERASE: N_("Private part of an entry erased"),
}
