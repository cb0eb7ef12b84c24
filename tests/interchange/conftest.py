"""Files of records, and who imports them."""

import csv
import io
import json

import pytest

from hub.access.viewer import Role
from hub.interchange.importing import import_rows
from hub.interchange.reading import read_file
from tests.factories import make_member


@pytest.fixture
def focal_point(database):
    return make_member(focal_country="GE")


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


@pytest.fixture
def bring(tmp_path):
    """Import rows as `actor`; rows are dictionaries, or the text of a CSV file."""

    def run(actor, rows, **options):
        kind = options.pop("kind", "csv")
        path = tmp_path / f"file.{kind}"
        path.write_text(as_text(rows, kind), encoding="utf-8", newline="")
        return import_rows(actor, read_file(path, kind), language="en-GB", **options)

    return run


def as_text(rows, kind):
    if isinstance(rows, str):
        return rows
    if kind == "json":
        return json.dumps(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
