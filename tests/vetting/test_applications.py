"""Applying, confirming, being approved or declined: only who reads the mailbox gets in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.members.models import MailToken, Member, MemberStatus
from hub.members.queries import member_by_email
from hub.organisations.models import MembershipRole
from hub.organisations.queries import memberships_of
from hub.vetting.applications import approve_application, decline_application, open_application
from hub.vetting.joining import apply_to_join, forget_abandoned
from hub.vetting.models import Application, Decision
from hub.vetting.queries import applications_of, waiting_applications
from hub.vocabularies.consent import CONSENT_VERSION
from tests.factories import make_member, make_organisation, password_hash
from tests.vetting.conftest import ADDRESS, an_applicant, apply, confirm, confirmed, logged, mails

pytestmark = pytest.mark.db


def approve(actor, member, *rest):
    with transaction():
        approve_application(actor, member, *rest)


def decline(actor, member, **said):
    with transaction():
        decline_application(actor, member, **{"reasons": ("identity",), "words": "Who are you?", **said})


def test_an_application_waits_for_its_address(database, clock):
    token = apply(" Dana@NGO.example ")
    member = member_by_email(ADDRESS)
    assert (member.status, member.password_hash, member.email_confirmed_at) == ("applied", None, None)
    assert token.expires_at - token.created_at == timedelta(hours=24)
    assert open_application(member).consent_version == CONSENT_VERSION
    assert mails() == ["confirm_address"]
    assert logged("member:apply") == 1
    assert waiting_applications() == []


def test_the_link_sets_the_password_and_confirms(database, clock):
    member = confirmed()
    assert member.status is MemberStatus.CONFIRMED
    assert member.password_hash == password_hash()
    assert member.email_confirmed_at == open_application(member).confirmed_at
    assert [each.member for each in waiting_applications()] == [member]
    assert logged("member:confirm") == 1


def test_a_link_works_once(database, clock):
    token = apply()
    confirm(token)
    with pytest.raises(InvalidError):
        confirm(token, "another hash")
    assert member_by_email(ADDRESS).password_hash == password_hash()
    assert logged("member:confirm") == 1


@pytest.mark.parametrize("hours", [24, 100])
def test_a_link_holds_for_a_day(database, clock, hours):
    token = apply()
    clock.shift(timedelta(hours=hours))
    with pytest.raises(InvalidError):
        confirm(token)
    assert member_by_email(ADDRESS).status is MemberStatus.APPLIED


def test_who_applies_with_my_address_gains_nothing(database, clock):
    """A stranger applies first and waits for me to confirm what they wrote."""
    theirs = apply(display_name="Stranger", words="Let me in.")
    mine = apply()
    with pytest.raises(InvalidError):
        confirm(theirs, "the hash of the stranger")
    member = confirm(mine)
    assert (member.display_name, member.password_hash) == ("Dana", password_hash())
    assert open_application(member).words == "I read budgets."
    assert session().scalar(select(func.count()).select_from(Member)) == 1


def test_an_address_with_an_account_gets_a_mail_and_nothing_changes(database, clock):
    member = confirmed()
    apply(display_name="Stranger")
    assert member.display_name == "Dana"
    assert mails() == ["confirm_address", "has_account"]
    assert logged("member:apply") == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", " "),
        ("display_name", "x" * 121),
        ("display_name", "a\nb"),
        ("display_name", "Your account: http://x.example"),
        ("display_name", "WWW.x.example"),
        ("member_type", "nobody"),
        ("country", "XX"),
        ("words", ""),
        ("words", "x" * 2_001),
        ("organisation_name", "x" * 201),
        ("website", "x" * 501),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_field(database, field, value):
    with pytest.raises(InvalidError) as refused, transaction():
        apply_to_join(ADDRESS, an_applicant(**{field: value}))
    assert refused.value.field == field
    assert member_by_email(ADDRESS) is None


@pytest.mark.parametrize(
    "address", ["", "dana", "dana@", "@x.org", "a b@x.org", "a@x..org", "a@b\r\nBcc: c@d.org"]
)
def test_what_is_no_address_is_refused(database, address):
    with pytest.raises(InvalidError) as refused, transaction():
        apply_to_join(address, an_applicant())
    assert refused.value.field == "email"


def test_a_coordinator_approves_for_a_year(coordinator, clock):
    member = confirmed()
    approve(coordinator, member)
    assert member.is_approved
    assert (member.vetted_until - member.email_confirmed_at).days == 365
    (application,) = applications_of(member.id)
    assert (application.decision, application.decided_by) == (Decision.APPROVED, coordinator)
    assert mails()[-1] == "application_approved"
    assert logged("member:approve") == 1


def test_approving_may_start_a_membership(coordinator, clock):
    member, organisation = confirmed(), make_organisation()
    approve(coordinator, member, (organisation, MembershipRole.REPRESENTATIVE))
    assert [each.organisation for each in memberships_of(member.id)] == [organisation]
    assert logged("membership:start") == 1


def test_nobody_approves_people_of_their_own_organisation(coordinator, database):
    organisation = make_organisation("Open Ledger")
    colleague = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    member = confirmed()
    with pytest.raises(ForbiddenError):
        approve(colleague, member)
    assert member.status is MemberStatus.CONFIRMED
    approve(coordinator, member)


def test_only_coordinators_decide(database, clock):
    member = confirmed()
    for somebody in (make_member(), make_member(focal_country="GE"), make_member(roles=[Role.ADMINISTRATOR])):
        with pytest.raises(NotFoundError):
            approve(somebody, member)
        with pytest.raises(NotFoundError):
            decline(somebody, member)


def test_nobody_decides_about_an_address_that_is_not_confirmed(coordinator, clock):
    apply()
    with pytest.raises(ConflictError):
        approve(coordinator, member_by_email(ADDRESS))


def test_declining_takes_a_reason_and_words(coordinator, clock):
    member = confirmed()
    for said in ({"reasons": ()}, {"reasons": ("made_up",)}, {"words": " "}):
        with pytest.raises(InvalidError):
            decline(coordinator, member, **said)
    decline(coordinator, member)
    (application,) = applications_of(member.id)
    assert (application.decision, application.decision_words) == (Decision.DECLINED, "Who are you?")
    assert application.reasons == ["identity"]
    assert mails()[-1] == "application_declined"


def test_a_second_decision_is_refused(coordinator, clock):
    member = confirmed()
    decline(coordinator, member)
    with pytest.raises(ConflictError):
        approve(coordinator, member)
    assert member.status is MemberStatus.DECLINED
    assert logged("member:approve") == 0


def test_who_was_declined_may_apply_again(coordinator, clock):
    member = confirmed()
    decline(coordinator, member)
    clock.shift(timedelta(days=1))
    assert confirmed(words="Here is my card.") is member
    approve(coordinator, member)
    assert [each.decision for each in applications_of(member.id)] == ["approved", "declined"]


def test_what_nobody_confirms_is_forgotten_after_a_week(database, clock):
    apply()
    clock.shift(timedelta(days=6))
    with transaction():
        assert forget_abandoned() == 0
    clock.shift(timedelta(days=1))
    with transaction():
        assert forget_abandoned() == 1
    for table in (Member, Application, MailToken):
        assert session().scalar(select(func.count()).select_from(table)) == 0
    assert apply() is not None


def test_a_stranger_cannot_make_the_hub_forget_that_somebody_was_declined(coordinator, clock):
    member = confirmed()
    decline(coordinator, member)
    apply(display_name="Stranger")
    clock.shift(timedelta(days=8))
    with transaction():
        forget_abandoned()
    assert member_by_email(ADDRESS).status is MemberStatus.DECLINED
    assert [each.decision for each in applications_of(member.id)] == ["declined"]
