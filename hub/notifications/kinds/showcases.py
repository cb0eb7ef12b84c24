"""Kinds of notifications about showcases: for who proposes and presents, who registers, and the team."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.kind import Kind
from hub.notifications.models import Topic

SHOWCASES: Mapping[str, Kind] = MappingProxyType(
    {
        # who proposed, and who presents: the thing is the entry, called after its innovation
        "entry_received": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s was proposed for a showcase"),
            N_("An innovation was proposed for a showcase"),
            next_step=N_("Until the call closes you can still change or withdraw the entry."),
        ),
        "presenter_named": Kind(
            Topic.SHOWCASES,
            N_("You were named to present %(thing)s at a showcase"),
            N_("You were named to present an innovation at a showcase"),
            next_step=N_("If you cannot or do not want to present it, say so on the page of the entry."),
        ),
        "entry_accepted": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s was accepted for a showcase"),
            N_("An entry for a showcase was accepted"),
            next_step=N_("Confirm that you will present it, or step back so that another entry can move up."),
        ),
        "entry_waitlisted": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s is on the waiting list of a showcase"),
            N_("An entry is on the waiting list of a showcase"),
        ),
        "entry_rejected": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s was not chosen for a showcase"),
            N_("An entry was not chosen for a showcase"),
        ),
        "entry_moved_up": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s moved up from the waiting list: it is accepted"),
            N_("An entry moved up from the waiting list of a showcase: it is accepted"),
            next_step=N_("Confirm that you will present it, or step back so that another entry can move up."),
        ),
        "presenter_answered": Kind(
            Topic.SHOWCASES,
            N_("A presenter of %(thing)s answered"),
            N_("A presenter answered"),
        ),
        "presenter_missing": Kind(
            Topic.SHOWCASES,
            N_("A presenter of %(thing)s left: name another one"),
            N_("A presenter of an entry left: name another one"),
            next_step=N_("Name somebody else on the page of the entry, or step back with it."),
        ),
        "programme_shared": Kind(
            Topic.SHOWCASES,
            N_("The draft of the programme is there: see when %(thing)s is planned"),
            N_("The draft of a programme is there: see when your entry is planned"),
            next_step=N_("Tell the team now if the time does not suit you."),
        ),
        "slot_given": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s has a time in the programme"),
            N_("An entry has a time in the programme of a showcase"),
        ),
        "slot_moved": Kind(
            Topic.SHOWCASES,
            N_("The time or room of %(thing)s in the programme changed"),
            N_("The time or room of a slot in a programme changed"),
            next_step=N_("The page of the showcase shows the new time and room."),
        ),
        "slot_cancelled": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s is no longer in the programme"),
            N_("A slot is no longer in the programme of a showcase"),
        ),
        "materials_wanted": Kind(
            Topic.SHOWCASES,
            N_("Add the slides or the poster of %(thing)s"),
            N_("Add slides or a poster to your entry for a showcase"),
            next_step=N_("Those who were there look for them now."),
        ),
        "showcase_follow_up": Kind(
            Topic.SHOWCASES,
            N_("What came of showing %(thing)s?"),
            N_("What came of showing an innovation?"),
            next_step=N_("Record outcomes and replications where they happened: the report counts them."),
        ),
        # who registered: the thing is the showcase
        "registration_made": Kind(
            Topic.SHOWCASES,
            N_("You have a place at %(thing)s"),
            N_("You have a place at a showcase"),
            next_step=N_("Your page of it has the code for the entrance. Cancel there if you cannot come."),
        ),
        "registration_received": Kind(
            Topic.SHOWCASES,
            N_("Your registration for %(thing)s waits for approval"),
            N_("Your registration for a showcase waits for approval"),
        ),
        "registration_waiting": Kind(
            Topic.SHOWCASES,
            N_("You are on the waiting list of %(thing)s"),
            N_("You are on the waiting list of a showcase"),
            next_step=N_("You move up by yourself when a place comes free. Cancel if you cannot come."),
        ),
        "registration_promoted": Kind(
            Topic.SHOWCASES,
            N_("A place came free: you can come to %(thing)s"),
            N_("A place came free: you can come to a showcase"),
            next_step=N_("Your page of it has the code for the entrance. Cancel there if you cannot come."),
        ),
        "registration_declined": Kind(
            Topic.SHOWCASES,
            N_("Your registration for %(thing)s was declined"),
            N_("Your registration for a showcase was declined"),
        ),
        "registration_cancelled": Kind(
            Topic.SHOWCASES,
            N_("Your registration for %(thing)s was cancelled"),
            N_("Your registration for a showcase was cancelled"),
        ),
        "seat_promoted": Kind(
            Topic.SHOWCASES,
            N_("A seat came free: you can come to %(thing)s"),
            N_("A seat came free in a slot of a showcase"),
        ),
        "seat_lost": Kind(
            Topic.SHOWCASES,
            N_("A slot of %(thing)s in which you had a seat is no longer in the programme"),
            N_("A slot of a showcase in which you had a seat is no longer in the programme"),
            next_step=N_(
                "The page of the showcase shows what changed. Your place at the showcase stays yours."
            ),
        ),
        "showcase_changed": Kind(
            Topic.SHOWCASES,
            N_("Time, place or another important detail of %(thing)s changed"),
            N_("Time, place or another important detail of a showcase changed"),
        ),
        "showcase_soon": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s begins soon"),
            N_("A showcase begins soon"),
            next_step=N_("Your page of it has the code for the entrance. Cancel there if you cannot come."),
        ),
        "showcase_cancelled": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s was cancelled"),
            N_("A showcase was cancelled"),
        ),
        "showcase_over": Kind(
            Topic.SHOWCASES,
            N_("%(thing)s is over: read the material, and say whom you want to talk to"),
            N_("A showcase is over: read the material, and say whom you want to talk to"),
        ),
        "showcase_reported": Kind(
            Topic.SHOWCASES,
            N_("The report of %(thing)s is there"),
            N_("The report of a showcase is there"),
        ),
        # the team
        "entry_proposed": Kind(
            Topic.DESK,
            N_("An entry was proposed for a showcase of yours"),
            N_("An entry was proposed for a showcase of yours"),
        ),
        "entries_to_score": Kind(
            Topic.DESK,
            N_("The call of %(thing)s is over: entries wait for your scores"),
            N_("The call of a showcase is over: entries wait for your scores"),
        ),
        "entry_left": Kind(
            Topic.DESK,
            N_("An entry of a showcase of yours was withdrawn"),
            N_("An entry of a showcase of yours was withdrawn"),
        ),
        "entry_answered": Kind(
            Topic.DESK,
            N_("An accepted entry was confirmed"),
            N_("An accepted entry was confirmed"),
        ),
        "entry_to_place": Kind(
            Topic.DESK,
            N_("An entry moved up from the waiting list and needs a time in the programme"),
            N_("An entry moved up from the waiting list and needs a time in the programme"),
        ),
        "feature_proposed": Kind(
            Topic.DESK,
            N_("A curator proposes to feature an entry"),
            N_("A curator proposes to feature an entry"),
        ),
        "registration_to_approve": Kind(
            Topic.DESK,
            N_("A registration for %(thing)s waits for your approval"),
            N_("A registration waits for your approval"),
        ),
        "report_due": Kind(
            Topic.DESK,
            N_("%(thing)s is over: its report waits"),
            N_("A showcase of yours is over: its report waits"),
            next_step=N_("Mark what was presented, then say in your own words what came of it."),
        ),
    }
)
"""Kinds by name; each is about a showcase, an entry or a slot."""
