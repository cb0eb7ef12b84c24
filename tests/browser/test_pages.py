"""Every page in both directions of writing, wide and narrow, with the keyboard, on paper and on an iPhone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.person import PSEUDO

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)

PARTS_WITH_LISTS = ("standards", "licence", "countries", "audience")
PARTS = (
    "name",
    "problem",
    "description",
    "kind",
    "functions",
    "users",
    "organisation",
    "sources",
    *PARTS_WITH_LISTS,
)

VISITOR_PAGES = {
    "/": 200,
    "/innovations": 200,
    "/innovations?q=procurement&country=UA&function=detect": 200,
    "/innovations?page=2": 200,
    "/innovations?page=99": 200,
    "/innovations?q=no-such-word-anywhere&function=detect": 200,
    "/sign-in": 200,
    "/sign-in?next=/account": 200,
    "/no-such-page": 404,
    "/innovations/no-such-record": 404,
    "/sign-out": 405,
}

LEFT_TO_RIGHT = [
    pytest.param(WIDE, "ltr", id="wide left to right"),
    pytest.param(NARROW, "ltr", id="narrow left to right"),
]
RIGHT_TO_LEFT = [
    pytest.param(WIDE, "rtl", id="wide right to left"),
    pytest.param(NARROW, "rtl", id="narrow right to left"),
]


def turn(person, direction):
    """Read the pages in this direction from now on."""
    if direction == "rtl":
        person.reads_in(PSEUDO)
    assert person.page.locator("html").get_attribute("dir") == direction


def address_of(person, name, place="/innovations/mine"):
    """Return the address behind a name in a list."""
    person.opens(place)
    return person.main.get_by_role("link", name=name).first.get_attribute("href").split("?")[0]


@pytest.mark.parametrize(("width", "direction"), [LEFT_TO_RIGHT[0], RIGHT_TO_LEFT[1]])
def test_a_visitor_meets_no_barrier(new_person, width, direction):
    visitor = new_person(width)
    visitor.opens("/sign-in")
    turn(visitor, direction)
    for path, status in VISITOR_PAGES.items():
        assert visitor.opens(path) == status
    visitor.opens("/innovations?sort=newest")
    visitor.main.locator(".hit a").first.click()
    expect(visitor.page.locator(".tlp").first).to_have_text("TLP:CLEAR")
    visitor.looks()


# What partners and coordinators see from left to right, the first journey passes.
@pytest.mark.parametrize(("width", "direction"), RIGHT_TO_LEFT[1:])
def test_a_partner_meets_no_barrier(new_person, width, direction):
    partner = new_person(width)
    partner.signs_in("partner.ge")
    turn(partner, direction)
    draft = address_of(partner, "Open asset declarations (fictional)")
    for path in ("/account", "/innovations/new", draft, f"{draft}/edit", f"{draft}/check"):
        assert partner.opens(path) == 200
    for part in PARTS:
        assert partner.opens(f"{draft}/edit/{part}") == 200
    assert partner.opens("/coordinate") == 403


@pytest.mark.parametrize(("width", "direction"), RIGHT_TO_LEFT[1:])
def test_mistakes_meet_no_barrier(new_person, width, direction):
    partner = new_person(width)
    partner.signs_in("partner.ge")
    draft = address_of(partner, "Open asset declarations (fictional)")
    turn(partner, direction)
    for part, field, mistake in (
        ("name", "name", ""),
        ("kind", "year_started", "long ago"),
        ("licence", "website_url", "javascript:alert(1)"),
        ("description", "description", "word " * 4_001),
    ):
        partner.opens(f"{draft}/edit/{part}")
        partner.main.locator(f"#{field}").fill(mistake)
        with partner.page.expect_navigation():
            partner.main.locator("form button").first.click()
        partner.looks()
        summary = partner.main.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(partner.main.locator(f"#{field}")).to_be_focused()
        assert partner.main.locator(f"#{field}").input_value().strip() == mistake.strip()


@pytest.mark.parametrize(("width", "direction"), RIGHT_TO_LEFT[1:])
def test_a_coordinator_meets_no_barrier(new_person, width, direction):
    coordinator = new_person(width)
    coordinator.signs_in("coordinator3")
    coordinator.opens("/coordinate")
    item = coordinator.main.get_by_role("listitem").filter(has_text="Village budget hotline")
    if item.get_by_role("button", name="Take").count():
        coordinator.presses("Take", at=item)
    turn(coordinator, direction)
    coordinator.opens("/coordinate")
    assert coordinator.opens(item.get_by_role("link").first.get_attribute("href")) == 200
    with coordinator.page.expect_navigation():
        coordinator.main.locator("button[formaction$=decline]").click()
    coordinator.looks()
    expect(coordinator.main.locator(".govuk-error-summary")).to_be_visible()


def test_two_saves_of_one_part_meet_as_two_texts(new_person):
    first, second = new_person(NARROW), new_person(NARROW)
    for window in (first, second):
        window.signs_in("partner.ge")
    draft = address_of(first, "Open asset declarations (fictional)")
    for window, words in ((first, "Words of the first."), (second, "Words of the second.")):
        window.page.goto(f"{window.hub.url}{draft}/edit/problem")
        window.writes("Problem addressed", words)
    first.presses("Save and continue")
    second.presses("Save and continue")
    second.sees("Somebody else saved this page before you", "Words of the first.", "Words of the second.")
    second.presses("Save my choice")
    second.opens(f"{draft}/edit/problem")
    expect(second.main.get_by_label("Problem addressed")).to_have_value("Words of the second.")


def test_a_form_from_before_signing_in_gives_its_words_back(new_person):
    partner = new_person(NARROW)
    partner.signs_in("partner.ge")
    draft = address_of(partner, "Open asset declarations (fictional)")
    partner.opens(f"{draft}/edit/problem")
    partner.writes("Problem addressed", "Words that must not get lost.")
    other_tab = partner.page.context.new_page()
    other_tab.goto(f"{partner.hub.url}/sign-in")
    partner.page.context.clear_cookies(name="hub-form")
    other_tab.close()
    partner.presses("Save and continue")
    partner.sees("This form is no longer valid")
    assert "Words that must not get lost." in partner.main.locator("textarea").first.input_value()
    partner.presses("Send it again")
    partner.opens(f"{draft}/edit/problem")
    expect(partner.main.get_by_label("Problem addressed")).to_have_value("Words that must not get lost.")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_first_tab_leads_past_the_frame(new_person, width):
    visitor = new_person(width)
    for path in ("/", "/innovations", "/sign-in", "/no-such-page"):
        visitor.opens(path)
        visitor.page.keyboard.press("Tab")
        skip = visitor.page.get_by_role("link", name="Skip to main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        visitor.page.keyboard.press("Enter")
        expect(visitor.main).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/innovations?function=detect", "/sign-in"])
def test_whatever_has_the_focus_shows_it(new_person, path):
    visitor = new_person(strict=False)
    visitor.opens(path)
    seen = visitor.tabs_through(at_most=40)
    assert len(seen) >= 8
    assert not [name for name, is_seen in seen if not is_seen]


def test_the_filters_work_from_the_keyboard(new_person):
    visitor = new_person()
    visitor.opens("/innovations")
    box = visitor.main.locator("label.opt input").first
    box.focus()
    visitor.page.keyboard.press("Space")
    expect(visitor.main.get_by_role("list", name="Chosen filters")).to_be_visible()
    expect(visitor.page.locator(f"#{box.get_attribute('id')}")).to_be_checked()
    visitor.page.go_back()
    expect(visitor.main.get_by_role("list", name="Chosen filters")).to_have_count(0)


@pytest.mark.parametrize(
    ("account", "name", "label"),
    [
        (None, "", "TLP:CLEAR"),
        ("partner.id", "Safe interview guide", "TLP:GREEN"),
        ("officer", "Shell-company trace method (Georgia)", "TLP:AMBER"),
    ],
)
def test_a_printed_record_shows_its_label_and_no_frame(new_person, account, name, label):
    reader = new_person()
    if account:
        reader.signs_in(account)
    reader.opens(f"/innovations?q={name}")
    with reader.page.expect_navigation():
        reader.main.locator(".hit a", has_text=name).first.click()
    reader.page.emulate_media(media="print")
    expect(reader.main.locator(".tlp").first).to_have_text(label)
    expect(reader.main.locator(".tlp").first).to_be_visible()
    for frame in ("header.top", "footer.foot", ".demo", "nav.toc"):
        expect(reader.page.locator(frame)).to_be_hidden()
    assert reader.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_an_iphone_gets_the_same_lists_without_a_breach_of_the_policy(new_person):
    partner = new_person(NARROW, user_agent=IPHONE, has_touch=True, is_mobile=True)
    partner.signs_in("partner.ge")
    draft = address_of(partner, "Open asset declarations (fictional)")
    for part in PARTS_WITH_LISTS:
        partner.opens(f"{draft}/edit/{part}")
        if part == "audience":
            partner.ticks("Organisations that I name")
        fields = partner.main.get_by_role("combobox").all()
        assert fields
        for field in fields:
            field.fill("a")
            expect(partner.page.get_by_role("option").first).to_be_visible()
            field.press("Escape")
        partner.looks()
