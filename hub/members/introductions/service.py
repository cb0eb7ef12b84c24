"""Asking to be introduced, accepting, declining, taking back. Whoever calls tells the other in the same transaction.

Who asked learns of an acceptance and of nothing else: the audit log, which some of them may read, holds neither
declines nor what nobody answered, and of the rest neither words nor the other person.
"""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.ids import PUBLIC_ID_LENGTH
from hub.members.holding import hold_member
from hub.members.introductions.forgetting import end_overdue
from hub.members.introductions.hindrances import Hindrance, hindered, refusal_to_accept
from hub.members.introductions.lifecycle import INTRODUCTIONS
from hub.members.introductions.limits import WAITS_FOR
from hub.members.introductions.permissions import can_answer, can_withdraw
from hub.members.messages.service import block_member
from hub.members.models import Introduction, IntroductionState, IntroductionStatus, Member
from hub.members.models.introductions import CONTACT_LENGTH, NOTE_LENGTH
from hub.members.profiles.checking import check_line, check_text

ABOUT = ("innovation", "request")
"""What an introduction may be about."""

NOT_WAITING = N_("This introduction no longer waits for an answer.")
ACCEPTED_MEANWHILE = N_("The other member has accepted meanwhile. You can reach each other now.")


def ask_introduction(
    actor: Viewer, asked: Member, *, note: str, contact: str, language: str, about: str = ""
) -> Introduction:
    """Ask to be introduced to another member.

    Args:
        actor: who asks, as they stand in this transaction.
        asked: whom they want to meet.
        note: why, in plain text.
        contact: how to reach who asks; the other reads it once both agree.
        language: BCP 47 tag of the note.
        about: `innovation:<public id>` or `request:<public id>` that it is about, which the caller has found the
            actor may see; or nothing.

    Returns:
        The introduction, of which who was asked is to be told where it is delivered.

    Raises:
        NotFoundError: the actor is no member, or may not see the other's page.
        ConflictError: something else stands between them; it says what.
        InvalidError: a text cannot be sent so; names the field.
    """
    hold_member(actor.member_id)
    hindrance = hindered(actor, asked)
    # who was refused after the form was opened does not learn it from the moment of sending
    is_refused = hindrance is not None and hindrance.kind is Hindrance.REFUSED
    if hindrance is not None and not is_refused:
        raise ConflictError(hindrance.words)
    _check_note(note)
    _check_contact(contact)
    _check_about(about)
    end_overdue(actor.member_id, asked)
    moment = clock.now()
    introduction = Introduction(
        asked_by_id=actor.member_id,
        asked_id=asked.id,
        about=about,
        note=note.strip(),
        language=language,
        contact_of_asker=contact.strip(),
        is_delivered=not is_refused,
        asked_at=moment,
        expires_at=moment + WAITS_FOR,
    )
    session().add(introduction)
    session().flush()
    _record(actor, Event.INTRODUCTION_ASK)
    return introduction


def accept_introduction(actor: Viewer, introduction: Introduction, *, contact: str) -> None:
    """Agree to meet who asked; both read from now on how to reach the other.

    Args:
        actor: who was asked, as they stand in this transaction.
        introduction: the introduction.
        contact: how to reach the actor.

    Raises:
        NotFoundError: the actor was not asked.
        ConflictError: it was answered, taken back or ran out meanwhile, or the two cannot be introduced now.
        InvalidError: the contact cannot be sent so.
    """
    _require_waiting(actor, introduction)
    if refusal := refusal_to_accept(actor, introduction):
        raise ConflictError(refusal)
    _check_contact(contact)
    INTRODUCTIONS.move(introduction, "accept", contact_of_asked=contact.strip(), ended_at=clock.now())
    _record(actor, Event.INTRODUCTION_ACCEPT)


def decline_introduction(actor: Viewer, introduction: Introduction) -> None:
    """Pass over an introduction; nobody else learns of it, and nothing is logged.

    Raises:
        NotFoundError: the actor was not asked.
        ConflictError: it was answered, taken back or ran out meanwhile.
    """
    _require_waiting(actor, introduction)
    INTRODUCTIONS.move(introduction, "decline", ended_at=clock.now())


