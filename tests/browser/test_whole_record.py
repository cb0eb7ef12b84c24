"""The whole record, as people meet it: imported, published as a batch, translated, changed, and shown to work."""

import csv
import io
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

NAMES = (
    "Ledger of gifts",
    "Bridge inspection diary",
    "School meal counter",
    "Hospital queue tickets",
    "Forest permit map",
    "Court calendar",
    "Road repair photographs",
    "Seal of the land office",
    "Water meter check",
    "Open council minutes",
)
WRONG_KIND, WRONG_SITE = 3, 7
"""Which of the ten rows have something wrong with them at first."""

OLD_WORDS, NEW_WORDS = "on Fridays", "every evening"
GEORGIAN_NAME, GEORGIAN_WORDS = "საჩუქრების დავთარი", "მოხელე საჩუქარს იმავე დღეს აღრიცხავს."


@dataclass
class Story:
    """What this telling of the journey is about."""

    told: str
    address: str = ""

    @property
    def collection(self):
        return f"registry {self.told}"

    @property
    def names(self):
        return [f"{name}, {self.told} (fictional)" for name in NAMES]

    @property
    def name(self):
        return self.names[0]

    def file(self, template, *, is_mended):
        """Return ten rows, written over the example of the template; two of them are bad until they are mended."""
        columns = csv.DictReader(io.StringIO(template.decode("utf-8-sig")))
        example = next(columns)
        rows = [
            {
                **example,
                "source": self.collection,
                "external_id": f"{number:04}",
                "name": name,
                "description": f"A fictional register.\n\nIt is read {OLD_WORDS}, by two people.",
                "website_url": f"https://demo.example/{self.told}/{number}",
            }
            for number, name in enumerate(self.names)
        ]
        if not is_mended:
            rows[WRONG_KIND]["kind"] = "gadget"
            rows[WRONG_SITE]["website_url"] = "javascript:alert(1)"
        content = io.StringIO(newline="")
        writer = csv.DictWriter(content, columns.fieldnames)
        writer.writeheader()
        writer.writerows(rows)
        return content.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    ("width", "scripts"),
    [pytest.param(WIDE, True, id="wide"), pytest.param(NARROW, False, id="narrow without scripts")],
)
def test_ten_rows_become_records_and_one_of_them_is_shown_to_work(new_person, width, scripts):
    story = Story("wide" if scripts else "plain")
    georgia, first, second, third, visitor = (new_person(width, scripts=scripts) for _ in range(5))

    georgia.signs_in("partner.ge")
    a_focal_point_sends_ten_rows_and_reads_what_is_wrong(georgia, story)
    mends_them_and_imports_all_ten(georgia, story)
    and_submits_the_drafts(georgia, story)

    first.signs_in("coordinator")
    a_coordinator_publishes_the_batch_in_one_decision(first, story)

    the_focal_point_finds_one_of_them_published(georgia, story)
    translates_it_into_georgian(georgia)
    changes_the_source_and_brings_the_translation_up_to_date(georgia, story)

    second.signs_in("coordinator2")
    another_coordinator_sees_what_changed_and_publishes_it(second, story)
    a_visitor_reads_it_in_georgian(visitor, story)

    the_focal_point_shows_that_it_works(georgia, story)
    third.signs_in("coordinator3")
    a_third_coordinator_accepts_that(third, story)
    the_level_rises_and_the_page_says_why(visitor, story)


def looked_at(person):
    """Look at a page from all sides, where this telling has a wide screen and scripts."""
    if person.scripts:
        person.looks_from_all_sides()


def a_focal_point_sends_ten_rows_and_reads_what_is_wrong(georgia, story):
    georgia.goes_to("My records")
    georgia.follows("Import records")
    looked_at(georgia)
    sends(georgia, story, is_mended=False)
    georgia.sees("What an import would do")
    table = georgia.main.get_by_role("table", name="Problems by line and column")
    expect(table.locator("tbody tr")).to_have_count(2)
    # the header is line 1, and the description of each record takes three lines
    for number, column in ((WRONG_KIND, "kind"), (WRONG_SITE, "website_url")):
        row = table.get_by_role("row").filter(has_text=f"{number:04}")
        expect(row).to_contain_text(f"Line {2 + 3 * number}")
        expect(row.locator("code")).to_have_text(column)
    assert counts(georgia) == {"new": 8, "changed": 0, "unchanged": 0, "not accepted": 2}
    looked_at(georgia)


