"""From a call to what came of it, as coordinators, presenters and visitors of the demonstration meet it."""

import re

from playwright.sync_api import expect

from tests.browser.calendars import kept_address, one_event_in, read_alike
from tests.browser.conftest import NARROW
from tests.browser.opening import (
    ELSEWHERE,
    EVIDENCE,
    Story,
    a_coordinator_opens_a_showcase,
    joins_the_team,
    proposes_an_innovation,
)
from tests.browser.outbox import mails_to, opens_the_mail
from tests.browser.staging import begins, days_pass, ends, opens, proposes
from tests.browser.test_collaboration import looked_at, looked_at_kept

LENS, COUNTER, READER = (
    "Tender Lens (fictional)",
    "Gift Counter (fictional)",
    "Bid Pattern Reader (fictional)",
)
PITCH = "Fictional: heronpatience, and what it found in a year."
"""What one curator must find no trace of."""

REMARK = "Fictional: heronremark, I would give it the first slot."
HALL = "Long Hall"
NEEDS = "Fictional: a seat near the door."
HALF_A_YEAR = 190


def test_a_showcase_from_its_call_to_what_came_of_it(hub, new_person):
    story = Story("Morning of methods (fictional)", "visitor.in.bergen@guest.example")
    # the others of the team pass the same pages as she does
    amal, jonas, lucia = new_person(), new_person(strict=False), new_person(strict=False)
    priya, marta, visitor = (new_person() for _ in range(3))

    amal.signs_in("coordinator")
    a_coordinator_opens_a_showcase(amal, story)
    for curator, account in ((jonas, "coordinator2"), (lucia, "coordinator3")):
        curator.signs_in(account)
        joins_the_team(curator, story)
    priya.signs_in("representative.gb")
    proposes_an_innovation(priya, story, LENS, "Fictional: which red flags inspectors follow up.")
    marta.signs_in("scientist")
    proposes_an_innovation(marta, story, COUNTER, PITCH)
    proposes(hub, story.slug, "representative.es", "bid-pattern-reader-fictional")

    a_curator_says_that_she_has_a_conflict(lucia, story)
    the_call_is_closed(amal, story)
    for curator in (amal, jonas):
        scores_each(curator, story, LENS, COUNTER, READER)
    the_curators_discuss(jonas, amal, story)
    decides(amal, story, COUNTER, "Accept")
    who_has_a_conflict_finds_no_trace(lucia, story)
    decides_the_rest(amal, story)
    nobody_knows_yet(marta, story)
    all_decisions_are_sent_together(jonas, marta, story)
    for owner, innovation in ((priya, LENS), (marta, COUNTER)):
        confirms(owner, story, innovation)

    the_programme_is_built_and_a_clash_refused(amal, story)
    who_has_a_conflict_sees_that_a_slot_is_taken(lucia, story)
    it_is_published(amal, story)
    visitors_register_until_it_is_full(visitor, priya, marta, story)
    calendars_take_it_over(visitor, priya, story)
    one_cancels_and_who_waits_has_the_place(hub, priya, marta, story)

    assert begins(hub, story.slug) == "live"
    a_visitor_is_let_in_by_the_code(amal, marta, story)
    assert ends(hub, story.slug) == "closed"
    a_visitor_wants_to_talk_to_them(marta, story)
    the_team_says_what_came_of_it(amal, story)
    days_pass(hub, story.slug, 1)
    assert days_pass(hub, story.slug, HALF_A_YEAR) == "reported"
    everybody_reads_what_came_of_it(visitor, story)


def test_the_way_to_the_stage_on_a_phone_without_scripts(hub, new_person):
    story = Story("Innovation stage", "visitor.in.paris@guest.example")
    story.slug = opens(hub, "coordinator2", slug="stage-on-a-phone", capacity=1)
    jonas, marta, visitor = (new_person(NARROW, scripts=False) for _ in range(3))
    proposes(hub, story.slug, "representative.gb", "tender-lens-fictional")
    marta.signs_in("scientist")
    proposes_an_innovation(marta, story, COUNTER, "Fictional: a minute for each gift.")
    jonas.signs_in("coordinator2")
    the_call_is_closed(jonas, story)
    scores_each(jonas, story, LENS, COUNTER, criteria=("Evidence", "Can be replicated"))
    decides(jonas, story, COUNTER, "Accept")
    decides(jonas, story, LENS, "Do not choose")
    nobody_knows_yet(marta, story)
    sends_the_decisions(jonas, story)
    confirms(marta, story, COUNTER)
    adds_the_hall(jonas, story)
    adds_a_slot(jonas, story, "10:00", 30, COUNTER)
    adds_a_slot(jonas, story, "10:15", 30)
    jonas.sees(f"{HALL} is taken from", "Choose another time or room.")
    it_is_published(jonas, story)
    registers(marta, story, "You have a place")
    a_guest_registers_by_mail(visitor, story, "You are on the waiting list")
    cancels(marta, story)
    opens_the_mail(visitor, story.guest, "A place came free")
    visitor.follows(re.compile("guest"))
    visitor.sees("You have a place", "Show this code at the entrance")


