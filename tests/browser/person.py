"""A person at a browser, who finds things by their words and looks at every page they pass."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.authenticator import next_code
from tests.browser.checks import barriers, misfits
from tests.browser.serving import Hub

PSEUDO = "[Ƥšéûðö]"
"""What the made-up language calls itself."""

FOCUSED = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const box = focused.getBoundingClientRect();
  const x = Math.max(0, box.x - 8), y = Math.max(0, box.y - 8);
  const width = Math.min(innerWidth - x, box.width + 16), height = Math.min(innerHeight - y, box.height + 16);
  return {name: focused.outerHTML.slice(0, 120), box: {x, y, width, height}};
}"""


class Person:
    """One browser window. Faults of any page it passes are kept in `faults`; the fixture fails the test for them.

    Args:
        context: the browser's context, empty of cookies.
        hub: where the pages are.
        scripts: whether pages may run scripts.
        strict: whether each page is checked for barriers and for scrolling sideways.
    """

    def __init__(self, context: BrowserContext, hub: Hub, *, scripts: bool = True, strict: bool = True):
        self.hub = hub
        self.scripts = scripts
        self.strict = strict
        self.page: Page = context.new_page()
        self.passed: list[str] = []
        self.answered_at: dict[str, float] = {}
        self._noted: list[tuple[str, str]] = []
        self._documents: set[str] = set()
        # By the protocol, not by the context's own option: so axe can run where the page's scripts did not.
        self._protocol = context.new_cdp_session(self.page)
        self._allow_scripts(scripts)
        context.on("console", lambda message: self._note(message.type, message.text, message.location["url"]))
        context.on("weberror", lambda error: self._note("error", str(error.error), ""))
        context.on("request", lambda request: self._check_host(request.url))
        context.on("response", self._note_response)

    def _allow_scripts(self, allowed: bool) -> None:
        self._protocol.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def _note(self, kind: str, text: str, url: str) -> None:
        if kind in {"error", "warning"}:
            self._noted.append((text, url))

    def _check_host(self, url: str) -> None:
        if urlsplit(url).scheme != "data" and not url.startswith(f"{self.hub.url}/"):
            self._noted.append(("a request to another host", url))

    def _note_response(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self._documents.add(response.url)
            self.answered_at[f"{response.request.method} {urlsplit(response.url).path}"] = time.perf_counter()

    @property
    def faults(self) -> list[str]:
        """What the browser complained about; that a page itself answered with an error status is no complaint."""
        return [
            f"{text} ({url})"
            for text, url in self._noted
            if not (text.startswith("Failed to load resource") and url in self._documents)
        ]

    # --- going from page to page

    def opens(self, path: str) -> int:
        """Go to an address, as typed into the address bar; return the status of the page."""
        response = self.page.goto(f"{self.hub.url}{path}")
        self.looks()
        assert response is not None
        return response.status

    def presses(self, button: str, *, at: Locator | None = None) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            (at or self.main).get_by_role("button", name=button, exact=True).first.click()
        self.looks()

    def follows(self, link: str | re.Pattern[str], *, at: Locator | None = None) -> None:
        """Follow a link."""
        exact = isinstance(link, str)
        with self.page.expect_navigation():
            (at or self.main).get_by_role("link", name=link, exact=exact).first.click()
        self.looks()

    def goes_to(self, place: str) -> None:
        """Follow a link of the frame; on a narrow screen it waits in the menu."""
        self.follows(place, at=self._places())

    def _more(self) -> None:
        """Open what has no room in the bar, if it is there and closed."""
        more = self.page.locator("header details.nav__more:not([open]) > summary")
        if more.is_visible():
            more.click()

    def _places(self) -> Locator:
        menu = self.page.locator("header details.menu")
        if menu.locator("summary").is_visible():
            menu.locator("summary").click()
            return menu
        self._more()
        return self.page.locator("header")

    def looks(self) -> None:
        """Look at the page that came."""
        self.page.wait_for_load_state("load")
        self.passed.append(urlsplit(self.page.url).path)
        expect(self.page.locator("h1")).to_have_count(1)
        if not self.strict:
            return
        assert not misfits(self.page), f"{self.page.url}: {misfits(self.page)}"
        self._allow_scripts(True)
        found = barriers(self.page)
        self._allow_scripts(self.scripts)
        assert not found, f"{self.page.url}: {found}"

    def looks_from_all_sides(self) -> None:
        """Look at this page again on a narrow screen, and in the made-up language that runs from right to left.

        That way it is asked about barriers on the narrow screen only: they come of the direction or of the width, and
        the page is asked about each. Nor is it asked again once it is back in English.
        """
        self.looks_narrow()
        with self._without_asking():
            self.reads_in(PSEUDO)
        assert not (self.strict and misfits(self.page)), f"{self.page.url}: {misfits(self.page)}"
        self.looks_narrow()
        with self._without_asking():
            self.reads_in("English")

    @contextmanager
    def _without_asking(self) -> Iterator[None]:
        strict, self.strict = self.strict, False
        yield
        self.strict = strict

    def reads_in(self, language: str) -> None:
        """Read this page, and all that follow, in another language of the hub."""
        menu = self.page.locator("details.lang")
        menu.locator("summary").click()
        self.presses(language, at=menu)

    def looks_narrow(self) -> None:
        """Look at this page on a narrow screen."""
        usual = self.page.viewport_size
        assert usual is not None
        self.page.set_viewport_size({"width": 390, "height": usual["height"]})
        self.looks()
        self.page.set_viewport_size(usual)

    # --- signing in and out

    def signs_in(self, account: str) -> None:
        """Sign in; the page for it is looked at once, by the test of what visitors meet, and not in each test anew."""
        strict, self.strict = self.strict, False
        row = self.hub.account(f"{account}@demo.example")
        self.opens("/sign-in")
        self.answers_sign_in(row["email"], row["password"], row["totp_secret"])
        self.strict = strict

    def answers_sign_in(self, email: str, password: str, secret: str | None = None) -> None:
        """Answer the page for signing in, and the one for the second factor where there is one."""
        self.writes("Email address", email)
        self.writes("Password", password)
        self.presses("Sign in")
        if secret is not None:
            self.writes("Security code", next_code(secret))
            self.presses("Sign in")

    def signs_out(self) -> None:
        self.presses("Sign out", at=self._places())
        expect(self.page.locator("header").get_by_text("Sign out")).to_have_count(0)

    # --- filling in

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def writes(self, label: str, text: str) -> None:
        """Type into a field; whether it is optional is not part of its name."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        self.main.get_by_label(name).first.fill(text)

    def ticks(self, *labels: str) -> None:
        """Tick boxes or choose among radio buttons."""
        for label in labels:
            boxes = self.main.locator("input[type=checkbox], input[type=radio]")
            boxes.and_(self.main.get_by_label(label, exact=True)).first.check(force=True)

    def chooses(self, label: str, *answers: str) -> None:
        """Choose from a long list: by typing, or in the plain list where no script runs."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        if not self.scripts:
            self.main.locator("select").and_(self.main.get_by_label(name)).select_option(label=list(answers))
            return
        field = self.main.get_by_role("combobox", name=name)
        # not those of plain lists on the same page, which may have the same answers
        offered = self.page.locator("[role=option]")
        for answer in answers:
            field.fill(answer)
            offered.and_(self.page.get_by_role("option", name=answer)).first.click()

    def picks(self, label: str, answer: str) -> None:
        """Choose from a short list, the first one of this name."""
        name = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        lists = self.main.locator("select").and_(self.main.get_by_label(name))
        lists.first.select_option(label=answer)

    def attaches(self, label: str, name: str, content: bytes) -> None:
        """Choose a file to send with a form."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.main.get_by_label(label, exact=True).set_input_files([file])

    def downloads(self, link: str | re.Pattern[str]) -> bytes:
        """Follow a link to a file and return what is in it."""
        with self.page.expect_download() as started:
            self.main.get_by_role("link", name=link).first.click()
        return started.value.path().read_bytes()

    # --- the keyboard

    def tabs_through(self, at_most: int) -> list[tuple[str, bool]]:
        """Press the tab key again and again; return what got the focus and whether one sees that it has it."""
        seen = []
        for _ in range(at_most):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if focused is None:
                break
            with_focus = self.page.screenshot(clip=focused["box"])
            self.page.evaluate("document.activeElement.blur()")
            seen.append((focused["name"], self.page.screenshot(clip=focused["box"]) != with_focus))
        return seen

    # --- seeing

    def sees(self, *texts: str) -> None:
        """Find words on the page, outside its frame."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def is_told(self, message: str) -> None:
        """Get a message about what was just done."""
        expect(self.page.locator(".flashes")).to_contain_text(message)

    def does_not_see(self, *texts: str) -> None:
        """Find no trace of words on the whole page, its hidden parts included."""
        html = self.page.content()
        for text in texts:
            assert text not in html, f"{text!r} stands on {self.page.url}"
