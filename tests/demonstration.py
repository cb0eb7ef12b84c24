"""A demonstration that `hub demo` fills once for all processes of a run, and that is copied for each that needs one."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.browser.serving import free_port, running


def copied_demonstration(folders: pytest.TempPathFactory) -> Path:
    """Return the instance folder of a demonstration of one's own."""
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    first = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            begun = shared / "demonstration-begun" / "instance"
            begun.parent.mkdir(exist_ok=True)
            with running(["demo"], free_port(), begun):
                pass
            begun.rename(first)
    copy = folders.mktemp("demo") / "instance"
    shutil.copytree(first, copy)
    return copy
