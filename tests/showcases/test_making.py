"""Making a showcase: drafts, what is said of it, what can still be changed later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleVersionError,
)
from hub.showcases.making.completeness import lacks_address, missing_parts
from hub.showcases.making.details import (
    Call,
    Days,
    Measure,
    Place,
    Registering,
    ShowcaseDetails,
    Source,
    Sponsor,
    Sponsors,
)
from hub.showcases.making.service import discard_showcase
from hub.showcases.models import Attendance, RegistrationStatus, ShowcaseStatus
from tests.collaboration.acts import did, told
from tests.factories import make_member, make_organisation
from tests.showcases.making import BEGINNING, PARIS, begun, everything, save
from tests.showcases.scenes import (
    EVERYBODY,
    MEMBERS,
    drafted_showcase,
    make_curator,
    make_slot,
    opened_showcase,
    proposed_entry,
    published_showcase,
    registered,
)

pytestmark = pytest.mark.db


@pytest.fixture
def curator(database):
    return make_curator()


def logged(tag):
    return session().scalars(select(AuditEntry).where(AuditEntry.tag == tag)).all()


def refused(curator, showcase, **said):
    with pytest.raises(InvalidError) as caught:
        save(curator, showcase, **said)
    return caught.value


def test_a_coordinator_begins_a_draft_and_is_its_team(curator):
    showcase = begun(curator)
    assert (showcase.status, showcase.name, showcase.city) == (
        ShowcaseStatus.DRAFT,
        "Innovation stage",
        "Paris",
    )
    assert [each.member_id for each in showcase.curators] == [curator.id]
    assert showcase.slug == showcase.public_id
    assert len(logged("showcase:draft")) == 1


def test_nobody_else_begins_one(database):
    with pytest.raises(ForbiddenError):
        begun(make_member())


def test_a_draft_without_a_name_or_place_is_refused(curator):
    with pytest.raises(InvalidError):
        begun(curator, ShowcaseDetails(name="Stage", language="en"))
    with pytest.raises(InvalidError) as caught:
        begun(curator, replace(BEGINNING, name=" … "))
    assert caught.value.field == "name"


def test_the_parts_that_are_missing_are_named_until_all_are_there(curator):
    showcase = begun(curator)
    assert missing_parts(showcase) == [
        "summary",
        "description",
        "days",
        "accessibility",
        "languages",
        "sponsors",
        "readership",
        "call",
        "criteria",
    ]
    save(curator, showcase, **everything())
    assert missing_parts(showcase) == []
    assert (showcase.languages, showcase.capacity) == (("en", "fr"), 100)
    assert [(each.name, each.weight) for each in showcase.criteria] == [
        ("Evidence", 3),
        ("Can be replicated", 2),
    ]


def test_a_save_counts_and_one_that_changes_nothing_does_not(curator):
    showcase = begun(curator)
    assert save(curator, showcase, summary="A stage.") is True
    assert showcase.version == 2
    assert save(curator, showcase, summary="A stage.") is False
    assert showcase.version == 2


def test_a_stale_save_is_refused(curator):
    showcase = begun(curator)
    save(curator, showcase, summary="A stage.")
    with pytest.raises(StaleVersionError):
        save(curator, showcase, summary="Another.", version=1)


def test_only_the_team_saves(curator):
    showcase = begun(curator)
    with pytest.raises(NotFoundError):
        save(make_curator(), showcase, summary="Mine.")


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (replace(PARIS, time_zone="Asia/Tbilisi"), "time_zone"),
        (replace(PARIS, time_zone="Mars/Olympus"), "time_zone"),
        (replace(PARIS, country="XX"), "country"),
        (replace(PARIS, online_url="javascript:alert(1)"), "online_url"),
        (replace(PARIS, city="Paris\nLyon"), "city"),
    ],
)
def test_places_that_cannot_be_are_refused(curator, place, field):
    assert refused(curator, begun(curator), place=place).field == field


def test_one_that_is_online_only_needs_no_country(curator):
    place = replace(PARIS, attendance=Attendance.ONLINE, country=None, city="", time_zone="UTC")
    showcase = begun(curator, replace(BEGINNING, place=place))
    assert "place" not in missing_parts(showcase)


def test_the_address_for_joining_is_missed_where_people_register_to_join(curator):
    showcase = published_showcase(curator)
    assert not lacks_address(showcase)
    save(curator, showcase, place=replace(PARIS, online_url=""))
    assert lacks_address(showcase)
    assert not lacks_address(opened_showcase(curator, online_url="", status=ShowcaseStatus.CANCELLED))


def test_an_end_before_the_start_is_refused(curator):
    start = now() + timedelta(days=9)
    fault = refused(curator, begun(curator), days=Days(start, start - timedelta(hours=1)))
    assert fault.field == "ends_on"


def test_a_start_that_has_passed_is_refused(curator):
    start = now() - timedelta(hours=1)
    fault = refused(curator, begun(curator), days=Days(start, start + timedelta(hours=8)))
    assert fault.field == "starts_on"


def test_a_draft_in_another_zone_keeps_what_clocks_show(curator):
    showcase = begun(curator)
    ten = datetime(2031, 6, 5, 8, 0, tzinfo=UTC)
    save(curator, showcase, days=Days(ten, ten + timedelta(hours=8)))
    slot = make_slot(showcase)
    save(curator, showcase, place=replace(PARIS, country="GE", city="Tbilisi", time_zone="Asia/Tbilisi"))
    # 10:00 in Paris, in summer two hours ahead of UTC, is 10:00 in Tbilisi, four hours ahead
    assert showcase.starts_at == datetime(2031, 6, 5, 6, 0, tzinfo=UTC)
    session().refresh(slot)
    assert slot.starts_at == showcase.starts_at


def test_what_clocks_would_turn_round_keeps_its_length_in_another_zone(curator):
    # in Paris clocks skip from 02:00 to 03:00 that night
    start = datetime(2027, 3, 28, 2, 30, tzinfo=UTC)
    online = {"attendance": Attendance.ONLINE, "country": None}
    showcase = drafted_showcase(curator, time_zone="UTC", starts_at=start, **online)
    showcase.ends_at = showcase.registration_closes_at = start + timedelta(minutes=30)
    slot = make_slot(showcase, lasts=timedelta(minutes=30))
    save(curator, showcase, place=Place(attendance=Attendance.ONLINE, time_zone="Europe/Paris"))
    session().refresh(slot)
    for thing in (showcase, slot):
        assert thing.ends_at - thing.starts_at == timedelta(minutes=30)


def test_one_that_is_shown_keeps_its_moments_in_another_zone(curator):
    showcase = opened_showcase(curator)
    before = showcase.starts_at
    save(curator, showcase, place=replace(PARIS, country="GE", city="Tbilisi", time_zone="Asia/Tbilisi"))
    assert showcase.starts_at == before


def test_the_call_closes_before_the_showcase_begins(curator):
    showcase = drafted_showcase(curator)
    late = Call("Come.", now(), showcase.starts_at + timedelta(minutes=1))
    assert refused(curator, showcase, call=late).field == "closes_on"


def test_an_open_call_closes_later_never_earlier(curator):
    showcase = opened_showcase(curator)
    opens, closes = showcase.call_opens_at, showcase.call_closes_at
    fault = refused(curator, showcase, call=Call("", opens, closes - timedelta(minutes=1)))
    assert fault.field == "closes_on"
    save(curator, showcase, call=Call("Longer.", opens, closes + timedelta(days=1)))
    assert showcase.call_closes_at == closes + timedelta(days=1)
    assert refused(curator, showcase, call=Call("", now(), closes + timedelta(days=1))).field == "opens_on"


def test_sponsors_are_named_or_there_are_none(curator):
    showcase, sponsor = begun(curator), make_organisation("Ministry of Justice")
    both = Sponsors((Sponsor("Ministry of Justice", "The venue"),), are_none=True)
    assert refused(curator, showcase, sponsors=both).field == "are_none"
    save(curator, showcase, sponsors=Sponsors((Sponsor("ministry of justice", "The venue"), Sponsor("Acme"))))
    assert [(each.name, each.organisation_id) for each in showcase.sponsors] == [
        ("ministry of justice", sponsor.id),
        ("Acme", None),
    ]


def test_an_audience_that_its_label_does_not_allow_is_refused(curator):
    wrong = replace(EVERYBODY, tlp=MEMBERS.tlp)
    assert refused(curator, begun(curator), readership=wrong).field == "tlp"


def test_weights_are_whole_numbers_within_bounds_and_names_differ(curator):
    showcase = begun(curator)
    assert refused(curator, showcase, criteria=(Measure("Evidence", "", 11),)).field == "criteria"
    assert refused(curator, showcase, criteria=(Measure("A"), Measure("a"))).field == "criteria"


def test_criteria_stay_once_the_call_takes_entries(curator):
    showcase = opened_showcase(curator)
    with pytest.raises(ConflictError):
        save(curator, showcase, criteria=(Measure("Evidence!", "", 3), Measure("Can be replicated", "", 2)))


def test_before_that_their_words_can_be_corrected_and_weights_cannot(curator):
    showcase = opened_showcase(curator, call_opens_at=now() + timedelta(days=1))
    words = (Measure("Evidence!", "", 3), Measure("Can be replicated", "", 2))
    save(curator, showcase, criteria=words)
    assert showcase.criteria[0].name == "Evidence!"
    assert refused(curator, showcase, criteria=(Measure("Evidence", "", 5), words[1])).field == "criteria"
    assert refused(curator, showcase, criteria=words[:1]).field == "criteria"


def test_the_audience_is_no_part_of_one_that_is_shown(curator):
    with pytest.raises(ConflictError):
        save(curator, opened_showcase(curator), readership=MEMBERS)


def test_what_every_showcase_needs_is_not_emptied_once_it_is_shown(curator):
    showcase = opened_showcase(curator)
    assert refused(curator, showcase, accessibility="").field == "accessibility"
    assert refused(curator, showcase, sponsors=Sponsors()).field == "are_none"


def test_capacity_never_falls_below_the_places_taken(curator):
    showcase = opened_showcase(curator, capacity=3)
    for _ in range(3):
        registered(showcase)
    terms = Registering(showcase.registration_opens_at, showcase.registration_closes_at, capacity=2)
    fault = refused(curator, showcase, registering=terms)
    assert (fault.field, fault.parameters["number"]) == ("capacity", 3)
    assert showcase.capacity == 3


def test_more_places_go_to_those_who_wait_longest(curator):
    showcase = opened_showcase(curator, capacity=1)
    registered(showcase)
    second, third = (registered(showcase, status=RegistrationStatus.WAITING) for _ in range(2))
    terms = Registering(showcase.registration_opens_at, showcase.registration_closes_at, capacity=2)
    save(curator, showcase, registering=terms)
    session().expire_all()
    assert (second.status, third.status) == (RegistrationStatus.REGISTERED, RegistrationStatus.WAITING)
    assert showcase.places_taken == 2


def test_a_way_of_taking_part_that_somebody_chose_stays(curator):
    showcase = opened_showcase(curator)
    registered(showcase, attendance=Attendance.ONLINE)
    only_on_site = replace(PARIS, attendance=Attendance.ON_SITE)
    assert refused(curator, showcase, place=only_on_site).field == "attendance"


def test_registration_that_somebody_used_is_not_switched_off(curator):
    showcase = opened_showcase(curator)
    registered(showcase)
    assert refused(curator, showcase, registering=Registering()).field == "is_on"


def test_times_that_leave_slots_outside_are_refused(curator):
    showcase = published_showcase(curator)
    make_slot(showcase)
    later = showcase.starts_at + timedelta(days=2)
    assert refused(curator, showcase, days=Days(later, later + timedelta(hours=8))).field == "starts_on"


def test_stands_set_up_before_the_doors_open_stay_on_its_days(curator):
    ten = datetime(2031, 6, 5, 8, 0, tzinfo=UTC)
    showcase = published_showcase(curator, starts_at=ten)
    make_slot(showcase, after=-timedelta(hours=1))
    assert save(curator, showcase, days=Days(ten, ten + timedelta(hours=9))) is True


def test_who_takes_part_is_told_of_another_time_and_not_of_another_summary(curator):
    showcase = opened_showcase(curator)
    comer, proposer = registered(showcase).member, make_member()
    proposed_entry(showcase, by=proposer, organisation_id=None)
    save(curator, showcase, summary="Other words.")
    assert "showcase_changed" not in told(comer)
    longer = Days(showcase.starts_at, showcase.ends_at + timedelta(hours=1))
    save(curator, showcase, days=longer)
    assert told(comer)[-1:] == told(proposer)[-1:] == ["showcase_changed"]
    assert told(curator) == []
    assert len(logged("showcase:change")) == 2


def test_nobody_is_told_twice_and_who_did_it_not_at_all(curator):
    showcase = published_showcase(curator)
    presenter = make_member()
    proposed_entry(showcase, by=presenter, organisation_id=None)
    for each in (presenter, curator):
        registered(showcase, each)
    save(curator, showcase, name="Another name")
    assert told(presenter) == ["showcase_changed"]
    assert told(curator) == []


def test_a_cancelled_one_stays_as_it_is(curator):
    with pytest.raises(ConflictError):
        save(curator, opened_showcase(curator, status=ShowcaseStatus.CANCELLED), summary="Never mind.")


def test_a_past_one_says_its_sources_and_what_is_unknown(curator):
    showcase = begun(curator, is_compiled=True)
    start = datetime(2016, 12, 7, tzinfo=UTC)
    save(
        curator,
        showcase,
        summary="At the summit.",
        days=Days(start, start + timedelta(days=2), is_all_day=True),
        readership=EVERYBODY,
        sources=(Source("https://example.org/ogp", "Summit programme", start.date()),),
        unknowns="How many came.",
    )
    assert missing_parts(showcase) == []
    ahead = now() + timedelta(days=1)
    assert refused(curator, showcase, days=Days(ahead, ahead + timedelta(hours=1))).field == "ends_on"


def test_one_that_is_shown_is_not_discarded(curator):
    with pytest.raises(ConflictError):
        did(discard_showcase, curator, opened_showcase(curator))
