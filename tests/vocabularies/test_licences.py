"""Which licences are open."""

import json

import pytest

from hub.vocabularies.licences import FILE, OPEN, is_open, is_open_source
from hub.vocabularies.loader import vocabulary

LISTED = json.loads(FILE.read_text(encoding="utf-8"))


def test_open_licences_are_licences_and_listed_once():
    codes = [*LISTED["software"], *LISTED["content"]]
    assert len(codes) == len(set(codes))
    assert set(codes) <= vocabulary("licences").codes
    assert OPEN not in vocabulary("licences")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("MIT", (True, True)),
        ("EUPL-1.2", (True, True)),
        ("CC-BY-4.0", (True, False)),
        ("CC-BY-NC-4.0", (False, False)),
        ("proprietary", (False, False)),
        ("not_stated", (False, False)),
        (None, (False, False)),
    ],
)
def test_open_licences(code, expected):
    assert (is_open(code), is_open_source(code)) == expected
