"""Stating what a country has of the common prerequisites."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import CountryStatement, ReadinessState
from hub.catalogue.models.checking import check_code, check_text
from hub.catalogue.readiness.permissions import can_state
from hub.catalogue.readiness.queries import statements_of
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError, StaleVersionError
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

NOTE_LENGTH = 500
"""The most characters of a note."""


@dataclass(frozen=True)
class StatementDetails:
    """What a country has of one prerequisite: its state, or None to state nothing, and a note."""

    state: ReadinessState | None
    note: str = ""

    @property
    def digest(self) -> str:
        """A short digest, to see later whether what is stored is still what somebody saw."""
        return sha256(json.dumps([self.state, self.note]).encode()).hexdigest()[:32]


def details_of(row: CountryStatement | None) -> StatementDetails:
    """Return what is stored; None stands for nothing."""
    return StatementDetails(row.state, row.note) if row else StatementDetails(None)


def state_prerequisites(
    actor: Member,
    country: str,
    stated: Mapping[str, StatementDetails],
    *,
    language: str,
    seen: Mapping[str, str] | None = None,
) -> int:
    """Store what the focal point states, topic by topic; topics that `stated` does not name stay as they are.

    Args:
        actor: focal point of the country.
        country: ISO code.
        stated: by code of the common prerequisites.
        language: BCP 47 code of the notes.
        seen: digest of what the actor saw stored, by code; None where nobody looked before.

    Returns:
        How many statements changed.

    Raises:
        NotFoundError: the actor is not focal point of the country.
        InvalidError: no such topic, or a note is too long.
        StaleVersionError: somebody else stated one of these topics otherwise meanwhile; nothing is stored.
    """
    viewer = viewer_of(actor)
    if not can_state(viewer, country):
        raise NotFoundError
    for topic, details in stated.items():
        check_code("topic", topic, "prerequisites")
        check_text(f"note-{topic}", details.note, NOTE_LENGTH)
    present = statements_of(country, is_locked=True)
    if seen is not None and _stale_topics(stated, present, seen):
        raise StaleVersionError
    changed = 0
    for topic, details in stated.items():
        row = present.get(topic)
        before = _snapshot(row)
        note = details.note.strip()
        if (row.state if row else None) is details.state and (row is None or row.note == note):
            continue
        if row is None and details.state is not None:
            row = CountryStatement(country=country, topic=topic)
            session().add(row)
        if row is None:
            continue
        if details.state is None:
            session().delete(row)
            row = None
        else:
            row.state, row.note, row.language = details.state, note, language
            row.stated_by_id, row.stated_at = actor.id, clock.now()
        try:
            session().flush()
        except IntegrityError:
            raise StaleVersionError from None
        record(
            viewer,
            Event.COUNTRY_STATE,
            f"country:{country}:{topic}",
            before=before,
            after=_snapshot(row),
        )
        changed += 1
    return changed


def _stale_topics(
    stated: Mapping[str, StatementDetails],
    present: Mapping[str, CountryStatement],
    seen: Mapping[str, str],
) -> set[str]:
    """Return the topics on which something else is stored than the actor saw, and than they state now."""
    return {
        topic
        for topic, details in stated.items()
        if (stored := details_of(present.get(topic))) != details and stored.digest != seen.get(topic)
    }


def _snapshot(row: CountryStatement | None) -> dict[str, object] | None:
    return {"state": row.state.value, "note": row.note} if row else None
