"""Presenters who were suspended or left the hub: their entries lose them, and their sides are told to name others."""

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.database import session
from hub.members.models import Member, MemberStatus
from hub.showcases.entries.checking import OPEN_ENDED
from hub.showcases.entries.presenters import PREPARED
from hub.showcases.holding import hold_showcase
from hub.showcases.lifecycle import PRESENTERS
from hub.showcases.models import Entry, EntryPresenter, EntryStatus, Showcase
from hub.showcases.models.entry import STANDING
from hub.showcases.telling import side_ids, tell_members

GONE_STATES = (MemberStatus.SUSPENDED, MemberStatus.ERASED)
"""Members in these states present nothing any more."""

MEMBER_GONE = "Who was to present this is no longer on the hub."
"""The reason that the audit log keeps."""


def missing_presenters() -> list[int]:
    """Return the ids of those who were to present an entry still to come, and were suspended or left."""
    to_come = select(Showcase.id).where(Showcase.status.not_in(OPEN_ENDED))
    found = session().scalars(
        select(EntryPresenter.id)
        .join(Entry, Entry.id == EntryPresenter.entry_id)
        .where(
            EntryPresenter.status.in_(STANDING),
            EntryPresenter.member_id.in_(select(Member.id).where(Member.status.in_(GONE_STATES))),
            Entry.status.in_(PREPARED),
            Entry.showcase_id.in_(to_come),
        )
        .order_by(EntryPresenter.id)
    )
    return list(found)


def let_missing_go(presenter_id: int) -> bool:
    """Let one of `missing_presenters` go; for the clock, one transaction each.

    Returns:
        whether they were still standing there.
    """
    presenter = session().get(EntryPresenter, presenter_id)
    if presenter is None:
        return False
    hold_showcase(presenter.entry.showcase)
    session().refresh(presenter)
    member = presenter.member
    if presenter.status not in STANDING or member is None or member.status not in GONE_STATES:
        return False
    let_go(VISITOR, presenter, reason=MEMBER_GONE)
    return True


def let_go(viewer: Viewer, presenter: EntryPresenter, *, reason: str) -> None:
    """Note that a presenter left, in a showcase that is held; the side of the entry is told.

    Args:
        viewer: who did it, for the audit log.
        presenter: one who was still to present.
        reason: what the audit log says.
    """
    entry = presenter.entry
    PRESENTERS.move(presenter, "go")
    record(viewer, Event.PRESENTER_GO, entry.subject, reason=reason)
    if entry.status is not EntryStatus.DRAFT:
        told = side_ids(entry) - {presenter.member_id}
        tell_members(told, "presenter_missing", entry.subject, entry.showcase)
