"""Calendar files and the secret address: what stands in them for whom, and how an address ends."""

import re
from datetime import timedelta

import icalendar
import pytest
import vobject

from hub.core.clock import now
from hub.core.database import session
from hub.interchange.ical import _file
from hub.showcases.models import (
    CalendarFeed,
    EntryStatus,
    RegistrationStatus,
    Seat,
    SeatStatus,
    ShowcaseStatus,
    SlotKind,
)
from hub.showcases.programme.slots import save_slot
from tests.collaboration.acts import did
from tests.factories import make_member
from tests.showcases.programme.plans import slot_details
from tests.showcases.scenes import (
    MEMBERS,
    POLICE,
    confirmed_entry,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    recorded_innovation,
    registered,
)
from tests.web.client import main_of, words


def titles(answer):
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    first = [str(each["summary"]) for each in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]
    second = vobject.readOne(answer.text)
    assert first == [each.summary.value for each in getattr(second, "vevent_list", [])]
    return first


def made_address(browser):
    browser.get("/account/calendar")
    answer = browser.act("/account/calendar/make")
    return re.search(r"(/calendar/[\w-]+\.ics)", answer.text).group(1)


def test_a_showcase_is_one_event(client):
    showcase = published_showcase(name="Talks, demos;\r\nand more")
    make_slot(showcase, confirmed_entry(showcase))
    answer = client.get(f"/showcases/{showcase.slug}.ics")
    assert titles(answer) == ["Talks, demos; and more"]
    event = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")[0]
    assert event.decoded("dtstart") == showcase.starts_at.replace(microsecond=0)
    assert event["location"] == "Palais d’Iéna, Paris, France"
    assert f"/showcases/{showcase.slug}" in event["url"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_slots_have_files_of_their_own(client):
    showcase = published_showcase()
    slot = make_slot(showcase, confirmed_entry(showcase, recorded_innovation(name="LAPOR!")))
    make_slot(showcase, after=timedelta(hours=1))
    base = f"/showcases/{showcase.slug}"
    assert titles(client.get(f"{base}/slots/{slot.public_id}.ics")) == ["LAPOR!"]
    assert titles(client.get(f"{base}/programme.ics")) == ["LAPOR!", "Coffee"]
    assert client.get(f"{base}/slots/none.ics").status_code == 404
    unpublished = opened_showcase()
    assert client.get(f"/showcases/{unpublished.slug}/programme.ics").status_code == 404


def test_a_cancelled_showcase_says_so_and_carries_its_label(new_client):
    showcase = opened_showcase(readership=MEMBERS, status=ShowcaseStatus.CANCELLED, name="Evening")
    answer = new_client().become(make_member()).get(f"/showcases/{showcase.slug}.ics")
    assert titles(answer) == ["[TLP:GREEN] Evening"]
    assert b"STATUS:CANCELLED" in answer.data


def test_the_calendar_of_all_holds_public_ones_to_come(client, new_client):
    opened_showcase(name="Public")
    opened_showcase(name="Members", readership=MEMBERS)
    opened_showcase(name="Cancelled", status=ShowcaseStatus.CANCELLED)
    for browser in (client, new_client().become(make_member())):
        answer = browser.get("/showcases.ics")
        assert titles(answer) == ["Public"]
        assert "Set-Cookie" not in answer.headers
    again = client.get("/showcases.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.fixture
def member(database):
    return make_member()


def test_a_secret_address_holds_ones_own_dates(client, new_client, member):
    going = published_showcase(name="Going")
    registration = registered(going, member)
    seat = make_slot(going, confirmed_entry(going, recorded_innovation(name="With a seat")), capacity=5)
    waited = make_slot(going, confirmed_entry(going), after=timedelta(hours=1), capacity=5)
    session().add_all(
        [
            Seat(registration_id=registration.id, slot_id=seat.id, status=SeatStatus.TAKEN, number=1),
            Seat(registration_id=registration.id, slot_id=waited.id, status=SeatStatus.WAITING, number=1),
        ]
    )
    registered(opened_showcase(name="Waiting"), member, status=RegistrationStatus.WAITING)
    registered(published_showcase(name="Others"))
    presenting = published_showcase(name="Presenting")
    make_slot(
        presenting, confirmed_entry(presenting, recorded_innovation(name="My talk"), presenters=[member])
    )
    session().commit()
    address = made_address(new_client().become(member))
    assert set(titles(client.get(address))) == {"Going", "With a seat", "My talk"}
    answer = client.get(address)
    assert "Set-Cookie" not in answer.headers
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_draft_stands_in_the_calendar_of_presenters_once_it_was_shared(client, new_client, member):
    showcase = opened_showcase(status=ShowcaseStatus.REVIEW)
    entry = proposed_entry(
        showcase, recorded_innovation(name="My talk"), presenters=[member], status=EntryStatus.ACCEPTED
    )
    make_slot(showcase, entry)
    address = made_address(new_client().become(member))
    assert titles(client.get(address)) == []
    showcase.draft_shared_at = showcase.opened_at
    session().commit()
    answer = client.get(address)
    assert titles(answer) == ["My talk"]
    assert b"STATUS:TENTATIVE" in answer.data


def test_nothing_above_green_stands_under_a_secret_address(client, new_client):
    officer = make_member(law_enforcement="GE")
    closed = published_showcase(name="Closed", readership=POLICE)
    registered(closed, officer)
    make_slot(closed, confirmed_entry(closed, presenters=[officer]))
    registered(published_showcase(name="Green", readership=MEMBERS), officer)
    address = made_address(new_client().become(officer))
    assert titles(client.get(address)) == ["[TLP:GREEN] Green"]


def test_what_one_may_no_longer_see_leaves_the_calendar(client, new_client, member):
    showcase = published_showcase(name="Narrowed")
    registered(showcase, member)
    address = made_address(new_client().become(member))
    assert titles(client.get(address)) == ["Narrowed"]
    showcase.set_readership(POLICE)
    session().commit()
    assert titles(client.get(address)) == []


def test_an_address_is_shown_once_and_ends(client, new_client, member, database):
    browser = new_client().become(member)
    first = made_address(browser)
    secret = first.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in browser.get("/account/calendar").text
    assert secret not in session().query(CalendarFeed).one().secret_digest
    second = made_address(browser)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert browser.act("/account/calendar/revoke").status_code == 303
    assert client.get(second).status_code == 404
    assert "has no address yet" in words(main_of(browser.get("/account/calendar").text))
    assert browser.act("/account/calendar/revoke").status_code == 404


def test_the_address_of_a_suspended_member_is_silent(client, new_client, member):
    address = made_address(new_client().become(member))
    member.status = "suspended"
    session().commit()
    assert client.get(address).status_code == 404
    assert client.get("/calendar/none.ics").status_code == 404


def test_what_was_narrowed_above_green_leaves_the_secret_address(client, new_client):
    speaker, listener = make_member(law_enforcement="GE"), make_member(law_enforcement="GE")
    showcase = published_showcase(name="Stage")
    innovation = recorded_innovation(name="Canarium")
    slot = make_slot(showcase, confirmed_entry(showcase, innovation, presenters=[speaker]), capacity=5)
    seated = registered(showcase, listener)
    session().add(Seat(registration_id=seated.id, slot_id=slot.id, status=SeatStatus.TAKEN, number=1))
    session().commit()
    addresses = [made_address(new_client().become(each)) for each in (speaker, listener)]
    assert [titles(client.get(each)) for each in addresses] == [["Canarium"], ["Stage", "Canarium"]]
    innovation.set_readership(POLICE)
    session().commit()
    assert [titles(client.get(each)) for each in addresses] == [[], ["Stage"]]


def test_who_may_still_see_what_was_narrowed_reads_its_label(client, new_client):
    showcase, innovation = published_showcase(), recorded_innovation(name="Canarium")
    slot = make_slot(showcase, confirmed_entry(showcase, innovation))
    innovation.set_readership(POLICE)
    session().commit()
    base = f"/showcases/{showcase.slug}"
    officer = new_client().become(make_member(law_enforcement="GE"))
    for path in (f"{base}/programme.ics", f"{base}/slots/{slot.public_id}.ics"):
        assert titles(officer.get(path)) == ["[TLP:AMBER] Canarium"]
    for path in (base, f"{base}/programme", f"{base}/slots/{slot.public_id}"):
        assert 'class="pg-amber sheet"' in officer.get(path).text
    assert 'class="pg-clear sheet"' in client.get(base).text


def test_the_name_of_a_calendar_is_escaped_as_titles_are(client):
    showcase = published_showcase(name="Talks, demos; more\\now")
    answer = client.get(f"/showcases/{showcase.slug}.ics")
    assert rb"X-WR-CALNAME:Talks\, demos\; more\\now" in answer.data


def test_the_file_of_a_programme_is_written_once_for_the_same_rows(client):
    showcase = published_showcase()
    slot = make_slot(showcase, confirmed_entry(showcase, recorded_innovation(name="LAPOR!")))
    path = f"/showcases/{showcase.slug}/programme.ics"
    assert titles(client.get(path)) == ["LAPOR!"]
    kept = _file.cache_info()
    assert titles(client.get(path)) == ["LAPOR!"]
    assert _file.cache_info().misses == kept.misses
    slot.ends_at += timedelta(minutes=5)
    session().commit()
    assert titles(client.get(path)) == ["LAPOR!"]
    assert _file.cache_info().misses == kept.misses + 1


def test_what_changes_in_a_programme_has_a_later_stamp(client):
    showcase = published_showcase(make_curator(), saved_at=now() - timedelta(days=3))
    slot = make_slot(showcase, title="Welcome", kind=SlotKind.PLENARY)
    details = slot_details(showcase, kind=SlotKind.PLENARY, title="Welcome", after=timedelta(hours=1))
    did(save_slot, showcase.created_by, slot, details, version=slot.version)
    showcase_file = client.get(f"/showcases/{showcase.slug}/programme.ics")
    (told,) = icalendar.Calendar.from_ical(showcase_file.data).walk("VEVENT")
    assert told.decoded("last-modified") > now() - timedelta(hours=1)
