"""Decisions about showcases that visitors read, and about entries in their published programmes."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.core.database import session
from hub.core.i18n import N_
from hub.insights.register.kinds import Hands, Kind
from hub.insights.register.source import Bases, Basis, Known, Source
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.models import Entry, FeatureProposal, Showcase
from hub.showcases.permissions import entries_visible_to, visible_to

KINDS = (
    Kind(Event.SHOWCASE_PUBLISH, N_("Programme of a showcase published"), Hands.OWN),
    Kind(Event.SHOWCASE_CANCEL, N_("Showcase cancelled"), Hands.OWN),
    Kind(Event.SHOWCASE_REPORT, N_("Report of a showcase published"), Hands.OWN),
    Kind(Event.ENTRY_ACCEPT, N_("Entry for a showcase accepted"), Hands.ONE, (Event.ENTRY_PROPOSE,)),
    Kind(Event.ENTRY_FEATURE, N_("Entry for a showcase featured"), Hands.TWO, is_based=True),
)

CLOSING = frozenset({Event.ENTRY_REJECT, Event.ENTRY_WAITLIST, Event.ENTRY_DECLINE_FEATURE})


def public_showcases() -> Mapping[str, Known]:
    """Return the showcases that visitors read, and the entries that their programmes name to visitors."""
    showcases = session().scalars(select(Showcase.public_id).where(visible_to(VISITOR)))
    found = {f"showcase:{key}": Known(f"showcase:{key}") for key in showcases}
    entries = session().scalars(select(Entry.public_id).where(entries_visible_to(VISITOR)))
    return found | {f"entry:{key}": Known(f"entry:{key}") for key in entries}


def features() -> Bases:
    """Return what one curator proposed to feature and another approved."""
    rows = session().execute(
        select(Entry.public_id, FeatureProposal.proposed_at, FeatureProposal.decided_at)
        .join(Entry, Entry.id == FeatureProposal.entry_id)
        .where(FeatureProposal.status == ProposalStatus.APPROVED)
        .order_by(FeatureProposal.decided_at)
    )
    found: dict[tuple[Event, str], list[Basis]] = defaultdict(list)
    for key, proposed_at, decided_at in rows:
        if decided_at is not None:
            basis = Basis(decided_at, is_shown=True, begun_at=proposed_at)
            found[Event.ENTRY_FEATURE, f"entry:{key}"].append(basis)
    return found


SHOWCASES = Source(KINDS, CLOSING, public_showcases, features)
