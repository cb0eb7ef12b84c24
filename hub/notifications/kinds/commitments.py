"""Kinds of notifications about commitments; the thing is the commitment, called by its code and title."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.kind import Dated, Kind
from hub.notifications.models import Topic

COMMITMENTS: Mapping[str, Kind] = MappingProxyType(
    {
        # hand-overs
        "handover_offered": Kind(
            Topic.COMMITMENTS,
            N_("You are asked to take over %(thing)s"),
            N_("You are asked to take over a commitment"),
            next_step=N_(
                "Read what is done and what is open, then accept or decline within 14 days. Nothing changes until you"
                " accept."
            ),
        ),
        "handover_accepted": Kind(
            Topic.COMMITMENTS,
            N_("%(thing)s was taken over"),
            N_("A commitment that you keep or handed over was taken over"),
        ),
        "handover_declined": Kind(
            Topic.COMMITMENTS,
            N_("Your offer to hand over %(thing)s was declined"),
            N_("Your offer to hand over a commitment was declined"),
            next_step=N_("Its owner stays the same. You can offer it to somebody else."),
        ),
        "handover_withdrawn": Kind(
            Topic.COMMITMENTS,
            N_("The offer to take over %(thing)s was taken back"),
            N_("The offer to take over a commitment was taken back"),
        ),
        "handover_lapsed": Kind(
            Topic.COMMITMENTS,
            N_("Nobody answered your offer to hand over %(thing)s"),
            N_("Nobody answered your offer to hand over a commitment"),
            next_step=N_("Its owner stays the same. You can offer it again, or to somebody else."),
        ),
        # milestones, told to the owner
        "milestone_due": Kind(
            Topic.COMMITMENTS,
            N_("A milestone of %(thing)s is due soon"),
            N_("A milestone of a commitment of yours is due soon"),
            next_step=N_("Say how far it is, and give evidence for what is done."),
            dated=Dated.COMING,
        ),
        "milestone_overdue": Kind(
            Topic.COMMITMENTS,
            N_("A milestone of %(thing)s is overdue"),
            N_("A milestone of a commitment of yours is overdue"),
            next_step=N_("Say how far it is, and until when it will be done."),
            dated=Dated.DAY,
        ),
        "milestone_stepped_back": Kind(
            Topic.COMMITMENTS,
            N_("A milestone of %(thing)s stepped back to limited"),
            N_("A milestone of a commitment of yours stepped back to limited"),
            next_step=N_("The evidence for it counts no longer. Give other evidence for what is done."),
        ),
        "assessment_taken_back": Kind(
            Topic.COMMITMENTS,
            N_("The own assessment of %(thing)s was taken back"),
            N_("The own assessment of a commitment of yours was taken back"),
            next_step=N_("The evidence for it counts no longer. Give other evidence, or assess it anew."),
        ),
        "commitment_evidence_decided": Kind(
            Topic.COMMITMENTS,
            N_("A coordinator decided about evidence for the commitment %(thing)s"),
            N_("A coordinator decided about evidence for a commitment"),
            next_step=N_("Its page says whether the evidence counts, and why."),
        ),
        "commitment_ended": Kind(
            Topic.COMMITMENTS,
            N_("%(thing)s was marked as ended"),
            N_("A commitment of yours was marked as ended"),
            next_step=N_(
                "Its page says why. If that is wrong, write to a focal point of the country or a coordinator."
            ),
        ),
        "commitment_resumed": Kind(
            Topic.COMMITMENTS,
            N_("%(thing)s was taken up again"),
            N_("A commitment of yours was taken up again"),
        ),
        # desks
        "commitment_evidence_given": Kind(
            Topic.DESK,
            N_("Evidence for %(thing)s waits for a decision"),
            N_("Evidence for a commitment waits for a decision"),
        ),
        "commitment_unowned": Kind(
            Topic.DESK,
            N_("Nobody answers for %(thing)s any more"),
            N_("Nobody answers for a commitment any more"),
            next_step=N_("Offer it to somebody. It stays without an owner until they accept."),
        ),
    }
)
"""Kinds by name."""
