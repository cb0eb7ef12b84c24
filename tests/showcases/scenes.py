"""Showcases for tests, stored as far along their way as a test needs; the services that lead there have own tests."""

import secrets
from datetime import datetime, timedelta
from itertools import count

from hub.access.audience import Audience, Readership, Tlp
from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import Member
from hub.showcases.models import (
    Attendance,
    Criterion,
    Entry,
    EntryFormat,
    EntryPresenter,
    EntryStatus,
    PresenterStatus,
    Registration,
    RegistrationStatus,
    Room,
    Showcase,
    ShowcaseCurator,
    ShowcaseLanguage,
    ShowcaseStatus,
    Slot,
    SlotKind,
)
from hub.showcases.models.entry import IN_PROGRAMME, PLACEABLE
from hub.showcases.models.registration import STANDING
from tests.catalogue.records import make_scene, published
from tests.factories import make_member

EVERYBODY = Readership(Audience.PUBLIC, Tlp.CLEAR)
MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)
POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER)
GEORGIAN_POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"}))

ZONE = "Europe/Paris"
CRITERIA = (("Evidence", 3), ("Can be replicated", 2))
"""Names and weights of the criteria that every showcase of the tests has."""

SAID = {
    "language": "en-GB",
    "name": "Innovation stage",
    "host_event": "OGP Summit",
    "summary": "Twelve innovations in an afternoon.",
    "description": "People who run them show them.",
    "accessibility": "Step-free entrance, a hearing loop in each room.",
    "attendance": Attendance.HYBRID,
    "venue": "Palais d’Iéna",
    "city": "Paris",
    "country": "FR",
    "online_url": "https://meet.example.org/stage",
    "time_zone": ZONE,
    "has_no_sponsors": True,
    "call_words": "We look for what has been tried.",
    "capacity": 100,
}

REVIEWED_BEFORE = (ShowcaseStatus.DRAFT, ShowcaseStatus.CALL_OPEN, ShowcaseStatus.REVIEW)
"""States in which there is no published programme."""

NO_WINDOWS = dict.fromkeys(
    ("call_opens_at", "call_closes_at", "registration_opens_at", "registration_closes_at", "capacity")
)
"""What a past showcase from public sources has not."""

_numbers = count(1)


def make_curator(**columns):
    """Store a coordinator without a conflict; columns as `make_member` takes them."""
    return make_member(roles=[Role.COORDINATOR], **columns)


def recorded_innovation(scene=None, **details):
    """Store a published innovation; `details` as `tests.catalogue.records.complete` takes them."""
    return published(scene or make_scene(), **details).innovation


def drafted_showcase(
    curator=None, *, team=(), readership=EVERYBODY, criteria=CRITERIA, starts_in=timedelta(days=60), **columns
):
    """Store a draft that lacks nothing: call from now on for 30 days, registration until it begins, 100 places.

    Args:
        curator: who made it; made up if not given.
        team: further curators.
        readership: its audience and label.
        criteria: names and weights.
        starts_in: how long until it begins; it lasts eight hours.
        columns: further columns, such as `call_closes_at` or `capacity`.
    """
    curator = curator or make_curator()
    moment = now()
    begins = columns.pop("starts_at", moment + starts_in)
    values = {
        **SAID,
        "slug": f"showcase-{next(_numbers)}",
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=8) if begins else None,
        "call_opens_at": moment - timedelta(minutes=1),
        "call_closes_at": moment + timedelta(days=30),
        "registration_opens_at": moment - timedelta(minutes=1),
        "registration_closes_at": begins,
        **(NO_WINDOWS if columns.get("is_compiled") else {}),
        **columns,
    }
    showcase = Showcase(created_by_id=curator.id, **values)
    showcase.set_readership(readership)
    showcase.curators = [ShowcaseCurator(member_id=each.id) for each in (curator, *team)]
    showcase.language_rows = [ShowcaseLanguage(code="en", position=0)]
    showcase.criteria = [
        Criterion(position=place, name=name, weight=weight) for place, (name, weight) in enumerate(criteria)
    ]
    session().add(showcase)
    session().commit()
    return showcase


def opened_showcase(curator=None, *, status=ShowcaseStatus.CALL_OPEN, **columns):
    """Store a showcase that its audience sees: call open, or later. Takes what `drafted_showcase` takes."""
    moment = now()
    reached = {"opened_at": moment}
    if status not in REVIEWED_BEFORE:
        reached |= {"decisions_sent_at": moment, "published_at": moment}
    if status in (ShowcaseStatus.CLOSED, ShowcaseStatus.REPORTED):
        reached |= {"closed_at": moment}
    if status is ShowcaseStatus.REPORTED:
        reached |= {"reported_at": moment, "report": "Three talks led to two pilots."}
    if status is ShowcaseStatus.CANCELLED:
        reached |= {"cancelled_at": moment, "cancelling_words": "The host event was cancelled."}
    return drafted_showcase(curator, status=status, **{**reached, **columns})


