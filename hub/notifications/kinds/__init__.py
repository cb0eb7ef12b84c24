"""Every kind of notification: its topic, its words, and how often topics are mailed where nobody chose."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.collaboration import COLLABORATION
from hub.notifications.kinds.commitments import COMMITMENTS
from hub.notifications.kinds.kind import MOMENTS, Kind
from hub.notifications.kinds.matching import MATCHING
from hub.notifications.kinds.showcases import SHOWCASES
from hub.notifications.models import Frequency, Topic

TOPIC_NAMES = {
    Topic.MESSAGES: N_("Messages from members"),
    Topic.RECORDS: N_("Innovations that you look after"),
    Topic.COLLABORATION: N_("Requests and responses"),
    Topic.SHOWCASES: N_("Showcases"),
    Topic.MATCHES: N_("Suggestions for you"),
    Topic.COMMITMENTS: N_("Commitments"),
    Topic.ORGANISATIONS: N_("Your organisations"),
    Topic.FOLLOWING: N_("What you follow"),
    Topic.DESK: N_("What waits for you to decide"),
    Topic.ACCOUNT: N_("Your account"),
}
"""Message ids of what each topic is called."""

FREQUENCY_NAMES = {
    Frequency.AT_ONCE: N_("At once"),
    Frequency.DAILY: N_("Once a day"),
    Frequency.WEEKLY: N_("Once a week"),
    Frequency.OFF: N_("No mail"),
}

USUAL = {
    Topic.MESSAGES: Frequency.AT_ONCE,
    Topic.RECORDS: Frequency.AT_ONCE,
    Topic.COLLABORATION: Frequency.AT_ONCE,
    Topic.SHOWCASES: Frequency.AT_ONCE,
    Topic.MATCHES: Frequency.OFF,
    Topic.COMMITMENTS: Frequency.AT_ONCE,
    Topic.ORGANISATIONS: Frequency.AT_ONCE,
    Topic.FOLLOWING: Frequency.DAILY,
    Topic.DESK: Frequency.DAILY,
    Topic.ACCOUNT: Frequency.OFF,
}
"""How often each topic is mailed to those who chose nothing; what concerns an account has mails of its own."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # messages
        "message_received": Kind(Topic.MESSAGES, N_("%(thing)s wrote to you"), N_("A member wrote to you")),
        "abuse_decided": Kind(
            Topic.MESSAGES,
            N_("A coordinator decided about your report of abuse"),
            N_("A coordinator decided about your report of abuse"),
        ),
        "shortlist_shared": Kind(
            Topic.MESSAGES,
            N_("A member shared a shortlist with you"),
            N_("A member shared a shortlist with you"),
        ),
        # records that one looks after
        "innovation_published": Kind(
            Topic.RECORDS,
            N_("%(thing)s was published"),
            N_("An innovation that you look after was published"),
        ),
        "changes_requested": Kind(
            Topic.RECORDS,
            N_("Changes were requested for %(thing)s"),
            N_("Changes were requested for an innovation that you look after"),
        ),
        "innovation_declined": Kind(
            Topic.RECORDS, N_("%(thing)s was declined"), N_("An innovation that you look after was declined")
        ),
        "evidence_decided": Kind(
            Topic.RECORDS,
            N_("A coordinator decided about evidence for %(thing)s"),
            N_("A coordinator decided about evidence for an innovation that you look after"),
        ),
        "replication_claimed": Kind(
            Topic.RECORDS,
            N_("A replication of %(thing)s waits for confirmation"),
            N_("A replication waits for confirmation"),
        ),
        "confirmation_due": Kind(
            Topic.RECORDS,
            N_("Confirm that %(thing)s is still right"),
            N_("Confirm that an innovation you look after is still right"),
        ),
        "problem_answered": Kind(
            Topic.RECORDS,
            N_("The problem that you reported about %(thing)s was answered"),
            N_("A problem that you reported was answered"),
        ),
        "ownership_offered": Kind(
            Topic.RECORDS,
            N_("%(thing)s was offered to your organisation"),
            N_("An innovation was offered to your organisation"),
        ),
        "claim_decided": Kind(
            Topic.RECORDS,
            N_("A coordinator decided about your claim on %(thing)s"),
            N_("A coordinator decided about your claim on an innovation"),
        ),
        # organisations
        "organisation_verified": Kind(
            Topic.ORGANISATIONS, N_("%(thing)s is verified"), N_("Your organisation is verified")
        ),
        "verification_declined": Kind(
            Topic.ORGANISATIONS,
            N_("The verification of %(thing)s was declined"),
            N_("The verification of your organisation was declined"),
        ),
        "verification_due": Kind(
            Topic.ORGANISATIONS,
            N_("The verification of %(thing)s ends soon"),
            N_("The verification of your organisation ends soon"),
        ),
        "verification_lapsed": Kind(
            Topic.ORGANISATIONS,
            N_("The verification of %(thing)s has lapsed"),
            N_("The verification of your organisation has lapsed"),
        ),
        "organisation_merged": Kind(
            Topic.ORGANISATIONS,
            N_("Your organisation was merged into %(thing)s"),
            N_("Your organisation was merged into another one"),
        ),
        "merged_without_you": Kind(
            Topic.ORGANISATIONS,
            N_(
                "Your organisation was merged into %(thing)s. Your membership ended: you may ask to be invited"
            ),
            N_("Your organisation was merged into another one. Your membership ended"),
        ),
        "organisation_took_in": Kind(
            Topic.ORGANISATIONS,
            N_("Another organisation was merged into %(thing)s"),
            N_("Another organisation was merged into yours"),
        ),
        "speaking_declined": Kind(
            Topic.ORGANISATIONS,
            N_("Your request to speak for %(thing)s was declined"),
            N_("Your request to speak for an organisation was declined"),
        ),
        "membership_started": Kind(
            Topic.ORGANISATIONS, N_("You belong to %(thing)s now"), N_("You belong to an organisation now")
        ),
        "membership_changed": Kind(
            Topic.ORGANISATIONS,
            N_("Your role in %(thing)s has changed"),
            N_("Your role in an organisation has changed"),
        ),
        "membership_ended": Kind(
            Topic.ORGANISATIONS,
            N_("Your membership of %(thing)s has ended"),
            N_("Your membership of an organisation has ended"),
        ),
        "member_joined": Kind(
            Topic.ORGANISATIONS,
            N_("A member has joined %(thing)s"),
            N_("A member has joined your organisation"),
        ),
        "invitation_received": Kind(
            Topic.ORGANISATIONS,
            N_("You are invited to belong to %(thing)s"),
            N_("You are invited to belong to an organisation"),
            has_mail=True,
        ),
        "member_left": Kind(
            Topic.ORGANISATIONS,
            N_("A member has left %(thing)s"),
            N_("A member has left your organisation"),
        ),
        # what one follows
        "followed_published": Kind(
            Topic.FOLLOWING, N_("New: %(thing)s"), N_("An innovation in what you follow was published")
        ),
        "request_found": Kind(
            Topic.FOLLOWING,
            N_("New request: %(thing)s"),
            N_("A request that a search of yours finds was opened"),
        ),
        "followed_revised": Kind(
            Topic.FOLLOWING,
            N_("%(thing)s was published in a new version"),
            N_("An innovation that you follow was published in a new version"),
        ),
        "followed_evidence": Kind(
            Topic.FOLLOWING,
            N_("New evidence for %(thing)s was accepted"),
            N_("New evidence for an innovation that you follow was accepted"),
        ),
        "followed_replication": Kind(
            Topic.FOLLOWING,
            N_("A replication of %(thing)s was confirmed"),
            N_("A replication of an innovation that you follow was confirmed"),
        ),
        "followed_archived": Kind(
            Topic.FOLLOWING, N_("%(thing)s was archived"), N_("An innovation that you follow was archived")
        ),
        "followed_organisation": Kind(
            Topic.FOLLOWING, N_("%(thing)s was verified"), N_("An organisation that you follow was verified")
        ),
        "followed_country": Kind(
            Topic.FOLLOWING,
            N_("%(thing)s stated what it has in place"),
            N_("A country that you follow stated what it has in place"),
        ),
        # desks
        "verification_asked": Kind(
            Topic.DESK, N_("%(thing)s asks to be verified"), N_("An organisation asks to be verified")
        ),
        "abuse_reported": Kind(
            Topic.DESK,
            N_("A report of abuse waits for a decision"),
            N_("A report of abuse waits for a decision"),
        ),
        "organisation_unspoken": Kind(
            Topic.DESK,
            N_("Nobody speaks for %(thing)s any more"),
            N_("Nobody speaks for an organisation of your country any more"),
        ),
        **COLLABORATION,
        **SHOWCASES,
        **MATCHING,
        **COMMITMENTS,
        # account
        "export_ready": Kind(
            Topic.ACCOUNT,
            N_("The file with your own data is ready"),
            N_("The file with your own data is ready"),
        ),
    }
)
"""Every kind that `notify` may be asked for."""


def dated(kind: str, words: str, moment: str, translate: Callable[[str], str]) -> str:
    """Return the words of a notification together with its moment; the words alone where it has none.

    Args:
        kind: of the notification.
        words: in the reader's language.
        moment: as the reader's clocks show it, in their language; may be empty.
        translate: returns the words for a message id.
    """
    which = KINDS[kind].dated
    if which is None or not moment:
        return words
    return translate(MOMENTS[which]) % {"words": words, "moment": moment}


def usual_frequency(kind: str) -> Frequency:
    """Return how often what is told so is mailed to those who chose nothing for its topic."""
    return KINDS[kind].usual or USUAL[KINDS[kind].topic]


def names_a_thing(kind: str) -> bool:
    """Whether the words of this kind name what they are about, which then has to be looked up."""
    return "%(thing)s" in KINDS[kind].words
