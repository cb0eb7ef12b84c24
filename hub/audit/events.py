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
    INNOVATION_WIDEN = "innovation:widen"
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
    REQUEST_DRAFT = "request:draft"
    REQUEST_DISCARD = "request:discard"
    REQUEST_SUBMIT = "request:submit"
    REQUEST_SEND = "request:send"
    REQUEST_TAKE = "request:take"
    REQUEST_RELEASE = "request:release"
    REQUEST_PUBLISH = "request:publish"
    REQUEST_REQUEST_CHANGES = "request:request_changes"
    REQUEST_DECLINE = "request:decline"
    REQUEST_WITHDRAW = "request:withdraw"
    REQUEST_CANCEL = "request:cancel"
    REQUEST_DISCUSS = "request:discuss"
    REQUEST_AGREE = "request:agree"
    REQUEST_START = "request:start"
    REQUEST_COMPLETE = "request:complete"
    REQUEST_EXPIRE = "request:expire"
    REQUEST_REOPEN = "request:reopen"
    REQUEST_EXTEND = "request:extend"
    RECEIVER_REFUSE = "receiver:refuse"
    RECEIVER_LAPSE = "receiver:lapse"
    REQUEST_ESCALATE = "request:escalate"
    REQUIREMENTS_PROPOSE = "requirements:propose"
    REQUIREMENTS_TAKE = "requirements:take"
    REQUIREMENTS_RELEASE = "requirements:release"
    REQUIREMENTS_CHANGE = "requirements:change"
    REQUIREMENTS_DECLINE = "requirements:decline"
    REQUIREMENTS_WITHDRAW = "requirements:withdraw"
    QUESTION_ASK = "question:ask"
    QUESTION_ANSWER = "question:answer"
    QUESTION_SET_ASIDE = "question:set_aside"
    QUESTION_WITHDRAW = "question:withdraw"
    RESPONSE_SUBMIT = "response:submit"
    RESPONSE_CHANGE = "response:change"
    RESPONSE_SHORTLIST = "response:shortlist"
    RESPONSE_UNSHORTLIST = "response:unshortlist"
    RESPONSE_ACCEPT = "response:accept"
    RESPONSE_DECLINE = "response:decline"
    RESPONSE_CLOSE = "response:close"
    RESPONSE_WITHDRAW = "response:withdraw"
    CONVERSATION_START = "conversation:start"
    CONVERSATION_RAISE = "conversation:raise"
    CONVERSATION_LEAVE = "conversation:leave"
    CONVERSATION_RETURN = "conversation:return"
    CONVERSATION_CALL = "conversation:call"
    CALL_TAKE = "call:take"
    CALL_RELEASE = "call:release"
    CALL_ANSWER = "call:answer"
    CALL_WITHDRAW = "call:withdraw"
    PLAN_CHANGE = "plan:change"
    OUTCOME_RECORD = "outcome:record"
    OUTCOME_REVISE = "outcome:revise"
    OUTCOME_AGREE = "outcome:agree"
    OUTCOME_DISPUTE = "outcome:dispute"
    OUTCOME_REPLICATE = "outcome:replicate"
    COUNTRY_STATE = "country:state"
    MEMBER_CREATE = "member:create"
    MEMBER_GRANT = "member:grant"
    MEMBER_VERIFY = "member:verify"
    MEMBER_APPLY = "member:apply"
    MEMBER_FORGET = "member:forget"
    MEMBER_CONFIRM = "member:confirm"
    MEMBER_APPROVE = "member:approve"
    MEMBER_DECLINE = "member:decline"
    MEMBER_SUSPEND = "member:suspend"
    MEMBER_REINSTATE = "member:reinstate"
    MEMBER_LAPSE = "member:lapse"
    MEMBER_RENEW = "member:renew"
    MEMBER_VET = "member:vet"
    MEMBER_INVITE = "member:invite"
    MEMBER_REVOKE_INVITATION = "member:revoke_invitation"
    MEMBER_ACCEPT_INVITATION = "member:accept_invitation"
    MEMBER_PROPOSE_ROLE = "member:propose_role"
    MEMBER_DECLINE_ROLE = "member:decline_role"
    MEMBER_WITHDRAW_ROLE = "member:withdraw_role"
    MEMBER_END_ROLE = "member:end_role"
    MEMBER_OFFER_ROLE = "member:offer_role"
    MEMBER_ACCEPT_ROLE = "member:accept_role"
    MEMBER_REFUSE_ROLE = "member:refuse_role"
    MEMBER_REQUEST_STATUS = "member:request_status"
    MEMBER_SUPPORT_STATUS = "member:support_status"
    MEMBER_DECLINE_STATUS = "member:decline_status"
    MEMBER_WITHDRAW_STATUS = "member:withdraw_status"
    MEMBER_REVOKE_STATUS = "member:revoke_status"
    MEMBER_ADD_FACTOR = "member:add_factor"
    MEMBER_REMOVE_FACTOR = "member:remove_factor"
    MEMBER_MAKE_RECOVERY_CODES = "member:make_recovery_codes"
    MEMBER_USE_RECOVERY_CODE = "member:use_recovery_code"
    MEMBER_REQUEST_RESET = "member:request_reset"
    MEMBER_SUPPORT_RESET = "member:support_reset"
    MEMBER_APPROVE_RESET = "member:approve_reset"
    MEMBER_DECLINE_RESET = "member:decline_reset"
    MEMBER_STOP_RESET = "member:stop_reset"
    MEMBER_COMPLETE_RESET = "member:complete_reset"
    MEMBER_CHANGE_PASSWORD = "member:change_password"  # noqa: S105 - the name of an event
    MEMBER_CHANGE_ADDRESS = "member:change_address"
    MEMBER_DECLARE_INTEREST = "member:declare_interest"
    MEMBER_END_INTEREST = "member:end_interest"
    MEMBER_STRIKE_INTEREST = "member:strike_interest"
    MEMBER_CHANGE_PROFILE = "member:change_profile"
    MEMBER_REPORT_ABUSE = "member:report_abuse"
    MEMBER_UPHOLD_ABUSE = "member:uphold_abuse"
    MEMBER_DISMISS_ABUSE = "member:dismiss_abuse"
    MEMBER_EXPORT_DATA = "member:export_data"
    MEMBER_ERASE = "member:erase"
    TERM_KEEP = "term:keep"
    TERM_MERGE = "term:merge"
    TERM_REMOVE = "term:remove"
    ORGANISATION_REGISTER = "organisation:register"
    ORGANISATION_CHANGE = "organisation:change"
    ORGANISATION_ASK_VERIFICATION = "organisation:ask_verification"
    ORGANISATION_VERIFY = "organisation:verify"
    ORGANISATION_DECLINE = "organisation:decline"
    ORGANISATION_WITHDRAW = "organisation:withdraw"
    ORGANISATION_LAPSE = "organisation:lapse"
    ORGANISATION_PROPOSE_MERGE = "organisation:propose_merge"
    ORGANISATION_MERGE = "organisation:merge"
    ORGANISATION_DECLINE_MERGE = "organisation:decline_merge"
    ORGANISATION_WITHDRAW_MERGE = "organisation:withdraw_merge"
    MEMBERSHIP_START = "membership:start"
    MEMBERSHIP_END = "membership:end"
    MEMBERSHIP_CHANGE = "membership:change"
    RECUSAL_RECORD = "recusal:record"
    AUDIT_PROPOSE_ERASURE = "audit:propose_erasure"
    AUDIT_APPROVE_ERASURE = "audit:approve_erasure"
    AUDIT_DECLINE_ERASURE = "audit:decline_erasure"
    AUDIT_WITHDRAW_ERASURE = "audit:withdraw_erasure"
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
    Event.INNOVATION_WIDEN: N_("Audience widened by two coordinators"),
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
    Event.REQUEST_DRAFT: N_("Request for a partner begun"),
    Event.REQUEST_DISCARD: N_("Draft of a request discarded"),
    Event.REQUEST_SUBMIT: N_("Request sent to review"),
    Event.REQUEST_SEND: N_("Request sent to named receivers"),
    Event.REQUEST_TAKE: N_("Request taken for review"),
    Event.REQUEST_RELEASE: N_("Request given back to the queue"),
    Event.REQUEST_PUBLISH: N_("Request published"),
    Event.REQUEST_REQUEST_CHANGES: N_("Changes to a request asked for"),
    Event.REQUEST_DECLINE: N_("Request declined"),
    Event.REQUEST_WITHDRAW: N_("Request withdrawn"),
    Event.REQUEST_CANCEL: N_("Partnership cancelled"),
    Event.REQUEST_DISCUSS: N_("Request taken into discussion"),
    Event.REQUEST_AGREE: N_("Partner agreed"),
    Event.REQUEST_START: N_("Partnership started"),
    Event.REQUEST_COMPLETE: N_("Partnership completed"),
    Event.REQUEST_EXPIRE: N_("Request expired"),
    Event.REQUEST_REOPEN: N_("Request opened again"),
    Event.REQUEST_EXTEND: N_("Due date of a request moved"),
    Event.RECEIVER_REFUSE: N_("Receiver will not respond"),
    Event.RECEIVER_LAPSE: N_("Receiver can no longer be reached"),
    Event.REQUEST_ESCALATE: N_("Unanswered matter escalated"),
    Event.REQUIREMENTS_PROPOSE: N_("New requirements proposed"),
    Event.REQUIREMENTS_TAKE: N_("New requirements taken for review"),
    Event.REQUIREMENTS_RELEASE: N_("New requirements given back to the queue"),
    Event.REQUIREMENTS_CHANGE: N_("Requirements changed"),
    Event.REQUIREMENTS_DECLINE: N_("New requirements declined"),
    Event.REQUIREMENTS_WITHDRAW: N_("New requirements withdrawn"),
    Event.QUESTION_ASK: N_("Question asked"),
    Event.QUESTION_ANSWER: N_("Question answered"),
    Event.QUESTION_SET_ASIDE: N_("Question set aside"),
    Event.QUESTION_WITHDRAW: N_("Question withdrawn"),
    Event.RESPONSE_SUBMIT: N_("Response submitted"),
    Event.RESPONSE_CHANGE: N_("Response changed"),
    Event.RESPONSE_SHORTLIST: N_("Response shortlisted"),
    Event.RESPONSE_UNSHORTLIST: N_("Response taken off the shortlist"),
    Event.RESPONSE_ACCEPT: N_("Response accepted"),
    Event.RESPONSE_DECLINE: N_("Response declined"),
    Event.RESPONSE_CLOSE: N_("Response declined at closing"),
    Event.RESPONSE_WITHDRAW: N_("Response withdrawn"),
    Event.CONVERSATION_START: N_("Conversation begun"),
    Event.CONVERSATION_RAISE: N_("Label of a conversation raised"),
    Event.CONVERSATION_LEAVE: N_("Conversation left"),
    Event.CONVERSATION_RETURN: N_("Came back to a conversation"),
    Event.CONVERSATION_CALL: N_("Coordinator called"),
    Event.CALL_TAKE: N_("Call for a coordinator taken"),
    Event.CALL_RELEASE: N_("Call for a coordinator given back"),
    Event.CALL_ANSWER: N_("Call for a coordinator answered"),
    Event.CALL_WITHDRAW: N_("Call for a coordinator withdrawn"),
    Event.PLAN_CHANGE: N_("Plan changed"),
    Event.OUTCOME_RECORD: N_("Outcome recorded"),
    Event.OUTCOME_REVISE: N_("Outcome revised"),
    Event.OUTCOME_AGREE: N_("Outcome agreed"),
    Event.OUTCOME_DISPUTE: N_("Outcome disputed"),
    Event.OUTCOME_REPLICATE: N_("Replication proposed from an outcome"),
    Event.COUNTRY_STATE: N_("Prerequisite of a country stated"),
    Event.MEMBER_CREATE: N_("Account created"),
    Event.MEMBER_GRANT: N_("Role granted"),
    Event.MEMBER_VERIFY: N_("Law-enforcement status verified"),
    Event.MEMBER_APPLY: N_("Applied to join"),
    Event.MEMBER_FORGET: N_("Application deleted whose address nobody confirmed"),
    Event.MEMBER_CONFIRM: N_("Address confirmed"),
    Event.MEMBER_APPROVE: N_("Approved as member"),
    Event.MEMBER_DECLINE: N_("Application declined"),
    Event.MEMBER_SUSPEND: N_("Suspended"),
    Event.MEMBER_REINSTATE: N_("Reinstated"),
    Event.MEMBER_LAPSE: N_("Vetting lapsed"),
    Event.MEMBER_RENEW: N_("Asked to be vetted again"),
    Event.MEMBER_VET: N_("Vetted for another year"),
    Event.MEMBER_INVITE: N_("Invited somebody"),
    Event.MEMBER_REVOKE_INVITATION: N_("Invitation revoked"),
    Event.MEMBER_ACCEPT_INVITATION: N_("Invitation accepted"),
    Event.MEMBER_PROPOSE_ROLE: N_("Role proposed"),
    Event.MEMBER_DECLINE_ROLE: N_("Proposal of a role declined"),
    Event.MEMBER_WITHDRAW_ROLE: N_("Proposal of a role withdrawn"),
    Event.MEMBER_END_ROLE: N_("Role ended"),
    Event.MEMBER_OFFER_ROLE: N_("Role offered to the next"),
    Event.MEMBER_ACCEPT_ROLE: N_("Offered role accepted"),
    Event.MEMBER_REFUSE_ROLE: N_("Offered role refused"),
    Event.MEMBER_REQUEST_STATUS: N_("Law-enforcement status asked for"),
    Event.MEMBER_SUPPORT_STATUS: N_("Law-enforcement status supported by a first coordinator"),
    Event.MEMBER_DECLINE_STATUS: N_("Law-enforcement status declined"),
    Event.MEMBER_WITHDRAW_STATUS: N_("Law-enforcement status no longer asked for"),
    Event.MEMBER_REVOKE_STATUS: N_("Law-enforcement status revoked"),
    Event.MEMBER_ADD_FACTOR: N_("Second factor added"),
    Event.MEMBER_REMOVE_FACTOR: N_("Second factor removed"),
    Event.MEMBER_MAKE_RECOVERY_CODES: N_("Recovery codes made"),
    Event.MEMBER_USE_RECOVERY_CODE: N_("Recovery code used"),
    Event.MEMBER_REQUEST_RESET: N_("Second factors reported lost"),
    Event.MEMBER_SUPPORT_RESET: N_("Loss of second factors confirmed by a first coordinator"),
    Event.MEMBER_APPROVE_RESET: N_("Loss of second factors confirmed by a second coordinator"),
    Event.MEMBER_DECLINE_RESET: N_("Report of lost second factors declined"),
    Event.MEMBER_STOP_RESET: N_("Report of lost second factors stopped"),
    Event.MEMBER_COMPLETE_RESET: N_("Lost second factors removed"),
    Event.MEMBER_CHANGE_PASSWORD: N_("Password changed"),
    Event.MEMBER_CHANGE_ADDRESS: N_("Email address changed"),
    Event.MEMBER_DECLARE_INTEREST: N_("Interest declared"),
    Event.MEMBER_END_INTEREST: N_("Declared interest ended"),
    Event.MEMBER_STRIKE_INTEREST: N_("Declared interest struck"),
    Event.MEMBER_CHANGE_PROFILE: N_("Profile changed"),
    Event.MEMBER_REPORT_ABUSE: N_("Abuse reported"),
    Event.MEMBER_UPHOLD_ABUSE: N_("Report of abuse upheld"),
    Event.MEMBER_DISMISS_ABUSE: N_("Report of abuse dismissed"),
    Event.MEMBER_EXPORT_DATA: N_("Own data asked for"),
    Event.MEMBER_ERASE: N_("Account erased"),
    Event.TERM_KEEP: N_("Added word kept"),
    Event.TERM_MERGE: N_("Added word merged with another"),
    Event.TERM_REMOVE: N_("Added word removed"),
    Event.ORGANISATION_REGISTER: N_("Organisation registered"),
    Event.ORGANISATION_CHANGE: N_("Organisation changed"),
    Event.ORGANISATION_ASK_VERIFICATION: N_("Verification of an organisation asked for"),
    Event.ORGANISATION_VERIFY: N_("Organisation verified"),
    Event.ORGANISATION_DECLINE: N_("Verification of an organisation declined"),
    Event.ORGANISATION_WITHDRAW: N_("Verification of an organisation no longer asked for"),
    Event.ORGANISATION_LAPSE: N_("Verification of an organisation lapsed"),
    Event.ORGANISATION_PROPOSE_MERGE: N_("Merge of organisations proposed"),
    Event.ORGANISATION_MERGE: N_("Organisations merged"),
    Event.ORGANISATION_DECLINE_MERGE: N_("Merge of organisations declined"),
    Event.ORGANISATION_WITHDRAW_MERGE: N_("Merge of organisations withdrawn"),
    Event.MEMBERSHIP_START: N_("Membership began"),
    Event.MEMBERSHIP_END: N_("Membership ended"),
    Event.MEMBERSHIP_CHANGE: N_("Role in an organisation changed"),
    Event.RECUSAL_RECORD: N_("Recused"),
    Event.AUDIT_PROPOSE_ERASURE: N_("Erasure of logged matter proposed"),
    Event.AUDIT_APPROVE_ERASURE: N_("Erasure of logged matter approved"),
    Event.AUDIT_DECLINE_ERASURE: N_("Erasure of logged matter declined"),
    Event.AUDIT_WITHDRAW_ERASURE: N_("Erasure of logged matter withdrawn"),
    Event.AUDIT_ERASE: N_("Private part of an entry erased"),
}
