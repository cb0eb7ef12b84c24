"""An investigator with a case on the desk: finds, compares, keeps with notes, prints, and is told of what is new."""

import re
import shutil
import subprocess
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.meanwhile import publishes, tells_what_is_new
from tests.browser.newcomers import PASSWORD, newcomer
from tests.browser.outbox import ends_with_one_click, mails_to, words_of

PATIENCE = 30

FOUND = (
    "Tender Lens (fictional)",
    "Bid Pattern Reader (fictional)",
    "Village Contract Check (fictional)",
)
"""Open-source tools that detect red flags in procurement, work with OCDS, and have evidence of level 2 or more."""

WANTED = {
    "function": "detect",
    "evidence": "2+",
    "standard": "ocds",
}

SHEET = re.compile(rb"/Type\s*/Page\b")


@dataclass
class Story:
    """One telling, with names of its own."""

    told: str

    @property
    def email(self):
        return f"nino.{self.told}@audit-{self.told}.example"

    @property
    def shortlist(self):
        return f"For the new portal, {self.told}"

    @property
    def saved(self):
        return f"Red flags, {self.told}"

    @property
    def news(self):
        return f"Contract Lantern {self.told} (fictional)"


@pytest.mark.parametrize(
    ("width", "scripts", "story"),
    [
        pytest.param(WIDE, True, Story("wide"), id="wide"),
        pytest.param(NARROW, False, Story("plain"), id="narrow without scripts"),
    ],
)
def test_an_investigator_finds_compares_keeps_prints_and_is_told(new_person, hub, width, scripts, story):
    nino = new_person(width, scripts=scripts, strict=False)
    newcomer(hub, story.email, f"Nino {story.told.title()} (fictional)")
    nino.opens("/sign-in")
    nino.answers_sign_in(story.email, PASSWORD)

    finds_three_tools(nino)
    reads_why_and_how(nino)
    compares_them(nino)
    saves_them_with_notes(nino, story)
    prints_the_dossier(nino, story)
    takes_them_along(nino, story)
    saves_the_search(nino, story)
    is_told_of_what_is_new(nino, hub, story)
    ends_the_mails_with_one_click(nino, hub, story)


def looked_at(person):
    """Look at a new kind of page: for barriers, and where scripts run from all sides."""
    person.strict = True
    person.looks()
    if person.scripts:
        person.looks_from_all_sides()
    person.strict = False


def finds_three_tools(nino):
    nino.opens("/")
    nino.page.locator("input[type=search]").first.fill("procurement red flags")
    nino.presses("Search", at=nino.page.get_by_role("search").first)
    for filter_name, value in WANTED.items():
        ticks_filter(nino, filter_name, value)
    if not nino.scripts:
        nino.presses("Apply filters")
    for filter_name, value in WANTED.items():
        expect(nino.page.locator(f'[id="filter-{filter_name}-{value}"]')).to_be_checked()
    hits = nino.main.locator(".hits").first
    for name in FOUND:
        expect(hits.get_by_role("link", name=name, exact=True)).to_be_visible()
    looked_at(nino)


def ticks_filter(person, name, value):
    """Tick a value of a filter, after opening what folds it away."""
    box = person.page.locator(f'[id="filter-{name}-{value}"]')
    closed = box.locator("xpath=ancestor::details[not(@open)]")
    while closed.count() and not box.is_visible():
        closed.first.locator("summary").first.click()
    if person.scripts:
        with person.page.expect_response(re.compile(r"/innovations\?")):
            box.check(force=True)
    else:
        box.check(force=True)


def reads_why_and_how(nino):
    nino.follows("Why were these found?")
    nino.sees("Found because of")
    looked_at(nino)
    nino.follows("Hide why each was found")
    results = nino.page.url
    nino.follows("How search works")
    looked_at(nino)
    nino.page.goto(results)


def compares_them(nino):
    for name in FOUND:
        hit = nino.main.locator(".hit").filter(has=nino.page.get_by_role("link", name=name, exact=True))
        hit.get_by_role("checkbox").check(force=True)
    nino.presses("Compare the ticked ones")
    assert nino.passed[-1] == "/innovations/compare"
    for name in FOUND:
        expect(nino.main.get_by_role("columnheader").filter(has_text=name)).to_have_count(1)
    looked_at(nino)


