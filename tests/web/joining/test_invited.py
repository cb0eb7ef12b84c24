"""Opening an invitation: as somebody new, with an account, signed in, or as somebody else."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.core.passwords import verify_password
from hub.members.models import MemberStatus, TokenPurpose
from hub.members.queries import member_by_email
from hub.organisations.models import MembershipStatus, OrganisationMembership
from hub.organisations.queries import memberships_of
from hub.vetting.invitations import invite, revoke_invitation
from hub.vetting.joining import open_application
from hub.vetting.models import Invitation
from hub.vocabularies.consent import CONSENT_VERSION
from tests.factories import PASSWORD, make_member, make_organisation
from tests.web.client import parse, words
from tests.web.mailbox import latest, link_to, signed

ADDRESS = "dana@ngo.example"
GOOD = "kettle violin harbour 27"

TYPED = {
    "display_name": "Dana",
    "member_type": "civil_society",
    "words": "I work with Nino.",
    "consent": CONSENT_VERSION,
    "password": GOOD,
}


@pytest.fixture
def organisation(database):
    return make_organisation("Open Ledger", country="MD")


@pytest.fixture
def nino(organisation):
    return make_member("nino@ledger.example", display_name="Nino", represents=[organisation])


@pytest.fixture
def link(client, nino, organisation):
    with transaction():
        invite(nino, ADDRESS, organisation=organisation)
    return link_to(client, TokenPurpose.INVITATION)


def text_of(answer):
    return words(parse(answer.text).find(".//main"))


def logged(tag):
    return session().scalar(select(func.count()).where(AuditEntry.tag == tag))


def test_somebody_new_sees_from_whom_and_for_what(client, link):
    page = client.get(link)
    assert page.status_code == 200
    assert all(
        each in text_of(page) for each in ("Nino", "Open Ledger", "This is not a whistleblowing channel")
    )
    assert f'value="{ADDRESS}"' in page.text
    assert '<option value="MD" selected>' in page.text


def test_somebody_new_joins_and_waits_for_a_coordinator(client, link):
    answer = client.submit(link, TYPED)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "Your account is made." in client.get("/sign-in").text
    member = member_by_email(ADDRESS)
    assert (member.status, member.country) == (MemberStatus.CONFIRMED, "MD")
    assert verify_password(member.password_hash, GOOD)
    assert open_application(member).organisation_name == "Open Ledger"
    assert memberships_of(member.id) == []


def test_the_address_cannot_be_changed(client, link):
    page = client.get(link)
    client.submit(page, {**TYPED}, button=("email", "stranger@ngo.example"))
    assert member_by_email("stranger@ngo.example") is None
    assert member_by_email(ADDRESS) is not None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("display_name", "", "Enter the name that others will read."),
        ("password", "too short", "Use at least 12 characters"),
        ("password", f"{ADDRESS}1", "This password is easy to guess."),
        ("consent", [], "Read the terms and agree."),
    ],
)
def test_what_is_wrong_is_said_and_the_invitation_stays(client, link, field, typed, said):
    answer = client.submit(link, {**TYPED, field: typed})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "I work with Nino." in answer.text
    assert client.get(link).status_code == 200
    assert member_by_email(ADDRESS) is None


def test_a_get_uses_no_invitation_up(client, link):
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert session().scalar(select(Invitation.status)) == "sent"


def is_void(client, link):
    shown = client.get(link)
    sent = client.act("/join/invitation", {**TYPED, "token": link.partition("token=")[2]})
    return (shown.status_code, sent.status_code) == (410, 410) and "Apply without an invitation" in shown.text


def test_a_used_invitation_is_void(client, link):
    client.submit(link, TYPED)
    assert is_void(client, link)
    assert logged("member:accept_invitation") == 1


def test_an_old_invitation_is_void(client, link):
    with time_machine.travel(now() + timedelta(days=8)):
        assert is_void(client, link)


def test_a_revoked_invitation_is_void(client, link, nino):
    with transaction():
        revoke_invitation(nino, session().scalar(select(Invitation)))
    assert is_void(client, link)


def test_what_was_never_sent_is_void(client, link):
    token = latest(TokenPurpose.INVITATION)
    for made_up in ("x", token.public_id, signed(client, token, TokenPurpose.CONFIRM)):
        assert is_void(client, f"/join/invitation?token={made_up}")


def test_who_has_an_account_signs_in_and_accepts(client, link, organisation):
    member = make_member(ADDRESS)
    page = client.get(link)
    assert "This address has an account already. Sign in to accept." in text_of(page)
    way = next(each.get("href") for each in parse(page.text).find(".//main").iter("a"))
    arrived = client.submit(way, {"email": ADDRESS, "password": PASSWORD})
    accepting = client.get(arrived.location)
    assert "you belong to Open Ledger here at once" in text_of(accepting)
    done = client.submit(accepting)
    assert (done.status_code, done.location) == (303, "/account")
    assert "Accepted. You now belong to Open Ledger." in client.get("/account").text
    assert [each.organisation for each in memberships_of(member.id)] == [organisation]


def test_nobody_joins_with_the_address_of_an_account(client, link):
    member = make_member(ADDRESS)
    client.act("/join/invitation", {**TYPED, "token": link.partition("token=")[2]})
    assert not verify_password(member.password_hash, GOOD)


def test_somebody_else_who_is_signed_in_cannot_accept(client, link):
    client.become(make_member("other@ngo.example"))
    page = client.get(link)
    assert "This invitation is for another address" in text_of(page)
    assert ADDRESS not in page.text
    answer = client.act("/join/invitation", {"token": link.partition("token=")[2]})
    assert answer.status_code == 422
    assert "This invitation is for another email address." in answer.text
    assert session().scalar(select(Invitation.status)) == "sent"


def test_who_belongs_there_already_is_told(client, link, organisation):
    client.become(make_member(ADDRESS, belongs_to=[organisation]))
    answer = client.submit(link)
    assert answer.status_code == 422
    assert "You belong to this organisation already." in answer.text


def test_who_waits_for_approval_may_accept(client, link):
    client.become(make_member(ADDRESS, status=MemberStatus.CONFIRMED))
    client.submit(link)
    assert "once a coordinator approves your application" in client.get("/account").text


def test_an_invitation_of_somebody_who_left_changes_nothing_and_says_so(client, link, nino, database):
    database.query(OrganisationMembership).filter_by(member_id=nino.id).one().status = MembershipStatus.ENDED
    member = make_member(ADDRESS)
    client.become(member).submit(link)
    assert "no longer speaks for the organisation" in client.get("/account").text
    assert memberships_of(member.id) == []


def test_an_invitation_for_a_country(client, database):
    with transaction():
        invite(make_member(focal_country="GE"), ADDRESS, country="GE")
    page = client.get(link_to(client, TokenPurpose.INVITATION))
    assert '<option value="GE" selected>' in page.text
    client.submit(page, {**TYPED, "organisation_name": "Tiflis Lab"})
    assert open_application(member_by_email(ADDRESS)).organisation_name == "Tiflis Lab"


def test_who_applied_before_joins_by_the_invitation(client, link, database):
    member = make_member(ADDRESS, status=MemberStatus.APPLIED, password_hash=None, display_name="Stranger")
    client.submit(link, TYPED)
    assert (member.status, member.display_name) == (MemberStatus.CONFIRMED, "Dana")
