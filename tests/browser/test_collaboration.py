"""From a need to a partner to an outcome that both sides sign, as the people of the demonstration meet it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.outbox import opens_the_mail
from tests.browser.passing import passes

SCREENED = "You have screened tenders with red flags before"
READS_OCDS = "You work with data in OCDS"
EXPLAINS = "You explain each flag so that a lawyer can check it"
TOOL = "Gift Counter (fictional)"
NOTICES = b"ocid,title\r\nocds-1,Fictional school roof\r\n"
OFFER = "Fictional: we screen one year of your notices and hand over the list each week."
OUTCOME = "Fictional: we screened 4,100 notices; 96 were marked, and 40 of them deserved a second look."
HALF_A_YEAR = 190


@dataclass
class Story:
    """What this telling of the journey is about, and who took the tool up in it."""

    told: str
    adopter: str
    address: str = ""
    plan: str = ""

    @property
    def title(self):
        return f"Pilot partner for red-flag screening, {self.told} (fictional)"

    @property
    def public_id(self):
        return self.address.rpartition("/")[2]


def days_from_now(days):
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - as a person reads the calendar


@pytest.mark.parametrize(
    ("width", "scripts"),
    [pytest.param(WIDE, True, id="wide"), pytest.param(NARROW, False, id="narrow without scripts")],
)
def test_a_need_finds_a_partner_and_both_sign_what_came_of_it(hub, new_person, width, scripts):
    story = Story("wide", "Fictional Procurement Monitor of Georgia")
    if not scripts:
        story = Story("plain", "Transparency International Georgia")
    georgia, coordinator, scientist = (new_person(width, scripts=scripts) for _ in range(3))

    georgia.signs_in("partner.ge")
    a_focal_point_says_that_it_is_about_no_real_case(georgia, story)
    writes_what_she_needs_part_by_part(georgia, story)
    checks_it_and_submits_it(georgia, story)
    coordinator.signs_in("coordinator3")
    a_coordinator_takes_it_and_publishes_it(coordinator, story)

    scientist.signs_in("scientist")
    a_scientist_finds_it_and_asks_a_question(scientist, story)
    the_focal_point_answers_once_for_all(georgia, story)
    the_scientist_responds_to_each_requirement(scientist, story)
    the_focal_point_compares_and_shortlists(georgia, story)
    both_talk_and_share_a_file(georgia, scientist, story)
    the_focal_point_accepts(georgia, story)

    both_plan_the_steps_and_the_work_starts(georgia, scientist, story)
    the_work_is_done_and_both_sign_what_came_of_it(georgia, scientist, story)
    the_scientist_proposes_the_replication(scientist, story)

    assert passes(hub, story.public_id, HALF_A_YEAR) == "completed"
    half_a_year_later_both_are_asked_by_mail(georgia, scientist, story)


def looked_at(person):
    """Look at a page from all sides, where this telling has a wide screen and scripts."""
    if person.scripts:
        person.looks_from_all_sides()


def a_focal_point_says_that_it_is_about_no_real_case(georgia, story):
    georgia.opens("/collaboration")
    georgia.follows("Post a request")
    georgia.presses("Continue")
    georgia.sees("Say whether it contains information about a real case.")
    georgia.ticks("No")
    georgia.presses("Continue")
    georgia.ticks("Pilot partner")
    georgia.writes("Title", story.title)
    georgia.chooses("In which language do you write?", "British English")
    georgia.presses("Begin the draft")
    georgia.sees("The need", "The partner", "Readers and dates")


def writes_what_she_needs_part_by_part(georgia, story):
    georgia.follows("What you look for")
    georgia.writes("Summary", "We look for somebody who tries red flags with us on one year of tenders.")
    georgia.writes("Background", "Fictional: our office reads 4,000 notices a year. Call +995 32 2 123 456.")
    georgia.writes("Outcome wanted", "We know which five flags are worth keeping.")
    georgia.presses("Save and continue")
    georgia.sees("Is this from a real case?", "+995 32 2 123 456", "Nothing has been saved yet.")
    looked_at_kept(georgia)
    georgia.writes("Background", "Fictional: our office reads 4,000 notices a year.")
    georgia.presses("Save and continue")

    georgia.ticks("Detect")
    georgia.chooses("Countries it is about", "Georgia")
    georgia.presses("Save and continue")

    for number, words in enumerate((SCREENED, READS_OCDS, EXPLAINS), start=1):
        georgia.writes(f"Requirement {number}", words)
    georgia.writes("Wish 1", "You can meet us once in person")
    georgia.presses("Save and continue")

    georgia.writes("What you bring", "Three years of notices, and two analysts for a day a week.")
    georgia.presses("Save and continue")

    georgia.ticks("An open call: everybody in an audience may respond", "Everybody", "TLP:CLEAR")
    georgia.presses("Save and continue")

    georgia.writes("Last day for responses", days_from_now(28))
    georgia.presses("Save and check your answers")


def checks_it_and_submits_it(georgia, story):
    georgia.sees("Check your answers", story.title, SCREENED, "Submit it")
    georgia.does_not_see("is still missing", "are still missing")
    looked_at(georgia)
    georgia.presses("Submit for review")
    georgia.is_told("Sent. A coordinator answers within 10 working days.")
    story.address = georgia.passed[-1]


def a_coordinator_takes_it_and_publishes_it(coordinator, story):
    coordinator.goes_to("Review")
    item = coordinator.main.get_by_role("listitem").filter(has_text=story.title)
    coordinator.presses("Take", at=item)
    if not coordinator.passed[-1].startswith("/coordinate/requests/"):
        coordinator.follows(story.title)
    coordinator.sees(story.title, EXPLAINS, "What the hub checked by itself")
    looked_at(coordinator)
    coordinator.presses("Publish")
    coordinator.is_told("Published")


def a_scientist_finds_it_and_asks_a_question(scientist, story):
    scientist.opens(story.address)
    scientist.sees(story.title, "days left", SCREENED)
    looked_at(scientist)
    scientist.writes("Your question", f"Which years of notices are there, {story.told}?")
    scientist.presses("Ask")
    scientist.is_told("Once it is answered")


def the_focal_point_answers_once_for_all(georgia, story):
    georgia.opens(story.address)
    # she may stand among the people to invite, never at her question
    expect(georgia.main.locator("section", has=georgia.page.locator("#questions"))).not_to_contain_text(
        "Marta V."
    )
    georgia.follows(re.compile("^Answer"))
    georgia.writes("Your answer", "2023 to 2025, each as OCDS.")
    georgia.presses("Answer for all")
    georgia.is_told("Answered, for all who may read the request.")


def the_scientist_responds_to_each_requirement(scientist, story):
    scientist.opens(story.address)
    scientist.sees("2023 to 2025, each as OCDS.")
    scientist.follows("Respond")
    scientist.ticks("Fictional Procurement Data Laboratory")
    scientist.writes("What you offer", OFFER)
    scientist.writes("An innovation of the catalogue that you offer", TOOL)
    scientist.ticks("TLP:CLEAR")
    scientist.presses("Save and answer the requirements")
    answers = ((SCREENED, "Met in full"), (READS_OCDS, "Met in full"), (EXPLAINS, "Met in part"))
    for words, fit in answers:
        row = scientist.main.get_by_role("group").filter(has_text=words)
        row.get_by_label(fit, exact=True).check(force=True)
        row.get_by_label("What shows it").fill("Fictional: in use since 2023 in two agencies.")
    row = scientist.main.get_by_role("group").filter(has_text=READS_OCDS)
    row.get_by_label("An innovation that shows it").fill(TOOL)
    scientist.presses("Save and check")
    scientist.sees(OFFER, "2 of 3 essential requirements are met in full", TOOL)
    scientist.presses("Submit the response")
    scientist.is_told("Submitted")


def looked_at_kept(person):
    """Look at a page without loading it anew, so that what was typed stays."""
    if person.scripts:
        person.looks_narrow()


def the_focal_point_compares_and_shortlists(georgia, story):
    georgia.opens(story.address)
    georgia.follows("Look at 1 response")
    table = georgia.main.get_by_role("table", name="Responses side by side")
    expect(table.get_by_role("row").filter(has_text=EXPLAINS)).to_contain_text("Met in part")
    looked_at(georgia)
    georgia.follows(re.compile("^Read and decide"))
    georgia.presses("Shortlist")
    georgia.is_told("Shortlisted.")


def both_talk_and_share_a_file(georgia, scientist, story):
    georgia.follows("Ask who responded")
    georgia.writes("Your message", "Here is **one month** of notices. Can you read it?")
    georgia.attaches("Files (optional)", "notices.csv", NOTICES)
    georgia.presses("Send the message")
    georgia.is_told("Your message is sent.")
    looked_at(georgia)

    opens_the_mail(scientist, "scientist@demo.example", f"conversation about {story.title}")
    scientist.sees("Here is **one month** of notices.")
    scientist.follows(re.compile("conversation$"))
    assert scientist.downloads("notices.csv") == NOTICES
    scientist.writes("Your message", "Yes, it is plain OCDS.")
    scientist.presses("Send the message")


def the_focal_point_accepts(georgia, story):
    georgia.opens(f"{story.address}/responses")
    georgia.follows(re.compile("^Read and decide"))
    georgia.follows("Accept")
    georgia.presses("Accept the response")
    georgia.follows("Open the plan")
    story.plan = georgia.passed[-1]


def both_plan_the_steps_and_the_work_starts(georgia, scientist, story):
    adds_a_step(georgia, "Hand over three years of notices", 7)
    scientist.opens(story.plan)
    adds_a_step(scientist, "Screen the notices of one year", 30)
    looked_at(scientist)
    georgia.opens(story.plan)
    georgia.presses("Start the work")
    georgia.is_told("started")
    georgia.opens(story.plan)


def adds_a_step(person, words, days):
    """Add a step for one's own side; the form waits behind its summary once there is a step."""
    if not person.main.get_by_label("What is to be done").is_visible():
        person.main.locator("details.plan__add summary").click()
    person.writes("What is to be done", words)
    person.main.get_by_label("(your side)").check(force=True)
    person.writes("By which day", days_from_now(days))
    person.presses("Add the step")
    person.sees(words)


