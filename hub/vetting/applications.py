"""Applying to join, confirming the address, and what coordinators decide about it."""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.integrity.permissions import CONFLICT_WORDS
from hub.integrity.viewers import viewer_of
from hub.members.links import VOID, make_token, use_token
from hub.members.models import (
    NAME_LENGTH as PERSON_LENGTH,
    MailToken,
    Member,
    MemberStatus,
    TokenPurpose,
    normal_email,
)
from hub.members.queries import member_by_email
from hub.members.service import VETTED_FOR, require_address, require_code, require_text, subject_of
from hub.organisations.models import NAME_LENGTH, MembershipRole, Organisation
from hub.organisations.service import add_membership
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.models import WORDS_LENGTH, Application, Decision, Invitation
from hub.vetting.models.applications import WEBSITE_LENGTH
from hub.vetting.permissions import can_vet_some, vetting_conflict
from hub.vocabularies.consent import CONSENT_VERSION
from hub.vocabularies.loader import vocabulary

REASONS = "application_reasons"
"""The vocabulary of reasons for declining."""


@dataclass(frozen=True)
class Applicant:
    """What somebody says of themselves to be let in.

    Args:
        display_name: what others will read; need not be the name in a passport.
        member_type: code of the vocabulary `member_types`.
        country: ISO 3166-1 alpha-2 code, or None.
        words: why they want to join.
        organisation_name: for whom they work or speak; empty for themselves.
        website: address of that organisation, or empty.
        language: BCP 47 tag in which the hub writes to them.
    """

    display_name: str
    member_type: str
    country: str | None
    words: str
    organisation_name: str = ""
    website: str = ""
    language: str = "en-GB"


def apply_to_join(email: str, applicant: Applicant) -> None:
    """Take an application and send a link to its address; the caller answers alike whatever happens here.

    An address that has an account gets a mail that says so. One that applied before and was not confirmed or was
    declined begins anew, and the link sent before becomes void.

    Raises:
        InvalidError: a value cannot be accepted; names the field.
    """
    address = normal_email(email)
    require_address(address)
    check_applicant(applicant)
    member = member_by_email(address)
    if member is not None and member.status not in {MemberStatus.APPLIED, MemberStatus.DECLINED}:
        queue_mail("has_account", member_id=member.id, language=member.language)
        return
    if member is None:
        member = _new_member(address, applicant)
    elif member.status is MemberStatus.DECLINED:
        MEMBERS.move(member, "apply")
    application = open_application(member)
    if application is None:
        application = Application(member_id=member.id, applied_at=clock.now())
        session().add(application)
    _fill_in(member, application, applicant)
    record(VISITOR, Event.MEMBER_APPLY, subject_of(member))
    token = make_token(TokenPurpose.CONFIRM, member_id=member.id)
    queue_mail("confirm_address", member_id=member.id, language=member.language, token=token.public_id)


def confirm_application(token: MailToken, password_hash: str) -> Member:
    """Confirm the address by its link and set the first password, which nobody without the mail can do.

    Raises:
        InvalidError: the link is void.
    """
    member = token.member
    if token.purpose is not TokenPurpose.CONFIRM or member is None:
        raise InvalidError(VOID)
    application = open_application(member)
    if member.status is not MemberStatus.APPLIED or application is None:
        raise InvalidError(VOID)
    use_token(token)
    _confirm(member, application, password_hash)
    return member


