"""Declaring interests, and recording recusals."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.models import DeclaredInterest, Recusal
from hub.integrity.permissions import Conflict, can_strike
from hub.integrity.queries import recusal_of
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.service import require_code, require_text, subject_of
from hub.organisations.models import NAME_LENGTH, Organisation, name_key

INTEREST_WORDS_LENGTH = 500


@dataclass(frozen=True)
class Declaration:
    """What somebody declares.

    Args:
        kind: code of the vocabulary `interest_kinds`.
        organisation_name: of the organisation that it is in.
        started_on: since when, or None.
        ended_on: until when, or None while it lasts.
        words: what others should know.
    """

    kind: str
    organisation_name: str
    started_on: date | None = None
    ended_on: date | None = None
    words: str = ""


def declare_interest(actor: Member, declaration: Declaration) -> DeclaredInterest:
    """Declare an interest of one's own; conflicts follow from it with the next request.

    Raises:
        NotFoundError: the actor is not an approved member.
        InvalidError: a value cannot be accepted; names the field.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member:
        raise NotFoundError
    require_code("kind", declaration.kind, "interest_kinds")
    require_text("organisation_name", declaration.organisation_name, NAME_LENGTH)
    if len(declaration.words) > INTEREST_WORDS_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field="words", most=INTEREST_WORDS_LENGTH)
    if declaration.kind == "past_employment" and declaration.ended_on is None:
        raise InvalidError(N_("Say when this employment ended."), field="ended_on")
    _require_order(declaration.started_on, declaration.ended_on)
    key = name_key(declaration.organisation_name)
    interest = DeclaredInterest(
        member_id=actor.id,
        kind=declaration.kind,
        organisation_id=session().scalar(
            select(Organisation.id).where(Organisation.name_key == key).order_by(Organisation.id).limit(1)
        ),
        organisation_name=declaration.organisation_name.strip(),
        name_key=key,
        started_on=declaration.started_on,
        ended_on=declaration.ended_on,
        words=declaration.words,
        declared_at=clock.now(),
    )
    session().add(interest)
    session().flush()
    record(viewer, Event.MEMBER_DECLARE_INTEREST, subject_of(actor), after={"kind": declaration.kind})
    return interest


def end_interest(actor: Member, interest: DeclaredInterest, ended_on: date) -> None:
    """Say when an interest of one's own ended; it cannot be taken back, only struck by an integrity officer.

    Raises:
        NotFoundError: it is none of the actor's.
        InvalidError: the day lies before its beginning or in the future; names the field.
        ConflictError: it ended before.
    """
    viewer = viewer_of(actor)
    if interest.member_id != actor.id or interest.struck_at is not None:
        raise NotFoundError
    if interest.ended_on is not None:
        raise ConflictError(N_("The end of this interest is declared already."))
    if ended_on > clock.now().date():
        raise InvalidError(N_("This day lies in the future."), field="ended_on")
    _require_order(interest.started_on, ended_on)
    if ended_on < interest.declared_at.date():
        # a conflict is not got rid of by an end that lies before the day on which it was declared to last
        raise InvalidError(
            N_("When you declared this, it lasted. Name that day or a later one."), field="ended_on"
        )
    interest.ended_on = ended_on
    session().flush()
    after = {"kind": interest.kind, "started_on": interest.started_on, "ended_on": ended_on}
    record(viewer, Event.MEMBER_END_INTEREST, subject_of(actor), after=after)


def strike_interest(actor: Member, interest: DeclaredInterest, reason: str) -> None:
    """Strike a declaration made by mistake.

    Args:
        actor: an integrity officer, not the person.
        interest: the declaration.
        reason: why, for the audit log.

    Raises:
        NotFoundError: the actor is no integrity officer, or it is their own.
        InvalidError: no reason.
        ConflictError: it was struck before.
    """
    viewer = viewer_of(actor)
    if not can_strike(viewer, interest.member_id):
        raise NotFoundError
    if not reason.strip():
        raise InvalidError(N_("Say it in your own words."), field="reason")
    if interest.struck_at is not None:
        raise ConflictError(N_("This declaration is struck already."))
    interest.struck_at, interest.struck_by_id = clock.now(), actor.id
    session().flush()
    record(viewer, Event.MEMBER_STRIKE_INTEREST, subject_of(interest.member), reason=reason)


def record_recusal(viewer: Viewer, subject: str, conflict: Conflict, words: str = "") -> bool:
    """Write down, once for each person and thing, that `viewer` has a conflict with `subject`.

    Args:
        viewer: somebody who would decide.
        subject: as the audit log names the thing.
        conflict: which one; `Conflict.DECLARED` binds for good, and takes the place of one that does not.
        words: what they want to say about it; at most `INTEREST_WORDS_LENGTH` characters.

    Returns:
        Whether it was written now.

    Raises:
        ConflictError: the same person had it written at the same moment.
    """
    if viewer.member_id is None:
        return False
    found = recusal_of(viewer, subject)
    if found is not None and (conflict is not Conflict.DECLARED or found.conflict == Conflict.DECLARED):
        return False
    if found is None:
        found = Recusal(member_id=viewer.member_id, subject=subject)
        session().add(found)
    found.conflict, found.words, found.recorded_at = conflict, words, clock.now()
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError from None
    record(viewer, Event.RECUSAL_RECORD, subject, reason=conflict)
    return True


def _require_order(started_on: date | None, ended_on: date | None) -> None:
    if started_on is not None and ended_on is not None and ended_on < started_on:
        raise InvalidError(N_("This day lies before the beginning."), field="ended_on")
