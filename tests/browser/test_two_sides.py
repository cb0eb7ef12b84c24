"""What takes two: claims and replications; and what a record gives away, on paper, for a country, and to whom."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE

WATCH = "/innovations/tender-watch-of-georgia-fictional"
MATCHER = "/innovations/owner-name-matcher-fictional"
LENS = "/innovations/tender-lens-fictional"

ANNEX = "Fictional: times at which alarms are read"
THRESHOLDS = "Fictional: thresholds of the marks"
SHEET = re.compile(rb"/Type\s*/Page\b")


def test_an_organisation_claims_what_others_compiled_about_it(new_person):
    owner, coordinator, visitor = new_person(), new_person(), new_person(NARROW)
    visitor.opens(WATCH)
    visitor.sees("Compiled from public sources, not confirmed by its owner")

    owner.signs_in("representative.ge")
    owner.opens(WATCH)
    owner.follows("Claim this record")
    owner.looks_from_all_sides()
    owner.writes("Why is this record yours?", "We have run it since 2019.")
    owner.presses("Claim this record")
    owner.is_told("Sent. A coordinator answers within 10 working days.")
    owner.sees("Your claim waits for a coordinator")

    coordinator.signs_in("coordinator")
    coordinator.goes_to("Review")
    claim = coordinator.main.get_by_role("region", name="Claims on records").get_by_role("listitem")
    coordinator.presses("Take", at=claim)
    coordinator.sees("We have run it since 2019.", "Yes, its representative since", "nothing to compare")
    coordinator.looks_from_all_sides()
    coordinator.presses("Accept")
    coordinator.is_told("The organisation looks after its record from now on.")

    owner.opens(WATCH)
    owner.sees("This is what readers see", "Edit this record")
    visitor.opens(WATCH)
    visitor.does_not_see("Compiled from public sources", "Is it yours?")


def test_the_side_that_took_it_up_confirms_a_replication(new_person):
    spain, owner, visitor = new_person(), new_person(NARROW), new_person()
    visitor.opens(f"{MATCHER}/replications")
    visitor.sees("Claimed, not confirmed")
    visitor.looks_from_all_sides()
    owner.signs_in("representative.no")
    owner.opens(MATCHER)
    owner.follows("How it was taken up")
    owner.follows("Fictional Public Spending Observatory of Spain")
    owner.sees("So far only", "Withdraw the claim")
    expect(owner.main.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)

    spain.signs_in("representative.es")
    spain.goes_to("My records")
    spain.sees("1 replication waits for your confirmation", "Owner Name Matcher (fictional)")
    spain.follows("Fictional Public Spending Observatory of Spain, Spain")
    spain.sees("So far only", "Fictional: compares two surnames instead of one.")
    spain.looks_from_all_sides()
    spain.presses("Confirm")
    spain.is_told("Confirmed. The record shows it to its readers.")

    visitor.opens(f"{MATCHER}/replications")
    expect(visitor.main.get_by_role("table").last.locator("tbody tr")).to_contain_text("Confirmed")
    visitor.does_not_see("not confirmed")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_readiness_shows_what_a_country_is_missing(new_person, width):
    visitor = new_person(width)
    visitor.opens(MATCHER)
    visitor.page.get_by_label("Check for").select_option(label="Spain")
    visitor.presses("Check")
    table = visitor.main.get_by_role("table", name="Prerequisites")
    for need, state in (
        ("A legal basis for sharing data between authorities", "Blocked"),
        ("A register of beneficial owners", "Needs work"),
        ("A company register", "Ready"),
    ):
        expect(table.get_by_role("row").filter(has_text=need)).to_contain_text(state)
    visitor.sees("1 blocks you", "may not exchange these data without a change of law")
    visitor.sees("Stated by the focal point of Spain")


@pytest.mark.parametrize(
    ("account", "name", "label"),
    [
        (None, "Tender Lens (fictional)", "TLP:CLEAR"),
        ("officer", "Shell-company trace method (Georgia)", "TLP:AMBER"),
    ],
)
def test_a_printed_dossier_has_its_label_on_each_sheet(new_person, account, name, label):
    reader = new_person(strict=False)
    if account:
        reader.signs_in(account)
    reader.opens(f"/innovations?q={name}")
    reader.follows(re.compile(re.escape(name)), at=reader.main.locator(".hit").first)
    reader.page.emulate_media(media="print")
    for place in (".sheet__head", ".sheet__foot"):
        expect(reader.page.locator(place)).to_be_visible()
        expect(reader.page.locator(place)).to_contain_text(label)
    printed = reader.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(SHEET.findall(printed)) > 1
    for sheet in words_on_sheets(printed):
        assert sheet.count(label) >= 2, sheet
        assert "Annexes" not in sheet


def words_on_sheets(printed):
    """Return the words on each sheet of a PDF; none where this machine has no program that reads them."""
    program = shutil.which("pdftotext")
    if program is None:
        return []
    done = subprocess.run([program, "-layout", "-", "-"], input=printed, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\f").split("\f")


def test_an_annex_is_there_for_its_readers_and_for_nobody_else(new_person):
    owner, officer, visitor, partner = (new_person() for _ in range(4))
    owner.signs_in("representative.gb")
    owner.opens(LENS)
    owner.follows("Add an annex")
    owner.looks_from_all_sides()
    owner.writes("Title", ANNEX)
    owner.attaches("File", "alarms.txt", b"Read at 07:00 and at 19:00.\n")
    owner.ticks("Verified law enforcement", "TLP:AMBER")
    owner.presses("Share the annex")
    owner.is_told("Added. Its readers see it from now on.")
    owner.sees(
        "Who may read this: Verified law enforcement of every country, as far as they may read the record."
    )

    officer.signs_in("officer")
    officer.opens(LENS)
    officer.sees("Annexes", THRESHOLDS)
    officer.follows(re.compile(ANNEX))
    address = officer.passed[-1]
    expect(officer.main.locator(".tlp").first).to_have_text("TLP:AMBER")
    officer.looks_from_all_sides()
    assert officer.downloads(re.compile("Download the file")) == b"Read at 07:00 and at 19:00.\n"

    partner.signs_in("partner.id")
    for other in (visitor, partner):
        for path in (LENS, f"{LENS}/revisions", "/innovations?q=alarms"):
            other.opens(path)
            other.does_not_see("Annexes", ANNEX, THRESHOLDS)
        assert other.opens(address) == 404
        assert other.opens(f"{address}/file") == 404


PAGES = {
    None: (
        f"{LENS}?country=ES",
        f"{LENS}?text=fr",
        f"{LENS}/evidence",
        f"{LENS}/replications",
        f"{LENS}/report-problem",
        f"{LENS}/revisions",
        f"{LENS}/revisions/1",
        f"{WATCH}/claim",
        "/countries/ES",
    ),
    "representative.gb": (LENS, f"{LENS}/hand-over", f"{LENS}/archive", f"{LENS}/replications/new"),
    "partner.ge": ("/countries/GE", "/countries/GE/edit"),
}


@pytest.mark.parametrize("account", PAGES)
def test_the_pages_of_a_record_meet_no_barrier(new_person, account):
    person = new_person()
    if account:
        person.signs_in(account)
    for path in PAGES[account]:
        assert person.opens(path) == 200
        person.looks_from_all_sides()


def test_the_desks_of_coordinators_meet_no_barrier(new_person):
    coordinator = new_person()
    coordinator.signs_in("coordinator3")
    for kind in ("Evidence", "Replications to verify", "Problem reports"):
        coordinator.opens("/coordinate")
        items = coordinator.main.get_by_role("region", name=kind, exact=True)
        coordinator.presses("Take", at=items)
        coordinator.looks_from_all_sides()
        with coordinator.page.expect_navigation():
            coordinator.main.locator("form.panel:has(textarea) button").last.click()
        coordinator.looks()
        expect(coordinator.main.locator(".govuk-error-summary")).to_be_visible()
        coordinator.presses("Release")
