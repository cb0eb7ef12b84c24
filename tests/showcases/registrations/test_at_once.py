"""Many who register, cancel and take seats in the same moment: never oversold, nobody lost, nobody overtaken."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from hub.core.database import make_engine, session, session_scope, transaction
from hub.core.errors import ConflictError
from hub.members.models import Member
from hub.showcases.models import Registration, RegistrationStatus, Seat, SeatStatus, Showcase, Slot, SlotKind
from hub.showcases.registrations.checking_in import check_in
from hub.showcases.registrations.details import RegistrationDetails
from hub.showcases.registrations.registering import cancel_registration, holding_own, register
from hub.showcases.registrations.seats import take_seat
from tests.factories import make_member
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.showcases.scenes import make_curator, make_slot, opened_showcase, published_showcase, registered

MANY = 12
REFUSED = "refused"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def at_once(hub_engine, *acts):
    """Do `act()` of each at the same moment, with a session of its own; return what came of each."""
    begin = Barrier(len(acts))

    def work(act):
        with session_scope(hub_engine):
            begin.wait()
            try:
                with transaction():
                    act()
            except ConflictError:
                return REFUSED
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(work, acts))


def stored(hub_engine, make):
    """Store something and return the ids of what `make` returned."""
    with session_scope(hub_engine):
        return [each.id for each in make()]


def registering(showcase, member):
    return lambda: register(
        session().get(Member, member), session().get(Showcase, showcase), RegistrationDetails()
    )


def cancelling(number):
    def act():
        found = session().get(Registration, number)
        cancel_registration(holding_own(found.member, found), found)

    return act


def standing(hub_engine, showcase):
    """Return places taken and the statuses in the order of arrival, after making sure that they agree."""
    with session_scope(hub_engine):
        found = session().get(Showcase, showcase)
        rows = (
            session()
            .execute(
                select(Registration.number, Registration.status, Registration.arrived_at)
                .where(Registration.showcase_id == showcase)
                .order_by(Registration.number)
            )
            .all()
        )
        assert [each.number for each in rows] == list(range(1, len(rows) + 1))
        arrived = [each.arrived_at for each in rows]
        assert arrived == sorted(arrived)
        statuses = [each.status for each in rows]
        assert found.places_taken == Counter(statuses)[RegistrationStatus.REGISTERED]
        return found.places_taken, statuses


def test_the_last_places_are_given_once_and_the_rest_waits_in_order(hub_engine):
    showcase, *members = stored(
        hub_engine, lambda: [opened_showcase(capacity=5), *(make_member() for _ in range(MANY))]
    )
    came = at_once(hub_engine, *(registering(showcase, each) for each in members))
    assert came == [None] * MANY
    taken, statuses = standing(hub_engine, showcase)
    assert taken == 5
    assert statuses == [RegistrationStatus.REGISTERED] * 5 + [RegistrationStatus.WAITING] * (MANY - 5)


def test_one_registers_from_two_windows_and_comes_once(hub_engine):
    showcase, member = stored(hub_engine, lambda: [opened_showcase(), make_member()])
    act = registering(showcase, member)
    assert sorted(at_once(hub_engine, act, act), key=str) == [None, REFUSED]
    assert standing(hub_engine, showcase)[0] == 1


def test_who_cancels_and_who_comes_at_once_leave_no_place_empty_and_none_doubled(hub_engine):
    def make():
        showcase = opened_showcase(capacity=4)
        return [
            showcase,
            *(registered(showcase) for _ in range(4)),
            *(registered(showcase, status=RegistrationStatus.WAITING) for _ in range(2)),
            *(make_member() for _ in range(4)),
        ]

    showcase, *numbers = stored(hub_engine, make)
    have, new = numbers[:4], numbers[6:]
    acts = [cancelling(each) for each in have[:3]] + [registering(showcase, each) for each in new]
    assert at_once(hub_engine, *acts) == [None] * len(acts)
    taken, statuses = standing(hub_engine, showcase)
    assert taken == 4
    # three left: those who waited before moved up first, then the first of who came just now
    live = [each for each in statuses if each is not RegistrationStatus.CANCELLED]
    assert live == [RegistrationStatus.REGISTERED] * 4 + [RegistrationStatus.WAITING] * 3


def test_the_last_seats_of_a_slot_are_given_once(hub_engine):
    def make():
        showcase = published_showcase()
        slot = make_slot(showcase, capacity=3, kind=SlotKind.PLENARY, title="Opening")
        return [slot, *(registered(showcase) for _ in range(8))]

    slot, *numbers = stored(hub_engine, make)

    def taking(number):
        def act():
            found = session().get(Registration, number)
            take_seat(holding_own(found.member, found), found, session().get(Slot, slot))

        return act

    assert at_once(hub_engine, *(taking(each) for each in numbers)) == [None] * 8
    with session_scope(hub_engine):
        statuses = (
            session().scalars(select(Seat.status).where(Seat.slot_id == slot).order_by(Seat.number)).all()
        )
        assert statuses == [SeatStatus.TAKEN] * 3 + [SeatStatus.WAITING] * 5
        assert session().get(Slot, slot).seats_taken == 3


def test_two_phones_that_read_one_code_check_in_once(hub_engine):
    def make():
        curators = make_curator(), make_curator()
        moment = published_showcase(curators[0], team=curators[1:])
        moment.starts_at, moment.registration_closes_at = moment.registration_opens_at, None
        moment.registration_opens_at = None
        session().commit()
        return [*curators, registered(moment)]

    first, second, number = stored(hub_engine, make)

    def checking(member):
        return lambda: check_in(session().get(Member, member), session().get(Registration, number))

    assert sorted(at_once(hub_engine, checking(first), checking(second)), key=str) == [None, REFUSED]
