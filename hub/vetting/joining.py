"""How people begin: applying, confirming the address, or using an invitation. Coordinators decide in `applications`."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import VISITOR, Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError
from hub.core.i18n import N_
from hub.core.outbox import OutboxMessage, queue_mail
from hub.members.links import VOID, is_valid, make_token, use_token
from hub.members.models import (
    NAME_LENGTH as PERSON_LENGTH,
    MailToken,
    Member,
    MemberStatus,
    TokenPurpose,
    normal_email,
)
from hub.members.profiles.checking import check_no_address
from hub.members.queries import member_by_email
from hub.members.service import require_address, require_code, require_text, subject_of
from hub.organisations.models import NAME_LENGTH
from hub.vetting.applications import open_application, require_words
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.models import Application, Invitation
from hub.vetting.models.applications import WEBSITE_LENGTH
from hub.vocabularies.consent import CONSENT_VERSION

ABANDONED_AFTER = timedelta(days=7)
"""How long an application whose address nobody confirmed is kept."""

MAY_APPLY = frozenset({MemberStatus.APPLIED, MemberStatus.DECLINED})
"""With these an address may be used to apply: it has no account that opens anything."""


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
        ConflictError: somebody applied with the same address in the same moment; their link is on its way.
    """
    address = normal_email(email)
    require_address(address)
    check_applicant(applicant)
    member = _known(address)
    if member is not None and member.status not in MAY_APPLY:
        # as many rows as for a new address: the time to answer tells nobody who has an account
        record(VISITOR, Event.MEMBER_APPLY, subject_of(member))
        make_token(TokenPurpose.CONFIRM, address=address)
        queue_mail("has_account", member_id=member.id, language=member.language)
        return
    if member is None:
        member = _new_member(address, applicant)
    elif member.status is MemberStatus.DECLINED:
        # the old password opens nothing while the application waits, and the link sets a new one
        MEMBERS.move(member, "apply", password_hash=None)
    application = open_application(member)
    if application is None:
        application = Application(member_id=member.id, applied_at=clock.now())
        session().add(application)
    _fill_in(application, applicant)
    record(VISITOR, Event.MEMBER_APPLY, subject_of(member))
    token = make_token(TokenPurpose.CONFIRM, member_id=member.id)
    queue_mail("confirm_address", member_id=member.id, language=applicant.language, token=token.public_id)


def application_behind(token: MailToken) -> Application | None:
    """Return the application that a link confirms, or None where the link is void."""
    member = token.member
    if token.purpose is not TokenPurpose.CONFIRM or not is_valid(token) or member is None:
        return None
    return open_application(member) if member.status is MemberStatus.APPLIED else None


def confirm_application(token: MailToken, password_hash: str) -> Member:
    """Confirm the address by its link and set the first password, which nobody without the mail can do.

    Raises:
        InvalidError: the link is void.
    """
    if token.member is not None:
        _hold(token.member)
    application = application_behind(token)
    if application is None:
        raise InvalidError(VOID)
    use_token(token)
    _confirm(application.member, application, password_hash)
    return application.member


def join_by_invitation(invitation: Invitation, applicant: Applicant, password_hash: str) -> Member:
    """Apply by an invitation that `invitations.use_invitation` just used up: the address counts as confirmed.

    Raises:
        InvalidError: a value cannot be accepted, or the address has an account that must sign in first.
        ConflictError: somebody applied with the same address in the same moment.
    """
    check_applicant(applicant)
    member = _known(invitation.email)
    if member is not None and member.status not in MAY_APPLY:
        raise InvalidError(N_("This address has an account. Sign in to accept the invitation."))
    member = member or _new_member(invitation.email, applicant)
    application = open_application(member)
    if application is None:
        application = Application(member_id=member.id, applied_at=clock.now())
        session().add(application)
    _fill_in(application, applicant)
    application.invitation = invitation
    record(VISITOR, Event.MEMBER_APPLY, subject_of(member))
    _confirm(member, application, password_hash)
    return member


def forget_abandoned() -> int:
    """Delete the applications whose address nobody confirmed within a week, and the accounts that began with them.

    Who was declined before stays known as declined.

    Returns:
        How many applications were deleted.
    """
    abandoned = (
        session()
        .scalars(
            select(Application)
            .join(Application.member)
            .where(
                Member.status == MemberStatus.APPLIED,
                Application.confirmed_at.is_(None),
                Application.decision.is_(None),
                Application.applied_at <= clock.now() - ABANDONED_AFTER,
            )
        )
        .all()
    )
    for application in abandoned:
        member = application.member
        session().delete(application)
        session().flush()
        record(VISITOR, Event.MEMBER_FORGET, subject_of(member))
        if member.email_confirmed_at is not None:
            MEMBERS.move(member, "forget")
            continue
        for table in (OutboxMessage, MailToken):
            session().execute(
                delete(table).where(table.member_id == member.id),
                execution_options={"synchronize_session": False},
            )
        session().delete(member)
        session().flush()
    return len(abandoned)


def check_applicant(applicant: Applicant) -> None:
    """Make sure that what an applicant says can be stored.

    Raises:
        InvalidError: a value cannot be accepted; names the field.
    """
    require_text("display_name", applicant.display_name, PERSON_LENGTH)
    check_no_address("display_name", applicant.display_name)
    require_code("member_type", applicant.member_type, "member_types")
    if applicant.country is not None:
        require_code("country", applicant.country, "countries")
    require_words("words", applicant.words)
    if applicant.organisation_name:
        require_text("organisation_name", applicant.organisation_name, NAME_LENGTH)
        check_no_address("organisation_name", applicant.organisation_name)
    if applicant.website:
        require_text("website", applicant.website, WEBSITE_LENGTH)


def _known(address: str) -> Member | None:
    member = member_by_email(address)
    if member is not None:
        _hold(member)
    return member


def _hold(member: Member) -> None:
    # what somebody confirms must be what they read, not what another applies for in the same moment
    session().refresh(member, with_for_update={"key_share": True})


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
    try:
        session().flush()
    except IntegrityError:
        raise ConflictError from None
    return member


def _fill_in(application: Application, applicant: Applicant) -> None:
    for name in (
        "display_name",
        "member_type",
        "country",
        "language",
        "organisation_name",
        "website",
        "words",
    ):
        setattr(application, name, getattr(applicant, name))
    application.consent_version = CONSENT_VERSION
    application.applied_at = clock.now()
    session().flush()


def _confirm(member: Member, application: Application, password_hash: str) -> None:
    """Make the account what the application says; before, a stranger who knows an address changes nothing of it."""
    moment = clock.now()
    said = {
        name: getattr(application, name) for name in ("display_name", "member_type", "country", "language")
    }
    MEMBERS.move(member, "confirm", password_hash=password_hash, email_confirmed_at=moment, **said)
    application.confirmed_at = moment
    session().flush()
    record(Viewer(public_id=member.public_id), Event.MEMBER_CONFIRM, subject_of(member))
