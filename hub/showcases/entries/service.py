"""Entries as their side writes them: drafting, saving, proposing, withdrawing, discarding."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_speak_for, is_in_audience as can_read
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.members.holding import hold_member
from hub.members.models import Member
from hub.members.quotas import require_quota
from hub.showcases.acting import holding_as_reader
from hub.showcases.entries.checking import NOT_SHOWN, holding_as_side, is_showable, require_call
from hub.showcases.entries.details import EntryDetails, check_details, missing_in, snapshot
from hub.showcases.lifecycle import ENTRIES
from hub.showcases.models import Entry, EntryPresenter, EntryStatus, PresenterStatus, Showcase
from hub.showcases.telling import presenter_ids, side_ids, tell_judges, tell_members

A_DAY = 20
"""Entries that one member may begin, and as many that they may propose, in 24 hours."""

NOT_YOURS = N_("You cannot speak for this innovation, so you cannot propose it.")
THERE_ALREADY = N_(
    "This innovation has an entry for this showcase already: yours or a colleague’s. Go on with that one."
)
NO_DRAFT = N_("This entry was proposed already.")
UNCHANGEABLE = N_("This entry is under review or was decided, so it stays as it was proposed.")
TOO_MANY = N_("You have begun %(number)s entries within a day, which is the most.")
TOO_MANY_PROPOSED = N_(
    "You have proposed %(number)s entries within a day, which is the most. Your draft is kept."
)


def draft_entry(
    actor: Member, showcase: Showcase, innovation: Innovation, details: EntryDetails, *, presents_it: bool
) -> Entry:
    """Begin an entry, which nobody but its side sees until it is proposed.

    Args:
        actor: who may speak for the innovation.
        showcase: one whose call is open.
        innovation: what is to be shown.
        details: what is said of it so far.
        presents_it: whether the actor presents it.

    Raises:
        NotFoundError: showcase or innovation is not the actor's to see.
        ForbiddenError: they cannot speak for the innovation.
        ConflictError: the call is not open, or there is an entry for this innovation.
        InvalidError: the innovation cannot be shown there, or something said cannot be stored.
        TooManyError: the actor began too many within a day.
    """
    arrived_at = clock.now()
    hold_member(actor.id)
    viewer = holding_as_reader(actor, showcase)
    session().refresh(innovation)
    if not can_speak_for(viewer, innovation):
        raise ForbiddenError(NOT_YOURS) if can_read(viewer, innovation) else NotFoundError
    require_call(showcase, arrived_at)
    _require_showable(innovation, showcase)
    if live_entry_of(innovation, showcase) is not None:
        raise ConflictError(THERE_ALREADY)
    check_details(showcase, details)
    require_quota(
        (Entry.created_at, Entry.proposed_by_id == actor.id),
        most=A_DAY,
        period=timedelta(days=1),
        words=TOO_MANY,
    )
    entry = Entry(
        showcase_id=showcase.id,
        innovation_id=innovation.id,
        proposed_by_id=actor.id,
        organisation_id=_owner_spoken_for(viewer, innovation),
        created_at=arrived_at,
        saved_at=arrived_at,
        **_columns(details),
    )
    if presents_it:
        # who names themselves has answered by that
        entry.presenters = [
            EntryPresenter(
                member_id=actor.id, position=0, status=PresenterStatus.CONFIRMED, answered_at=arrived_at
            )
        ]
    session().add(entry)
    session().flush()
    record(viewer, Event.ENTRY_DRAFT, entry.subject, after=snapshot(entry))
    return entry


def save_entry(
    actor: Member, entry: Entry, details: EntryDetails, *, version: int, arrived_at: datetime | None = None
) -> None:
    """Save a draft, or an entry that was proposed while its call is open.

    Args:
        actor: who acts for the entry.
        entry: the entry.
        details: what is said of it now.
        version: that of the entry which was opened.
        arrived_at: when this reached the hub, before it waited for others; now if not given.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        CallClosedError: the entry was proposed, and the call has closed.
        ConflictError: it is under review, decided or withdrawn.
        InvalidError: something said cannot be stored, or is needed.
        StaleVersionError: it was saved from another window meanwhile.
    """
    arrived_at = arrived_at or clock.now()
    viewer = holding_as_side(actor, entry)
    is_draft = entry.status is EntryStatus.DRAFT
    if not is_draft:
        if entry.status not in (EntryStatus.PROPOSED, EntryStatus.UNDER_REVIEW):
            raise ConflictError(UNCHANGEABLE)
        require_call(entry.showcase, arrived_at)
    before = snapshot(entry)
    check_details(entry.showcase, details)
    saved = session().execute(
        update(Entry)
        .where(Entry.id == entry.id, Entry.version == version)
        .values(version=version + 1, saved_at=arrived_at, **_columns(details))
        .returning(Entry.id),
        execution_options={"synchronize_session": False},
    )
    if saved.scalar() is None:
        raise StaleVersionError
    session().refresh(entry)
    if is_draft:
        return
    _require_complete(entry)
    after = snapshot(entry)
    if after != before:
        record(viewer, Event.ENTRY_CHANGE, entry.subject, before=before, after=after)


def propose_entry(actor: Member, entry: Entry, *, version: int, arrived_at: datetime) -> None:
    """Propose a draft: from now on the curators who have no conflict with it read it.

    Args:
        actor: who acts for the entry.
        entry: a draft that lacks nothing.
        version: that of the draft which was checked.
        arrived_at: when this reached the hub: who came in time is taken, however many wait before them.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        CallClosedError: the call has closed; the draft stays.
        ConflictError: it was proposed already, or the call has not opened.
        InvalidError: something is missing, or the innovation can no longer be shown there.
        StaleVersionError: it was saved from another window meanwhile.
        TooManyError: who began it proposed too many within a day.
    """
    # whose count it is comes before what is counted
    hold_member(entry.proposed_by_id)
    viewer = holding_as_side(actor, entry)
    if entry.status is not EntryStatus.DRAFT:
        raise ConflictError(NO_DRAFT)
    require_call(entry.showcase, arrived_at)
    if entry.version != version:
        raise StaleVersionError
    _require_showable(entry.innovation, entry.showcase)
    _require_complete(entry)
    require_quota(
        (Entry.proposed_at, Entry.proposed_by_id == entry.proposed_by_id),
        most=A_DAY,
        period=timedelta(days=1),
        words=TOO_MANY_PROPOSED,
    )
    before = snapshot(entry)
    ENTRIES.move(entry, "propose", Entry.version == version, proposed_at=arrived_at)
    record(viewer, Event.ENTRY_PROPOSE, entry.subject, before=before, after=snapshot(entry))
    tell_members(side_ids(entry), "entry_received", entry.subject, entry.showcase)
    tell_members(presenter_ids(entry) - {actor.id}, "presenter_named", entry.subject, entry.showcase)
    tell_judges("entry_proposed", entry, but=actor.id)


def withdraw_entry(actor: Member, entry: Entry) -> None:
    """Take an entry back before it was accepted; while the call is open the innovation can be proposed anew.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        ConflictError: it is a draft, or was decided meanwhile.
    """
    viewer = holding_as_side(actor, entry)
    withdraw(viewer, entry)
    tell_judges("entry_left", entry, but=actor.id)


def withdraw(viewer: Viewer, entry: Entry, *, reason: str = "") -> None:
    """Withdraw an entry that is held, and with it what its answer was going to be.

    Raises:
        ConflictError: its state does not allow it.
    """
    before = snapshot(entry)
    ENTRIES.move(
        entry,
        "withdraw",
        pending=None,
        pending_words="",
        pending_by_id=None,
        pending_at=None,
        answered_at=clock.now(),
    )
    record(viewer, Event.ENTRY_WITHDRAW, entry.subject, reason=reason, before=before, after=snapshot(entry))


def discard_entry(actor: Member, entry: Entry) -> None:
    """Delete a draft, of which nobody but its side knows.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ConflictError: it was proposed meanwhile.
    """
    viewer = holding_as_side(actor, entry)
    if entry.status is not EntryStatus.DRAFT:
        raise ConflictError(NO_DRAFT)
    record(viewer, Event.ENTRY_DISCARD, entry.subject, before=snapshot(entry))
    session().delete(entry)
    session().flush()


def live_entry_of(innovation: Innovation, showcase: Showcase) -> Entry | None:
    """Return the entry of an innovation for a showcase that was not withdrawn, drafts too; for who speaks for it."""
    return session().scalar(
        select(Entry).where(
            Entry.innovation_id == innovation.id,
            Entry.showcase_id == showcase.id,
            Entry.status != EntryStatus.WITHDRAWN,
        )
    )


def _owner_spoken_for(viewer: Viewer, innovation: Innovation) -> int | None:
    """Return the owner for which the viewer proposes, under the id of today; None where they act for themselves."""
    owner = innovation.owner
    if owner is None or innovation.is_compiled or owner.id not in viewer.represents:
        return None
    return owner.present.id


def _columns(details: EntryDetails) -> dict[str, object]:
    return {
        "format": details.format,
        "minutes": details.minutes,
        "language": details.language,
        "pitch": details.pitch,
        "needs": details.needs,
        "embargo_until": details.embargo_until,
    }


def _require_showable(innovation: Innovation, showcase: Showcase) -> None:
    if not is_showable(innovation, showcase):
        raise InvalidError(NOT_SHOWN, field="innovation")


def _require_complete(entry: Entry) -> None:
    for missing in missing_in(entry):
        raise InvalidError(missing.words, field=missing.part)