def the_work_is_done_and_both_sign_what_came_of_it(georgia, scientist, story):
    for _ in range(2):
        georgia.presses("Mark as done")
    georgia.follows("Record what came of it")
    georgia.ticks("Tried in a pilot")
    georgia.writes("In your words", OUTCOME)
    georgia.presses("Ask the other side to agree")
    georgia.sees("One side has signed")

    scientist.opens(story.plan)
    scientist.sees(OUTCOME)
    scientist.presses("Agree")
    scientist.sees("Both sides have signed")
    georgia.opens(story.address)
    georgia.sees("Completed")


def the_scientist_proposes_the_replication(scientist, story):
    scientist.follows("Propose a replication")
    scientist.sees(TOOL)
    scientist.ticks(story.adopter)
    scientist.chooses("In which country", "Georgia")
    scientist.presses("Propose the replication")
    scientist.is_told("Proposed.")
    scientist.sees(story.adopter, "So far only")
    scientist.opens(story.plan)
    scientist.sees("The replication that was proposed from this")


def half_a_year_later_both_are_asked_by_mail(georgia, scientist, story):
    asked = f"Tell what became of {story.title}"
    opens_the_mail(georgia, "partner.ge@demo.example", asked)
    opens_the_mail(scientist, "scientist@demo.example", asked)
    georgia.follows(re.compile("partnership$"))
    assert georgia.passed[-1] == story.plan
    georgia.follows("Tell what became of it")
    georgia.ticks("Taken up and in use")
    georgia.writes("In your words", "Fictional: two analysts use it every Monday.")
    georgia.presses("Ask the other side to agree")
    scientist.follows(re.compile("partnership$"))
    scientist.presses("Agree")
    scientist.sees("What became of it after six months?", "Both sides have signed")
