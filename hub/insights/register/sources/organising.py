"""Decisions about whether organisations are who they say."""

from collections.abc import Mapping

from sqlalchemy import func, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.models import AuditChain, AuditEntry
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Known, Source
from hub.organisations.models import Organisation
from hub.organisations.permissions import visible_to

ASKED = (Event.ORGANISATION_ASK_VERIFICATION,)

KINDS = (
    Kind(Event.ORGANISATION_VERIFY, N_("Organisation verified"), Hands.ONE, ASKED),
    Kind(Event.ORGANISATION_DECLINE, N_("Verification of an organisation declined"), Hands.ONE, ASKED),
)

CLOSING = frozenset({Event.ORGANISATION_WITHDRAW})


def public_organisations() -> Mapping[str, Known]:
    """Return the organisations whose page visitors read, each since it was first verified: before, it had none."""
    rows = session().execute(
        select(AuditEntry.subject, func.min(AuditChain.recorded_at))
        .join(AuditChain, AuditChain.number == AuditEntry.number)
        .where(AuditEntry.tag == Event.ORGANISATION_VERIFY.value)
        .group_by(AuditEntry.subject)
    )
    first = dict(rows.all())
    slugs = session().scalars(select(Organisation.slug).where(visible_to(VISITOR)))
    subjects = (f"organisation:{slug}" for slug in slugs)
    return {subject: Known(subject, since=first[subject]) for subject in subjects if subject in first}


ORGANISATIONS = Source(KINDS, CLOSING, public_organisations)