def decline_and_block(actor: Viewer, introduction: Introduction) -> list[Introduction]:
    """Have nothing more from who asked reach the actor; what waits for an answer is declined with it.

    Returns:
        What the actor took back with it, as `take_back_and_block` says.

    Raises:
        NotFoundError: the actor was not asked.
    """
    _hold(introduction)
    if not can_answer(actor, introduction):
        raise NotFoundError
    if introduction.state_for_asked is IntroductionState.WAITS:
        INTRODUCTIONS.move(introduction, "decline", ended_at=clock.now())
    return take_back_and_block(actor, introduction.asked_by)


def take_back_and_block(actor: Viewer, member: Member) -> list[Introduction]:
    """Have nothing more from `member` reach the actor, and take back what the actor asked of them.

    Left to wait, it could not be accepted any more, which would tell the other that they are blocked. What they
    declined is taken back as well: else the actor would learn that they did.

    Returns:
        What was taken back, of which nothing is to tell the other any more.

    Raises:
        NotFoundError: the actor is no member, or does not know of the other.
    """
    asked = select(Introduction).where(
        Introduction.asked_by_id == actor.member_id, Introduction.asked_id == member.id
    )
    taken_back = []
    for each in session().scalars(asked.order_by(Introduction.id)).all():
        _hold(each)
        if each.state_for_asker is IntroductionState.WAITS:
            _take_back(actor, each)
            taken_back.append(each)
    block_member(actor, member)
    return taken_back


def withdraw_introduction(actor: Viewer, introduction: Introduction) -> None:
    """Take an introduction back, also one that was declined by then, which who asked cannot know.

    Raises:
        NotFoundError: the actor did not ask for it.
        ConflictError: it was accepted or taken back meanwhile, or its time is over.
    """
    _hold(introduction)
    if not can_withdraw(actor, introduction):
        raise NotFoundError
    state = introduction.state_for_asker
    if state is IntroductionState.ACCEPTED:
        raise ConflictError(ACCEPTED_MEANWHILE)
    if state is not IntroductionState.WAITS:
        raise ConflictError(NOT_WAITING)
    _take_back(actor, introduction)


def _take_back(actor: Viewer, introduction: Introduction) -> None:
    moment = clock.now()
    if introduction.status is IntroductionStatus.ASKED:
        INTRODUCTIONS.move(introduction, "withdraw", withdrawn_at=moment, ended_at=moment)
    else:
        introduction.withdrawn_at = moment
        session().flush()
    _record(actor, Event.INTRODUCTION_WITHDRAW)


def _require_waiting(actor: Viewer, introduction: Introduction) -> None:
    """Let who was asked answer, as long as there is something to answer."""
    _hold(introduction)
    if not can_answer(actor, introduction):
        raise NotFoundError
    if introduction.state_for_asked is not IntroductionState.WAITS:
        raise ConflictError(NOT_WAITING)


def _hold(introduction: Introduction) -> None:
    """Let both sides act one after the other, so that no error tells one what the other did at that moment."""
    # by itself: whoever loaded it may have joined its people, whom PostgreSQL does not lock along
    session().execute(select(Introduction.id).where(Introduction.id == introduction.id).with_for_update())
    session().refresh(introduction)


def _record(actor: Viewer, event: Event) -> None:
    """Log what somebody did as a person: no role, no other person, and nothing that ties the two together."""
    person = Viewer(member_id=actor.member_id, public_id=actor.public_id)
    record(person, event, f"member:{actor.public_id}")


def _check_note(note: str) -> None:
    if not note.strip():
        raise InvalidError(N_("Say why you would like to be introduced."), field="note")
    check_text("note", note, NOTE_LENGTH)


def _check_contact(contact: str) -> None:
    if not contact.strip():
        raise InvalidError(N_("Say how you can be reached."), field="contact")
    check_line("contact", contact, CONTACT_LENGTH)


def _check_about(about: str) -> None:
    kind, _, key = about.partition(":")
    is_named = kind in ABOUT and 0 < len(key) <= PUBLIC_ID_LENGTH and key.isascii()
    if about and not is_named:
        raise InvalidError
