"""The links that mails carry: made once, good for one act, void after a time."""

from datetime import timedelta

from sqlalchemy import delete, or_, update

from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.members.models import MailToken, TokenPurpose

VALID_FOR = {
    TokenPurpose.CONFIRM: timedelta(hours=24),
    TokenPurpose.INVITATION: timedelta(days=7),
    TokenPurpose.RESET: timedelta(hours=1),
    TokenPurpose.ADDRESS: timedelta(hours=24),
}

KEPT = timedelta(days=30)
"""How long a link is kept that was used or expired."""

VOID = N_("This link was used before, has expired, or was replaced by a newer one. Ask for a new one.")


def make_token(
    purpose: TokenPurpose, *, member_id: int | None = None, address: str | None = None
) -> MailToken:
    """Store what a link in a mail stands for; earlier ones for the same purpose and person become void.

    Args:
        purpose: what it is for; says how long it holds.
        member_id: whose account it is about.
        address: the address that it proves, or whom it invites.
    """
    moment = now()
    if purpose is not TokenPurpose.INVITATION:
        session().execute(
            update(MailToken)
            .where(
                MailToken.purpose == purpose, MailToken.member_id == member_id, MailToken.used_at.is_(None)
            )
            .values(used_at=moment),
            execution_options={"synchronize_session": False},
        )
    token = MailToken(
        purpose=purpose,
        member_id=member_id,
        address=address,
        created_at=moment,
        expires_at=moment + VALID_FOR[purpose],
    )
    session().add(token)
    session().flush()
    return token


def use_token(token: MailToken) -> None:
    """Use a link up; of two at once only one succeeds.

    Raises:
        InvalidError: it was used before, or is too old.
    """
    moment = now()
    used = session().execute(
        update(MailToken)
        .where(MailToken.id == token.id, MailToken.used_at.is_(None), MailToken.expires_at > moment)
        .values(used_at=moment),
        execution_options={"synchronize_session": False},
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise InvalidError(VOID)
    session().refresh(token)


def is_valid(token: MailToken) -> bool:
    """Whether the link may still be used."""
    return token.used_at is None and token.expires_at > now()


def forget_links() -> int:
    """Delete the links that were used or expired 30 days ago; those of invitations go with the invitations.

    Returns:
        How many were deleted.
    """
    until = now() - KEPT
    forgotten = session().execute(
        delete(MailToken).where(
            MailToken.purpose != TokenPurpose.INVITATION,
            or_(MailToken.used_at <= until, MailToken.expires_at <= until),
        ),
        execution_options={"synchronize_session": False},
    )
    return int(forgotten.rowcount)  # type: ignore[attr-defined]