def published_showcase(curator=None, **columns):
    """Store a showcase whose programme is published."""
    return opened_showcase(curator, **{"status": ShowcaseStatus.PROGRAMME_PUBLISHED, **columns})


def drafted_entry(showcase, innovation=None, by=None, **columns):
    """Store the draft of an entry. Takes what `proposed_entry` takes."""
    return proposed_entry(showcase, innovation, by, status=EntryStatus.DRAFT, proposed_at=None, **columns)


def proposed_entry(
    showcase, innovation=None, by=None, *, status=EntryStatus.PROPOSED, presenters=None, **columns
):
    """Store an entry that was proposed, or in a later `status`.

    Args:
        showcase: for which.
        innovation: made up if not given.
        by: who proposed it; made up if not given: somebody who represents the owner.
        status: where it stands; decided ones have `decided_at`.
        presenters: members, and names of people without an account; by default who proposed it.
        columns: further columns, such as `organisation_id` (by default the innovation's owner) or `embargo_until`.
    """
    innovation = innovation or recorded_innovation()
    by = by or make_member(represents=[innovation.owner])
    moment = now()
    values = {
        "organisation_id": innovation.owner_id,
        "status": status,
        "format": EntryFormat.TALK,
        "language": "en-GB",
        "pitch": "It found 40 cases in its first year.",
        "needs": "A screen.",
        "proposed_at": moment,
        **columns,
    }
    if status in (*PLACEABLE, EntryStatus.WAITLISTED, EntryStatus.REJECTED):
        values.setdefault("decided_at", moment)
    if status in IN_PROGRAMME:
        values.setdefault("answered_at", moment)
    entry = Entry(showcase_id=showcase.id, innovation_id=innovation.id, proposed_by_id=by.id, **values)
    answer = PresenterStatus.CONFIRMED if status in IN_PROGRAMME else PresenterStatus.ASKED
    entry.presenters = [
        _presenter(each, place, answer)
        for place, each in enumerate([by] if presenters is None else presenters)
    ]
    session().add(entry)
    session().commit()
    return entry


def _presenter(somebody, place, status):
    named = {"member_id": somebody.id} if isinstance(somebody, Member) else {"name": somebody}
    return EntryPresenter(position=place, status=status, **named)


def confirmed_entry(showcase, innovation=None, by=None, **columns):
    """Store an entry that was accepted and confirmed."""
    return proposed_entry(showcase, innovation, by, **{"status": EntryStatus.CONFIRMED, **columns})


def make_room(showcase, name=None, **columns):
    """Store a room."""
    number = next(_numbers)
    room = Room(showcase_id=showcase.id, name=name or f"Room {number}", position=number, **columns)
    session().add(room)
    session().commit()
    return room


def make_slot(showcase, entry=None, *, room=None, after=timedelta(0), lasts=timedelta(minutes=15), **columns):
    """Store a slot: of an entry, or a break.

    Args:
        showcase: of which programme.
        entry: what is presented; None for a break.
        room: where.
        after: how long after the showcase begins.
        lasts: how long it takes.
        columns: further columns, such as `capacity`.
    """
    begins: datetime = showcase.starts_at + after
    values = {
        "kind": SlotKind.BREAK if entry is None else SlotKind.ENTRY,
        "title": "Coffee" if entry is None else "",
        "starts_at": begins,
        "ends_at": begins + lasts,
        **columns,
    }
    slot = Slot(
        showcase_id=showcase.id,
        entry_id=entry.id if entry else None,
        room_id=room.id if room else None,
        **values,
    )
    session().add(slot)
    session().commit()
    return slot


def registered(showcase, member=None, *, status=RegistrationStatus.REGISTERED, **columns):
    """Store a registration on site, the next in order; one with a place counts among the places taken.

    Args:
        showcase: for which.
        member: who; made up if not given, unless `guest_email` makes it a guest's.
        status: whether they have a place.
        columns: further columns, such as `attendance`, `access_needs`, `is_listed`.
    """
    if member is None and "guest_email" not in columns:
        member = make_member()
    moment = now()
    values = {"attendance": Attendance.ON_SITE, "check_in_code": secrets.token_urlsafe(32), **columns}
    if status in STANDING:
        showcase.last_number += 1
        values |= {"number": showcase.last_number, "arrived_at": moment}
    if status is RegistrationStatus.REGISTERED:
        values.setdefault("registered_at", moment)
        showcase.places_taken += values["attendance"] is Attendance.ON_SITE
    if values.get("is_listed"):
        values.setdefault("listed_at", moment)
    registration = Registration(
        showcase_id=showcase.id, member_id=member.id if member else None, status=status, **values
    )
    session().add(registration)
    session().commit()
    return registration
