"""All that a showcase says, in plain values, for the audit log."""

from datetime import date
from enum import Enum
from typing import Any

from hub.showcases.models import Showcase

LEFT_OUT = frozenset({"version", "saved_at", "places_taken", "last_number"})
"""Columns that tell nothing of what was decided."""


def snapshot(showcase: Showcase) -> dict[str, Any]:
    """Return all that a showcase says and where it stands."""
    columns = (each.name for each in Showcase.__table__.columns if each.name not in LEFT_OUT)
    return {
        **{name: _plain(getattr(showcase, name)) for name in columns},
        "labels": sorted(showcase.labels),
        "languages": list(showcase.languages),
        "sponsors": [[each.name, each.gives, each.organisation_id] for each in showcase.sponsors],
        "criteria": [[each.name, each.explanation, each.weight] for each in showcase.criteria],
        "sources": [[each.url, each.title, each.retrieved_on.isoformat()] for each in showcase.sources],
        "team": sorted(each.member_id for each in showcase.curators),
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
