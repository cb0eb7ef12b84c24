"""Registering for a showcase in the browser: members, guests behind their link, seats, the list of attendees."""

import re
from datetime import timedelta

import pytest
from limits import RateLimitItemPerHour
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core import clock
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.core.sealing import sign
from hub.showcases.models import Attendance, Registration, RegistrationStatus, SeatStatus, SlotKind
from hub.showcases.registrations.details import LISTING_VERSION
from hub.showcases.registrations.guests import GUEST_PURPOSE
from tests.collaboration.acts import later, told
from tests.factories import make_member
from tests.showcases.scenes import (
    MEMBERS,
    make_curator,
    make_slot,
    opened_showcase,
    published_showcase,
    registered,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words

CODE = re.compile(r"/check-in/[\w-]{43}")


@pytest.fixture
def queries(app):
    return QueryCount(app.extensions["hub"].bind)


@pytest.fixture
def member(database):
    return make_member(display_name="Ana")


@pytest.fixture
def page(new_client, member):
    return new_client().become(member)


def text_of(answer):
    return words(main_of(answer.text))


def address(showcase, ending):
    return f"/showcases/{showcase.slug}/{ending}"


def own(showcase):
    return (
        session()
        .scalars(
            select(Registration)
            .where(Registration.showcase_id == showcase.id)
            .order_by(Registration.id.desc())
        )
        .first()
    )


def link(app, registration):
    token = sign(app.extensions["hub"].settings.secret_key(), GUEST_PURPOSE, registration.public_id)
    return f"/showcases/guest?token={token}"


def guest_of(showcase, **columns):
    return registered(
        showcase, guest_name="Eka", guest_email="eka@guests.example", guest_language="en-GB", **columns
    )


def test_a_member_registers_and_sees_the_code(page):
    showcase = opened_showcase(attendance=Attendance.ON_SITE)
    answer = page.submit(
        address(showcase, "register"), {"access_needs": "A ramp.", "listed": [LISTING_VERSION]}
    )
    assert (answer.status_code, answer.location) == (303, address(showcase, "registration"))
    ticket = page.get(answer.location)
    read = text_of(ticket)
    assert "You have a place" in read
    assert "A ramp." in read
    assert "<svg" in ticket.text
    assert f"/showcases/{showcase.slug}.ics" in ticket.text
    assert ticket.headers["Cache-Control"] == "no-store"
    assert not CODE.search(ticket.text)
    assert page.get(address(showcase, "register")).location == address(showcase, "registration")


def test_a_hybrid_asks_how_and_keeps_what_was_typed(page):
    showcase = opened_showcase()
    answer = page.submit(address(showcase, "register"), {"access_needs": "A ramp."})
    assert answer.status_code == 422
    assert "A ramp." in answer.text
    assert own(showcase) is None
    page.submit(address(showcase, "register"), {"attendance": "online"})
    read = page.get(address(showcase, "registration")).text
    assert showcase.online_url in read
    assert 'class="qr"' not in read


def test_who_takes_part_on_site_does_not_read_the_address_online(page):
    showcase = opened_showcase()
    page.submit(address(showcase, "register"), {"attendance": "on_site"})
    assert showcase.online_url not in page.get(address(showcase, "registration")).text


def test_consent_to_older_words_does_not_count(page):
    showcase = opened_showcase(attendance=Attendance.ON_SITE)
    page.get(address(showcase, "register"))
    answer = page.act(address(showcase, "register"), {"listed": "2020-01"})
    assert answer.status_code == 422
    assert own(showcase) is None


def test_full_says_so_before_and_after(page):
    showcase = opened_showcase(capacity=1, attendance=Attendance.ON_SITE)
    registered(showcase)
    assert "put on the waiting list" in text_of(page.get(address(showcase, "register")))
    page.submit(address(showcase, "register"), {})
    read = page.get(address(showcase, "registration"))
    assert "You are number 1." in text_of(read)
    assert '<div class="qr"' not in read.text


def test_closed_in_the_meantime_is_said_above_the_form(page, monkeypatch):
    showcase = opened_showcase(
        attendance=Attendance.ON_SITE, registration_closes_at=clock.now() + timedelta(hours=1)
    )
    page.get(address(showcase, "register"))
    later(monkeypatch, timedelta(hours=1))
    answer = page.act(address(showcase, "register"), {"access_needs": "A ramp."})
    assert answer.status_code == 409
    assert "Registration is closed." in text_of(answer)
    assert "A ramp." in answer.text
    assert page.get(address(showcase, "register")).location == f"/showcases/{showcase.slug}"


def test_changing_and_cancelling(page, member):
    showcase = opened_showcase(attendance=Attendance.ON_SITE)
    page.submit(address(showcase, "register"), {})
    assert (
        page.submit(address(showcase, "registration/change"), {"access_needs": "A ramp."}).status_code == 303
    )
    assert own(showcase).access_needs == "A ramp."
    assert "to whoever waits longest" in text_of(page.get(address(showcase, "registration/cancel")))
    answer = page.submit(address(showcase, "registration/cancel"), {})
    assert (answer.status_code, own(showcase).status) == (303, RegistrationStatus.CANCELLED)
    assert page.get(address(showcase, "registration")).status_code == 404
    assert told(member) == ["registration_made", "registration_cancelled"]


def test_what_is_hidden_is_not_there(page, client):
    showcase = opened_showcase(readership=MEMBERS)
    assert client.get(address(showcase, "register")).status_code == 404
    assert client.get(address(showcase, "register/sent")).status_code == 404
    assert page.get(address(showcase, "register")).status_code == 200
    assert page.get(address(showcase, "registration")).status_code == 404
    assert page.get(address(showcase, "attendees")).status_code == 404


@pytest.fixture
def guest_form():
    return {"name": "Eka", "email": "eka@guests.example", "attendance": "on_site"}


def mails_to(mailbox):
    return len(session().scalars(select(OutboxMessage).where(OutboxMessage.address == mailbox)).all())


def test_a_guest_gets_the_same_answer_whatever_is_known_of_the_address(client, guest_form):
    showcase = opened_showcase(capacity=1)
    make_member("known@guests.example")
    first = client.submit(address(showcase, "register"), guest_form)
    again = client.submit(address(showcase, "register"), guest_form)
    known = client.submit(address(showcase, "register"), {**guest_form, "email": "known@guests.example"})
    assert {(each.status_code, each.location) for each in (first, again, known)} == {
        (303, address(showcase, "register/sent"))
    }
    assert "Look into your mailbox" in text_of(client.get(first.location))
    assert showcase.places_taken == 0
    kinds = session().scalars(select(OutboxMessage.kind).where(OutboxMessage.address.is_not(None)))
    assert set(kinds) == {"guest_confirm"}


def test_nobody_learns_how_many_links_an_address_had(client, guest_form):
    showcase = opened_showcase()
    answers = [client.submit(address(showcase, "register"), guest_form) for _ in range(5)]
    assert {(each.status_code, each.location) for each in answers} == {
        (303, address(showcase, "register/sent"))
    }
    assert mails_to("eka@guests.example") == 3
    client.submit(address(showcase, "register"), {**guest_form, "email": "eka+1@guests.example"})
    assert mails_to("eka+1@guests.example") == 0


def test_strangers_lock_nobody_out(client, new_client, guest_form):
    showcase = opened_showcase()
    for _ in range(4):
        client.submit(address(showcase, "register"), guest_form)
    elsewhere = new_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    elsewhere.submit(address(showcase, "register"), {**guest_form, "name": "Eka herself"})
    assert mails_to("eka@guests.example") == 4
    assert own(showcase).guest_name == "Eka herself"


def test_the_link_confirms_by_post_alone(client, guest_form, app):
    showcase = opened_showcase(capacity=1)
    client.submit(address(showcase, "register"), guest_form)
    registration = own(showcase)
    opened = client.get(link(app, registration))
    assert "Until you confirm you have no place." in text_of(opened)
    assert showcase.places_taken == 0
    answer = client.submit(opened, {})
    assert (answer.status_code, registration.status) == (303, RegistrationStatus.REGISTERED)
    ticket = client.get(answer.location)
    assert "You have a place" in text_of(ticket)
    assert ticket.headers["Cache-Control"] == "no-store"


def test_a_guest_changes_cancels_and_is_gone(client, app):
    showcase = opened_showcase()
    registration = guest_of(showcase)
    token = link(app, registration).partition("=")[2]
    assert (
        client.submit(f"/showcases/guest/change?token={token}", {"access_needs": "A ramp."}).status_code
        == 303
    )
    assert registration.access_needs == "A ramp."
    assert client.submit(f"/showcases/guest/cancel?token={token}", {}).status_code == 303
    assert registration.status is RegistrationStatus.CANCELLED
    assert "You no longer take part." in text_of(client.get(link(app, registration)))
    assert client.get(f"/showcases/guest/change?token={token}").status_code == 409


@pytest.mark.parametrize("ending", ["", "/change", "/cancel", "/attendees"])
def test_a_forged_link_opens_nothing(client, ending, database):
    assert client.get(f"/showcases/guest{ending}?token=forged").status_code == 410


def test_a_link_of_another_purpose_opens_nothing(client, app):
    registration = guest_of(opened_showcase())
    token = sign(app.extensions["hub"].settings.secret_key(), "another-purpose", registration.public_id)
    assert client.get(f"/showcases/guest?token={token}").status_code == 410


def test_a_link_of_what_is_not_public_any_more_opens_nothing(client, app):
    showcase = opened_showcase()
    registration = guest_of(showcase)
    showcase.set_readership(MEMBERS)
    session().commit()
    assert client.get(link(app, registration)).status_code == 410


def test_members_and_guests_take_seats_and_give_them_up(page, client, app, member):
    showcase = published_showcase(attendance=Attendance.ON_SITE)
    slot = make_slot(showcase, capacity=1, kind=SlotKind.PLENARY, title="Opening")
    registration, guest = registered(showcase, member), guest_of(showcase)
    ticket = page.get(address(showcase, "registration"))
    assert "Take a seat" in text_of(ticket)
    assert page.act(address(showcase, f"slots/{slot.public_id}/seat")).status_code == 303
    token = link(app, guest).partition("=")[2]
    client.get(link(app, guest))
    assert client.act(f"/showcases/guest/slots/{slot.public_id}/seat", {"token": token}).status_code == 303
    assert "You wait for a seat as number 1." in text_of(client.get(link(app, guest)))
    assert page.act(address(showcase, f"slots/{slot.public_id}/seat/leave")).status_code == 303
    session().expire_all()
    assert not registration.seats
    assert [each.status for each in guest.seats] == [SeatStatus.TAKEN]
    answer = client.act(f"/showcases/guest/slots/{slot.public_id}/leave", {"token": token})
    assert (answer.status_code, slot.seats_taken) == (303, 0)


def test_what_is_over_says_so_among_ones_own(page, member):
    past = {"starts_in": timedelta(days=-3), "registration_opens_at": None, "registration_closes_at": None}
    registered(published_showcase(**past), member)
    registered(published_showcase(**past), member, checked_in_at=clock.now())
    registered(published_showcase(), member)
    read = text_of(page.get("/showcases/mine"))
    assert [read.count(each) for each in ("You were registered", "You were there", "You have a place")] == [
        1
    ] * 3


def test_the_list_of_attendees_is_for_who_comes(page, client, app, member):
    showcase = published_showcase()
    registered(showcase, make_member(display_name="Zaza"), is_listed=True)
    registered(showcase, make_member(display_name="Hidden one"))
    assert page.get(address(showcase, "attendees")).status_code == 404
    registered(showcase, member)
    read = text_of(page.get(address(showcase, "attendees")))
    assert "Zaza" in read
    assert "Hidden one" not in read
    token = link(app, guest_of(showcase, is_listed=True)).partition("=")[2]
    assert "Zaza" in text_of(client.get(f"/showcases/guest/attendees?token={token}"))
    assert "Eka guest" in text_of(page.get(address(showcase, "attendees")))


def test_the_same_said_again_is_not_logged_again_and_changes_are_limited(page, member, monkeypatch):
    monkeypatch.setattr("hub.web.showcases.registering.COMING", RateLimitItemPerHour(2, namespace="coming"))
    registration = registered(published_showcase(), member)
    where = address(registration.showcase, "registration/change")
    answers = [page.submit(where, {"access_needs": "A ramp."}).status_code for _ in range(3)]
    assert answers == [303, 303, 429]
    logged = select(AuditEntry).where(
        AuditEntry.subject == registration.subject, AuditEntry.tag == "registration:change"
    )
    assert len(session().scalars(logged).all()) == 1


def test_the_list_asks_no_more_with_more_on_it(page, member, queries):
    showcase = published_showcase()
    registered(showcase, member, is_listed=True)

    def count():
        with queries:
            page.get(address(showcase, "attendees"))
        return len(queries)

    count()
    before = count()
    for _ in range(5):
        registered(showcase, is_listed=True)
    assert count() == before


def test_the_page_of_the_showcase_has_the_button(page, client, member):
    showcase = opened_showcase()
    assert "Register for this event" in text_of(client.get(f"/showcases/{showcase.slug}"))
    assert "0 of 100 places taken" in text_of(page.get(f"/showcases/{showcase.slug}"))
    registered(showcase, member)
    assert "You have a place." in text_of(page.get(f"/showcases/{showcase.slug}"))


def test_the_page_of_a_slot_has_its_seats(page, member):
    showcase = published_showcase()
    slot = make_slot(showcase, capacity=5, kind=SlotKind.PLENARY, title="Opening")
    where = address(showcase, f"slots/{slot.public_id}")
    assert "0 of 5 seats taken" in text_of(page.get(where))
    registered(showcase, member)
    assert "Take a seat" in text_of(page.get(where))


def test_curators_register_like_everybody(new_client):
    curator = make_curator()
    showcase = opened_showcase(curator, attendance=Attendance.ON_SITE)
    assert new_client().become(curator).submit(address(showcase, "register"), {}).status_code == 303
