"""All that a commitment says, in plain values, for the audit log."""

from datetime import date
from enum import Enum
from typing import Any

from hub.commitments.models import Commitment

LEFT_OUT = frozenset({"version", "saved_at", "words"})
"""Columns that tell nothing of what was decided."""


def snapshot(commitment: Commitment) -> dict[str, Any]:
    """Return all that a commitment says and where it stands; its milestones have their own."""
    columns = (each.name for each in Commitment.__table__.columns if each.name not in LEFT_OUT)
    plan = commitment.plan
    return {
        **{name: _plain(getattr(commitment, name)) for name in columns},
        "plan": [plan.country, plan.name, plan.cycle_year, plan.ends_year, plan.number],
        "terms": [[each.scheme.value, each.code, each.is_doubtful] for each in commitment.terms],
        "parties": [[each.role.value, each.name, each.country] for each in commitment.parties],
        "events": [
            [
                each.happened_on.isoformat(),
                each.precision.value,
                each.words,
                each.source_url,
                _plain(each.retrieved_on),
            ]
            for each in commitment.events
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
