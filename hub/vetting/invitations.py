"""Invitations by focal points and representatives: twenty a day, single use, bound to an address, seven days."""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select, update

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.core import clock
from hub.core.database import lock_commits, session
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, TooManyError
from hub.core.i18n import N_
from hub.core.outbox import queue_mail
from hub.integrity.viewers import viewer_of
from hub.members.links import KEPT, VOID, make_token, use_token
from hub.members.models import MailToken, Member, TokenPurpose, normal_email
from hub.members.queries import member_by_email
from hub.members.service import require_address
from hub.notifications.service import notify
from hub.organisations.models import MembershipRole, Organisation
from hub.organisations.queries import memberships_of
from hub.vetting.applications import open_application, start_invited_membership
from hub.vetting.models import Application, Invitation, InvitationStatus
from hub.vetting.permissions import MAY_ACCEPT, can_invite_to, can_revoke_invitation, is_open

A_DAY = 20
"""Invitations that one member may send in 24 hours."""


def invite(
    actor: Member,
    email: str,
    *,
    organisation: Organisation | None = None,
    role: MembershipRole = MembershipRole.MEMBER,
    country: str | None = None,
) -> Invitation:
    """Ask somebody to join, for a verified organisation that the actor represents, or as focal point for a country.

    Args:
        actor: who invites.
        email: whom; the answer is the same whether or not they have an account.
        organisation: to which the person will belong once approved, or None.
        role: as what.
        country: ISO code, where no organisation is named.

    Raises:
        ForbiddenError: the actor speaks neither for the organisation, or it is not verified, nor for the country.
        InvalidError: the address cannot be one; names the field.
        TooManyError: twenty were sent within a day.
    """
    viewer = viewer_of(actor)
    for_organisation = organisation is not None and can_invite_to(viewer, organisation)
    for_country = organisation is None and country is not None and country in viewer.focal_countries
    if not (for_organisation or for_country):
        raise ForbiddenError
    address = normal_email(email)
    require_address(address)
    if address == actor.email:
        raise InvalidError(N_("This is your own address."), field="email")
    _check_number(actor)
    moment = clock.now()
    token = make_token(TokenPurpose.INVITATION, address=address)
    invitation = Invitation(
        email=address,
        invited_by_id=actor.id,
        organisation_id=organisation.id if organisation else None,
        membership_role=role if organisation else None,
        country=country if organisation is None else None,
        language=actor.language,
        token_id=token.id,
        invited_at=moment,
        expires_at=token.expires_at,
    )
    session().add(invitation)
    session().flush()
    record(viewer, Event.MEMBER_INVITE, f"invitation:{invitation.public_id}")
    known = _account_at(address)
    if known is not None and organisation is not None:
        notify([known.id], "invitation_received", organisation.subject)
    # the words and the language are for who reads it: the inviter sees neither
    queue_mail(
        "invitation",
        address=address,
        language=actor.language if known is None else known.language,
        token=token.public_id,
        inviter=actor.display_name,
        organisation=organisation.name if organisation else "",
        country=invitation.country or "",
        is_known=known is not None,
    )
    return invitation


