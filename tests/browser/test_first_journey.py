"""The first journey: a partner registers an innovation, a coordinator publishes it, an investigator finds it."""

import math
import threading
import time
import urllib.request
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

OCDS = "OCDS – Open Contracting Data Standard: public contracts from plan to delivery"
WORDS = "Say who looks at the flags and how often."
COMMENT = "Which rules? Name at least two."
SECONDS_TO_BE_FOUND = 1


@dataclass
class Story:
    """What this telling of the journey is about."""

    name: str
    rare_word: str
    address: str = ""

    @property
    def first_text(self):
        return f"## How it works\n\nA {self.rare_word} marks payments that break a rule."

    @property
    def corrected_text(self):
        return f"## How it works\n\nA {self.rare_word} marks split invoices and prices above the market, twice a week."


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(WIDE, True, id="wide"),
        pytest.param(NARROW, True, id="narrow"),
        pytest.param(NARROW, False, id="narrow without scripts"),
    ],
)
def test_a_partner_registers_a_coordinator_publishes_and_a_visitor_finds(new_person, width, scripts):
    told = f"{'narrow' if width == NARROW else 'wide'}{'' if scripts else 'plain'}"
    story = Story(f"Village price check, {told}", f"tamburella{told}")
    partner, coordinator, visitor = (new_person(width, scripts=scripts) for _ in range(3))

    partner.signs_in("partner.id")
    a_partner_begins_a_record(partner, story)
    answers_every_part_of_it(partner, story)
    and_submits_it(partner, story)

    coordinator.signs_in("coordinator")
    a_coordinator_asks_for_a_change(coordinator, story)

    the_partner_finds_the_words_at_the_field_and_corrects_it(partner, story)
    partner.signs_out()
    nobody_else_finds_it_yet(visitor, story)

    the_coordinator_publishes_it(coordinator, story)
    coordinator.signs_out()

    a_visitor_finds_it_by_a_word_of_its_description(visitor, story)
    and_by_two_filters(visitor, story)


def a_partner_begins_a_record(partner, story):
    partner.goes_to("Register an innovation")
    partner.sees("What you need", "It takes about 12 minutes", "All of it takes about 40 minutes")
    partner.writes("What is it called?", story.name)
    partner.presses("Start now")
    partner.sees("of 20 parts done", "About it", "Risks and readers")
    partner.follows("Name and short description")


def answers_every_part_of_it(partner, story):
    """Answer part after part; each page leads to the next one."""
    says_what_it_is(partner, story)
    says_who_and_where(partner, story)
    says_what_it_takes_and_what_came_of_it(partner)
    partner.ticks("Everybody", "TLP:CLEAR")
    partner.presses("Save and check your answers")


def says_what_it_is(partner, story):
    partner.sees("part 1 of 20")
    partner.writes("Short description", "Compares village fund payments with prices on the local market.")
    partner.presses("Save and continue")
    partner.writes("Problem addressed", "Nobody compares what villages pay with what things cost.")
    partner.presses("Save and continue")
    partner.writes("Description", story.first_text)
    partner.presses("Preview")
    expect(partner.main.get_by_role("heading", name="How it works")).to_be_visible()
    partner.presses("Save and continue")
    partner.ticks("Software", "Not known")
    partner.writes("Year it started", "2024")
    partner.presses("Save and continue")
    partner.ticks("Detect", "Monitor")
    partner.presses("Save and continue")
    partner.ticks("Local government")
    partner.presses("Save and continue")
    partner.chooses("Standards it reads", OCDS)
    partner.presses("Save and continue")
    partner.chooses("Licence", "MIT")
    partner.writes("Website", "https://demo.example/village-prices")
    partner.presses("Save and continue")


def says_who_and_where(partner, story):
    partner.writes("Or the name of an organisation that is not on the list", f"Price Office of {story.name}")
    partner.presses("Save and continue")
    partner.writes("Name", "Fictional Fund")
    partner.picks("Role", "Funder")
    partner.presses("Save and continue")
    partner.chooses("Countries where it is in use", "Indonesia", "Timor-Leste")
    partner.chooses("Languages it is available in", "Indonesian")
    partner.presses("Save and continue")
    partner.writes("Contact point", "Price desk")
    partner.writes("Email or web address", "desk@demo.example")
    partner.presses("Save and continue")


