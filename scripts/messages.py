"""Writes the message template hub/translations/messages.pot; with --check only says whether it is up to date."""

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "hub" / "translations" / "messages.pot"

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "translate": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}

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


def main() -> int:
    """Write or check the template; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when the template is old"
    )
    arguments = parser.parse_args()
    fresh = written(collect())
    if arguments.check:
        if not TEMPLATE.exists() or TEMPLATE.read_bytes() != fresh:
            print("messages.pot is out of date: run `make messages`")
            return 1
        return 0
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(fresh)
    print(f"{TEMPLATE.relative_to(ROOT)} is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
