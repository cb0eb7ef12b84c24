"""Who presents an entry: naming members and people without an account, and their answers."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.acting import holding_entry
from hub.showcases.entries.checking import holding_as_side, require_running
from hub.showcases.entries.details import snapshot
from hub.showcases.entries.inviting import NAMED_ALREADY, check_named
from hub.showcases.lifecycle import PRESENTERS
from hub.showcases.models import Entry, EntryPresenter, EntryStatus, PresenterStatus
from hub.showcases.models.entry import MOST_PRESENTERS, STANDING
from hub.showcases.models.showcase import NAME_LENGTH
from hub.showcases.permissions import is_on_entry_side, speaks_as
from hub.showcases.telling import side_ids, tell_members

PREPARED = (
    EntryStatus.DRAFT,
    EntryStatus.PROPOSED,
    EntryStatus.UNDER_REVIEW,
    EntryStatus.WAITLISTED,
    EntryStatus.ACCEPTED,
    EntryStatus.CONFIRMED,
)
"""States of an entry in which its side says who presents it."""

FULL = N_("An entry has up to %(number)s presenters.")
NO_NAME = N_("Enter the name of who presents it.")
LAST_ONE = N_("Name somebody else first: an entry that was proposed needs a presenter.")
CLOSED = N_("This entry was withdrawn or shown, so its presenters stay as they are.")
ANSWERED = N_("This was answered already.")


def name_member(actor: Member, entry: Entry, member: Member) -> EntryPresenter:
    """Name a member who presents an entry; once it is proposed they are told, and say whether they will.

    Args:
        actor: who acts for the entry.
        entry: one that is prepared still.
        member: somebody inside the audience whom the actor may write to, or the actor.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        ConflictError: nobody prepares it any more.
        InvalidError: the member cannot be named, or there are too many.
    """
    viewer = _begin(actor, entry)
    check_named(viewer, entry, member)
    is_own = member.id == actor.id
    presenter = _add(
        viewer,
        entry,
        EntryPresenter(
            member_id=member.id,
            # who names themselves has answered by that
            status=PresenterStatus.CONFIRMED if is_own else PresenterStatus.ASKED,
            answered_at=clock.now() if is_own else None,
        ),
    )
    if entry.status is not EntryStatus.DRAFT and not is_own:
        tell_members({member.id}, "presenter_named", entry.subject, entry.showcase)
    return presenter


def name_guest(actor: Member, entry: Entry, name: str) -> EntryPresenter:
    """Name somebody without an account, for whom the entry's side vouches and answers.

    Raises:
        As `name_member`.
    """
    viewer = _begin(actor, entry)
    name = " ".join(name.split())
    if not name:
        raise InvalidError(NO_NAME, field="name")
    check_text("name", name, NAME_LENGTH)
    if any(each.name.casefold() == name.casefold() for each in entry.presenters):
        raise InvalidError(NAMED_ALREADY, field="name", name=name)
    return _add(viewer, entry, EntryPresenter(name=name, status=PresenterStatus.ASKED))


def remove_presenter(actor: Member, presenter: EntryPresenter) -> None:
    """Take somebody off the list of presenters.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they do not act for it.
        ConflictError: nobody prepares it any more, or they are the last one of an entry that was proposed.
    """
    entry = presenter.entry
    viewer = _begin(actor, entry)
    if presenter not in entry.presenters:
        raise NotFoundError
    others = [each for each in entry.presenters if each is not presenter and each.status in STANDING]
    if entry.status is not EntryStatus.DRAFT and presenter.status in STANDING and not others:
        raise ConflictError(LAST_ONE)
    before = snapshot(entry)
    entry.presenters.remove(presenter)
    session().flush()
    _log_change(viewer, entry, before)


def confirm_presenter(actor: Member, presenter: EntryPresenter) -> None:
    """Say that one will present an entry; for somebody without an account its side says so.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: it is not theirs to answer.
        ConflictError: it was answered already, or the showcase is over.
    """
    viewer = _holding_answer(actor, presenter)
    confirm(viewer, presenter)
    _tell_side("presenter_answered", presenter.entry, but=actor.id)


def confirm(viewer: Viewer, presenter: EntryPresenter) -> None:
    """Note that a presenter of an entry that is held will present it; says who said so to the audit log."""
    PRESENTERS.move(presenter, "confirm", answered_at=clock.now())
    record(viewer, Event.PRESENTER_CONFIRM, presenter.entry.subject)


def step_back_as_presenter(actor: Member, presenter: EntryPresenter) -> None:
    """Say that one will not present an entry; its side is told, and told to name another where nobody is left.

    Raises:
        As `confirm_presenter`.
    """
    viewer = _holding_answer(actor, presenter)
    entry = presenter.entry
    PRESENTERS.move(presenter, "step_back", answered_at=clock.now())
    record(viewer, Event.PRESENTER_STEP_BACK, entry.subject)
    _tell_side(_missing_or_answered(entry), entry, but=actor.id)


def _begin(actor: Member, entry: Entry) -> Viewer:
    viewer = holding_as_side(actor, entry)
    require_running(entry.showcase)
    if entry.status not in PREPARED:
        raise ConflictError(CLOSED)
    return viewer


def _holding_answer(actor: Member, presenter: EntryPresenter) -> Viewer:
    entry = presenter.entry
    viewer = holding_entry(actor, entry)
    session().refresh(presenter)
    if not speaks_as(viewer, presenter):
        raise ForbiddenError if is_on_entry_side(viewer, entry) else NotFoundError
    require_running(entry.showcase)
    if entry.status not in PREPARED:
        raise ConflictError(CLOSED)
    if presenter.status not in STANDING:
        raise ConflictError(ANSWERED)
    return viewer


def _add(viewer: Viewer, entry: Entry, presenter: EntryPresenter) -> EntryPresenter:
    if sum(each.status in STANDING for each in entry.presenters) >= MOST_PRESENTERS:
        raise InvalidError(FULL, field="member" if presenter.member_id else "name", number=MOST_PRESENTERS)
    before = snapshot(entry)
    presenter.position = max((each.position for each in entry.presenters), default=-1) + 1
    entry.presenters.append(presenter)
    session().flush()
    _log_change(viewer, entry, before)
    return presenter


def _log_change(viewer: Viewer, entry: Entry, before: dict[str, object]) -> None:
    """Log that the presenters changed; drafts are their writers' own matter."""
    if entry.status is not EntryStatus.DRAFT:
        record(viewer, Event.ENTRY_CHANGE, entry.subject, before=before, after=snapshot(entry))


def _missing_or_answered(entry: Entry) -> str:
    is_staffed = any(each.status in STANDING for each in entry.presenters)
    return "presenter_answered" if is_staffed else "presenter_missing"


def _tell_side(kind: str, entry: Entry, *, but: int | None) -> None:
    tell_members(side_ids(entry) - {but}, kind, entry.subject, entry.showcase)
