"""Fields that search while one types: nothing is chosen by accident, and no typed word is lost in silence."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW
from tests.browser.test_pages import address_of

DRAFT = "Open asset declarations (fictional)"


@pytest.fixture
def draft(new_person):
    """A partner and the address of their draft."""
    partner = new_person(NARROW)
    partner.signs_in("partner.ge")
    return partner, address_of(partner, DRAFT)


def field_of(partner, label):
    return partner.main.get_by_role("combobox", name=re.compile(rf"^\s*{label}"))


def chosen(partner):
    return partner.main.locator("select").first.evaluate(
        "each => [...each.selectedOptions].map(o => o.text.trim())"
    )


def test_the_arrow_key_chooses_nothing_where_nothing_is_found(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/countries")
    field = field_of(partner, "Countries")
    before = chosen(partner)
    field.press_sequentially("zzzz")
    expect(partner.page.get_by_role("option", name="Nothing found")).to_be_visible()
    partner.page.keyboard.press("ArrowDown")
    partner.page.keyboard.press("Enter")
    assert chosen(partner) == before
    expect(field).to_have_value("zzzz")
    assert partner.passed[-1].endswith("/countries")


def test_what_is_chosen_already_is_not_chosen_twice(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/countries")
    field = field_of(partner, "Countries")
    field.press_sequentially("Ukraine")
    partner.page.keyboard.press("ArrowDown")
    partner.page.keyboard.press("Enter")
    expect(partner.main.get_by_role("button", name="Remove Ukraine")).to_be_visible()
    before = chosen(partner)
    assert "Ukraine" in before
    field.press_sequentially("Ukraine")
    expect(partner.page.get_by_role("option", name="Already chosen")).to_be_visible()
    partner.page.keyboard.press("ArrowDown")
    partner.page.keyboard.press("Enter")
    assert chosen(partner) == before


def test_a_country_is_found_by_another_of_its_names(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/countries")
    field_of(partner, "Countries").press_sequentially("UK")
    first = partner.page.get_by_role("option").first
    expect(first).to_contain_text("United Kingdom")


def test_a_name_typed_in_full_counts_and_words_in_no_list_stop_the_form(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/countries")
    field = field_of(partner, "Countries")
    field.fill("Atlantis")
    partner.main.get_by_role("button", name="Save and continue").click()
    expect(partner.main.get_by_role("alert").filter(has_text="This is not in the list")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("Atlantis")
    partner.looks()
    partner.page.wait_for_timeout(1_000)  # the button takes no second press within a second
    field.fill("mOLDOVA")
    partner.presses("Save and continue")
    partner.opens(f"{address}/edit/countries")
    assert "Moldova" in chosen(partner)


def test_an_unknown_licence_stops_the_form(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/licence")
    field = field_of(partner, "Licence")
    field.fill("My own licence")
    partner.main.get_by_role("button", name="Save and continue").click()
    expect(partner.main.get_by_role("alert").filter(has_text="This is not in the list")).to_be_visible()
    expect(field).to_have_value("My own licence")
    field.fill("")
    partner.page.wait_for_timeout(1_000)  # the button takes no second press within a second
    partner.presses("Save and continue")


def test_only_the_fields_of_the_chosen_audience_are_asked(draft):
    partner, address = draft
    partner.opens(f"{address}/edit/audience")
    partner.ticks("Everybody")
    expect(field_of(partner, "Organisations")).to_have_count(0)
    partner.ticks("Organisations that I name")
    expect(field_of(partner, "Organisations")).to_be_visible()
    expect(field_of(partner, "Only law enforcement")).to_have_count(0)
    partner.looks()