def says_what_it_takes_and_what_came_of_it(partner):
    partner.picks("Area", "Data")
    partner.writes("What is needed", "Prices on local markets, each month.")
    partner.presses("Save and continue")
    partner.ticks("Up to EUR 10,000")
    partner.presses("Save and continue")
    partner.writes("Conditions for success", "Somebody in the district reads the list.")
    partner.presses("Save and continue")
    partner.writes("Results", "Nobody has counted yet.")
    partner.presses("Save and continue")
    partner.writes("Challenges and lessons", "Prices differ by season.")
    partner.presses("Save and continue")
    partner.writes("Web address", "https://demo.example/price-report")
    partner.writes("Title", "Fictional report")
    partner.presses("Save and continue")
    partner.writes("Privacy", "It holds no data about people.")
    partner.presses("Save and continue")


def and_submits_it(partner, story):
    partner.sees(story.name, "Indonesia", "Open Contracting Data Standard", "MIT")
    partner.presses("Submit for review")
    partner.sees("Waiting for a coordinator")
    story.address = partner.passed[-1]


def a_coordinator_asks_for_a_change(coordinator, story):
    coordinator.goes_to("Review")
    takes_it(coordinator, story)
    coordinator.sees(story.name, "How it works")
    coordinator.ticks("It is not clear")
    coordinator.writes("In your words", WORDS)
    coordinator.main.locator("summary", has_text="Comment on this field: Description").click()
    coordinator.writes("Comment on: Description", COMMENT)
    coordinator.presses("Request changes")
    coordinator.is_told("Sent to the submitter.")


def takes_it(coordinator, story):
    coordinator.presses("Take", at=coordinator.main.get_by_role("listitem").filter(has_text=story.name))


def the_partner_finds_the_words_at_the_field_and_corrects_it(partner, story):
    partner.opens(story.address)
    partner.sees("A coordinator asks for changes", "It is not clear", WORDS)
    partner.follows("Make the changes")
    partner.sees("Needs a change")
    partner.follows("Description")
    partner.sees(COMMENT)
    partner.writes("Description", story.corrected_text)
    partner.presses("Save and return to the list")
    partner.follows("Check your answers")
    partner.presses("Submit for review")
    partner.sees("Waiting for a coordinator")


def nobody_else_finds_it_yet(visitor, story):
    visitor.opens(f"/innovations?q={story.rare_word}")
    visitor.does_not_see(story.name)
    assert visitor.opens(story.address) == 404


def the_coordinator_publishes_it(coordinator, story):
    """Somebody searches for it all the while, and finds it within a second of the answer that it is published."""
    lookout = Lookout(f"{coordinator.hub.url}/innovations?q={story.rare_word}", story.name)
    coordinator.goes_to("Review")
    takes_it(coordinator, story)
    lookout.start()
    coordinator.presses("Publish")
    coordinator.is_told("Published.")
    lookout.join(timeout=10)
    answered_at = coordinator.answered_at[f"POST {story.address}/publish"]
    assert lookout.found_at - answered_at < 1, "seconds from publication to being found"


class Lookout(threading.Thread):
    """Asks for a page again and again until it holds some words."""

    def __init__(self, url, words):
        super().__init__(daemon=True)
        self.url, self.words, self.found_at = url, words, math.inf

    def run(self):
        until = time.perf_counter() + 20
        while self.found_at == math.inf and time.perf_counter() < until:
            with urllib.request.urlopen(self.url) as answer:
                if self.words in answer.read().decode():
                    self.found_at = time.perf_counter()
            time.sleep(0.03)


def a_visitor_finds_it_by_a_word_of_its_description(visitor, story):
    visitor.opens("/")
    visitor.writes("Search the catalogue", story.rare_word)
    visitor.presses("Search")
    visitor.sees("1 innovation", story.name)
    visitor.follows(story.name)
    visitor.sees("In short", "Timor-Leste", "MIT", "Fictional report")
    visitor.does_not_see(WORDS, COMMENT)


def and_by_two_filters(visitor, story):
    visitor.goes_to("Catalogue")
    ticks_filters(visitor, "Monitor", "Timor-Leste")
    visitor.sees(story.name)
    expect(visitor.main.get_by_role("list", name="Chosen filters").get_by_role("listitem")).to_have_count(3)


def ticks_filters(visitor, *labels):
    """Tick values of filters: the results follow at once, or after a button where no script runs."""
    filters = visitor.main.locator("details.fil")
    for label in labels:
        option = filters.locator("label.opt", has_text=label)
        more = filters.locator("details", has=visitor.page.locator("label.opt", has_text=label))
        for folded in (filters, more):
            summary = folded.locator("> summary")
            if summary.is_visible() and folded.get_attribute("open") is None:
                summary.click()
        option.locator("input").check()
        if visitor.scripts:
            expect(visitor.main.get_by_role("list", name="Chosen filters")).to_contain_text(label)
            visitor.looks()
    if not visitor.scripts:
        visitor.presses("Apply filters")
