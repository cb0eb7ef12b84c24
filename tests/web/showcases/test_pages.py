"""The public pages of showcases: directory, one showcase, its programme, a slot; to whom, in which time, how light."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hub.core.database import session
from hub.showcases.models import Attendance, ChangeKind, ProgrammeChange, ShowcaseSponsor, ShowcaseStatus
from tests.factories import make_member, make_profile
from tests.showcases.scenes import (
    MEMBERS,
    POLICE,
    confirmed_entry,
    drafted_showcase,
    make_curator,
    make_room,
    make_slot,
    opened_showcase,
    published_showcase,
    recorded_innovation,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import main_of, words

JUNE = datetime(2027, 6, 5, 7, tzinfo=UTC)


def told(answer):
    assert answer.status_code == 200, answer.status
    return words(main_of(answer.text))


def hrefs(answer):
    return {each.get("href") for each in main_of(answer.text).iter("a")}


@pytest.fixture
def stage(database):
    showcase = published_showcase(starts_at=JUNE, name="Summer stage", slug="summer")
    showcase.room = make_room(showcase, "Salle 301")
    return showcase


def test_the_directory_tells_each_reader_their_own(client, new_client):
    opened_showcase(name="For all")
    opened_showcase(name="For members", readership=MEMBERS)
    opened_showcase(name="For police", readership=POLICE)
    drafted_showcase(name="Draft")
    visitor = told(client.get("/showcases"))
    assert "1 showcase" in visitor
    assert "For all" in visitor
    member = told(new_client().become(make_member()).get("/showcases"))
    assert "2 showcases" in member
    assert "For police" not in visitor + member
    assert "Draft" not in visitor + member


def test_the_directory_takes_any_address(client):
    opened_showcase(name="For all")
    for query in ("?page=999", "?page=x", "?state=x&attendance=hybrid", "?year=x", "?country=%00&language=x"):
        client.get(f"/showcases{query}")
    assert "No showcase matches all of this" in told(client.get("/showcases?q=nothing+like+this"))
    assert "For all" in told(client.get("/showcases?q=FOR&state=upcoming"))


def test_an_empty_directory_says_so(client):
    assert "No showcase is announced at the moment" in told(client.get("/showcases"))


def test_queries_of_the_directory_do_not_grow(client, app):
    counts = []
    for number in (1, 8):
        for _ in range(number):
            opened_showcase()
        with QueryCount(app.extensions["hub"].bind) as found:
            client.get("/showcases")
        counts.append(len(found.statements))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("status", [each for each in ShowcaseStatus if each is not ShowcaseStatus.DRAFT])
def test_a_showcase_is_read_in_each_state(client, status):
    showcase = opened_showcase(status=status)
    answer = client.get(f"/showcases/{showcase.slug}")
    text = told(answer)
    for part in (showcase.name, "TLP:CLEAR", "Palais d’Iéna, Paris, France", "hearing loop", "weight 3"):
        assert part in text
    assert ("The host event was cancelled." in text) is (status is ShowcaseStatus.CANCELLED)


def test_a_hidden_showcase_is_not_there(client, new_client, database):
    curator = make_curator()
    draft, closed = drafted_showcase(curator), published_showcase(readership=POLICE)
    slot = make_slot(closed, confirmed_entry(closed))
    for page in (
        "",
        "/programme",
        f"/slots/{slot.public_id}",
        ".ics",
        "/programme.ics",
        f"/slots/{slot.public_id}.ics",
    ):
        for browser in (client, new_client().become(make_member())):
            assert browser.get(f"/showcases/{closed.slug}{page}").status_code == 404
    assert client.get(f"/showcases/{draft.slug}").status_code == 404
    assert "Only the team sees this page" in told(
        new_client().become(curator).get(f"/showcases/{draft.slug}")
    )


def test_a_random_id_leads_to_the_page(client):
    showcase = opened_showcase(slug="short")
    assert client.get(f"/showcases/{showcase.public_id}").headers["Location"] == "/showcases/short"


def test_a_programme_tells_time_room_and_presenters(client, stage):
    member = make_member(display_name="Nino")
    make_profile(member)
    entry = confirmed_entry(stage, recorded_innovation(name="LAPOR!"), presenters=[member, "Ana Ruiz"])
    slot = make_slot(stage, entry, room=stage.room)
    make_slot(stage, after=timedelta(hours=1))
    for page in ("/showcases/summer", "/showcases/summer/programme"):
        answer = client.get(page)
        text = told(answer)
        for part in (
            "Saturday",
            "Paris time",
            "09:00–09:15",
            "LAPOR!",
            "Nino, Ana Ruiz",
            "Salle 301",
            "Coffee",
        ):
            assert part in text
        assert f"/showcases/summer/slots/{slot.public_id}" in hrefs(answer)
    by_room = told(client.get("/showcases/summer/programme?by=room"))
    assert by_room.index("Salle 301") < by_room.index("For all rooms")


def test_names_lead_to_profiles_only_where_they_may_be_read(client, new_client, stage):
    member = make_member()
    make_profile(member, audience="members")
    make_slot(stage, confirmed_entry(stage, presenters=[member]))
    profile = f"/members/{member.public_id}"
    assert profile not in hrefs(client.get("/showcases/summer"))
    assert profile in hrefs(new_client().become(make_member()).get("/showcases/summer"))
    assert profile not in hrefs(client.get("/showcases/summer"))


def test_times_are_told_in_the_readers_zone_too(client, new_client, stage):
    make_slot(stage, confirmed_entry(stage), after=timedelta(hours=14, minutes=30))
    georgian = new_client().become(make_member(country="GE"))
    page = georgian.get("/showcases/summer")
    assert "23:30–23:45 6 June, 01:30–01:45" in told(page)
    assert "Tbilisi time" in told(page)
    assert "01:30" not in told(client.get("/showcases/summer"))
    asked = told(client.get("/showcases/summer/programme?zone=America/New_York"))
    assert "23:30–23:45 17:30–17:45" in asked
    assert "17:30" not in told(client.get("/showcases/summer/programme?zone=Mars/Base"))


@pytest.mark.parametrize(
    ("begin", "hours"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01:30–03:30"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "02:30–02:30"),
    ],
)
def test_the_hour_at_which_clocks_change_is_told_right(client, begin, hours):
    showcase = published_showcase(starts_at=begin)
    make_slot(showcase, lasts=timedelta(hours=1))
    assert hours in told(client.get(f"/showcases/{showcase.slug}"))


def test_what_changed_is_told(client, stage):
    slot = make_slot(stage, confirmed_entry(stage, recorded_innovation(name="LAPOR!")))
    session().add(
        ProgrammeChange(
            showcase_id=stage.id,
            slot_id=slot.id,
            entry_id=slot.entry_id,
            kind=ChangeKind.MOVED,
            room_before="Salle 1",
            room_after="Salle 2",
            started_before=JUNE,
            ended_before=JUNE,
            starts_after=JUNE + timedelta(hours=1),
            ends_after=JUNE + timedelta(hours=2),
        )
    )
    session().commit()
    assert (
        "LAPOR!: moved from Saturday 5 June 2027, 09:00, Salle 1 to Saturday 5 June 2027, 10:00, Salle 2"
        in told(client.get("/showcases/summer")).replace("Saturday,", "Saturday")
    )


def test_what_is_on_now_stands_first(client, stage):
    make_slot(stage, confirmed_entry(stage, recorded_innovation(name="LAPOR!")), room=stage.room)
    assert "On now" not in told(client.get("/showcases/summer"))
    with time_machine.travel(JUNE + timedelta(minutes=5)):
        assert "On now LAPOR! · Salle 301 until 09:15" in told(client.get("/showcases/summer"))


def test_sponsors_are_named_or_said_to_be_none(client, stage):
    assert "There are none" in told(client.get("/showcases/summer"))
    stage.has_no_sponsors, stage.sponsors = (
        False,
        [ShowcaseSponsor(name="City", gives="the venue", position=0)],
    )
    session().commit()
    assert "City the venue" in told(client.get("/showcases/summer"))


def test_a_slot_tells_why_to_see_it(client, stage):
    entry = confirmed_entry(stage, recorded_innovation(name="LAPOR!"), pitch="It found 40 cases.")
    slot = make_slot(stage, entry, room=stage.room)
    answer = client.get(f"/showcases/summer/slots/{slot.public_id}")
    text = told(answer)
    for part in ("LAPOR!", "It found 40 cases.", "Salle 301", "Paris time", "I want to talk to them"):
        assert part in text
    assert f"/innovations/{entry.innovation.slug}" in hrefs(answer)
    assert entry.needs not in answer.text


def test_machines_read_a_public_showcase_as_an_event(client, new_client, stage):
    stage.name = "</script><b>Stage"
    stage.online_url = "https://meet.example.org/secret"
    session().commit()
    make_slot(stage, confirmed_entry(stage, presenters=["Ana Ruiz"]), room=stage.room)
    answer = client.get("/showcases/summer")
    assert "meet.example.org" not in answer.text
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', answer.text).group(1)
    event = json.loads(found)
    assert (event["@type"], event["name"], event["startDate"]) == (
        "Event",
        stage.name,
        "2027-06-05T09:00+02:00",
    )
    assert event["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert event["subEvent"][0]["performer"] == [{"@type": "Person", "name": "Ana Ruiz"}]
    closed = published_showcase(readership=MEMBERS)
    member = new_client().become(make_member())
    assert "ld+json" not in member.get(f"/showcases/{closed.slug}").text


def test_queries_of_pages_do_not_grow_with_the_programme(client, app, stage):
    counts = []
    for number in (2, 10):
        for _ in range(number):
            slot = make_slot(stage, confirmed_entry(stage))
        pages = ("", "/programme", f"/slots/{slot.public_id}")
        for page in pages:
            client.get(f"/showcases/summer{page}")
        with QueryCount(app.extensions["hub"].bind) as found:
            for page in pages:
                client.get(f"/showcases/summer{page}")
        counts.append(len(found.statements))
    assert counts[0] == counts[1]


def test_a_first_visit_is_light(client, stage):
    for number in range(60):
        make_slot(stage, confirmed_entry(stage), after=timedelta(minutes=number * 5))
    packed = {"Accept-Encoding": "gzip"}
    page = client.get("/showcases/summer", headers=packed)
    text = gzip.decompress(page.data).decode()
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    assert len(page.data) + sum(len(client.get(each, headers=packed).data) for each in named) < 60_000


def test_an_innovation_names_where_it_was_shown(client, stage):
    innovation = recorded_innovation()
    make_slot(stage, confirmed_entry(stage, innovation))
    text = told(client.get(f"/innovations/{innovation.slug}"))
    assert "Shown at Summer stage" in text


def test_home_and_country_name_a_showcase(client, stage):
    opened_showcase(name="Cancelled one", status=ShowcaseStatus.CANCELLED, starts_in=timedelta(days=1))
    home = told(client.get("/"))
    assert "Next showcase" in home
    assert "Summer stage" in home
    assert "Cancelled one" not in home
    assert "Showcases here" in told(client.get("/countries/FR"))


def test_an_online_showcase_has_no_place(client):
    showcase = opened_showcase(attendance=Attendance.ONLINE, venue="", city="", country=None)
    text = told(client.get(f"/showcases/{showcase.slug}"))
    assert "Online" in text
    assert "meet.example.org" not in text


def test_what_was_decided_is_not_called_under_review(client):
    showcase = opened_showcase(status=ShowcaseStatus.REVIEW)
    path = f"/showcases/{showcase.slug}"
    assert "Entries under review" in told(client.get(path))
    showcase.decisions_sent_at = showcase.opened_at
    session().commit()
    assert "Programme in preparation" in told(client.get(path))
    showcase.starts_at, showcase.ends_at = JUNE.replace(year=2025), JUNE.replace(year=2025, hour=9)
    showcase.registration_closes_at = None
    session().commit()
    assert "No programme was published." in told(client.get(path))


def test_second_times_say_whose_they_are(client, new_client):
    showcase = published_showcase()
    make_slot(showcase, confirmed_entry(showcase, is_featured=True))
    reader = new_client().become(make_member(time_zone="Asia/Tbilisi"))
    path = f"/showcases/{showcase.slug}"
    assert "below them, where they differ: Tbilisi time" in told(reader.get(path))
    assert "where they differ" not in told(client.get(path))


def test_a_pitch_is_drawn_for_the_audience_as_for_its_side(client):
    showcase = published_showcase()
    slot = make_slot(showcase, confirmed_entry(showcase, pitch="It found **40 cases**."))
    shown = client.get(f"/showcases/{showcase.slug}/slots/{slot.public_id}").text
    assert "<strong>40 cases</strong>" in shown