def revoke_invitation(actor: Member, invitation: Invitation) -> None:
    """Make an invitation void that nobody accepted yet.

    Raises:
        NotFoundError: it is none of the actor's.
        InvalidError: it was accepted, revoked or is too old.
    """
    viewer = viewer_of(actor)
    if not can_revoke_invitation(viewer, invitation):
        raise NotFoundError
    _move(invitation, InvitationStatus.REVOKED)
    session().execute(
        update(MailToken)
        .where(MailToken.id == invitation.token_id, MailToken.used_at.is_(None))
        .values(used_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    record(viewer, Event.MEMBER_REVOKE_INVITATION, f"invitation:{invitation.public_id}")


def invitation_of(token: MailToken) -> Invitation | None:
    """Return what a link stands for, if it is an invitation."""
    return session().scalar(select(Invitation).where(Invitation.token_id == token.id))


def use_invitation(token: MailToken) -> Invitation:
    """Use the link of an invitation up; the caller goes on with `joining.join_by_invitation`.

    Raises:
        InvalidError: it was used, revoked or is too old.
    """
    invitation = invitation_of(token)
    if invitation is None or not is_open(invitation):
        raise InvalidError(VOID)
    # in the order of `revoke_invitation`, so that neither waits for the other
    _move(invitation, InvitationStatus.ACCEPTED, accepted_at=clock.now())
    use_token(token)
    return invitation


def note_acceptance(invitation: Invitation, member: Member) -> None:
    """Note who accepted."""
    invitation.accepted_by_id = member.id
    session().flush()
    record(
        Viewer(public_id=member.public_id),
        Event.MEMBER_ACCEPT_INVITATION,
        f"invitation:{invitation.public_id}",
    )


def accept_invitation(actor: Member, token: MailToken) -> Invitation:
    """Accept as somebody who has an account: the membership begins, or will once the person is approved.

    Raises:
        InvalidError: it was used, revoked, is too old or for another address; or the person belongs there already.
    """
    invitation = invitation_of(token)
    if invitation is None or actor.email != invitation.email:
        raise InvalidError(N_("This invitation is for another email address."))
    if actor.status not in MAY_ACCEPT:
        raise InvalidError(N_("Your membership is not in force. Ask for it to be renewed first."))
    organisation_id = invitation.organisation_id
    if organisation_id and organisation_id in {each.organisation_id for each in memberships_of(actor.id)}:
        raise InvalidError(N_("You belong to this organisation already."))
    use_invitation(token)
    note_acceptance(invitation, actor)
    if actor.is_approved:
        start_invited_membership(viewer_of(actor), actor, invitation)
    else:
        application = open_application(actor)
        if application is not None:
            application.invitation = invitation
            session().flush()
    return invitation


def forget_invitations() -> int:
    """Delete the invitations that nobody accepted, 30 days after they expired or were revoked, with their links.

    Returns:
        How many were deleted.
    """
    until = clock.now() - KEPT
    # revoking makes the link void, and so says when
    is_revoked = and_(Invitation.status == InvitationStatus.REVOKED, MailToken.used_at <= until)
    found = session().execute(
        select(Invitation.id, Invitation.token_id)
        .join(MailToken, MailToken.id == Invitation.token_id)
        .where(
            Invitation.status != InvitationStatus.ACCEPTED,
            or_(Invitation.expires_at <= until, is_revoked),
            ~select(Application.id).where(Application.invitation_id == Invitation.id).exists(),
        )
    )
    forgotten = {each.id: each.token_id for each in found}
    for table, numbers in ((Invitation, forgotten.keys()), (MailToken, forgotten.values())):
        session().execute(
            delete(table).where(table.id.in_(sorted(numbers))),
            execution_options={"synchronize_session": False},
        )
    return len(forgotten)


def _account_at(address: str) -> Member | None:
    """Return whose account an invitation to this address could be accepted with."""
    found = member_by_email(address)
    return found if found is not None and found.status in MAY_ACCEPT else None


def _move(invitation: Invitation, status: InvitationStatus, **changes: object) -> None:
    moved = session().execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.status == InvitationStatus.SENT,
            Invitation.expires_at > clock.now(),
        )
        .values(status=status, **changes),
        execution_options={"synchronize_session": False},
    )
    if moved.rowcount != 1:  # type: ignore[attr-defined]
        raise InvalidError(VOID)
    session().refresh(invitation)


def _check_number(actor: Member) -> None:
    # Invitations at the same moment must see one another.
    lock_commits()
    since = clock.now() - timedelta(days=1)
    sent = (
        session()
        .scalars(
            select(Invitation.invited_at)
            .where(Invitation.invited_by_id == actor.id, Invitation.invited_at > since)
            .order_by(Invitation.invited_at)
        )
        .all()
    )
    if len(sent) >= A_DAY:
        free_in = sent[-A_DAY] + timedelta(days=1) - clock.now()
        raise TooManyError(
            N_("You have sent %(number)s invitations within a day, which is the most."),
            retry_after=max(1, int(free_in.total_seconds())),
            number=A_DAY,
        )