def a_curator_says_that_she_has_a_conflict(lucia, story):
    lucia.opens(f"{story.desk}/entries")
    lucia.follows(COUNTER)
    lucia.follows("I have a conflict with this")
    lucia.presses("Recuse myself")
    lucia.is_told("You find nothing of this entry any more")


def the_call_is_closed(curator, story):
    curator.opens(story.desk)
    curator.follows("Close the call now")
    curator.presses("Close the call")


def scores_each(curator, story, *innovations, criteria=(EVIDENCE, ELSEWHERE)):
    for innovation in innovations:
        curator.opens(f"{story.desk}/entries")
        curator.follows(innovation)
        for criterion in criteria:
            curator.main.get_by_role("group", name=criterion).get_by_label("4 – good").check(force=True)
        curator.presses("Give these scores")
        curator.is_told("Your scores are given.")


def the_curators_discuss(jonas, amal, story):
    jonas.opens(f"{story.desk}/entries")
    jonas.follows(COUNTER)
    jonas.writes("Your remark", REMARK)
    jonas.presses("Say it")
    amal.opens(f"{story.desk}/ranking")
    amal.sees(LENS, COUNTER, READER)


def decides(curator, story, innovation, decision):
    curator.opens(f"{story.desk}/entries")
    curator.follows(innovation)
    curator.follows(decision)
    curator.presses("Write the decision down")
    curator.is_told("Nobody is told before all decisions are sent.")


def who_has_a_conflict_finds_no_trace(lucia, story):
    hidden = PITCH.split()[1].rstrip(","), REMARK.split()[1].rstrip(","), COUNTER, "Marta V."
    for page in (
        "",
        "/entries",
        "/progress",
        "/ranking",
        "/decide-several",
        "/send",
        "/programme",
        "/preview",
    ):
        assert lucia.opens(f"{story.desk}{page}") == 200
        lucia.does_not_see(*hidden)
    lucia.opens(f"{story.desk}/progress")
    lucia.sees("4 of 6 scores are given.")
    lucia.opens("/notifications")
    lucia.does_not_see(COUNTER)


def decides_the_rest(amal, story):
    decides(amal, story, LENS, "Accept")
    amal.opens(f"{story.desk}/entries")
    amal.follows(READER)
    amal.follows("Waiting list")
    amal.writes("Place on the waiting list", "1")
    amal.presses("Write the decision down")
    amal.opens(f"{story.desk}/send")


def nobody_knows_yet(marta, story):
    marta.opens("/showcases/mine")
    marta.follows(COUNTER)
    marta.sees("The curators score all entries and answer everybody at the same time.")
    marta.does_not_see("Accepted", "What the curators write", "glad to accept")


def sends_the_decisions(curator, story):
    curator.opens(f"{story.desk}/send")
    curator.presses("Send all decisions")
    curator.is_told("Everybody who proposed an entry has their answer.")


def all_decisions_are_sent_together(jonas, marta, story):
    sends_the_decisions(jonas, story)
    opens_the_mail(marta, "scientist@demo.example", f"{COUNTER} was accepted for a showcase")
    waits = f"{READER} is on the waiting list of a showcase"
    opens_the_mail(marta, "representative.es@demo.example", waits)


def confirms(owner, story, innovation):
    owner.opens("/showcases/mine")
    owner.follows(innovation, at=owner.main.get_by_role("listitem").filter(has_text=story.name))
    owner.sees("Accepted.", "glad to accept")
    owner.presses("Confirm")
    owner.is_told("Confirmed.")


def adds_the_hall(curator, story):
    curator.opens(f"{story.desk}/programme/rooms")
    curator.writes("Name", HALL)
    curator.writes("Seats", "40")
    curator.presses("Add the room")


def adds_a_slot(curator, story, begins_at, minutes, innovation=None):
    curator.opens(f"{story.desk}/programme/slots/new")
    if innovation:
        curator.picks("Entry", innovation)
    curator.writes("Begins at", begins_at)
    curator.writes("Minutes", str(minutes))
    curator.picks("Room", HALL)
    curator.presses("Add to the programme")


def the_programme_is_built_and_a_clash_refused(amal, story):
    adds_the_hall(amal, story)
    adds_a_slot(amal, story, "09:00", 30, LENS)
    amal.is_told("Added to the programme.")
    adds_a_slot(amal, story, "09:15", 30, COUNTER)
    amal.sees(f"{HALL} is taken from", "Choose another time or room.")
    looked_at_kept(amal)
    amal.writes("Begins at", "09:30")
    amal.presses("Add to the programme")
    amal.is_told("Added to the programme.")


