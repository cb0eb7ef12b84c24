"""Invitations: by whom, for what, how often, and that each opens the door once and for one address."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.alerts.waiting import what_waits
from hub.core.database import session, transaction
from hub.core.errors import ForbiddenError, InvalidError, NotFoundError, TooManyError
from hub.core.outbox import OutboxMessage
from hub.integrity.viewers import viewer_of
from hub.members.links import KEPT
from hub.members.models import MailToken, MemberStatus, TokenPurpose
from hub.members.queries import member_by_email
from hub.notifications.models import Notification
from hub.organisations.models import (
    MembershipRole,
    MembershipStatus,
    OrganisationMembership,
    OrganisationStatus,
)
from hub.organisations.queries import memberships_of
from hub.vetting.applications import approve_application, open_application
from hub.vetting.invitations import (
    A_DAY,
    accept_invitation,
    forget_invitations,
    invite,
    note_acceptance,
    revoke_invitation,
    use_invitation,
)
from hub.vetting.joining import confirm_application, join_by_invitation
from hub.vetting.models import Invitation, InvitationStatus
from hub.vetting.permissions import is_open
from hub.vetting.queries import invitations_by, invitations_to, own_invitation
from tests.factories import make_member, make_organisation, password_hash
from tests.vetting.conftest import ADDRESS, an_applicant, apply, confirmed, logged, mails

pytestmark = pytest.mark.db


@pytest.fixture
def organisation(database, clock):
    return make_organisation("Open Ledger")


@pytest.fixture
def representative(organisation):
    return make_member(represents=[organisation])


@pytest.fixture
def focal_point(database, clock):
    return make_member(focal_country="GE")


@pytest.fixture
def send(representative, organisation):
    """Invites for the organisation, unless something else is asked for."""

    def invited(address=ADDRESS, actor=representative, **named):
        with transaction():
            return invite(actor, address, **(named or {"organisation": organisation}))

    return invited


def token_of(invitation):
    return session().get(MailToken, invitation.token_id)


def join(invitation, **said):
    with transaction():
        used = use_invitation(token_of(invitation))
        member = join_by_invitation(used, an_applicant(**said), password_hash())
        note_acceptance(used, member)
    return member


def accept(member, invitation):
    with transaction():
        accept_invitation(member, token_of(invitation))


def test_an_invitation_is_for_an_address_and_seven_days(send, organisation):
    invitation = send(" Dana@NGO.example ")
    assert (invitation.email, invitation.organisation) == (ADDRESS, organisation)
    assert (invitation.expires_at - invitation.invited_at).days == 7
    assert is_open(invitation)
    assert mails() == ["invitation"]
    assert logged("member:invite") == 1


def test_a_focal_point_invites_for_their_country(focal_point, organisation):
    with transaction():
        invitation = invite(focal_point, ADDRESS, country="GE")
    assert (invitation.country, invitation.organisation, invitation.membership_role) == ("GE", None, None)
    for named in ({"country": "MD"}, {"organisation": organisation}, {}):
        with pytest.raises(ForbiddenError), transaction():
            invite(focal_point, ADDRESS, **named)


@pytest.mark.parametrize("status", [OrganisationStatus.UNVERIFIED, OrganisationStatus.LAPSED])
def test_nobody_invites_to_what_is_not_verified(send, organisation, status):
    organisation.status = status
    session().commit()
    with pytest.raises(ForbiddenError):
        send(ADDRESS)
    assert mails() == []


def test_only_representatives_invite_for_an_organisation(send, organisation):
    for somebody in (
        make_member(),
        make_member(belongs_to=[organisation]),
        make_member(status=MemberStatus.CONFIRMED),
    ):
        with pytest.raises(ForbiddenError):
            send(actor=somebody)
    assert mails() == []


def test_nobody_invites_themselves(send, representative):
    with pytest.raises(InvalidError) as refused:
        send(representative.email.upper())
    assert refused.value.field == "email"


def test_twenty_a_day_and_no_more(send, clock):
    for number in range(A_DAY):
        send(f"guest{number}@ngo.example")
        clock.shift(timedelta(minutes=1))
    with pytest.raises(TooManyError) as refused:
        send()
    assert refused.value.retry_after == 24 * 3600 - A_DAY * 60
    clock.shift(timedelta(days=1) - timedelta(minutes=A_DAY))
    assert is_open(send())


def test_who_joins_by_invitation_has_a_confirmed_address_and_waits_for_a_coordinator(send, coordinator):
    invitation = send()
    member = join(invitation)
    assert (member.status, member.email) == (MemberStatus.CONFIRMED, ADDRESS)
    assert member.email_confirmed_at is not None
    assert open_application(member).invitation is invitation
    assert (invitation.status, invitation.accepted_by_id) == (InvitationStatus.ACCEPTED, member.id)
    assert memberships_of(member.id) == []
    with transaction():
        approve_application(coordinator, member)
    assert [each.role for each in memberships_of(member.id)] == [MembershipRole.MEMBER]
    assert logged("member:accept_invitation") == 1


def test_an_invitation_works_once(send):
    invitation = send()
    join(invitation)
    with pytest.raises(InvalidError):
        join(invitation, display_name="Somebody else")
    assert logged("member:accept_invitation") == 1


def test_an_invitation_expires(send, clock):
    invitation = send()
    clock.shift(timedelta(days=7))
    with pytest.raises(InvalidError):
        join(invitation)


def test_a_revoked_invitation_opens_nothing(send, representative):
    invitation = send()
    with transaction():
        revoke_invitation(representative, invitation)
    with pytest.raises(InvalidError):
        join(invitation)
    with pytest.raises(InvalidError), transaction():
        revoke_invitation(representative, invitation)
    assert logged("member:revoke_invitation") == 1


def test_only_who_sent_it_sees_and_revokes_it(send, representative, focal_point):
    invitation = send()
    assert invitations_by(viewer_of(representative)) == [invitation]
    assert own_invitation(viewer_of(representative), invitation.public_id) is invitation
    assert invitations_by(viewer_of(focal_point)) == []
    with pytest.raises(NotFoundError):
        own_invitation(viewer_of(focal_point), invitation.public_id)
    with pytest.raises(NotFoundError), transaction():
        revoke_invitation(focal_point, invitation)


def test_a_member_accepts_and_belongs_at_once(send, organisation):
    member = make_member(ADDRESS)
    accept(member, send())
    assert [each.organisation for each in memberships_of(member.id)] == [organisation]
    assert logged("membership:start") == 1


def test_nobody_accepts_for_another_address(send):
    member = make_member("other@ngo.example")
    invitation = send()
    with pytest.raises(InvalidError):
        accept(member, invitation)
    assert is_open(invitation)


def test_who_waits_for_approval_gets_the_membership_with_it(send, coordinator):
    member, invitation = confirmed(), send()
    accept(member, invitation)
    assert memberships_of(member.id) == []
    with transaction():
        approve_application(coordinator, member)
    assert len(memberships_of(member.id)) == 1


def test_an_address_with_an_account_cannot_be_joined_with_again(send):
    member, invitation = make_member(ADDRESS), send()
    with pytest.raises(InvalidError):
        join(invitation, display_name="Stranger")
    assert member.display_name != "Stranger"
    assert is_open(invitation)


def test_no_membership_from_who_no_longer_represents(send, representative, database):
    member, invitation = make_member(ADDRESS), send()
    left = database.query(OrganisationMembership).filter_by(member_id=representative.id).one()
    left.status = MembershipStatus.ENDED
    database.commit()
    accept(member, invitation)
    assert memberships_of(member.id) == []


def test_an_invitation_does_not_confirm_what_was_applied_for(send):
    apply()
    token = token_of(send())
    with pytest.raises(InvalidError), transaction():
        confirm_application(token, password_hash())
    assert member_by_email(ADDRESS).status is MemberStatus.APPLIED


def kept():
    with transaction():
        forget_invitations()
    tokens = select(MailToken.address).where(MailToken.purpose == TokenPurpose.INVITATION)
    kept = set(session().scalars(select(Invitation.email)))
    assert set(session().scalars(tokens)) == kept
    return kept


def test_who_never_came_is_forgotten_thirty_days_after_the_invitation_ended(send, representative, clock):
    join(send())
    send("silent@ngo.example")
    revoked = send("revoked@ngo.example")
    clock.shift(timedelta(days=1))
    with transaction():
        revoke_invitation(representative, revoked)
    clock.shift(KEPT - timedelta(seconds=1))
    assert kept() == {ADDRESS, "silent@ngo.example", "revoked@ngo.example"}
    clock.shift(timedelta(seconds=1))
    assert kept() == {ADDRESS, "silent@ngo.example"}
    clock.shift(timedelta(days=6))
    assert kept() == {ADDRESS}
    clock.shift(timedelta(days=400))
    assert kept() == {ADDRESS}


def told(member):
    return session().scalars(select(Notification.kind).where(Notification.member_id == member.id)).all()


def test_who_has_an_account_is_told_in_their_language_and_sees_what_waits(send, organisation):
    known = make_member(ADDRESS, language="fr")
    invitation = send()
    assert told(known) == ["invitation_received"]
    (mail,) = session().scalars(select(OutboxMessage).where(OutboxMessage.kind == "invitation"))
    assert (mail.address, mail.member_id, mail.language) == (ADDRESS, None, "fr")
    assert mail.parameters["is_known"] is True
    assert [each for each, _token in invitations_to(known, ())] == [invitation]
    assert what_waits(viewer_of(known))["invitations"].number == 1
    # the bell is enough beside the mail
    assert not session().scalars(select(OutboxMessage).where(OutboxMessage.kind == "notification")).all()
    with transaction():
        accept_invitation(known, token_of(invitation))
    assert "invitations" not in what_waits(viewer_of(known))


def test_who_has_no_account_is_written_to_as_before(send, representative):
    send()
    (mail,) = session().scalars(select(OutboxMessage).where(OutboxMessage.kind == "invitation"))
    assert (mail.language, mail.parameters["is_known"]) == (representative.language, False)


def test_those_who_speak_for_it_are_told_of_who_joins(send, representative, organisation):
    belongs = make_member(belongs_to=[organisation])
    known = make_member(ADDRESS)
    invitation = send()
    with transaction():
        accept_invitation(known, token_of(invitation))
    assert told(representative) == ["member_joined"]
    assert told(belongs) == []
    assert "member_joined" not in told(known)