def sends(person, story, *, is_mended):
    """Take the template, write ten rows over its example, send them and wait for the report."""
    template = person.downloads("Template as CSV")
    person.attaches("File", f"{story.told}.csv", story.file(template, is_mended=is_mended))
    person.presses("Check the file")
    waits(person)


def waits(person, seconds=30):
    """Stay on the page of an import until it is over."""
    again = person.main.get_by_role("link", name="Look again")
    if person.scripts:
        expect(again).to_have_count(0, timeout=seconds * 1000)
        person.looks()
        return
    until = time.monotonic() + seconds
    while again.count() and time.monotonic() < until:
        time.sleep(0.5)
        person.follows("Look again")
    expect(again).to_have_count(0)


def counts(person):
    """Return what the report says became of the rows, by its own words."""
    names, numbers = (person.main.locator(f".counts {each}").all_inner_texts() for each in ("dt", "dd"))
    return {name.strip(): int(number) for name, number in zip(names, numbers, strict=True)}


def mends_them_and_imports_all_ten(georgia, story):
    georgia.follows("Mend the file first")
    sends(georgia, story, is_mended=True)
    georgia.does_not_see("What to mend")
    assert counts(georgia) == {"new": 10, "changed": 0, "unchanged": 0, "not accepted": 0}
    georgia.presses("Import the 10 good rows")
    waits(georgia)
    assert counts(georgia)["new"] == 10


def and_submits_the_drafts(georgia, story):
    georgia.sees(f"Drafts of the collection “{story.collection}”", *story.names)
    georgia.does_not_see("Still missing")
    looked_at(georgia)
    georgia.presses("Submit the 10 complete drafts")
    georgia.is_told("Sent: 10.")


def a_coordinator_publishes_the_batch_in_one_decision(coordinator, story):
    coordinator.goes_to("Review")
    looked_at(coordinator)
    coordinator.presses("Take", at=item_of(coordinator, story.collection))
    if not coordinator.passed[-1].startswith("/coordinate/batches/"):
        coordinator.follows(story.collection)
    coordinator.sees("10 records wait for a decision.", *story.names)
    expect(coordinator.main.get_by_role("checkbox", checked=True)).to_have_count(10)
    looked_at(coordinator)
    coordinator.presses("Publish")
    coordinator.is_told("10 records published.")
    coordinator.does_not_see(story.collection)


def item_of(coordinator, words):
    """Return the item of the queue that holds these words."""
    return coordinator.main.get_by_role("listitem").filter(has_text=words)


def the_focal_point_finds_one_of_them_published(georgia, story):
    georgia.goes_to("My records")
    georgia.follows(story.name)
    story.address = georgia.passed[-1]
    georgia.sees("Published", "Not assessed yet", f"It is read {OLD_WORDS}")


def translates_it_into_georgian(georgia):
    georgia.presses("Edit this record")
    georgia.follows("Translations")
    georgia.chooses("Language", "Georgian")
    looked_at(georgia)
    if georgia.scripts:  # the page was loaded anew
        georgia.chooses("Language", "Georgian")
    georgia.presses("Go to the translation")
    georgia.sees("Translation: Georgian", f"It is read {OLD_WORDS}")
    looked_at(georgia)
    georgia.writes("Name", GEORGIAN_NAME)
    georgia.writes("Short description", GEORGIAN_WORDS)
    georgia.presses("Save the translation")
    georgia.is_told("It counts as up to date with the source.")
    georgia.sees("Not complete")


