"""The first journey: a partner registers an innovation, a coordinator publishes it, an investigator finds it."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

PARTS = (
    "Name and short description",
    "Problem addressed",
    "Description",
    "Kind, stage and year",
    "Functions and offences",
    "Sectors and users",
    "Data standards",
    "Licence and links",
    "Responsible organisation",
    "Countries",
    "Sources",
    "Audience and label",
)
WORDS = "Say who looks at the flags and how often."
COMMENT = "Which rules? Name at least two."


def fill_in_every_page(partner, name, rare_word):
    """Answer each part in turn; every page leads to the next one."""
    partner.sees("Name and short description", "part 1 of 12")
    partner.writes("Short description", "Compares village fund payments with prices on the local market.")
    partner.presses("Save and continue")
    partner.writes("Problem addressed", "Nobody compares what villages pay with what things cost.")
    partner.presses("Save and continue")
    partner.writes("Description", f"## How it works\n\nA {rare_word} marks payments that break a rule.")
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
    partner.chooses(
        "Standards it reads", "OCDS – Open Contracting Data Standard: public contracts from plan to delivery"
    )
    partner.presses("Save and continue")
    partner.chooses("Licence", "MIT")
    partner.writes("Website", "https://demo.example/village-prices")
    partner.presses("Save and continue")
    partner.writes(
        "Or the name of an organisation that is not on the list", f"Fictional Price Office {name[-12:]}"
    )
    partner.presses("Save and continue")
    partner.chooses("Countries where it is in use", "Indonesia", "Timor-Leste")
    partner.presses("Save and continue")
    partner.writes("Web address", "https://demo.example/price-report")
    partner.writes("Title", "Fictional report")
    partner.presses("Save and continue")
    partner.ticks("Everybody", "TLP:CLEAR")
    partner.presses("Save and continue")


@pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(WIDE, True, id="wide"),
        pytest.param(NARROW, True, id="narrow"),
        pytest.param(NARROW, False, id="narrow without scripts"),
    ],
)
def test_a_partner_registers_a_coordinator_publishes_and_a_visitor_finds(new_person, width, scripts):
    rare_word = f"tamburella{width}{'scripted' if scripts else 'plain'}"
    name = f"Village price check {width}{' with' if scripts else ' without'} scripts"

    partner = new_person(width, scripts=scripts)
    partner.signs_in("partner.id")
    partner.goes_to("Register an innovation")
    partner.sees("What you need", "It takes about 24 minutes")
    partner.writes("What is it called?", name)
    partner.presses("Start now")
    partner.sees("Countries", "of 12 parts done")
    partner.follows("Name and short description")
    fill_in_every_page(partner, name, rare_word)
    partner.sees("12 of 12 parts done")
    partner.follows("Check your answers")
    partner.sees(name, "Indonesia", "Open Contracting Data Standard", "MIT")
    partner.presses("Submit for review")
    partner.sees("Waiting for a coordinator")
    address = partner.passed[-1]

    coordinator = new_person(width, scripts=scripts)
    coordinator.signs_in("coordinator")
    coordinator.goes_to("Review")
    coordinator.presses("Take", at=coordinator.main.get_by_role("listitem").filter(has_text=name))
    coordinator.sees(name, "How it works")
    coordinator.ticks("It is not clear")
    coordinator.writes("In your words", WORDS)
    coordinator.main.locator("summary", has_text="Comment on this field: Description").click()
    coordinator.writes("Comment on: Description", COMMENT)
    coordinator.presses("Request changes")
    coordinator.is_told("Sent to the submitter.")

    partner.opens(address)
    partner.sees("A coordinator asks for changes", "It is not clear", WORDS)
    partner.follows("Make the changes")
    partner.sees("Needs a change")
    partner.follows("Description")
    partner.sees(COMMENT)
    partner.writes(
        "Description",
        f"## How it works\n\nA {rare_word} marks payments above market prices and split invoices, twice a week.",
    )
    partner.presses("Save and continue")
    partner.opens(f"{address}/check")
    partner.presses("Submit for review")
    partner.sees("Waiting for a coordinator")
    partner.signs_out()

    visitor = new_person(width, scripts=scripts)
    visitor.opens(f"/innovations?q={rare_word}")
    visitor.does_not_see(name)

    coordinator.goes_to("Review")
    coordinator.presses("Take", at=coordinator.main.get_by_role("listitem").filter(has_text=name))
    coordinator.presses("Publish")
    coordinator.is_told("Published.")
    published_at = coordinator.answered_at[f"POST {address}/publish"]
    while name not in visitor.page.request.get(f"{visitor.hub.url}/innovations?q={rare_word}").text():
        assert time.perf_counter() < published_at + 5, "not found five seconds after publication"
    assert time.perf_counter() - published_at < 1, "found, but more than a second after publication"
    coordinator.signs_out()

    visitor.opens("/")
    visitor.writes("Search the catalogue", rare_word)
    visitor.presses("Search")
    visitor.sees("1 innovation", name)
    visitor.follows(name)
    visitor.sees("In short", "Timor-Leste", "MIT", "Fictional report")
    visitor.does_not_see(WORDS, COMMENT)
    visitor.goes_to("Catalogue")
    tick_filters(visitor, "Monitor", "Timor-Leste")
    visitor.sees(name)
    expect(visitor.main.get_by_role("list", name="Chosen filters").get_by_role("listitem")).to_have_count(3)


def tick_filters(visitor, *labels):
    """Tick values of filters: the results follow at once, or after a button where no script runs."""
    filters = visitor.main.locator("details.fil")
    for label in labels:
        option = filters.locator("label.opt", has_text=label)
        more = filters.locator("details", has=visitor.page.locator("label.opt", has_text=label))
        for summary in (filters.locator("> summary"), more.locator("summary")):
            if summary.is_visible() and not option.is_visible():
                summary.click()
        option.locator("input").check()
        if visitor.scripts:
            expect(visitor.main.get_by_role("list", name="Chosen filters")).to_contain_text(label)
            visitor.looks()
    if not visitor.scripts:
        visitor.presses("Apply filters")
