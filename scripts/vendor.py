"""Fetches the browser libraries the hub ships and writes them to hub/static/vendor with their checksums.

For maintainers only (`make vendor`, needs Node's npm); everybody else uses the committed files.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "hub" / "static" / "vendor"
GOVUK, AUTOCOMPLETE, HTMX, RTLCSS = (
    "govuk-frontend@6.6.0",
    "accessible-autocomplete@3.0.1",
    "htmx.org@2.0.11",
    "rtlcss@4.3.0",
)
LICENCES = """\
govuk-frontend 6.6.0: MIT, Crown Copyright (Government Digital Service); without its font, crown and crest
accessible-autocomplete 3.0.1: MIT, Crown Copyright (Government Digital Service); one style attribute became a class
htmx 2.0.11: Zero-Clause BSD, Big Sky Software
"""

# What the hub draws itself, or may not show because it belongs to GOV.UK.
DROPPED = re.compile(
    r"\.govuk-(header|footer|logo|service-navigation|language-navigation|generic-header|cookie-banner|feedback|phase-banner)"
    r"|crest|crown"
)
# rtlcss turns sides and margins, but not shapes; and it turns the tick of a checkbox, which has no direction.
RIGHT_TO_LEFT = """
.govuk-details:not([open])>.govuk-details__summary:before{
clip-path:polygon(100% 0,0 50%,100% 100%);
border-width:7px 12.124px 7px 0;border-color:transparent;border-right-color:inherit}
.govuk-checkboxes__label:after{transform:rotate(-45deg);border-width:0 0 5px 5px}
.govuk-checkboxes--small .govuk-checkboxes__label:after{border-width:0 0 3px 3px}
.govuk-pagination__icon{transform:scaleX(-1)}
.govuk-button__start-icon{transform:scaleX(-1)}
"""


def blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Split a style sheet into (prelude, body); the body of a statement such as @charset is None."""
    start = position = 0
    while position < len(css):
        if css[position] == ";":
            yield css[start:position], None
            start = position + 1
        elif css[position] == "{":
            prelude, depth, opened = css[start:position], 1, position + 1
            while depth:
                position += 1
                depth += {"{": 1, "}": -1}.get(css[position], 0)
            yield prelude, css[opened:position]
            start = position + 1
        position += 1


def trimmed(css: str) -> str:
    """The style sheet without fonts, crest and the parts the hub draws itself, in the hub's own font."""
    kept: list[str] = []
    for prelude, body in blocks(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        name = prelude.strip()
        if body is None:
            kept.append(f"{name};")
        elif name.startswith("@font-face"):
            continue
        elif name.startswith(("@media", "@supports")):
            inner = trimmed(body).strip()
            if inner:
                kept.append(f"{name}{{{inner}}}")
        else:
            selectors = [one for one in re.split(r",(?![^(]*\))", name) if not DROPPED.search(one)]
            if selectors and not DROPPED.search(body):
                kept.append(f"{','.join(selectors)}{{{body}}}")
    return "\n".join(kept).replace("GDS Transport,arial,sans-serif", "var(--hub-font)") + "\n"


def unmapped(script: str) -> str:
    """The file without its comment that names a source map."""
    return re.sub(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$", "\n", script)


def unstyled(script: str) -> str:
    """The autocomplete without the style attribute it writes for iPhones, which the content security policy refuses."""
    changed, count = re.subn(r' style="border:0;clip:[^"]*"', ' class="sr"', script)
    if count != 1:
        sys.exit("accessible-autocomplete has changed: look for inline styles in it again.")
    return changed


def unpacked(package: str, folder: Path) -> Path:
    """Fetch a package and unpack it; gives the folder of its files."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("make vendor needs Node with npm. The hub itself does not: its vendor files are committed.")
    target = folder / package.partition("@")[0]
    target.mkdir()
    subprocess.run([npm, "pack", "--silent", package], cwd=target, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def mirrored(sheet: Path, folder: Path) -> str:
    """The right-to-left twin of a style sheet."""
    npm = shutil.which("npm") or "npm"
    result = folder / "rtl.css"
    command = [
        npm,
        "exec",
        "--yes",
        f"--package={RTLCSS}",
        "--",
        "rtlcss",
        "--silent",
        str(sheet),
        str(result),
    ]
    subprocess.run(command, cwd=folder, check=True)
    return result.read_text(encoding="utf-8") + RIGHT_TO_LEFT


def main() -> None:
    """Write every vendor file, their licences and their checksums."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        govuk = unpacked(GOVUK, folder) / "dist" / "govuk"
        autocomplete = unpacked(AUTOCOMPLETE, folder) / "dist"
        htmx = unpacked(HTMX, folder) / "dist"
        sheet = folder / "ltr.css"
        sheet.write_text(
            trimmed((govuk / "govuk-frontend.min.css").read_text(encoding="utf-8")), encoding="utf-8"
        )
        files = {
            "govuk-frontend.ltr.css": sheet.read_text(encoding="utf-8"),
            "govuk-frontend.rtl.css": mirrored(sheet, folder),
            "govuk-frontend.min.js": unmapped((govuk / "govuk-frontend.min.js").read_text(encoding="utf-8")),
            "accessible-autocomplete.min.js": unstyled(
                unmapped((autocomplete / "accessible-autocomplete.min.js").read_text(encoding="utf-8"))
            ),
            "htmx.min.js": (htmx / "htmx.min.js").read_text(encoding="utf-8"),
            "LICENCES": LICENCES,
        }
    VENDOR.mkdir(parents=True, exist_ok=True)
    sums = []
    for name, text in sorted(files.items()):
        content = text.encode()
        (VENDOR / name).write_bytes(content)
        sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (VENDOR / "CHECKSUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main()
