"""What coordinators decide about applications; how people apply is told in `joining`."""

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.integrity.permissions import CONFLICT_WORDS, conflict_of
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.members.profiles.documents import requeue
from hub.members.service import VETTED_FOR, subject_of
from hub.notifications.service import notify
from hub.organisations.models import MembershipRole, Organisation
from hub.organisations.people import speakers
from hub.organisations.service import add_membership
from hub.vetting.involvements import involvement_of
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.models import WORDS_LENGTH, Application, Decision, Invitation
from hub.vetting.permissions import can_vet, can_vet_some
from hub.vocabularies.loader import vocabulary

AGREED_ALREADY = N_("You agreed to this already. Another coordinator must agree too.")

REASONS = "application_reasons"
"""The vocabulary of reasons for declining."""


def approve_application(
    actor: Member, member: Member, membership: tuple[Organisation, MembershipRole] | None = None
) -> None:
    """Let somebody in for a year.

    Args:
        actor: a coordinator free of conflict.
        member: whose address is confirmed.
        membership: the organisation that the person belongs to, and as what, if the coordinator made sure of it.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest; the message says which.
        ConflictError: it was decided meanwhile.
    """
    viewer = vetter(actor, member, frozenset({membership[0].id} if membership else ()))
    application = open_application(member)
    MEMBERS.move(member, "approve", vetted_until=clock.now() + VETTED_FOR)
    _decide(application, actor, Decision.APPROVED)
    record(viewer, Event.MEMBER_APPROVE, subject_of(member))
    # who was let in again is found again
    requeue(member)
    if membership is not None:
        start_membership(viewer, member, *membership)
    elif application is not None and application.invitation is not None:
        start_invited_membership(viewer, member, application.invitation)
    queue_mail("application_approved", member_id=member.id, language=member.language)


def decline_application(actor: Member, member: Member, *, reasons: tuple[str, ...], words: str) -> None:
    """Refuse somebody with reasons from the list and words that they read exactly.

    Raises:
        InvalidError: no reason or no words; NotFoundError, ForbiddenError, ConflictError: as for approving.
    """
    viewer = vetter(actor, member)
    if not reasons or not set(reasons) <= vocabulary(REASONS).codes:
        raise InvalidError(N_("Choose at least one reason."), field="reasons")
    require_words("words", words)
    application = open_application(member)
    MEMBERS.move(member, "decline")
    _decide(application, actor, Decision.DECLINED, reasons=list(reasons), words=words)
    record(viewer, Event.MEMBER_DECLINE, subject_of(member), reason=words)
    queue_mail(
        "application_declined",
        member_id=member.id,
        language=member.language,
        reasons=list(reasons),
        words=words,
    )


def open_application(member: Member) -> Application | None:
    """Return what of a member waits for a decision."""
    return session().scalar(
        select(Application).where(Application.member_id == member.id, Application.decision.is_(None))
    )


def vetter(actor: Member, member: Member, organisations: frozenset[int] = frozenset()) -> Viewer:
    """Return the viewer of `actor`, who may decide about `member`.

    Args:
        actor: who decides.
        member: about whom.
        organisations: further organisations that the decision names.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest; the message says which.
    """
    viewer = viewer_of(actor)
    if not can_vet_some(viewer):
        raise NotFoundError
    conflict = conflict_of(viewer, involvement_of(member, organisations))
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    return viewer


def counts_still(member_id: int, about: Member) -> bool:
    """Whether the first agreement of a member counts when the second is given: they may still vet `about`."""
    return can_vet(viewer_of(session().get_one(Member, member_id)), about)


def start_membership(
    viewer: Viewer, member: Member, organisation: Organisation, role: MembershipRole
) -> None:
    """Begin a membership and log it.

    Raises:
        ConflictError: the person belongs to the organisation already.
    """
    add_membership(organisation, member, role)
    record(
        viewer,
        Event.MEMBERSHIP_START,
        subject_of(member),
        after={"organisation": organisation.slug, "role": role},
    )
    notify([member.id], "membership_started", organisation.subject)
    notify(speakers(organisation) - {member.id, viewer.member_id}, "member_joined", organisation.subject)


def start_invited_membership(viewer: Viewer, member: Member, invitation: Invitation) -> None:
    """Begin the membership that an invitation names, if who invited still speaks for the organisation."""
    organisation = invitation.organisation
    if organisation is None or invitation.membership_role is None:
        return
    if organisation.id in viewer_of(invitation.invited_by).represents:
        start_membership(viewer, member, organisation, invitation.membership_role)


def require_words(field: str, words: str) -> None:
    """Make sure that somebody said something, in at most 2,000 characters.

    Raises:
        InvalidError: nothing, or too much; names the field.
    """
    if not words.strip():
        raise InvalidError(N_("Say it in your own words."), field=field)
    if len(words) > WORDS_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field=field, most=WORDS_LENGTH)


def _decide(
    application: Application | None,
    actor: Member,
    decision: Decision,
    *,
    reasons: list[str] | None = None,
    words: str = "",
) -> None:
    if application is None:
        # an account made at the machine has no application
        return
    application.decision, application.decided_by_id = decision, actor.id
    application.decided_at = clock.now()
    application.reasons, application.decision_words = reasons or [], words
    session().flush()
