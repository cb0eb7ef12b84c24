"""Programmes for tests: a showcase whose decisions were sent, its slots, and what is entered about them."""

from datetime import timedelta

from hub.access.viewer import VISITOR
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.showcases.models import EntryStatus, ShowcaseStatus, SlotKind
from hub.showcases.programme.details import SlotDetails
from hub.showcases.programme.placing import place_entry, slot_of
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.scenes import confirmed_entry, make_curator, make_slot, opened_showcase

__all__ = ["VISITOR", "slot_of"]

DECIDED = {"status": ShowcaseStatus.REVIEW}


def decided_showcase(curator=None, **columns):
    """Store a showcase whose decisions were sent and whose programme is being made."""
    return opened_showcase(curator, **{**DECIDED, "decisions_sent_at": now(), **columns})


def accepted_entry(showcase, *arguments, **columns):
    """Store an entry that was accepted and that its side has not confirmed."""
    return confirmed_entry(showcase, *arguments, **{"status": EntryStatus.ACCEPTED, **columns})


def empty_slot_in(showcase, *, after=timedelta(0), lasts=timedelta(minutes=30), **columns):
    """Store a slot that is for an entry and has none."""
    return make_slot(showcase, after=after, lasts=lasts, **{"kind": SlotKind.ENTRY, "title": "", **columns})


def slot_details(showcase, *, after=timedelta(0), **details):
    """Return what is entered about a slot: for an entry, of thirty minutes, unless it says otherwise."""
    values = {"kind": SlotKind.ENTRY, "minutes": 30, **details}
    return SlotDetails(starts_at=showcase.starts_at + after, **values)


def placed(curator, slot, entry):
    """Put an entry into a slot as a curator does; return the slot that it has then."""
    return did(place_entry, curator, slot, entry, out_of=slot_of(entry), version=slot.version)


def team_of_two(**columns):
    """Return a decided showcase and its two curators."""
    first, second = make_curator(), make_curator()
    return decided_showcase(first, team=[second], **columns), first, second


def recused_entry(showcase, curator, **columns):
    """Store an accepted entry with which a curator has a conflict: they present it."""
    return accepted_entry(showcase, by=make_member(), presenters=[curator], organisation_id=None, **columns)


def sees(member):
    """Return the viewer that a member is."""
    return viewer_of(session().merge(member))