def join_by_invitation(invitation: Invitation, applicant: Applicant, password_hash: str) -> Member:
    """Apply by an invitation that `invitations.accept` just used up: the address counts as confirmed.

    Raises:
        InvalidError: a value cannot be accepted, or the address has an account that must sign in first.
    """
    check_applicant(applicant)
    member = member_by_email(invitation.email)
    if member is not None and member.status not in {MemberStatus.APPLIED, MemberStatus.DECLINED}:
        raise InvalidError(N_("This address has an account. Sign in to accept the invitation."))
    member = member or _new_member(invitation.email, applicant)
    application = open_application(member)
    if application is None:
        application = Application(member_id=member.id, applied_at=clock.now())
        session().add(application)
    _fill_in(member, application, applicant)
    application.invitation = invitation
    record(VISITOR, Event.MEMBER_APPLY, subject_of(member))
    _confirm(member, application, password_hash)
    return member


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
    viewer = vetter(actor, member)
    if membership is not None and membership[0].id in viewer.organisations:
        raise ForbiddenError(N_("You belong to this organisation. So somebody else must decide."))
    application = open_application(member)
    MEMBERS.move(member, "approve", vetted_until=clock.now() + VETTED_FOR)
    _decide(application, actor, Decision.APPROVED)
    record(viewer, Event.MEMBER_APPROVE, subject_of(member))
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


def vetter(actor: Member, member: Member) -> Viewer:
    """Return the viewer of `actor`, who may decide about `member`.

    Raises:
        NotFoundError: the actor does not vet.
        ForbiddenError: the actor has a conflict of interest; the message says which.
    """
    viewer = viewer_of(actor)
    if not can_vet_some(viewer):
        raise NotFoundError
    conflict = vetting_conflict(viewer, member)
    if conflict is not None:
        raise ForbiddenError(CONFLICT_WORDS[conflict])
    return viewer


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
    queue_mail(
        "membership_started", member_id=member.id, language=member.language, organisation=organisation.name
    )


def start_invited_membership(viewer: Viewer, member: Member, invitation: Invitation) -> None:
    """Begin the membership that an invitation names, if who invited still speaks for the organisation."""
    organisation = invitation.organisation
    if organisation is None or invitation.membership_role is None:
        return
    if organisation.id in viewer_of(invitation.invited_by).represents:
        start_membership(viewer, member, organisation, invitation.membership_role)


def check_applicant(applicant: Applicant) -> None:
    """Make sure that what an applicant says can be stored.

    Raises:
        InvalidError: a value cannot be accepted; names the field.
    """
    require_text("display_name", applicant.display_name, PERSON_LENGTH)
    require_code("member_type", applicant.member_type, "member_types")
    if applicant.country is not None:
        require_code("country", applicant.country, "countries")
    require_words("words", applicant.words)
    if applicant.organisation_name:
        require_text("organisation_name", applicant.organisation_name, NAME_LENGTH)
    if applicant.website:
        require_text("website", applicant.website, WEBSITE_LENGTH)


def require_words(field: str, words: str) -> None:
    """Make sure that somebody said something, in at most 2,000 characters.

    Raises:
        InvalidError: nothing, or too much; names the field.
    """
    if not words.strip():
        raise InvalidError(N_("Say it in your own words."), field=field)
    if len(words) > WORDS_LENGTH:
        raise InvalidError(N_("Use at most %(most)s characters."), field=field, most=WORDS_LENGTH)


def _new_member(address: str, applicant: Applicant) -> Member:
    member = Member(
        email=address,
        display_name=applicant.display_name,
        member_type=applicant.member_type,
        country=applicant.country,
        language=applicant.language,
        status=MemberStatus.APPLIED,
    )
    session().add(member)
    session().flush()
    return member


def _fill_in(member: Member, application: Application, applicant: Applicant) -> None:
    member.display_name = applicant.display_name
    member.member_type = applicant.member_type
    member.country = applicant.country
    member.language = applicant.language
    application.organisation_name = applicant.organisation_name
    application.website = applicant.website
    application.words = applicant.words
    application.consent_version = CONSENT_VERSION
    application.applied_at = clock.now()
    session().flush()


def _confirm(member: Member, application: Application, password_hash: str) -> None:
    moment = clock.now()
    MEMBERS.move(member, "confirm", password_hash=password_hash, email_confirmed_at=moment)
    application.confirmed_at = moment
    session().flush()
    record(Viewer(public_id=member.public_id), Event.MEMBER_CONFIRM, subject_of(member))


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
