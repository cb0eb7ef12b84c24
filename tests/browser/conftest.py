"""A real browser before a real demonstration. Needs Chromium; without one these tests skip and say why."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.person import Person
from tests.browser.serving import Hub, behind_tls, demo
from tests.demonstration import copied_demonstration
from tests.spreading import find_chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WIDE, NARROW = 1280, 390


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the browser, or skip; where HUB_REQUIRE_BROWSER=1, fail."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium: install one (Debian: apt install chromium) or name it in HUB_CHROMIUM"
        if os.environ.get("HUB_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser a module: Playwright keeps an event loop in this process, and other tests want none."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def hub(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A `hub demo`, once for all tests of this process."""
    with demo(copied_demonstration(tmp_path_factory)) as started:
        yield started


@pytest.fixture(scope="module")
def secure_hub(hub: Hub) -> Iterator[Hub]:
    """The same catalogue, served behind TLS."""
    with behind_tls(hub.instance) as started:
        yield started


@pytest.fixture
def new_person(browser: Browser, hub: Hub) -> Iterator[Callable[..., Person]]:
    """Return a function that opens a window for somebody new; at the end no window may have had a fault."""
    opened: list[Person] = []

    def open_window(
        width: int = WIDE, *, at: Hub = hub, scripts: bool = True, strict: bool = True, **options: object
    ) -> Person:
        viewport = {"width": width, "height": 900}
        context = browser.new_context(locale="en-GB", **{"viewport": viewport, **options})
        context.set_default_timeout(10_000)
        person = Person(context, at, scripts=scripts, strict=strict)
        opened.append(person)
        return person

    yield open_window
    faults = [fault for person in opened for fault in person.faults]
    for person in opened:
        person.page.context.close()
    assert not faults, "\n".join(faults)
