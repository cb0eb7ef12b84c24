"""How the tests are spread over the processes of pytest-xdist: who waits for a browser leaves a core to others."""

import os
import shutil

import pytest

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell first: the same engine without a window's own pages, which cost more than half of the time."""

BROWSERS = 2
"""Processes that begin with browser tests, each with a browser and a demonstration of its own."""


def find_chromium() -> str | None:
    """Return the path of a Chromium, the one that HUB_CHROMIUM names before any other."""
    named = os.environ.get("HUB_CHROMIUM")
    return next((path for name in ([named] if named else CHROMIUM) if (path := shutil.which(name))), None)


def waits_for_a_browser(config: pytest.Config) -> bool:
    """Whether browser tests run, which leave a core to others half of the time."""
    return find_chromium() is not None and "not browser" not in config.option.markexpr


def spread(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return the tests in an order in which browser tests come first, in two processes at the same time.

    The scheduler gives each process an equal share of the list, and to who is done the end of another's share.

    Args:
        items: all tests, in the order of the files.
        workers: how many processes there are.
    """
    files = list(dict.fromkeys(item.path for item in items if item.get_closest_marker("browser")))
    groups = min(BROWSERS, max(1, workers - 1))
    spread_over = {path: place % groups for place, path in enumerate(files)}
    ordered = [item for item in items if item.path not in spread_over]
    for group in range(groups):
        start = group * len(items) // workers
        ordered[start:start] = [item for item in items if spread_over.get(item.path) == group]
    return ordered
