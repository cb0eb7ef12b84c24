"""Law-enforcement status: asked for, supported by one coordinator, verified by another, ended at once."""

from collections.abc import Iterable

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.service import require_code, require_text, subject_of
from hub.organisations.models import (
    TITLE_LENGTH,
    LawEnforcementState,
    LawEnforcementStatus,
    Organisation,
    name_key,
)
from hub.organisations.queries import memberships_of
from hub.organisations.service import LAW_ENFORCEMENT_FOR
from hub.vetting.applications import AGREED_ALREADY, counts_still, require_words, vetter
from hub.vetting.lifecycle import LAW_ENFORCEMENT
from hub.vetting.permissions import is_self
from hub.vetting.queries import open_status_of


def request_status(
    actor: Member,
    *,
    country: str,
    authority: str,
    reference: str,
    words: str,
    organisation: Organisation | None = None,
) -> LawEnforcementStatus:
    """Ask to count as law enforcement.

    Args:
        actor: an approved member.
        country: ISO code of the authority's country.
        authority: its name, one of those meant by UNCAC Art. 36.
        reference: what shows the person's place there, such as a letter's number.
        words: what else the coordinators should know.
        organisation: the authority on the hub, if the actor belongs to it: the status ends with the membership.

    Raises:
        ForbiddenError: the actor is not an approved member, or does not belong to the organisation.
        InvalidError: a value cannot be accepted; names the field.
        ConflictError: a request of the actor waits already.
    """
    viewer = viewer_of(actor)
    if not viewer.is_member or (organisation and organisation.id not in viewer.organisations):
        raise ForbiddenError
    require_code("country", country, "countries")
    require_text("authority", authority, TITLE_LENGTH)
    require_text("reference", reference, TITLE_LENGTH)
    require_words("words", words)
    if open_status_of(actor.id) is not None:
        raise ConflictError(N_("You asked for this already. Wait for the answer, or withdraw it first."))
    status = LawEnforcementStatus(
        member_id=actor.id,
        organisation_id=_authority_of(actor, authority, organisation),
        country=country,
        authority=authority,
        reference=reference,
        words=words,
        requested_at=clock.now(),
    )
    session().add(status)
    session().flush()
    record(viewer, Event.MEMBER_REQUEST_STATUS, subject_of(actor), after=_snapshot(status))
    return status


def _authority_of(actor: Member, authority: str, organisation: Organisation | None) -> int | None:
    """Return the organisation that the status rests on: the one chosen, or that of the actor with this very name."""
    if organisation is not None:
        return organisation.present.id
    key = name_key(authority)
    return next(
        (each.organisation_id for each in memberships_of(actor.id) if each.organisation.name_key == key), None
    )


def approve_status(actor: Member, status: LawEnforcementStatus) -> None:
    """Agree as the first or as the second coordinator; with the second the status holds for a year.

    A first agreement by somebody who is no longer a coordinator free of conflict does not count.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest, or agreed before.
        ConflictError: it was decided or withdrawn meanwhile, or the person is not an approved member any more.
    """
    viewer = vetter(actor, status.member)
    if not status.member.is_approved:
        raise ConflictError(N_("This person is not an approved member."))
    moment = clock.now()
    first = status.first_verified_by_id
    if first is not None and not counts_still(first, status.member):
        LAW_ENFORCEMENT.move(
            status,
            "reopen",
            LawEnforcementStatus.first_verified_by_id == first,
            first_verified_by_id=None,
            first_verified_at=None,
        )
    if status.status is LawEnforcementState.REQUESTED:
        LAW_ENFORCEMENT.move(status, "support", first_verified_by_id=actor.id, first_verified_at=moment)
        record(viewer, Event.MEMBER_SUPPORT_STATUS, subject_of(status.member), after=_snapshot(status))
        return
    if first == actor.id and status.status is LawEnforcementState.SUPPORTED:
        raise ForbiddenError(AGREED_ALREADY)
    LAW_ENFORCEMENT.move(
        status,
        "verify",
        LawEnforcementStatus.first_verified_by_id == first,
        second_verified_by_id=actor.id,
        verified_at=moment,
        valid_until=moment + LAW_ENFORCEMENT_FOR,
    )
    record(viewer, Event.MEMBER_VERIFY, subject_of(status.member), after=_snapshot(status))
    queue_mail(
        "law_enforcement_verified",
        member_id=status.member_id,
        language=status.member.language,
        until=status.valid_until,
    )


