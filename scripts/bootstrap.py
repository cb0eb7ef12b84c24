"""Make .venv and install the pinned, hashed requirements into it; done again, it ends at once.

Standard library only, and readable by older Pythons, so that it can say in words what is missing.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
STAMP = "hub-stamp.json"
# Raised when this script itself lays out .venv differently.
LAYOUT = 1
# Which sets of requirements each set includes.
INCLUDES = {"run": ("run",), "postgres": ("run", "postgres"), "dev": ("run", "postgres", "dev")}

# The shell starts Python, so that the folder's path may be long or hold a space.
LAUNCHER = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
# Made by scripts/bootstrap.py.
import sys

from hub.cli import main

sys.exit(main())
"""

NO_INSTALLER = """\
Python {version} is here, but nothing that installs packages: neither uv, nor pip, nor ensurepip.
Install one package and run the same command again:

    Debian, Ubuntu   apt-get install python3-venv
    Fedora           dnf install python3-pip
    Alpine           apk add py3-pip
"""


class SetupError(Exception):
    """Set-up cannot go on; the message tells a person what to do."""


def say(message: str) -> None:
    """Print one line of progress at once."""
    print(message, flush=True)


def check_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Refuse a Python that is too old.

    Raises:
        SetupError: it is older than `OLDEST`.
    """
    if version < OLDEST:
        have, need = (".".join(map(str, numbers)) for numbers in (version, OLDEST))
        message = (
            f"The hub needs Python {need} or newer; this one is {have}.\n"
            "Name another: make demo PYTHON=python3.12"
        )
        raise SetupError(message)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the lock of the project folder, so that two set-ups never write at the same time."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running here; waiting for it to end.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


class Environment:
    """The virtual environment of one checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.stamp = self.folder / STAMP

    def version(self) -> str:
        """Return the environment's Python version, or "" if it is absent, half-made or its Python is gone."""
        if not self.python.exists():
            return ""
        with contextlib.suppress(OSError):
            for line in (self.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                if key.strip() in ("version", "version_info"):
                    return value.strip()
        return ""

    def fingerprint(self, name: str) -> str:
        """Return what the stamp must say for the set to count as installed."""
        content = (self.root / "requirements" / (name + ".txt")).read_bytes()
        facts = [LAYOUT, str(self.root), self.version(), hashlib.sha256(content).hexdigest()]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def has(self, name: str) -> bool:
        """Say whether the set is installed, whole and from the present requirements file."""
        try:
            stamps = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        launcher = self.folder / "bin" / "hub"
        return bool(self.version()) and launcher.exists() and stamps.get(name) == self.fingerprint(name)

    def create(self) -> None:
        """Make the environment, or keep the one that is there if its Python works and is new enough."""
        numbers = tuple(int(part) for part in self.version().split(".")[:2] if part.isdigit())
        if numbers >= OLDEST:
            return
        say("Making .venv with Python " + sys.version.split()[0] + " …")
        venv.EnvBuilder(clear=self.folder.exists(), symlinks=True, with_pip=False).create(self.folder)

    def site_packages(self) -> Path:
        """Return the folder in which the environment keeps packages."""
        major, minor = self.version().split(".")[:2]
        return self.folder / "lib" / f"python{major}.{minor}" / "site-packages"

    def link_project(self) -> None:
        """Put the checkout on the environment's path and write the `hub` command; nothing is built."""
        (self.site_packages() / "hub_checkout.pth").write_text(str(self.root) + "\n", encoding="utf-8")
        launcher = self.folder / "bin" / "hub"
        launcher.write_text(LAUNCHER.format(python=self.python), encoding="utf-8")
        launcher.chmod(0o755)

    def write_stamp(self, name: str) -> None:
        """Write, in one step, that the set and all it includes are installed."""
        stamps = {included: self.fingerprint(included) for included in INCLUDES[name]}
        waiting = self.stamp.with_suffix(".new")
        waiting.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
        waiting.replace(self.stamp)


def runs(command: list[str]) -> bool:
    """Say whether a command can be started and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def installers(environment: Environment) -> Iterator[tuple[str, list[str]]]:
    """Yield the ways to install into the environment, best first; each is looked for only when needed."""
    python = str(environment.python)
    pip_arguments = ["install", "--disable-pip-version-check", "--no-input", "--quiet"]
    uv = shutil.which("uv")
    if uv:
        yield "uv", [uv, "pip", "install", "--python", python, "--quiet"]
    if runs([python, "-m", "pip", "--version"]) or runs([python, "-m", "ensurepip", "--default-pip"]):
        yield "pip", [python, "-m", "pip", *pip_arguments]
    for host in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        # Since 22.3 pip installs into another environment; older ones refuse the option here.
        if runs([*host, "--python", python, "--version"]):
            yield "the host's pip", [*host, "--python", python, *pip_arguments]


def run_quietly(command: list[str]) -> tuple[int, str]:
    """Run a command, showing the seconds on a terminal; return its exit code and what it printed."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        with subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as process:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=1)
                    break
                if sys.stdout.isatty():
                    print(f"\r  {time.monotonic() - started:3.0f} s ", end="", flush=True)
        if sys.stdout.isatty():
            print("\r", end="", flush=True)
        output.seek(0)
        return process.returncode, output.read()


def install(environment: Environment, name: str) -> None:
    """Install one set of requirements with the first installer that succeeds.

    Raises:
        SetupError: there is none, or none succeeded.
    """
    requirements = environment.root / "requirements" / (name + ".txt")
    # Wheels only: no package runs code of its own while it is installed.
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(requirements)]
    failures = []
    for tool, command in installers(environment):
        say(f"Installing requirements/{name}.txt with {tool}; the first time takes a minute or two …")
        code, output = run_quietly(command + options)
        if code == 0:
            return
        failures.append(f"{tool} ended with exit code {code}:\n{output.strip()}")
        say(f"{tool} did not succeed.")
    if not failures:
        raise SetupError(NO_INSTALLER.format(version=sys.version.split()[0]))
    message = "\n\n".join([*failures, "The packages could not be installed. Is the package index reachable?"])
    raise SetupError(message)


def set_up(root: Path, name: str) -> bool:
    """Bring the environment of `root` to the state the set needs.

    Args:
        root: the checkout.
        name: `run`, `postgres` or `dev`.

    Returns:
        Whether anything had to be done.

    Raises:
        SetupError: it could not be done.
    """
    environment = Environment(root)
    if environment.has(name):
        return False
    with alone(root):
        if environment.has(name):
            return False
        started = time.monotonic()
        # Without its stamp an interrupted set-up is done again.
        environment.stamp.unlink(missing_ok=True)
        environment.create()
        install(environment, name)
        environment.link_project()
        environment.write_stamp(name)
        say(f"Ready after {time.monotonic() - started:.0f} s: .venv/bin/hub")
    return True


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and set up; return the exit code."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--postgres", action="store_const", const="postgres", dest="name", help="add psycopg")
    choice.add_argument("--dev", action="store_const", const="dev", dest="name", help="add tests and checks")
    name = parser.parse_args(arguments).name or "run"
    try:
        check_python()
        set_up(ROOT, name)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on where this one ended.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
