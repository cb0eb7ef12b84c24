"""Loads the demonstration's records through the services that people's pages use."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from hub.access.audience import Audience, Readership, Tlp
from hub.catalogue.models import InnovationDetails, SourceDetails
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import register_innovation, submit_revision
from hub.members.models import Member
from hub.organisations.models import Organisation

FOLDER = Path(__file__).parent
COMPILED_FROM = "public-sources"
LANGUAGE = "en-GB"
PUBLIC = {"audience": "public", "tlp": "CLEAR", "countries": []}

COMPILER, REVIEWER = "coordinator2", "coordinator3"
"""Who compiled the real records, and who published everything."""

REGISTRARS = {
    "GE": "partner.ge",
    "ID": "partner.id",
    "AU": "officer3",
    "FR": "officer4",
    "ES": "scientist",
    "CH": "cso",
}
"""Who registered the fictional records of each country."""


def read_records(name: str) -> list[dict[str, Any]]:
    """Return the records of one data file."""
    data: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return data["innovations"]


def load_records(members: dict[str, Member], organisations: dict[str, Organisation]) -> int:
    """Register and publish every record; some fictional ones stay on their way. Returns how many there are."""
    count = 0
    for row in read_records("innovations.json"):
        _load(row, members[COMPILER], members[REVIEWER], organisations, is_compiled=True)
        count += 1
    for name in ("restricted.json", "waiting.json"):
        for row in read_records(name):
            registrar = members[REGISTRARS[row["organisation"]["country"]]]
            _load(row, registrar, members[REVIEWER], organisations, is_compiled=False)
            count += 1
    return count


def _load(
    row: dict[str, Any],
    registrar: Member,
    reviewer: Member,
    organisations: dict[str, Organisation],
    *,
    is_compiled: bool,
) -> None:
    innovation = register_innovation(
        registrar,
        details_of(row, organisations[row["organisation"]["name"]]),
        language=LANGUAGE,
        import_source=COMPILED_FROM if is_compiled else None,
        external_id=row.get("external_id"),
    )
    (revision,) = innovation.revisions
    stage = row.get("left_as", "published")
    if stage == "draft":
        return
    submit_revision(registrar, revision, version=revision.version)
    if stage == "published":
        take_revision(reviewer, revision)
        publish_revision(reviewer, revision)


def details_of(row: dict[str, Any], owner: Organisation) -> InnovationDetails:
    """Return a row of the data files as the details that services take."""
    readers = row.get("audience", PUBLIC)
    return InnovationDetails(
        name=row["name"],
        short_description=row["short_description"],
        problem=row["problem"],
        description=row["description"],
        kind=row["kind"],
        stage=row["stage"],
        year_started=row["year_started"],
        functions=tuple(row["functions"]),
        offences=tuple(row["offences"]),
        sectors=tuple(row["sectors"]),
        policy_areas=tuple(row["policy_areas"]),
        intended_users=tuple(row["intended_users"]),
        standards_read=tuple(row["standards_read"]),
        standards_written=tuple(row["standards_written"]),
        languages=tuple(row["languages"]),
        licence=row["licence"],
        website_url=row["website"],
        code_url=row["code_url"],
        organisation_id=owner.id,
        countries=tuple(row["countries"]),
        sources=tuple(
            SourceDetails(each["url"], each["title"], date.fromisoformat(each["retrieved_on"]))
            for each in row["sources"]
        ),
        readership=Readership(
            Audience(readers["audience"]), Tlp(readers["tlp"]), countries=frozenset(readers["countries"])
        ),
    )
