"""Requests for tests, stored as far along their way as a test needs; the services that lead there have own tests."""

from datetime import timedelta

from hub.access.audience import Audience, Readership, Tlp, organisation_label, person_label
from hub.access.viewer import Role
from hub.collaboration.models import (
    CollaborationRequest,
    RequestLabel,
    RequestReceiver,
    RequestStatus,
    RequestTerm,
    Requirement,
    RequirementsVersion,
)
from hub.collaboration.models.request import SHOWN
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import Member
from tests.factories import make_member

EVERYBODY = Readership(Audience.PUBLIC, Tlp.CLEAR)
MEMBERS = Readership(Audience.MEMBERS, Tlp.GREEN)
POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER)
GEORGIAN_POLICE = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"GE"}))

REQUIREMENTS = ("Reads tender notices as OCDS", "Runs on a computer of our own")
TERMS = {"functions": ("detect",), "countries": ("GE",), "languages": ("en",)}
SAID = {
    "type": "pilot_partner",
    "language": "en-GB",
    "title": "Pilot partner for red-flag screening",
    "summary": "We look for somebody who tries red flags with us on one year of tenders.",
    "background": "Our office reads 4,000 tender notices a year by hand.",
    "outcome_wanted": "A list of notices that deserve a second look, each week.",
    "brings": "Two analysts and three years of notices.",
    "country": "GE",
    "time_zone": "Asia/Tbilisi",
}


def drafted_request(
    poster=None,
    *,
    readership=EVERYBODY,
    receivers=(),
    tlp=Tlp.AMBER,
    requirements=REQUIREMENTS,
    nice=(),
    terms=TERMS,
    days=14,
    **columns,
):
    """Store a draft that lacks nothing.

    Args:
        poster: who posts it; made up if not given.
        readership: of an open call.
        receivers: members and organisations whom it is sent to by name, instead of an open call.
        tlp: the label of a request to named receivers.
        requirements: words of what is essential.
        nice: words of what is nice to have.
        terms: codes by scheme.
        days: until it is due; it expires thirty days later.
        columns: further columns.
    """
    poster = poster or make_member()
    due = now() + timedelta(days=days)
    values = {
        **SAID,
        "due_at": due,
        "expires_at": due + timedelta(days=30),
        "case_checked_at": now(),
        **columns,
    }
    request = CollaborationRequest(posted_by_id=poster.id, is_open_call=not receivers, **values)
    request.set_readership(readership)
    if receivers:
        _send_by_name(request, receivers, tlp)
    request.term_rows = [
        RequestTerm(scheme=scheme, code=code, position=place)
        for scheme, codes in terms.items()
        for place, code in enumerate(codes)
    ]
    words = [(each, True) for each in requirements] + [(each, False) for each in nice]
    rows = [
        Requirement(position=place, is_essential=is_essential, words=each)
        for place, (each, is_essential) in enumerate(words)
    ]
    request.requirement_versions = [
        RequirementsVersion(number=1, proposed_by_id=poster.id, requirements=rows)
    ]
    session().add(request)
    session().commit()
    return request


def submitted_request(poster=None, *, taken_by=None, **columns):
    """Store an open call that waits for review; `taken_by` is the coordinator who took it."""
    if taken_by is not None:
        columns |= {"taken_by_id": taken_by.id, "taken_at": now()}
    return drafted_request(poster, status=RequestStatus.SUBMITTED, submitted_at=now(), **columns)


def opened_request(poster=None, *, status=RequestStatus.OPEN, **columns):
    """Store a request that its audience sees: open, or in a later `status`. Takes what `drafted_request` takes."""
    opened_at = columns.pop("opened_at", now())
    request = drafted_request(
        poster, status=status, **{"submitted_at": opened_at, "opened_at": opened_at, **columns}
    )
    request.requirement_versions[0].in_force_at = opened_at
    if status not in SHOWN:
        request.closed_at = now()
    session().commit()
    return request


def make_coordinator():
    """Store a coordinator without a conflict."""
    return make_member(roles=[Role.COORDINATOR])


def _send_by_name(request, receivers, tlp):
    """Let a request be read by its receivers, under their own labels."""
    members = [each for each in receivers if isinstance(each, Member)]
    organisations = [each for each in receivers if not isinstance(each, Member)]
    labels = [person_label(each.id) for each in members] + [
        organisation_label(each.id) for each in organisations
    ]
    request.audience = Audience.PEOPLE if members else Audience.ORGANISATIONS
    request.tlp = tlp
    request.label_rows = [RequestLabel(label=label) for label in labels]
    request.receivers = [RequestReceiver(member_id=each.id) for each in members]
    request.receivers += [RequestReceiver(organisation_id=each.id) for each in organisations]
