"""Reads the data files of the demonstration. Stores nothing."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import (
    InnovationDetails,
    OrganisationDetails,
    OrganisationRole,
    PrerequisiteDetails,
    SourceDetails,
    UnsuitableDetails,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.writing import PLAIN_FIELDS
from hub.members.models import Member
from hub.organisations.models import Organisation

FOLDER = Path(__file__).parent
FILES = FOLDER / "files"
COMPILER = "coordinator2"
"""Who compiled the real records."""

CODES = (
    "functions",
    "offences",
    "sectors",
    "policy_areas",
    "intended_users",
    "standards_read",
    "standards_written",
    "languages",
    "countries",
)
PUBLIC = {"audience": "public", "tlp": "CLEAR", "countries": []}

Row = dict[str, Any]


def _read(path: Path) -> Row:
    data: Row = json.loads(path.read_text(encoding="utf-8"))
    return data


def real_records() -> list[Row]:
    """Return what was compiled about real innovations from public sources."""
    return [
        {"registered_by": COMPILER, **row}
        for path in sorted((FOLDER / "innovations").glob("*.json"))
        for row in _read(path)["innovations"]
    ]


def fictional_records() -> list[Row]:
    """Return the made-up records: with a history, for few readers, and on their way."""
    told = [_read(path) for path in sorted((FOLDER / "fictional").glob("*.json"))]
    plain = [
        row for name in ("restricted.json", "waiting.json") for row in _read(FOLDER / name)["innovations"]
    ]
    return told + plain


def organisation_rows(records: list[Row]) -> list[Row]:
    """Return the organisations that own a record, and those that only take up what others made."""
    others: list[Row] = _read(FOLDER / "organisations.json")["organisations"]
    return [row["organisation"] for row in records] + others


def country_rows() -> list[Row]:
    """Return what the fictional focal points state about their countries."""
    rows: list[Row] = _read(FOLDER / "countries.json")["countries"]
    return rows


def files_of(rows: list[Row]) -> list[str]:
    """Return the names of the files that the evidence of `rows` consists of."""
    return [each["file"] for row in rows for each in row.get("evidence", ()) if "file" in each]


def details_of(row: Row, owner: Organisation) -> InnovationDetails:
    """Return a row of the data files as the details that services take."""
    plain: Row = {name: row[name] for name in (*TEXT_FIELDS, *PLAIN_FIELDS) if name in row}
    codes = {name: tuple(row[name]) for name in CODES}
    return InnovationDetails(
        **plain | codes | {"website_url": row["website"]},
        organisation_id=owner.id,
        unsuitable=tuple(
            UnsuitableDetails(each["country"], each["reason"]) for each in row.get("unsuitable", ())
        ),
        organisations=tuple(
            OrganisationDetails(OrganisationRole(each["role"]), each["name"])
            for each in row.get("organisations", ())
        ),
        prerequisites=tuple(
            PrerequisiteDetails(each["area"], each["need"], each.get("topic"))
            for each in row.get("prerequisites", ())
        ),
        sources=tuple(
            SourceDetails(each["url"], each["title"], date.fromisoformat(each["retrieved_on"]))
            for each in row["sources"]
        ),
        readership=readership_of(row.get("audience", PUBLIC), {}, {}),
    )


def readership_of(
    row: Row, organisations: Mapping[str, Organisation], members: Mapping[str, Member]
) -> Readership:
    """Return who may read, as the data files say it: by the names of organisations and the accounts of people."""
    return Readership(
        Audience(row["audience"]),
        Tlp(row["tlp"]),
        countries=frozenset(row["countries"]),
        organisations=frozenset(organisations[name].id for name in row.get("organisations", ())),
        people=frozenset(members[account].id for account in row.get("people", ())),
    )
