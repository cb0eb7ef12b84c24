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
    Event.MEMBER_CREATE: N_("Account created"),
    Event.MEMBER_GRANT: N_("Role granted"),
    Event.MEMBER_VERIFY: N_("Law-enforcement status verified"),
    Event.AUDIT_ERASE: N_("Private part of an entry erased"),
}
