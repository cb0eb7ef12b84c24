"""Decisions about evidence and replications of innovations that visitors read."""

from collections.abc import Mapping

from sqlalchemy import and_, or_, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.catalogue.models import Evidence, EvidenceStatus, Innovation, Replication
from hub.catalogue.permissions import visible_to
from hub.catalogue.replications.permissions import is_shown_replication
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Known, Source

KINDS = (
    Kind(
        Event.EVIDENCE_ACCEPT,
        N_("Evidence for an innovation accepted"),
        Hands.ONE,
        (Event.EVIDENCE_ADD, Event.EVIDENCE_REOPEN),
    ),
    Kind(
        Event.REPLICATION_CONFIRM,
        N_("Replication confirmed by the other side"),
        Hands.OTHER,
        (Event.REPLICATION_CLAIM, Event.REPLICATION_SETTLE),
    ),
    Kind(Event.REPLICATION_VERIFY, N_("Replication verified"), Hands.ONE, (Event.REPLICATION_SUPPORT,)),
)

CLOSING = frozenset({Event.EVIDENCE_REJECT, Event.EVIDENCE_WITHDRAW})


def public_proofs() -> Mapping[str, Known]:
    """Return evidence and replications of the innovations that visitors read, also those that are not shown yet."""
    about_shown = select(Replication.id).where(is_shown_replication())
    is_shown = and_(
        Evidence.status == EvidenceStatus.ACCEPTED,
        or_(Evidence.replication_id.is_(None), Evidence.replication_id.in_(about_shown)),
    )
    evidence = session().execute(
        select(Evidence.public_id, Innovation.public_id, is_shown)
        .join(Innovation, Innovation.id == Evidence.innovation_id)
        .where(visible_to(VISITOR))
    )
    replications = session().execute(
        select(Replication.public_id, Innovation.public_id, is_shown_replication())
        .join(Innovation, Innovation.id == Replication.innovation_id)
        .where(visible_to(VISITOR))
    )
    return {
        f"{kind}:{key}": Known(f"innovation:{innovation}", is_shown=bool(is_read))
        for kind, rows in (("evidence", evidence), ("replication", replications))
        for key, innovation, is_read in rows
    }


PROOFS = Source(KINDS, CLOSING, public_proofs)
