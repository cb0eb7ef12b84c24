"""Writes the message template hub/translations/messages.pot and brings every catalogue beside it up to date.

With --check it changes nothing and only says what is old.
"""

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "hub" / "translations" / "messages.pot"

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "translate": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}

UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands for every date, so that a file changes with its messages only."""

HEADER = """\
# Messages of the Anti-Corruption Innovation Hub, in British English.
# Made by scripts/messages.py; never edited by hand.
"""


def collect() -> Catalog:
    """Return every message of the sources, with the files that hold it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="hub", charset="utf-8", header_comment=HEADER.rstrip(), fuzzy=False)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for filename, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        place = Path(filename).as_posix()
        catalogue.add(message, None, [(place, None)], auto_comments=comments, context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return the template as bytes: without dates and line numbers, so that it changes only with the messages."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, sort_by_file=True, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By')
    return "".join(line for line in lines if not line.startswith(dated)).encode("utf-8")


def updated(path: Path, template: Catalog) -> Catalog:
    """Return the catalogue at `path` with the messages of the template: what it translated stays, what is gone goes."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.project
    catalogue.language_team = catalogue.locale.english_name
    catalogue.header_comment = f"# {catalogue.locale.english_name} of the Anti-Corruption Innovation Hub."
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as the hub reads it, without the moment of compiling."""
    catalogue.creation_date = catalogue.revision_date = UNDATED
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def files() -> dict[Path, bytes]:
    """Return what each file should hold: the template, and of each language the catalogue twice."""
    template = collect()
    found = {TEMPLATE: written(template)}
    for path in sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/messages.po")):
        fresh = written(updated(path, template))
        found[path] = fresh
        # read again, so that what is compiled does not depend on dates
        found[path.with_suffix(".mo")] = compiled(read_po(io.BytesIO(fresh), locale=path.parent.parent.name))
    return found


def main() -> int:
    """Write or check the template; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file is old")
    arguments = parser.parse_args()
    old = {
        path: content
        for path, content in files().items()
        if not path.exists() or path.read_bytes() != content
    }
    if arguments.check:
        for path in old:
            print(f"{path.relative_to(ROOT)} is out of date: run `make messages`")
        return 1 if old else 0
    for path, content in old.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
