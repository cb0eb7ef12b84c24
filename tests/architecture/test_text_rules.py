"""What no committed file may say: promises, machine paths, download addresses, what is GOV.UK's alone."""

import hashlib
import re

import pytest

from tests.architecture.sources import ROOT, VENDOR, every_file, relative

TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".mako",
    ".md",
    ".po",
    ".py",
    ".toml",
    ".txt",
    ".yml",
}
TEXT_NAMES = {"Makefile", "run", ".gitignore", ".gitattributes", ".editorconfig"}
# The signs are written so that this file does not hold them itself.
FORBIDDEN = {
    "work left for later": re.compile(r"\b(?:TO[D]O|FIX[M]E)\b"),
    "a package registry's address": re.compile(
        r"py(?:pi|thonhosted)[.]org|registry[.]npm|deb[.]debian", re.IGNORECASE
    ),
    "an index chosen in a file": re.compile(
        r"^\s*(?:--index-url|--extra-index-url|--find-links)", re.MULTILINE
    ),
    "a path of one machine": re.compile(r"(?<![\w./:<-])/(?:[w]ork|[r]oot|[U]sers|home/[a-z]+|opt/[pw])/"),
    "a folder outside the checkout": re.compile(r"[.][.]/shared\b"),
    "a page that is yet to come": re.compile(r"coming [s]oon|under [c]onstruction", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    found = [
        f"{relative(path)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for path in every_file()
        if (path.suffix in TEXT or path.name in TEXT_NAMES) and VENDOR not in path.parents
        for text in [path.read_text(encoding="utf-8")]
        for match in FORBIDDEN[what].finditer(text)
    ]
    assert not found


def test_vendored_styles_and_scripts_hold_nothing_that_is_only_for_gov_uk():
    owned = re.compile(r"gds transport|@font-face|crown|crest", re.IGNORECASE)
    found = [
        f"{path.name}: {match.group()}"
        for path in sorted(VENDOR.glob("*.[cj]s*"))
        for match in owned.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_vendored_files_are_those_whose_checksums_were_written_down():
    written = dict(
        line.split()[::-1] for line in (VENDOR / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    )
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "CHECKSUMS"
    }
    assert present == written


def test_the_licence_is_the_whole_text_of_the_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text
    assert "Appendix" in text