def who_has_a_conflict_sees_that_a_slot_is_taken(lucia, story):
    lucia.opens(f"{story.desk}/programme")
    lucia.sees("Taken", LENS)
    lucia.does_not_see(COUNTER, "Marta V.")


def it_is_published(curator, story):
    curator.opens(f"{story.desk}/programme")
    curator.follows("Check and publish")
    curator.presses("Publish the programme")
    curator.is_told("The programme is published.")


def visitors_register_until_it_is_full(visitor, priya, marta, story):
    a_guest_registers_by_mail(visitor, story, "You have a place")
    registers(priya, story, "You have a place")
    marta.opens(story.address)
    marta.sees("2 of 2 places taken")
    looked_at(marta)
    registers(marta, story, "You are on the waiting list")
    marta.sees("You are number 1.")


def registers(person, story, answer):
    person.opens(story.address)
    person.follows("Register for this event")
    if person.main.get_by_label("On site", exact=True).count():
        person.ticks("On site")
    person.presses("Register")
    person.sees(answer)


def a_guest_registers_by_mail(visitor, story, answer):
    visitor.opens(story.address)
    visitor.follows("Register for this event")
    visitor.writes("Name", "Ida V. (fictional)")
    visitor.writes("Email address", story.guest)
    if visitor.main.get_by_label("On site", exact=True).count():
        visitor.ticks("On site")
    visitor.writes("What do you need to take part?", NEEDS)
    visitor.presses("Send me the link")
    visitor.sees("Look into your mailbox")
    opens_the_mail(visitor, story.guest, "Confirm your registration")
    visitor.follows(re.compile("guest"))
    visitor.presses("Confirm your registration")
    visitor.sees(answer)
    looked_at_kept(visitor)


def calendars_take_it_over(visitor, priya, story):
    visitor.opens(story.address)
    whole = read_alike(visitor.downloads("Put it into your calendar"))
    assert one_event_in(whole).name == story.name
    visitor.follows(LENS)
    slot = one_event_in(read_alike(visitor.downloads("Put it into your calendar")))
    assert LENS in slot.name
    assert slot.begins == one_event_in(whole).begins

    priya.opens("/account/calendar")
    priya.presses("Make an address")
    looked_at_kept(priya)
    own = read_alike(kept_address(priya.main.locator(".address-once").inner_text()))
    assert story.name in {each.name for each in own}


def cancels(person, story):
    person.opens(f"{story.address}/registration")
    person.follows("Cancel your registration")
    person.presses("Cancel your registration")
    person.is_told("whoever waits longest has the place")


def one_cancels_and_who_waits_has_the_place(hub, priya, marta, story):
    cancels(priya, story)
    opens_the_mail(marta, "scientist@demo.example", f"A place came free: you can come to {story.name}")
    assert not any("place came free" in each["Subject"] for each in mails_to(hub, story.guest))
    marta.opens(f"{story.address}/registration")
    marta.sees("You have a place", "Show this code at the entrance")


def a_visitor_is_let_in_by_the_code(amal, marta, story):
    amal.opens(f"{story.desk}/check-in?q=Marta")
    person = amal.main.get_by_role("listitem").filter(has_text="Marta V.")
    amal.presses("Check in", at=person)
    marta.opens(f"{story.address}/registration")
    marta.sees("You were checked in:")


def a_visitor_wants_to_talk_to_them(marta, story):
    marta.opens(story.address)
    marta.follows(LENS)
    marta.follows("I want to talk to them")
    marta.ticks("No")
    marta.presses("Continue")
    marta.ticks("Somebody to try it with, on a small scale", "Priya N. (fictional)", "Yes, count it")
    marta.writes("What do you want to talk about?", "Fictional: we read 400 notices a year.")
    marta.writes("What should come of it?", "Fictional: we know which flags to keep.")
    looked_at_kept(marta)
    marta.presses("Look at the request")
    marta.presses("Send to 1 receiver")
    marta.sees(story.name)


def the_team_says_what_came_of_it(amal, story):
    amal.opens(f"{story.desk}/presence")
    amal.presses("Mark the other 2 as presented")
    amal.opens(f"{story.desk}/report")
    amal.writes("What came of it?", "Fictional: one laboratory wants to try **Tender Lens**.")
    looked_at_kept(amal)
    amal.presses("Publish the report")
    amal.is_told("Published.")


def everybody_reads_what_came_of_it(visitor, story):
    visitor.opens("/showcases")
    visitor.follows(story.name)
    visitor.follows("Read what came of it")
    visitor.sees("one laboratory wants to try", "2 innovations were in the programme", "1 was checked in")
    figures = visitor.main.locator("table.came__table").first
    expect(figures).to_contain_text("After 6 months")
    row = figures.locator("tr").filter(has_text="Requests to those who presented")
    expect(row.locator("td")).to_have_text(["1", "1", "1"])
    assert b"Requests to those who presented" in visitor.downloads(re.compile("CSV"))
