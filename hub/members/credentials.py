"""Changing password and address; new passwords are hashed by the caller, before the transaction."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.members.links import VOID, make_token, use_token
from hub.members.models import MAY_SIGN_IN, MailToken, Member, SignInSession, TokenPurpose, normal_email
from hub.members.queries import member_by_email
from hub.members.service import require_address, subject_of
from hub.members.signing_in import end_sessions_of, start_session


def ask_reset(email: str) -> None:
    """Send a link for a new password to `email` if somebody signs in with it; the caller answers alike if not.

    For an address that nobody signs in with the same rows are written, of which no mail comes: the time to answer tells
    nothing. They are deleted with the others.

    Raises:
        InvalidError: it cannot be an address; names the field `email`.
    """
    address = normal_email(email)
    require_address(address)
    member = member_by_email(address)
    if member is None or member.status not in MAY_SIGN_IN or member.password_hash is None:
        token = make_token(TokenPurpose.RESET, address=address)
        queue_mail("password_reset", address=address, language="en-GB", token=token.public_id)
        return
    token = make_token(TokenPurpose.RESET, member_id=member.id)
    queue_mail("password_reset", member_id=member.id, language=member.language, token=token.public_id)


def reset_password(token: MailToken, password_hash: str) -> Member:
    """Set a new password by a link; signs the member out everywhere, and leaves second factors as they are.

    Raises:
        InvalidError: the link is void.
    """
    use_token(token)
    member = token.member
    if member is None or token.purpose is not TokenPurpose.RESET or member.status not in MAY_SIGN_IN:
        raise InvalidError(VOID)
    _set_password(Viewer(public_id=member.public_id), member, password_hash)
    end_sessions_of(member.id)
    return member


def change_password(actor: Viewer, member: Member, password_hash: str, current: SignInSession) -> str:
    """Set a new password; all sessions end, and links for a new password become void.

    Returns:
        The token of a new session, which takes the place of `current`.
    """
    _set_password(actor, member, password_hash)
    end_sessions_of(member.id)
    return start_session(member.id, current.user_agent, confirmed_at=current.confirmed_at)


def _set_password(actor: Viewer, member: Member, password_hash: str) -> None:
    member.password_hash = password_hash
    session().flush()
    _void_links(member)
    record(actor, Event.MEMBER_CHANGE_PASSWORD, subject_of(member))
    queue_mail("password_changed", member_id=member.id, language=member.language)


def _void_links(member: Member) -> None:
    session().execute(
        update(MailToken)
        .where(
            MailToken.member_id == member.id,
            MailToken.purpose.in_((TokenPurpose.RESET, TokenPurpose.ADDRESS)),
            MailToken.used_at.is_(None),
        )
        .values(used_at=now()),
        execution_options={"synchronize_session": False},
    )


def ask_address_change(member: Member, address: str) -> None:
    """Send a link to the new address; it becomes the member's when it is opened. A taken one gets no such link.

    Raises:
        InvalidError: it cannot be an address, or is the present one; names the field `email`.
    """
    new = normal_email(address)
    require_address(new)
    if new == member.email:
        raise InvalidError(N_("This is your address already."), field="email")
    if member_by_email(new) is not None:
        # the same answer as for a free one: nobody learns here who has an account
        return
    token = make_token(TokenPurpose.ADDRESS, member_id=member.id, address=new)
    queue_mail("address_change", address=new, language=member.language, token=token.public_id)


def change_address(actor: Viewer, member: Member, token: MailToken) -> None:
    """Make the address that a link proves the member's own; the former one is told.

    Raises:
        InvalidError: the link is void, somebody else's, or the address was taken meanwhile.
    """
    if token.purpose is not TokenPurpose.ADDRESS or token.member_id != member.id or not token.address:
        raise InvalidError(VOID)
    use_token(token)
    former = member.email
    member.email, member.email_confirmed_at = token.address, now()
    try:
        session().flush()
    except IntegrityError:
        raise InvalidError(VOID) from None
    # a link for a new password that lies at the former address must not open the account any more
    _void_links(member)
    record(actor, Event.MEMBER_CHANGE_ADDRESS, subject_of(member))
    queue_mail("address_changed", address=former, language=member.language)
