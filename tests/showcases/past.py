"""Showcases that are over, for tests, with what came of them."""

from datetime import timedelta

from hub.catalogue.models import Replication, ReplicationStatus, Side as ReplicationSide
from hub.collaboration.models import OutcomeStatus, RequestStatus, ResponseStatus, Side
from hub.core.clock import now
from hub.core.database import session
from hub.showcases.models import EntryStatus, ShowcaseStatus
from tests.collaboration.levels.waiting import recorded
from tests.collaboration.requests import opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation
from tests.showcases.scenes import confirmed_entry, make_slot, opened_showcase

DAY = timedelta(days=1)


def past_showcase(curator=None, *, status=ShowcaseStatus.CLOSED, ago=DAY, **columns):
    """Store a showcase that began a while `ago` and lasted eight hours. Takes what `opened_showcase` takes."""
    begins = now() - ago
    values = {
        "starts_at": begins,
        "call_opens_at": begins - 60 * DAY,
        "call_closes_at": begins - 30 * DAY,
        "registration_opens_at": begins - 30 * DAY,
        "registration_closes_at": begins,
        **columns,
    }
    return opened_showcase(curator, status=status, **values)


def shown_entry(showcase, innovation=None, by=None, **columns):
    """Store an entry that was presented in a slot of its own; columns as `confirmed_entry` takes them."""
    entry = confirmed_entry(showcase, innovation, by, **{"status": EntryStatus.PRESENTED, **columns})
    make_slot(showcase, entry)
    return entry


def asked_after(entry, poster=None, *, receiver=None, **columns):
    """Store a request by name that was born from an entry; columns as `opened_request` takes them."""
    values = {"showcase_id": entry.showcase_id, "entry_id": entry.id, "is_counted": True, **columns}
    receivers = () if "readership" in values else [receiver or entry.proposed_by]
    return opened_request(poster or make_member(), receivers=receivers, **values)


def led_to_partners(request, responder=None, **columns):
    """Let a request have an accepted response whose outcome both sides signed; return the outcome."""
    request.status, request.agreed_at = RequestStatus.AGREED, now()
    responder = responder or make_member()
    response = responded(request, responder, status=ResponseStatus.ACCEPTED)
    return recorded(
        response,
        side=Side.REQUESTER,
        status=OutcomeStatus.AGREED,
        answered_at=now(),
        answered_by_id=responder.id,
        **columns,
    )


def taken_up(innovation, outcome=None, *, status=ReplicationStatus.CONFIRMED):
    """Store a replication of an innovation by somebody new, grown out of an outcome."""
    adopter = make_organisation(country="GE")
    replication = Replication(
        innovation_id=innovation.id,
        adopter_id=adopter.id,
        country="GE",
        language="en-GB",
        status=status,
        side=ReplicationSide.ADOPTER,
        claimed_by_id=make_member(represents=[adopter]).id,
        claimed_at=now(),
        confirmed_by_id=make_member().id,
        confirmed_at=now(),
    )
    session().add(replication)
    session().flush()
    if outcome is not None:
        outcome.replication_id = replication.id
    session().commit()
    return replication