def changes_the_source_and_brings_the_translation_up_to_date(georgia, story):
    georgia.follows("All parts", at=georgia.page.locator("body"))
    georgia.follows("Description")
    field = georgia.main.locator("#description")
    georgia.writes("Description", field.input_value().replace(OLD_WORDS, NEW_WORDS))
    georgia.presses("Save and return to the list")
    georgia.follows("Translations")
    georgia.sees("Older than the source", "The source was changed after this was saved.")
    georgia.follows("Georgian")
    georgia.writes("Description", GEORGIAN_WORDS)
    georgia.presses("Save the translation")
    georgia.does_not_see("Older than the source")
    georgia.opens(f"{story.address}/check")
    georgia.presses("Submit for review")
    georgia.sees("Waiting for a coordinator")


def another_coordinator_sees_what_changed_and_publishes_it(coordinator, story):
    coordinator.goes_to("Review")
    coordinator.presses("Take", at=item_of(coordinator, story.name))
    coordinator.sees("Compared with revision 1", "Georgian", GEORGIAN_NAME)
    field = coordinator.main.locator(".diff").filter(has=coordinator.page.locator("del"))
    expect(field.get_by_role("heading")).to_contain_text("Description")
    for mark, words, line in (("del", OLD_WORDS, "line-through"), ("ins", NEW_WORDS, "underline")):
        marked = field.locator(mark)
        assert (
            " ".join(each.split("]")[0].split(":")[-1].strip() for each in marked.all_inner_texts()) == words
        )
        assert line in marked.first.evaluate("each => getComputedStyle(each).textDecorationLine")
    looked_at(coordinator)
    coordinator.presses("Publish")
    coordinator.is_told("Published.")


def a_visitor_reads_it_in_georgian(visitor, story):
    visitor.opens(story.address)
    visitor.sees(f"It is read {NEW_WORDS}")
    visitor.follows("Georgian")
    visitor.sees("Translated from British English", GEORGIAN_WORDS)
    expect(visitor.main.locator("h1 bdi")).to_have_text(GEORGIAN_NAME)
    expect(visitor.main.locator("h1 bdi")).to_have_attribute("lang", "ka")


def the_focal_point_shows_that_it_works(georgia, story):
    georgia.opens(story.address)
    georgia.follows("Add evidence")
    looked_at(georgia)
    georgia.presses("Send to a coordinator")
    expect(georgia.main.locator(".govuk-error-summary")).to_contain_text("Enter a title.")
    georgia.ticks("Before and after", "No")
    georgia.writes("Title", f"Gifts by month, {story.told}")
    georgia.writes("Year it tells of", "2025")
    georgia.writes("What it found", "Gifts written down rose from 12 to 31 a month.")
    if georgia.scripts:
        georgia.attaches("File (optional)", "gifts.csv", b"month,gifts\r\n2025-01,12\r\n2025-12,31\r\n")
    else:
        georgia.writes("Web address", "https://demo.example/gifts-by-month")
    georgia.presses("Send to a coordinator")
    georgia.is_told("A coordinator who has no part in it looks at it.")
    georgia.sees("Waits for a coordinator", "Not assessed yet")


def a_third_coordinator_accepts_that(coordinator, story):
    coordinator.goes_to("Review")
    coordinator.presses("Take", at=item_of(coordinator, f"Gifts by month, {story.told}"))
    coordinator.sees("Evidence level now", "With this", "2 of 5")
    if coordinator.scripts:
        assert b"2025-12,31" in coordinator.downloads("Download gifts.csv")
    looked_at(coordinator)
    coordinator.presses("Accept")
    coordinator.is_told("The level was computed anew.")


def the_level_rises_and_the_page_says_why(visitor, story):
    visitor.opens(story.address)
    visitor.sees(
        "Level 2 of 5, worked out from the evidence that coordinators accepted.",
        "Data that show a change were accepted",
        "What would raise it to 3",
    )
    expect(visitor.main.locator(".stair [aria-current=step]")).to_contain_text("Here now")
    if visitor.scripts:
        visitor.follows("The evidence in full")
        assert b"2025-12,31" in visitor.downloads("Download the file")
