"""The people of the demonstration: who waits for what, who has an interest, and who may decide about whom."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.catalogue.review.queries import review_queue
from hub.cli.demo.people import PEOPLE
from hub.cli.demo.vetting import vetting_rows
from hub.core import clock
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.integrity.models import DeclaredInterest
from hub.integrity.permissions import Conflict
from hub.integrity.queries import interests_of
from hub.integrity.viewers import viewer_of
from hub.members.models import Member, MemberStatus
from hub.members.permissions import can_bootstrap
from hub.members.queries import has_factor, member_by_email, members_with_role
from hub.organisations.models import LawEnforcementState, Organisation, OrganisationStatus
from hub.vetting.desk import vetting_desk
from hub.vetting.models import Application, RoleAction
from hub.vetting.queries import (
    applications_of,
    grants_in_force,
    invitations_by,
    offers_by,
    offers_to,
    waiting_proposals,
)
from hub.vocabularies.mail_domains import is_free_mail
from hub.web.coordinate.desks import is_same_domain, mail_domain, site_domain

DIARY = "Public works diary (fictional)"
CONTRACT = {
    "coordinator": {"coordinator"},
    "coordinator2": {"coordinator"},
    "coordinator3": {"coordinator"},
    "integrity": {"integrity_officer"},
    "admin": {"administrator"},
    "partner.id": {"focal_point"},
    "partner.ge": {"focal_point"},
    "officer": {"law_enforcement"},
    "officer2": {"law_enforcement"},
    "innovator": set(),
    "scientist": set(),
    "business": set(),
    "cso": set(),
    "applicant": set(),
}
"""What outside checks rely on."""


def member(account):
    return member_by_email(f"{account}@demo.example")


def viewer(account):
    return viewer_of(member(account))


@pytest.mark.parametrize("account", CONTRACT)
def test_the_accounts_that_outside_checks_rely_on_are_there(demo_settings, account):
    rows = json.loads((demo_settings.instance / "demo-accounts.json").read_text(encoding="utf-8"))
    (row,) = [row for row in rows if row["email"] == f"{account}@demo.example"]
    assert set(row["roles"]) == CONTRACT[account]
    assert set(row) >= {"email", "password", "totp_secret", "roles", "member_type", "name"}


def test_everybody_says_that_they_are_fictional(demo_session):
    assert all(name.endswith("(fictional)") for name in demo_session.scalars(select(Member.display_name)))
    assert all(email.endswith(".example") for email in demo_session.scalars(select(Member.email)))


def test_who_has_privileges_has_a_second_factor_and_nothing_is_withheld(demo_session):
    for person in PEOPLE:
        found = member_by_email(person.email)
        assert has_factor(found.id) == person.is_privileged
        assert not viewer_of(found).is_withheld


def test_the_bootstrap_commands_are_closed(demo_session):
    moment = clock.now()
    numbers = [len(members_with_role(role, moment)) for role in (Role.COORDINATOR, Role.ADMINISTRATOR)]
    assert not can_bootstrap(*numbers)


def test_the_applicant_confirmed_the_address_and_waits(demo_session):
    applicant = member("applicant")
    assert applicant.status is MemberStatus.CONFIRMED
    assert applicant.email_confirmed_at
    assert not viewer_of(applicant).is_member


def test_three_people_wait_to_be_let_in_each_with_other_evidence(demo_session):
    waiting = vetting_desk(viewer("coordinator")).applications
    assert [each.member.display_name for each in waiting] == [
        "Alex P. (fictional)",
        "Robin E. (fictional)",
        "Hana K. (fictional)",
    ]
    same_domain, free_mail, invited = (each.thing for each in waiting)
    assert is_same_domain(mail_domain(same_domain.member.email), site_domain(same_domain.website))
    assert is_free_mail(mail_domain(free_mail.member.email))
    assert not free_mail.organisation_name
    assert invited.invitation.organisation.name == "Fictional Institute for Open Public Money"
    assert invited.invitation.accepted_by_id == invited.member_id


def test_one_application_was_declined_with_reasons_and_words(demo_session):
    declined = member("declined")
    (application,) = applications_of(declined.id)
    assert declined.status is MemberStatus.DECLINED
    assert application.reasons == ["purpose", "conflict"]
    assert application.decision_words


def test_one_status_waits_for_a_first_and_one_for_a_second_coordinator(demo_session):
    first, second = vetting_desk(viewer("coordinator2")).statuses
    assert (first.thing.status, second.thing.status) == (
        LawEnforcementState.REQUESTED,
        LawEnforcementState.SUPPORTED,
    )
    assert (first.is_mine, second.is_mine) == (False, True)
    assert viewer("officer5").law_enforcement_country is None
    assert viewer("officer6").law_enforcement_country is None


def test_one_report_of_lost_factors_waits_and_takes_nothing_away_yet(demo_session):
    (lost,) = vetting_desk(viewer("coordinator")).resets
    assert lost.member == member("officer4")
    assert viewer("officer4").law_enforcement_country == "FR"


def test_a_role_is_proposed_and_another_is_offered(demo_session):
    (proposed,) = waiting_proposals()
    assert (proposed.role, proposed.country, proposed.member) == (Role.FOCAL_POINT, "CH", member("cso"))
    (offered,) = offers_to(member("representative.es").id)
    assert offered.action is RoleAction.HAND_OVER
    assert [offered] == offers_by(member("partner.es").id)
    assert "ES" in viewer("partner.es").focal_countries


def test_an_invitation_of_a_focal_point_is_open(demo_session):
    (invitation,) = invitations_by(viewer("partner.ge"))
    assert (invitation.country, invitation.accepted_at) == ("GE", None)


def test_two_agreed_to_be_named_and_nobody_else(demo_session):
    named = {each.member for each in grants_in_force() if each.is_named}
    assert named == {member("integrity"), member("coordinator3")}


@pytest.mark.parametrize(
    ("account", "conflict"),
    [
        ("coordinator3", Conflict.INTEREST),
        ("coordinator2", Conflict.OWN_ORGANISATION),
        ("coordinator", None),
    ],
)
def test_the_queue_shows_who_has_a_conflict_with_the_diary_of_public_works(demo_session, account, conflict):
    (diary,) = [each for each in review_queue(viewer(account)) if each.name == DIARY]
    assert diary.conflict is conflict


def test_no_other_record_of_the_demonstration_is_in_conflict_with_a_coordinator(demo_session):
    for account in ("coordinator", "coordinator2", "coordinator3"):
        desk = vetting_desk(viewer(account))
        waiting = (*desk.applications, *desk.statuses, *desk.resets)
        assert not any(each.conflict for each in waiting)
        assert not any(each.conflict for each in review_queue(viewer(account)) if each.name != DIARY)


def test_everybody_who_decides_declared_something_but_the_administrator(demo_session):
    deciding = [person for person in PEOPLE if person.role in PRIVILEGED_ROLES]
    silent = {person.account for person in deciding if not interests_of(member(person.account).id)}
    assert silent == {"admin"}
    past = interests_of(member("coordinator3").id)[0]
    assert (past.kind, past.ended_on.isoformat()) == ("past_employment", "2026-03-31")


def test_every_row_of_the_data_file_is_told(demo_session):
    rows = vetting_rows()
    counted = {
        table: session().scalar(select(func.count()).select_from(table))
        for table in (Application, DeclaredInterest)
    }
    assert counted == {Application: len(rows["applications"]), DeclaredInterest: len(rows["interests"])}


def test_mails_wait_for_those_who_were_told_something(demo_session):
    kinds = Counter(demo_session.scalars(select(OutboxMessage.kind)))
    assert kinds["confirm_address"] == 5
    assert kinds["invitation"] == 2
    assert kinds["application_approved"] == 2
    assert kinds["application_declined"] == kinds["role_offered"] == kinds["factor_reset_requested"] == 1


def test_verified_organisations_are_so_for_a_year(demo_session):
    found = (
        session()
        .scalars(select(Organisation).where(Organisation.status == OrganisationStatus.VERIFIED))
        .all()
    )
    assert found
    assert all(each.verified_until - each.verified_at == timedelta(days=365) for each in found)
