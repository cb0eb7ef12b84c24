"""Every column that names a member stands in the inventory, in the export or with a reason, and in docs/privacy.md."""

import re
from pathlib import Path

import pytest

from hub.members.models import Member
from hub.migrations.tables import METADATA
from hub.privacy.inventory import INVENTORY, LINKS, PERSON, Fate

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"

SECRETS = ("hash", "secret", "sealed", "token", "challenge", "credential", "public_key")
"""Parts of the names of columns that no file may carry."""


def named_by_the_database():
    """Return every foreign key to a member, as `table.column`."""
    return {
        f"{table.name}.{key.parent.name}"
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "members"
    }


def test_the_inventory_names_every_foreign_key_to_a_member_once():
    names = [link.name for link in LINKS]
    assert len(names) == len(set(names))
    assert set(names) == named_by_the_database()


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
def test_what_a_link_gives_and_empties_exists(link):
    columns = link.table.columns
    for name in (*link.gives, *link.dates):
        first, _, second = name.partition(".")
        assert hasattr(link.model, first), name
        assert second in {"", "name", "slug"}, name
        assert not any(part in name for part in SECRETS)
    assert set(link.blanks) <= set(columns.keys())
    assert all(columns[name].nullable for name, value in link.blanks.items() if value is None)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
def test_each_fate_is_possible_and_explained(link):
    column = link.table.columns[link.column.key]
    assert (link.fate is Fate.BLANK) == bool(link.blanks)
    if link.fate is Fate.UNNAME:
        assert column.nullable
    if link.fate is not Fate.DELETE and "waits" not in link.kept and link.kept != "until it is decided":
        assert link.why
    if not link.gives:
        assert link.why
    # what may be hidden by now still says when it was
    assert (link.seen is None) == (not link.dates)


def test_no_name_or_address_of_others_is_given():
    for link in LINKS:
        given = {name.partition(".")[0] for name in link.gives}
        assert not given & {
            "sender",
            "receiver",
            "member",
            "decided_by",
            "proposed_by",
            "invited_by",
            "about",
        }
    assert not {"password_hash"} & set(PERSON)
    assert set(PERSON) <= {column.key for column in Member.__table__.columns}


def test_the_document_shows_the_inventory():
    told = DOCUMENT.read_text(encoding="utf-8").partition("## The inventory")[2].partition("### Elsewhere")[0]
    rows = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|(.*)\|$", told, re.MULTILINE))
    assert set(rows) == {link.name for link in LINKS}
    for link in LINKS:
        given = ", ".join(f"`{name}`" for name in link.gives) or "nothing"
        cells = [cell.strip() for cell in rows[link.name].split(" | ")]
        assert cells == [link.what, given, link.fate.value, link.kept, link.why or "–"]


def test_every_part_of_the_export_has_something():
    assert all(any(link.gives for link in links) for links in INVENTORY.values())
