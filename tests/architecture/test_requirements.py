"""What is installed is pinned, hashed, the same in every set, and there for a reason somebody wrote down."""

import re
from functools import cache

import pytest

from tests.architecture.sources import ROOT, project

SETS = ("run", "postgres", "dev")
REASONS = ROOT / "docs" / "decisions" / "0001-dependencies.md"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _pins(name: str) -> dict[str, tuple[str, list[str]]]:
    """Return version and hashes of each package of a requirements file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    found = {}
    for line in filter(None, lines):
        package, version, rest = re.fullmatch(r"([\w.-]+)==([^\s;]+)(.*)", line).groups()
        found[_plain(package)] = (version, re.findall(r"--hash=sha256:[0-9a-f]{64}\b", rest))
    return found


def _asked_for(*extras: str) -> set[str]:
    metadata = project()["project"]
    lines = [
        *metadata["dependencies"],
        *(line for extra in extras for line in metadata["optional-dependencies"][extra]),
    ]
    return {_plain(re.match(r"[\w.-]+", line).group()) for line in lines} - {_plain(metadata["name"])}


@pytest.mark.parametrize("name", SETS)
def test_every_package_is_pinned_with_a_hash(name):
    assert _pins(name)
    assert not [package for package, (_, hashes) in _pins(name).items() if not hashes]


@pytest.mark.parametrize("name", SETS)
def test_no_requirements_file_says_where_to_download(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(
    ("name", "extras"), [("run", []), ("postgres", ["postgres"]), ("dev", ["postgres", "dev"])]
)
def test_every_dependency_of_the_project_is_pinned(name, extras):
    assert _asked_for(*extras) <= _pins(name).keys()


@pytest.mark.parametrize("name", ["run", "postgres"])
def test_the_sets_agree_on_versions(name):
    assert _pins(name).items() <= _pins("dev").items()


def test_every_dependency_has_a_written_reason():
    named = {_plain(name) for name in re.findall(r"`([\w.-]+)`", REASONS.read_text(encoding="utf-8"))}
    assert not _asked_for("postgres", "dev") - named
