"""Entries for tests of entries, written through their services, and who takes part in one."""

from dataclasses import dataclass

from hub.core import clock
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.showcases.entries.details import EntryDetails
from hub.showcases.entries.service import draft_entry, propose_entry
from hub.showcases.models import Entry, EntryFormat, Showcase
from tests.catalogue.records import make_scene
from tests.collaboration.acts import did
from tests.factories import make_profile
from tests.showcases.scenes import make_curator, opened_showcase, recorded_innovation

DETAILS = EntryDetails(
    format=EntryFormat.TALK,
    minutes=20,
    language="en-GB",
    pitch="In its first year it showed 40 gifts that nobody had declared.",
    needs="A screen.",
)


@dataclass
class Proposal:
    """Somebody's entry for a showcase."""

    showcase: Showcase
    entry: Entry
    partner: Member
    owner: Organisation
    curator: Member


def a_draft(showcase=None, *, scene=None, details=DETAILS, presents_it=True, readership=None):
    """Draft an entry through the service."""
    scene = scene or make_scene()
    curator = make_curator() if showcase is None else showcase.created_by
    showcase = showcase or opened_showcase(curator)
    given = {"readership": readership} if readership else {}
    innovation = recorded_innovation(scene, **given)
    entry = did(draft_entry, scene.partner, showcase, innovation, details, presents_it=presents_it)
    return Proposal(showcase, entry, scene.partner, scene.owner, curator)


def propose(actor, entry, **changes):
    """Propose a draft as it is, now."""
    given = {"version": entry.version, "arrived_at": clock.now(), **changes}
    did(propose_entry, actor, entry, **given)


def reachable(member):
    """Give a member a profile by which others find them and may write to them."""
    make_profile(member, is_contactable=True)
    return member
