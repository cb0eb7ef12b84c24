"""A hub with everybody of the access table in it, one public record, and much that is hidden."""

from dataclasses import dataclass

import pytest
import time_machine
from sqlalchemy import select

from hub.collaboration.models import CallStatus, CoordinatorCall
from hub.core.clock import now
from hub.core.outbox import OutboxMessage
from hub.members.models import Introduction, IntroductionStatus, Member, MemberStatus
from hub.notifications.models import Notification
from hub.organisations.models import Organisation, OrganisationStatus
from tests.architecture.conftest import routes
from tests.catalogue.cast import record_of
from tests.showcases.scenes import recorded_innovation
from tests.web.leaks.everything import hide_everything, make_viewers
from tests.web.leaks.planting import rows_now, rows_since
from tests.web.leaks.promised import public_promise
from tests.web.leaks.stages import public_stage

__all__ = ["routes"]


@dataclass(frozen=True)
class Hub:
    """What a test of leaks begins from.

    Args:
        people: the viewers by name; None is the visitor.
        slugs: of the public record, and of the police record, which the owner's representative registered.
        agencies: slugs of the organisations that nobody verified.
        rows: primary keys of everything hidden, by table.
        places: what stands in addresses of requests, showcases and commitments, by the names that routes give them.
    """

    people: dict[str, Member | None]
    slugs: tuple[str, str]
    agencies: tuple[str, ...]
    rows: dict[str, set[tuple]]
    places: list[dict[str, str]]


@pytest.fixture
def hub(database):
    """Nobody but its owner and Georgian police has anything to do with what is hidden here."""
    people, cast = make_viewers()
    public, shown = record_of(cast), recorded_innovation()
    stage, promise = public_stage(), public_promise()
    before = rows_now()
    hidden, places = hide_everything(cast, stage, shown, promise)
    unverified = select(Organisation.slug).where(Organisation.status == OrganisationStatus.UNVERIFIED)
    agencies = tuple(database.scalars(unverified))
    rows = rows_since(before)
    # what somebody erased stays erased
    gone = select(Member.id).where(Member.status == MemberStatus.ERASED)
    rows["members"] -= {(number,) for number in database.scalars(gone)}
    # nothing is answered in a call that waits
    waiting = select(CoordinatorCall.id).where(CoordinatorCall.status == CallStatus.ASKED)
    rows["coordinator_calls"] -= {(number,) for number in database.scalars(waiting)}
    unanswered = select(Introduction.id).where(Introduction.status == IntroductionStatus.ASKED)
    rows["introductions"] -= {(number,) for number in database.scalars(unanswered)}
    # what the viewers are told of their own desks and records is not hidden from them
    viewers = [member.id for member in people.values() if member]
    for model in (Notification, OutboxMessage):
        own = select(model.id).where(model.member_id.in_(viewers))
        rows[model.__tablename__] -= {(number,) for number in database.scalars(own)}
    return Hub(people, (public.slug, hidden.slug), agencies, rows, places)


@pytest.fixture
def browsers(database, new_client):
    """Open browsers of people by name, at a moment that stands still."""

    def open_browsers(people):
        opened = {}
        for name, member in people.items():
            opened[name] = new_client()
            opened[name].nags = False  # these pages are nagged at elsewhere
            if member is not None:
                opened[name].become(member)
            opened[name].get("/no-such-page")  # the first answer sets the cookie of the forms
        return opened

    with time_machine.travel(now(), tick=False):
        yield open_browsers