def saves_them_with_notes(nino, story):
    nino.follows("Add them to a shortlist")
    looked_at(nino)
    nino.writes("Name of the new shortlist", story.shortlist)
    nino.presses("Add to the shortlist")
    nino.is_told("3 innovations were added.")
    # back among the results, with a link to the list
    nino.follows(story.shortlist, at=nino.page)
    nino.sees(*FOUND)
    for name in FOUND:
        entry = nino.main.get_by_role("listitem").filter(has_text=name)
        nino.follows("Add a note", at=entry)
        if name == FOUND[0]:
            looked_at(nino)
        nino.writes("Your note", f"Ask them about {name}.")
        nino.presses("Save the note")
    nino.sees(*(f"Ask them about {name}." for name in FOUND))
    looked_at(nino)


def prints_the_dossier(nino, story):
    nino.follows("Open the dossier")
    looked_at(nino)
    nino.sees(story.shortlist, "Comparison", *(f"Ask them about {name}." for name in FOUND))
    printed = nino.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(SHEET.findall(printed)) > len(FOUND)
    for sheet in words_on_sheets(printed):
        assert "TLP:CLEAR" in sheet
        assert "Generated on" in sheet


def words_on_sheets(printed):
    """Return the words on each sheet of a PDF; none where this machine has no program that reads them."""
    program = shutil.which("pdftotext")
    if program is None:
        return []
    done = subprocess.run([program, "-layout", "-", "-"], input=printed, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\f").split("\f")


def takes_them_along(nino, story):
    nino.opens("/account/shortlists")
    looked_at(nino)
    nino.follows(story.shortlist)
    for kind, begins in (("XLSX", b"PK"), ("CSV", b"\xef\xbb\xbf")):
        with nino.page.expect_download() as started:
            nino.main.get_by_role("button", name=re.compile(kind)).click()
        assert started.value.path().read_bytes().startswith(begins)


def saves_the_search(nino, story):
    """Save it without the level: what is new has been shown nowhere yet."""
    nino.opens("/innovations?q=procurement+red+flags&function=detect&standard=ocds")
    nino.follows("Save this search")
    looked_at(nino)
    nino.writes("Name", story.saved)
    nino.ticks("Once a day")
    nino.presses("Save")
    nino.is_told("Saved. You are told of new innovations that it finds.")
    nino.sees(story.saved)
    looked_at(nino)


def is_told_of_what_is_new(nino, hub, story):
    publishes(
        hub,
        story.news,
        short_description="Fictional: shows red flags in procurement by night.",
        functions=("detect",),
        standards_read=("ocds",),
    )
    told = nino.main.get_by_role("listitem").filter(has_text=story.news)
    until = time.monotonic() + PATIENCE
    nino.opens("/account/notifications")
    while not told.count() and time.monotonic() < until:
        time.sleep(0.5)
        tells_what_is_new(hub)
        nino.opens("/account/notifications")
    expect(told).to_have_count(1)
    looked_at(nino)


def ends_the_mails_with_one_click(nino, hub, story):
    nino.opens("/account/outbox-demo")
    nino.presses("Send the digests that wait now")
    until, found = time.monotonic() + PATIENCE, []
    while not found and time.monotonic() < until:
        time.sleep(0.5)
        found = [each for each in mails_to(hub, story.email) if story.news in words_of(each)]
    (mail,) = found
    assert story.saved in words_of(mail)
    link = ends_with_one_click(hub, mail)
    nino.opens("/account/searches")
    nino.sees("Only on the hub")
    nino.opens(link)
    looked_at(nino)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_suggestions_are_taken_from_the_keyboard_and_meet_no_barrier(new_person, width):
    visitor = new_person(width)
    visitor.opens("/innovations")
    box = visitor.page.get_by_role("combobox", name="Search the catalogue")
    offered = visitor.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    box.fill("Tender Len")
    expect(offered.first).to_contain_text(FOUND[0])
    visitor.looks()
    box.press("Escape")
    expect(offered).to_have_count(0)
    expect(box).to_have_value("Tender Len")
    box.press("ArrowDown")
    expect(offered.first).to_contain_text(FOUND[0])
    box.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    with visitor.page.expect_navigation():
        box.press("Enter")
    visitor.looks()
    expect(visitor.page.locator("h1")).to_contain_text(FOUND[0])


def test_a_slip_is_mended(new_person):
    visitor = new_person(NARROW, scripts=False)
    visitor.opens("/innovations?q=procurmeent")
    visitor.sees("Did you mean")
    visitor.follows("procurement")
    expect(visitor.main.locator(".hit").first).to_be_visible()