def end_statuses(viewer: Viewer, member: Member, reason: str) -> None:
    """Revoke what is verified of a member, because what it rests on is gone.

    Args:
        viewer: who ended it, for the audit log; `VISITOR` stands for the system.
        member: whose status it is.
        reason: why, for the audit log.
    """
    verified = session().scalars(
        select(LawEnforcementStatus).where(
            LawEnforcementStatus.member_id == member.id,
            LawEnforcementStatus.status == LawEnforcementState.VERIFIED,
        )
    )
    revoke_statuses(viewer, verified.all(), reason)


def end_statuses_of(viewer: Viewer, organisation: Organisation, reason: str) -> None:
    """Revoke what is verified of people because they belong to an organisation, and tell them.

    Args:
        viewer: who ended it, for the audit log; `VISITOR` stands for the system.
        organisation: on which the status rests.
        reason: why, for the audit log.
    """
    verified = (
        session()
        .scalars(
            select(LawEnforcementStatus).where(
                LawEnforcementStatus.organisation_id == organisation.id,
                LawEnforcementStatus.status == LawEnforcementState.VERIFIED,
            )
        )
        .all()
    )
    revoke_statuses(viewer, verified, reason)
    for status in verified:
        queue_mail(
            "law_enforcement_ended", member_id=status.member_id, language=status.member.language, words=""
        )


def revoke_statuses(viewer: Viewer, statuses: Iterable[LawEnforcementStatus], reason: str) -> None:
    """Revoke verified statuses, because what they rest on is gone; nobody is told here."""
    for status in statuses:
        LAW_ENFORCEMENT.move(status, "revoke", ended_at=clock.now(), decision_words=reason)
        record(viewer, Event.MEMBER_REVOKE_STATUS, subject_of(status.member), reason=reason)


def decline_status(actor: Member, status: LawEnforcementStatus, words: str) -> None:
    """Refuse a request with words that the person reads.

    Raises:
        InvalidError: no words; NotFoundError, ForbiddenError, ConflictError: as for agreeing.
    """
    viewer = vetter(actor, status.member)
    require_words("words", words)
    LAW_ENFORCEMENT.move(status, "decline", ended_by_id=actor.id, ended_at=clock.now(), decision_words=words)
    record(viewer, Event.MEMBER_DECLINE_STATUS, subject_of(status.member), reason=words)
    queue_mail(
        "law_enforcement_declined", member_id=status.member_id, language=status.member.language, words=words
    )


def withdraw_status(actor: Member, status: LawEnforcementStatus) -> None:
    """Take back one's own request.

    Raises:
        NotFoundError: it is none of the actor's; ConflictError: it was decided meanwhile.
    """
    viewer = viewer_of(actor)
    if not is_self(viewer, status):
        raise NotFoundError
    LAW_ENFORCEMENT.move(status, "withdraw", ended_by_id=actor.id, ended_at=clock.now())
    record(viewer, Event.MEMBER_WITHDRAW_STATUS, subject_of(actor))


def revoke_status(actor: Member, status: LawEnforcementStatus, words: str) -> None:
    """End a verified status; access ends with the person's next request. One coordinator, or the person, is enough.

    Raises:
        NotFoundError: the actor neither vets nor is the person.
        ForbiddenError: the actor vets and has a conflict of interest.
        InvalidError: no words.
        ConflictError: it was not verified, or ended before.
    """
    viewer = viewer_of(actor)
    if not is_self(viewer, status):
        viewer = vetter(actor, status.member)
    require_words("words", words)
    LAW_ENFORCEMENT.move(status, "revoke", ended_by_id=actor.id, ended_at=clock.now(), decision_words=words)
    record(viewer, Event.MEMBER_REVOKE_STATUS, subject_of(status.member), reason=words)
    queue_mail(
        "law_enforcement_ended", member_id=status.member_id, language=status.member.language, words=words
    )


def _snapshot(status: LawEnforcementStatus) -> dict[str, object]:
    return {
        "country": status.country,
        "authority": status.authority,
        "reference": status.reference,
        "until": status.valid_until,
    }
