"""The same moment at the door: one link opened twice, one invitation taken twice, one person decided about twice."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.core.database import session_scope, transaction
from hub.core.errors import ConflictError, InvalidError
from hub.members.credentials import reset_password
from hub.members.links import make_token
from hub.members.models import MailToken, Member, MemberStatus, TokenPurpose
from hub.members.queries import member_by_email
from hub.organisations.models import Organisation, OrganisationMembership
from hub.vetting.applications import approve_application, decline_application
from hub.vetting.invitations import (
    A_DAY,
    accept_invitation,
    invite,
    note_acceptance,
    revoke_invitation,
    use_invitation,
)
from hub.vetting.joining import apply_to_join, confirm_application, join_by_invitation
from hub.vetting.models import Application, Invitation
from tests.factories import make_member, make_organisation, password_hash
from tests.journeys.live import at_once
from tests.vetting.conftest import an_applicant, latest_token

pytestmark = pytest.mark.db

ROUNDS = 3


@pytest.fixture
def hub(live_on_both):
    password_hash()
    return live_on_both


def does(hub, act):
    """Prepare an act in a session and a transaction of its own."""

    def run():
        with session_scope(hub.engine) as opened, transaction():
            act(opened)
        return "done"

    return run


def outcomes(hub, *acts):
    results = at_once(*(does(hub, each) for each in acts))
    return Counter(each if isinstance(each, str) else type(each) for each in results)


def logged(hub, *tags):
    return hub.asked(select(func.count()).where(AuditEntry.tag.in_(tags)))[0]


def is_whole(hub):
    with session_scope(hub.engine):
        return verify_stored(stored_entries(), first_loose_number()).is_whole


def applied(hub, address):
    with session_scope(hub.engine), transaction():
        apply_to_join(address, an_applicant())
        return latest_token().id


def confirming(token_id, hashed):
    return lambda opened: confirm_application(opened.get(MailToken, token_id), hashed)


def test_one_link_confirms_once(hub):
    for number in range(1, ROUNDS + 1):
        address = f"guest{number}@ngo.example"
        token = applied(hub, address)
        found = outcomes(hub, confirming(token, "first"), confirming(token, "second"))
        assert found == {"done": 1, InvalidError: 1}
        assert logged(hub, "member:confirm") == number
        assert hub.asked(select(Member.status).where(Member.email == address)) == ["confirmed"]
    assert is_whole(hub)


def test_what_is_confirmed_is_what_was_read(hub):
    """Somebody applies with my address while I confirm: either my words stand, or my link is void."""
    for number in range(1, ROUNDS + 1):
        address = f"guest{number}@ngo.example"
        token = applied(hub, address)
        outcomes(
            hub,
            confirming(token, "mine"),
            lambda _opened, address=address: apply_to_join(address, an_applicant(words="A stranger's.")),
        )
        with session_scope(hub.engine) as opened:
            member = member_by_email(address)
            words = opened.scalar(select(Application.words).where(Application.member_id == member.id))
            expected = (
                ("confirmed", "I read budgets.") if member.password_hash else ("applied", "A stranger's.")
            )
            assert (member.status, words) == expected
    assert is_whole(hub)


def test_one_address_applies_twice_and_has_one_account(hub):
    for number in range(1, ROUNDS + 1):
        address = f"guest{number}@ngo.example"
        found = outcomes(hub, *[lambda _opened, to=address: apply_to_join(to, an_applicant())] * 3)
        assert set(found) <= {"done", ConflictError}
        assert hub.asked(select(func.count()).where(Member.email == address)) == [1]
        open_links = select(func.count()).where(
            MailToken.member_id == Member.id, Member.email == address, MailToken.used_at.is_(None)
        )
        assert hub.asked(open_links) == [1]
    assert hub.asked(select(func.count()).select_from(Application)) == [ROUNDS]
    assert is_whole(hub)


def invited(hub, address):
    """Invite an address for an organisation; return the ids of who invites, the invitation and its link."""
    with session_scope(hub.engine) as opened:
        organisation = make_organisation()
        inviter = make_member(represents=[organisation])
        with transaction():
            made = invite(inviter, address, organisation=opened.get(Organisation, organisation.id))
        return inviter.id, made.id, made.token_id


def joining(token_id):
    def act(opened):
        used = use_invitation(opened.get(MailToken, token_id))
        note_acceptance(used, join_by_invitation(used, an_applicant(), password_hash()))

    return act


def test_one_invitation_is_taken_once(hub):
    for number in range(1, ROUNDS + 1):
        address = f"guest{number}@ngo.example"
        _inviter, _number, token = invited(hub, address)
        assert outcomes(hub, *[joining(token)] * 3) == {"done": 1, InvalidError: 2}
        assert hub.asked(select(func.count()).where(Member.email == address)) == [1]
        assert logged(hub, "member:accept_invitation") == number
    assert is_whole(hub)


def test_one_invitation_begins_one_membership(hub):
    for number in range(1, ROUNDS + 1):
        address = f"guest{number}@ngo.example"
        member = hub.member(email=address).id
        _inviter, _number, token = invited(hub, address)
        acts = [
            lambda opened, who=member, by=token: accept_invitation(
                opened.get(Member, who), opened.get(MailToken, by)
            )
        ]
        assert outcomes(hub, *acts * 2) == {"done": 1, InvalidError: 1}
        held = select(func.count()).where(OrganisationMembership.member_id == member)
        assert hub.asked(held) == [1]
        assert logged(hub, "member:accept_invitation") == number
    assert is_whole(hub)


def test_an_invitation_is_taken_or_revoked(hub):
    for number in range(1, ROUNDS + 1):
        inviter, invitation, token = invited(hub, f"guest{number}@ngo.example")
        found = outcomes(
            hub,
            joining(token),
            lambda opened, who=inviter, what=invitation: revoke_invitation(
                opened.get(Member, who), opened.get(Invitation, what)
            ),
        )
        assert found == {"done": 1, InvalidError: 1}
        assert logged(hub, "member:accept_invitation", "member:revoke_invitation") == number
    assert is_whole(hub)


def test_the_twentieth_invitation_is_sent_once(hub):
    inviter = hub.member(focal_country="GE").id

    def inviting(address):
        return lambda opened: invite(opened.get(Member, inviter), address, country="GE")

    with session_scope(hub.engine) as opened, transaction():
        for number in range(A_DAY - 1):
            inviting(f"early{number}@ngo.example")(opened)
    found = outcomes(hub, *(inviting(f"late{number}@ngo.example") for number in range(3)))
    assert found["done"] == 1
    assert logged(hub, "member:invite") == A_DAY


def test_two_coordinators_decide_about_one_person(hub):
    deciders = [hub.member(roles=[Role.COORDINATOR]).id for _ in range(3)]
    for number in range(1, ROUNDS + 1):
        member = hub.member(status=MemberStatus.CONFIRMED).id
        found = outcomes(
            hub,
            *(
                lambda opened, who=each, whom=member: approve_application(
                    opened.get(Member, who), opened.get(Member, whom)
                )
                for each in deciders[:2]
            ),
            lambda opened, whom=member: decline_application(
                opened.get(Member, deciders[2]), opened.get(Member, whom), reasons=("other",), words="No."
            ),
        )
        assert found == {"done": 1, ConflictError: 2}
        assert logged(hub, "member:approve", "member:decline") == number
    assert is_whole(hub)


def test_one_link_sets_one_password(hub):
    for number in range(1, ROUNDS + 1):
        member = hub.member().id
        with session_scope(hub.engine), transaction():
            token = make_token(TokenPurpose.RESET, member_id=member).id
        acts = (
            lambda opened, by=token, to=hashed: reset_password(opened.get(MailToken, by), to)
            for hashed in ("first", "second")
        )
        assert outcomes(hub, *acts) == {"done": 1, InvalidError: 1}
        assert logged(hub, "member:change_password") == number
    assert is_whole(hub)
