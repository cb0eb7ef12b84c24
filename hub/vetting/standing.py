"""Whether members stay in good standing: suspension, reinstatement, and the vetting of each year."""

from datetime import timedelta

from sqlalchemy import exists, select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError
from hub.core.i18n import N_
from hub.core.outbox import OutboxMessage, queue_mail
from hub.integrity.permissions import Conflict
from hub.integrity.service import record_recusal
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, MemberStatus
from hub.members.profiles.documents import requeue
from hub.members.queries import roles_in_force
from hub.members.service import VETTED_FOR, subject_of
from hub.members.signing_in import end_sessions_of
from hub.organisations.queries import law_enforcement_status
from hub.vetting.applications import open_application, require_words, vetter
from hub.vetting.law_enforcement import end_statuses
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.models import Application, ApplicationKind
from hub.vetting.roles import end_roles
from hub.vocabularies.consent import CONSENT_VERSION

LAPSED = "Nobody vetted the member within the year."

DUE_BEFORE = timedelta(days=60)
"""How long before the year ends a coordinator may vet again."""

TOLD_BEFORE = timedelta(days=30)
"""How long before the year ends the member is told."""


def suspend_member(actor: Member, member: Member, words: str) -> None:
    """Shut somebody out at once; roles and status must have ended before, which takes two people.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest.
        InvalidError: no words; names the field.
        ConflictError: the person has a role or a status, or is not an approved member any more.
    """
    viewer = vetter(actor, member)
    require_words("words", words)
    moment = clock.now()
    if roles_in_force(member, moment) or law_enforcement_status(member.id, moment):
        raise ConflictError(
            N_(
                "This person has a role or a law-enforcement status. End these first; a role takes two people."
            )
        )
    MEMBERS.move(member, "suspend")
    end_sessions_of(member.id)
    record(viewer, Event.MEMBER_SUSPEND, subject_of(member), reason=words)
    requeue(member)
    queue_mail("member_suspended", member_id=member.id, language=member.language, words=words)


def reinstate_member(actor: Member, member: Member) -> None:
    """Let a suspended member in again.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as for suspending.
    """
    viewer = vetter(actor, member)
    MEMBERS.move(member, "reinstate")
    record(viewer, Event.MEMBER_REINSTATE, subject_of(member))
    requeue(member)
    queue_mail("member_reinstated", member_id=member.id, language=member.language)


def vet_again(actor: Member, member: Member) -> None:
    """Note that a coordinator looked again: the member stays for another year.

    Raises:
        NotFoundError, ForbiddenError: as for suspending.
        ConflictError: the member is not approved, or it is too early.
    """
    viewer = vetter(actor, member)
    if not member.is_approved or not is_vetting_due(member):
        raise ConflictError(N_("This member's vetting is not due."))
    member.vetted_until = clock.now() + VETTED_FOR
    session().flush()
    record(viewer, Event.MEMBER_VET, subject_of(member))
    requeue(member)


def is_vetting_due(member: Member) -> bool:
    """Whether a coordinator may look again."""
    return member.vetted_until is not None and member.vetted_until - DUE_BEFORE <= clock.now()


def recuse_from_person(actor: Member, member: Member, words: str) -> None:
    """Recuse oneself for good from all that is decided about a person, for a reason that only the actor knows.

    Raises:
        NotFoundError, ForbiddenError: as for suspending.
    """
    viewer = vetter(actor, member)
    record_recusal(viewer, subject_of(member), Conflict.DECLARED, words)


def ask_renewal(actor: Member, words: str) -> None:
    """Ask to be vetted again after the year ended.

    Raises:
        InvalidError: no words; names the field.
        ConflictError: the actor's vetting has not lapsed.
    """
    require_words("words", words)
    MEMBERS.move(actor, "renew")
    moment = clock.now()
    application = open_application(actor) or Application(member_id=actor.id)
    application.kind, application.words = ApplicationKind.RENEWAL, words
    application.consent_version = CONSENT_VERSION
    application.applied_at = application.confirmed_at = moment
    session().add(application)
    session().flush()
    record(viewer_of(actor), Event.MEMBER_RENEW, subject_of(actor))


def lapse_overdue() -> int:
    """End the standing of members whom nobody vetted within the year, and tell those whose year ends soon.

    Roles and law-enforcement status end with it: what took two people is not given back by the one who lets somebody
    in again.

    Returns:
        How many lapsed.
    """
    moment = clock.now()
    overdue = (
        session()
        .scalars(select(Member).where(Member.status == MemberStatus.APPROVED, Member.vetted_until <= moment))
        .all()
    )
    for member in overdue:
        MEMBERS.move(member, "lapse")
        record(VISITOR, Event.MEMBER_LAPSE, subject_of(member))
        end_roles(VISITOR, member, LAPSED)
        end_statuses(VISITOR, member, LAPSED)
        requeue(member)
        queue_mail("vetting_lapsed", member_id=member.id, language=member.language)
    told = exists().where(
        OutboxMessage.member_id == Member.id,
        OutboxMessage.kind == "vetting_due",
        OutboxMessage.created_at > moment - 2 * TOLD_BEFORE,
    )
    soon = (
        session()
        .scalars(
            select(Member).where(
                Member.status == MemberStatus.APPROVED,
                Member.vetted_until > moment,
                Member.vetted_until <= moment + TOLD_BEFORE,
                ~told,
            )
        )
        .all()
    )
    for member in soon:
        queue_mail("vetting_due", member_id=member.id, language=member.language, until=member.vetted_until)
    return len(overdue)
