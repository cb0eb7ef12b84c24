"""Many at the same moment at a showcase, through the pages: one clear answer each, never oversold, nobody told twice.

Races between single services have tests of their own in tests/showcases/.
"""

from collections import Counter
from functools import partial

import pytest
from sqlalchemy import func, select

from benchmarks.campaigns import registrations
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.core.database import session, session_scope
from hub.notifications.models import Notification
from hub.showcases.models import Entry, EntryStatus, Registration, RegistrationStatus, Showcase, Slot
from tests.factories import make_member
from tests.journeys.live import at_once, live_hub, post
from tests.postgres import POSTGRES_URL
from tests.showcases.programme.plans import accepted_entry, empty_slot_in, team_of_two
from tests.showcases.review.judging import decided, reviewed_showcase
from tests.showcases.scenes import make_curator, opened_showcase, registered

pytestmark = pytest.mark.db

DONE, REFUSED, WAS_SECOND = 303, 422, 409
ROUNDS = 2
HAS_PLACE, WAITS = RegistrationStatus.REGISTERED, RegistrationStatus.WAITING


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def hub(request, tmp_path_factory):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with live_hub(tmp_path_factory.mktemp("races"), request.param) as made:
        yield made
        with session_scope(made.engine):
            assert verify_stored(stored_entries(), first_loose_number()).is_whole


@pytest.fixture
def stored(hub):
    """Return a function that stores something with a session open, and returns what was made, read whole."""

    def store(make):
        with session_scope(hub.engine) as opened:
            made = make()
            for each in made:
                opened.refresh(each)
            opened.expunge_all()
        return made

    return store


def standing(hub, showcase):
    """Return capacity, places taken and statuses in the order of arrival, after making sure that they agree."""
    with session_scope(hub.engine):
        found = session().get(Showcase, showcase.id)
        statuses = list(
            session().scalars(
                select(Registration.status)
                .where(Registration.showcase_id == showcase.id)
                .order_by(Registration.number)
            )
        )
        assert found.places_taken == Counter(statuses)[HAS_PLACE] <= found.capacity
        return found.capacity, found.places_taken, statuses


def registering(hub, showcase, member):
    browser = hub.browser(member)
    return post(browser, f"/showcases/{showcase.slug}/register", attendance="on_site", access_needs="")


def test_of_many_registrations_for_the_last_places_all_stand_in_order(tmp_path):
    found = registrations.run(tmp_path, rounds=1, people=24)
    assert found["passed"], found


def test_two_curators_send_the_decisions_and_everybody_is_told_once(hub, stored):
    def make():
        showcase, curators, entries = reviewed_showcase(entries=2, team=2)
        return [showcase, *curators, *(decided(each, curators[0]) for each in entries)]

    for _ in range(ROUNDS):
        showcase, first, second, *entries = stored(make)
        address = f"/coordinate/showcases/{showcase.slug}/send"
        acts = [post(hub.browser(each), address) for each in (first, second)]
        assert sorted(at_once(*acts)) == [DONE, WAS_SECOND]
        with session_scope(hub.engine):
            for each in entries:
                answered = session().get(Entry, each.id)
                assert answered.status is EntryStatus.ACCEPTED
                told = select(func.count(Notification.id)).where(
                    Notification.subject == answered.subject,
                    Notification.member_id == answered.proposed_by_id,
                )
                assert session().scalar(told) == 1


def test_two_curators_place_entries_in_one_slot(hub, stored):
    def make():
        showcase, first, second = team_of_two()
        return [showcase, first, second, *(accepted_entry(showcase) for _ in "ab"), empty_slot_in(showcase)]

    for _ in range(ROUNDS):
        showcase, first, second, one, other, slot = stored(make)
        address = f"/coordinate/showcases/{showcase.slug}/programme/slots/{slot.public_id}/place"
        came = at_once(
            *(
                post(hub.browser(curator), address, entry=entry.public_id, version="1")
                for curator, entry in ((first, one), (second, other))
            )
        )
        assert sorted(came) == [DONE, WAS_SECOND]
        placed = (one if came[0] == DONE else other).id
        assert hub.asked(select(Slot.entry_id).where(Slot.id == slot.id)) == [placed]


def test_who_waits_has_the_place_of_who_cancels_while_somebody_comes(hub, stored):
    def make():
        showcase = opened_showcase(capacity=2)
        here, waiting = make_member(), make_member()
        registered(showcase), registered(showcase, here)
        registered(showcase, waiting, status=WAITS)
        return [showcase, here, make_member()]

    for _ in range(ROUNDS):
        showcase, leaving, coming = stored(make)
        cancelling = post(hub.browser(leaving), f"/showcases/{showcase.slug}/registration/cancel")
        assert at_once(cancelling, registering(hub, showcase, coming)) == [DONE, DONE]
        cancelled = RegistrationStatus.CANCELLED
        assert standing(hub, showcase) == (2, 2, [HAS_PLACE, cancelled, HAS_PLACE, WAITS])


def test_capacity_is_lowered_while_people_register(hub, stored):
    def make():
        curator = make_curator()
        return [opened_showcase(curator, capacity=20), curator, *(make_member() for _ in range(8))]

    for _ in range(ROUNDS):
        showcase, curator, *members = stored(make)
        browser = hub.browser(curator)
        address = f"/coordinate/showcases/{showcase.slug}/parts/registration"
        shown = browser.get(address)
        lowering = partial(browser.submit, shown, {"capacity": "4"}, action=address)
        lowered, *came = at_once(lowering, *(registering(hub, showcase, each) for each in members))
        assert came == [DONE] * len(members)
        capacity, taken, statuses = standing(hub, showcase)
        if lowered.status_code == DONE:
            assert (capacity, taken) == (4, 4)
        else:
            assert (lowered.status_code, capacity, taken) == (REFUSED, 20, 8)
        assert statuses == [HAS_PLACE] * taken + [WAITS] * (len(members) - taken)
