"""Lost second factors: reported after the password, agreed by two coordinators, removed 48 hours later."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.members.models import Member
from hub.members.queries import has_factor
from hub.members.second_factor import remove_all_factors
from hub.members.service import subject_of
from hub.vetting.applications import AGREED_ALREADY, counts_still, require_words, vetter
from hub.vetting.lifecycle import FACTOR_RESETS
from hub.vetting.models import FactorReset, FactorResetStatus
from hub.vetting.queries import open_reset_of

WAIT = timedelta(hours=48)
"""How long the rightful owner has to stop it."""


def request_reset(member: Member, words: str) -> FactorReset:
    """Report, after the password was right, that every second factor is lost.

    Args:
        member: who knew the password.
        words: how coordinators can make sure that it is really them.

    Raises:
        InvalidError: no words.
        ConflictError: it is reported already, or there is no factor to lose.
    """
    require_words("words", words)
    if not has_factor(member.id):
        raise ConflictError(N_("Your account has no second factor."))
    if open_reset_of(member.id) is not None:
        raise ConflictError(N_("You reported this already. Coordinators will write to you."))
    reset = FactorReset(member_id=member.id, words=words, requested_at=clock.now())
    session().add(reset)
    session().flush()
    record(Viewer(public_id=member.public_id), Event.MEMBER_REQUEST_RESET, subject_of(member))
    queue_mail("factor_reset_requested", member_id=member.id, language=member.language)
    return reset


def approve_reset(actor: Member, reset: FactorReset) -> None:
    """Agree as the first or as the second coordinator; 48 hours after the second the factors go.

    A first agreement by somebody who is no longer a coordinator free of conflict does not count.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest, or agreed before.
        ConflictError: it was decided or stopped meanwhile.
    """
    viewer = vetter(actor, reset.member)
    moment = clock.now()
    first = reset.first_approved_by_id
    if first is not None and not counts_still(first, reset.member):
        FACTOR_RESETS.move(
            reset, "reopen", FactorReset.first_approved_by_id == first, first_approved_by_id=None
        )
    member = reset.member
    if reset.status is FactorResetStatus.REQUESTED:
        FACTOR_RESETS.move(reset, "support", first_approved_by_id=actor.id)
        record(viewer, Event.MEMBER_SUPPORT_RESET, subject_of(member))
        return
    if first == actor.id and reset.status is FactorResetStatus.SUPPORTED:
        raise ForbiddenError(AGREED_ALREADY)
    FACTOR_RESETS.move(
        reset,
        "approve",
        FactorReset.first_approved_by_id == first,
        second_approved_by_id=actor.id,
        approved_at=moment,
        takes_effect_at=moment + WAIT,
    )
    record(viewer, Event.MEMBER_APPROVE_RESET, subject_of(member))
    queue_mail(
        "factor_reset_approved", member_id=member.id, language=member.language, at=reset.takes_effect_at
    )


def decline_reset(actor: Member, reset: FactorReset, words: str) -> None:
    """Refuse to take the factors away, with words.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for agreeing.
    """
    viewer = vetter(actor, reset.member)
    require_words("words", words)
    FACTOR_RESETS.move(reset, "decline", ended_by_id=actor.id, ended_at=clock.now(), decision_words=words)
    member = reset.member
    record(viewer, Event.MEMBER_DECLINE_RESET, subject_of(member), reason=words)
    queue_mail("factor_reset_declined", member_id=member.id, language=member.language)


def stop_reset(member: Member, reset: FactorReset) -> None:
    """Stop it as the owner of the account, signed in or with the password right.

    Raises:
        NotFoundError: it is about somebody else; ConflictError: it is over.
    """
    if reset.member_id != member.id:
        raise NotFoundError
    FACTOR_RESETS.move(reset, "stop", ended_by_id=member.id, ended_at=clock.now())
    record(Viewer(public_id=member.public_id), Event.MEMBER_STOP_RESET, subject_of(member))
    queue_mail("factor_reset_stopped", member_id=member.id, language=member.language)


def is_reset_due() -> bool:
    """Whether there are factors whose 48 hours are over."""
    return session().scalar(select(FactorReset.id).where(_is_due()).limit(1)) is not None


def complete_due_resets(member: Member | None = None) -> int:
    """Take away the factors whose 48 hours are over, of everybody or of one `member`.

    Returns:
        Of how many people.
    """
    query = select(FactorReset).where(_is_due())
    if member is not None:
        query = query.where(FactorReset.member_id == member.id)
    due = session().scalars(query).all()
    for reset in due:
        FACTOR_RESETS.move(reset, "complete")
        remove_all_factors(reset.member)
        record(VISITOR, Event.MEMBER_COMPLETE_RESET, subject_of(reset.member))
        queue_mail("factor_reset_done", member_id=reset.member_id, language=reset.member.language)
    return len(due)


def _is_due() -> ColumnElement[bool]:
    return and_(FactorReset.status == FactorResetStatus.APPROVED, FactorReset.takes_effect_at <= clock.now())
