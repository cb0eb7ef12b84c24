"""The shipped browser files: vendor files as they were fetched, nothing of GOV.UK's own, nothing written inline."""

import hashlib
import re
from pathlib import Path

import pytest

HUB = Path(__file__).parents[2] / "hub"
VENDOR = HUB / "static" / "vendor"
SHEETS = sorted((HUB / "static" / "css").glob("*.css"))
TEMPLATES = sorted((HUB / "templates").rglob("*.html"))


def test_vendor_files_match_their_checksums() -> None:
    sums = dict(
        reversed(line.split("  ")) for line in (VENDOR / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "CHECKSUMS"
    }
    assert found == sums


@pytest.mark.parametrize("name", ["govuk-frontend.ltr.css", "govuk-frontend.rtl.css"])
def test_vendor_sheets_hold_neither_font_nor_crest(name: str) -> None:
    text = (VENDOR / name).read_text(encoding="utf-8")
    assert not re.search(r"GDS|@font-face|crown|crest|govuk-(header|footer|logo)|sourceMappingURL", text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_use_logical_properties_only(sheet: Path) -> None:
    physical = re.findall(
        r"^\s*((?:margin|padding|border)-(?:left|right)[\w-]*|left|right|float|text-align:\s*(?:left|right))\s*:",
        sheet.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    assert physical == []


# data that no browser runs; `tojson` writes the signs that could end it as escapes
DATA_BLOCK = re.compile(r'<script type="application/ld[+]json">[{][{] \w+ [|] tojson [}][}]</script>')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HUB)))
def test_templates_hold_nothing_inline(template: Path) -> None:
    text = DATA_BLOCK.sub("", template.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)
