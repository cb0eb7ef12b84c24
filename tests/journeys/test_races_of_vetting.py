"""Two coordinators at the same moment, or one of them twice: one outcome, clear words, one entry in the log."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.core.database import session_scope, transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.members.models import Member, MemberStatus
from hub.organisations.models import LawEnforcementStatus
from hub.vetting.applications import approve_application, decline_application
from hub.vetting.factor_resets import approve_reset, stop_reset
from hub.vetting.law_enforcement import approve_status, decline_status, revoke_status, withdraw_status
from hub.vetting.models import FactorReset
from hub.vetting.standing import ask_renewal, suspend_member
from tests.journeys.live import at_once
from tests.vetting.cast import WORDS, Cast, asked, half, person, reported, supported, verified

pytestmark = pytest.mark.db

ROUNDS = 3


@pytest.fixture
def hub(live_on_both):
    return live_on_both


class Stage:
    """The cast of one hub, by their ids, so that each thread loads its own."""

    def __init__(self, hub):
        self.engine = hub.engine
        with session_scope(self.engine):
            self.cast = Cast()
            self.members = self._ids()

    def _ids(self):
        return {name: member and member.id for name, member in self.cast.people.items()}

    def make(self, maker, *arguments):
        """Make a thing; return (table, id)."""
        with session_scope(self.engine) as opened:
            self.cast.organisation = opened.merge(self.cast.organisation)
            self.cast.people = {
                name: number and opened.get(Member, number) for name, number in self.members.items()
            }
            made = maker(self.cast, *arguments)
            self.members = self._ids()
            return type(made), made.id

    def act(self, service, name, thing, *words, **named):
        """Prepare a call of a service as one person."""
        member_id = self.members[name]

        def run():
            with session_scope(self.engine) as opened, transaction():
                service(opened.get(Member, member_id), opened.get(*thing), *words, **named)
            return "done"

        return run

    def stored(self, thing, column):
        """Return what the database holds now."""
        with session_scope(self.engine) as opened:
            return getattr(opened.get(*thing), column)


@pytest.fixture
def stage(hub):
    return Stage(hub)


def outcomes(*acts):
    return Counter(each if isinstance(each, str) else type(each) for each in at_once(*acts))


ONE_OF_TWO = {"done": 1, ConflictError: 1}


def logged(hub, *tags):
    with session_scope(hub.engine) as opened:
        return opened.scalar(select(func.count()).where(AuditEntry.tag.in_(tags)))


def is_whole(hub):
    with session_scope(hub.engine):
        return verify_stored(stored_entries(), first_loose_number()).is_whole


def test_two_coordinators_approve_one_application(hub, stage):
    for number in range(1, ROUNDS + 1):
        member = stage.make(person, MemberStatus.CONFIRMED)
        acts = [stage.act(approve_application, name, member) for name in ("first", "second")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "member:approve") == number
    assert is_whole(hub)


def test_one_approves_and_one_declines(hub, stage):
    for number in range(1, ROUNDS + 1):
        member = stage.make(person, MemberStatus.CONFIRMED)
        found = outcomes(
            stage.act(approve_application, "first", member),
            stage.act(decline_application, "second", member, reasons=("identity",), words=WORDS),
        )
        assert found == ONE_OF_TWO
        assert logged(hub, "member:approve", "member:decline") == number
    assert is_whole(hub)


def test_the_same_coordinator_approves_twice_at_once(hub, stage):
    for number in range(1, ROUNDS + 1):
        member = stage.make(person, MemberStatus.CONFIRMED)
        acts = [stage.act(approve_application, "first", member) for _ in range(2)]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "member:approve") == number


def two_agreed(stage, thing, first, second):
    """Whether two different people stand behind what was agreed."""
    names = [stage.stored(thing, column) for column in (first, second)]
    return None not in names and len(set(names)) == 2


AGREEMENTS = {
    "status": (
        asked,
        supported,
        approve_status,
        ("first_verified_by_id", "second_verified_by_id"),
        ("member:support_status", "member:verify"),
        "verified",
    ),
    "reset": (
        reported,
        half,
        approve_reset,
        ("first_approved_by_id", "second_approved_by_id"),
        ("member:support_reset", "member:approve_reset"),
        "approved",
    ),
}


@pytest.fixture(params=AGREEMENTS)
def agreement(request):
    return AGREEMENTS[request.param]


def test_first_and_second_at_once(hub, stage, agreement):
    new, _half, approve, columns, tags, target = agreement
    for _ in range(ROUNDS):
        before = logged(hub, *tags)
        thing = stage.make(new)
        found = outcomes(*(stage.act(approve, name, thing) for name in ("first", "second")))
        assert found in ({"done": 2}, ONE_OF_TWO)
        assert logged(hub, *tags) == before + found["done"]
        assert (stage.stored(thing, "status") == target) is (found["done"] == 2)
        assert two_agreed(stage, thing, *columns) is (found["done"] == 2)
    assert is_whole(hub)


def test_the_same_coordinator_twice_at_once_is_still_one(hub, stage, agreement):
    new, _half, approve, columns, tags, _target = agreement
    for number in range(1, ROUNDS + 1):
        thing = stage.make(new)
        found = outcomes(*(stage.act(approve, "first", thing) for _ in range(2)))
        assert found["done"] == 1
        assert found[ConflictError] + found[ForbiddenError] == 1
        assert not two_agreed(stage, thing, *columns)
        assert logged(hub, *tags) == number


def test_two_seconds_at_once(hub, stage, agreement):
    _new, one_of_two, approve, columns, tags, target = agreement
    for number in range(1, ROUNDS + 1):
        thing = stage.make(one_of_two)
        found = outcomes(*(stage.act(approve, name, thing) for name in ("second", "free")))
        assert found == ONE_OF_TWO
        assert stage.stored(thing, "status") == target
        assert two_agreed(stage, thing, *columns)
        assert logged(hub, tags[1]) == number
    assert is_whole(hub)


def test_verified_declined_or_withdrawn(hub, stage):
    tags = ("member:verify", "member:decline_status", "member:withdraw_status")
    for number in range(1, ROUNDS + 1):
        status = stage.make(supported)
        found = outcomes(
            stage.act(approve_status, "second", status),
            stage.act(decline_status, "free", status, WORDS),
            stage.act(withdraw_status, "self", status),
        )
        assert found == {"done": 1, ConflictError: 2}
        assert logged(hub, *tags) == number
    assert is_whole(hub)


def test_a_status_is_revoked_once(hub, stage):
    for number in range(1, ROUNDS + 1):
        status = stage.make(verified)
        assert status[0] is LawEnforcementStatus
        acts = [stage.act(revoke_status, name, status, WORDS) for name in ("free", "self")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "member:revoke_status") == number


def test_the_owner_stops_while_the_second_agrees(hub, stage):
    for _ in range(ROUNDS):
        reset = stage.make(half)
        assert reset[0] is FactorReset
        found = outcomes(stage.act(approve_reset, "second", reset), stage.act(stop_reset, "self", reset))
        # what was agreed may be stopped a moment later, never the other way round
        assert found in ({"done": 2}, ONE_OF_TWO)
        assert stage.stored(reset, "status") == "stopped" or found == ONE_OF_TWO
    assert is_whole(hub)


def test_somebody_is_suspended_once(hub, stage):
    for number in range(1, ROUNDS + 1):
        member = stage.make(person, MemberStatus.APPROVED)
        acts = [stage.act(suspend_member, name, member, WORDS) for name in ("first", "second")]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "member:suspend") == number


def test_a_renewal_is_asked_for_once(hub, stage):
    for number in range(1, ROUNDS + 1):
        member = stage.make(person, MemberStatus.LAPSED)
        acts = [stage.act(lambda actor, _same: ask_renewal(actor, WORDS), "self", member) for _ in range(2)]
        assert outcomes(*acts) == ONE_OF_TWO
        assert logged(hub, "member:renew") == number
