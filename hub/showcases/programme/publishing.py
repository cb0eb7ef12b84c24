"""Showing the draft of a programme to presenters, what stands in the way of publishing it, and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_as_curator
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.models import Entry, EntryStatus, Showcase, ShowcaseStatus, Slot
from hub.showcases.programme.bookings import booking_for, known_to
from hub.showcases.programme.clashes import Booking, Clash, clashes, doubts
from hub.showcases.programme.days import days_of
from hub.showcases.programme.queries import PlannedSlot, curated_programme
from hub.showcases.telling import tell_side

NOT_SENT = N_("The decisions have not been sent yet. Send them first.")
NO_SLOT = N_("The programme has no slot yet. Add at least one.")
NONE_PLACED = N_("No entry has a slot yet. Place at least one.")
CLASHES = N_("Something in the programme clashes. Mend it first.")
HIDDEN_CLASH = N_(
    "A slot that is shown to you as taken clashes with something. Ask another curator of the team to look."
)
SHARED = N_("The draft was shown to the presenters already. They are told of each change.")
NOT_NOW = N_("The programme is not being prepared at the moment.")


@dataclass(frozen=True)
class Finding:
    """Something about one slot that stands in the way, or that somebody should look at.

    Args:
        planned: the slot as this curator sees it; None where they may not know which it is.
        clash: what is wrong.
    """

    planned: PlannedSlot | None
    clash: Clash


@dataclass(frozen=True)
class Check:
    """How far a programme is from being published.

    Args:
        obstacles: what is to be done first, about the whole.
        clashes: what cannot stay as it is.
        doubts: what somebody should look at.
        unconfirmed: entries with a slot that their sides have not confirmed: the audience does not see them yet.
    """

    obstacles: Sequence[Clash]
    clashes: Sequence[Finding]
    doubts: Sequence[Finding]
    unconfirmed: Sequence[PlannedSlot]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles and not self.clashes


def check_programme(
    showcase: Showcase, viewer: Viewer, planned: Sequence[PlannedSlot] | None = None
) -> Check:
    """Return what stands in the way of publishing a programme, as far as one curator may know.

    Args:
        showcase: one with dates, or nothing clashes with them.
        viewer: a curator of its team.
        planned: its slots, where they are read already.
    """
    slots = curated_programme(showcase, viewer) if planned is None else planned
    clashing: tuple[Finding, ...] = ()
    doubtful: tuple[Finding, ...] = ()
    if slots and showcase.starts_at is not None:
        clashing, doubtful = _looked_through(showcase, viewer, slots)
    obstacles = []
    if showcase.decisions_sent_at is None:
        obstacles.append(Clash(NOT_SENT))
    elif not slots:
        obstacles.append(Clash(NO_SLOT))
    return Check(
        obstacles=obstacles,
        clashes=clashing,
        doubts=doubtful,
        unconfirmed=[
            each for each in slots if each.entry is not None and each.entry.status is EntryStatus.ACCEPTED
        ],
    )


def share_draft(actor: Member, showcase: Showcase) -> None:
    """Show the draft of a programme to who presents: each entry's side and presenters see and hear when it is planned.

    Args:
        actor: a curator of the team.
        showcase: one whose decisions were sent.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: it was shared already, or is not being prepared.
        InvalidError: the decisions were not sent, or no entry has a slot.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.status is not ShowcaseStatus.REVIEW:
        raise ConflictError(NOT_NOW)
    if showcase.draft_shared_at is not None:
        raise ConflictError(SHARED)
    if showcase.decisions_sent_at is None:
        raise InvalidError(NOT_SENT)
    placed = placed_entries(showcase)
    if not placed:
        raise InvalidError(NONE_PLACED)
    showcase.draft_shared_at = clock.now()
    session().flush()
    record(viewer, Event.SHOWCASE_SHARE, showcase.subject)
    for entry in placed:
        tell_side("programme_shared", entry, but=actor.id)


def publish_programme(actor: Member, showcase: Showcase) -> None:
    """Publish the programme to the audience of the showcase. From now on each change is live, logged and told.

    Args:
        actor: a curator of the team.
        showcase: one whose decisions were sent.

    Raises:
        NotFoundError: the actor is not on the team.
        ConflictError: it was published already, or its call is still open.
        InvalidError: the decisions were not sent, there is no slot, or something clashes.
    """
    viewer = holding_as_curator(actor, showcase)
    if showcase.status is not ShowcaseStatus.REVIEW:
        raise ConflictError(NOT_NOW)
    found = check_programme(showcase, viewer)
    if found.obstacles:
        found.obstacles[0].refuse()
    if found.clashes:
        raise InvalidError(CLASHES)
    was_shared = showcase.draft_shared_at is not None
    SHOWCASES.move(showcase, "publish", published_at=clock.now())
    record(viewer, Event.SHOWCASE_PUBLISH, showcase.subject)
    if not was_shared:
        for entry in placed_entries(showcase):
            tell_side("slot_given", entry, but=actor.id)


def placed_entries(showcase: Showcase) -> Sequence[Entry]:
    """Return the entries of a showcase that have a slot, whoever asks."""
    return (
        session()
        .scalars(
            select(Entry)
            .join(Slot, Slot.entry_id == Entry.id)
            .where(Slot.showcase_id == showcase.id)
            .order_by(Entry.id)
        )
        .all()
    )


def _looked_through(
    showcase: Showcase, viewer: Viewer, slots: Sequence[PlannedSlot]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what clashes and what is doubtful among slots in the order of time, each pair once."""
    known, days = known_to(showcase, viewer), days_of(showcase)
    in_slots = select(Slot.entry_id).where(Slot.showcase_id == showcase.id)
    # read at once, also those that this curator may not hear of: they take rooms and people all the same
    everybody = select(Entry).where(Entry.id.in_(in_slots)).options(selectinload(Entry.presenters))
    entries = {each.id: each for each in session().scalars(everybody)}
    found: list[Finding] = []
    doubtful: list[Finding] = []
    running: list[Booking] = []
    is_hidden_told = False
    for planned in slots:
        booking = booking_for(planned.slot, entries.get(planned.slot.entry_id or 0), known)
        running = [each for each in running if each.ends_at > booking.starts_at]
        for clash in clashes(booking, running, days):
            if booking.is_open:
                found.append(Finding(planned, clash))
            elif not is_hidden_told:
                found.append(Finding(None, Clash(HIDDEN_CLASH)))
                is_hidden_told = True
        if booking.is_open:
            doubtful += [Finding(planned, each) for each in doubts(booking, running, days)]
        running.append(booking)
    return tuple(found), tuple(doubtful)
