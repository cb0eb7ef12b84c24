"""All that a request says, in plain values, for the audit log."""

from datetime import datetime
from enum import Enum
from typing import Any

from hub.collaboration.models import CollaborationRequest

LEFT_OUT = frozenset({"version", "saved_at", "taken_by_id", "taken_at", "traces_checked_at"})
"""Columns that tell nothing of what was decided."""


def snapshot(request: CollaborationRequest) -> dict[str, Any]:
    """Return all that a request says and where it stands."""
    columns = (each.name for each in CollaborationRequest.__table__.columns if each.name not in LEFT_OUT)
    return {
        **{name: _plain(getattr(request, name)) for name in columns},
        "labels": sorted(request.labels),
        "terms": [f"{each.scheme}:{each.code}" for each in request.term_rows],
        "receivers": sorted(
            f"member:{each.member_id}" if each.member_id else f"organisation:{each.organisation_id}"
            for each in request.receivers
        ),
        "requirements": [
            f"{version.number}:{version.status}:{int(each.is_essential)}:{each.words}"
            for version in request.requirement_versions
            for each in version.requirements
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
