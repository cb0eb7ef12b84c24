"""One's own law-enforcement status, through the pages, without ever signing out: asked for, got, used, lost."""

from datetime import timedelta

import pytest
import time_machine

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.members.models import MemberStatus, SignInSession
from hub.organisations.models import LawEnforcementStatus, OrganisationStatus
from hub.organisations.service import LAW_ENFORCEMENT_FOR
from hub.vetting.organisations.memberships import leave_organisation
from tests.catalogue.records import GEORGIAN_POLICE, POLICE, make_scene, published
from tests.factories import make_member, make_organisation

PAGE = "/account/law-enforcement"

ASKED = {
    "country": "GE",
    "authority": "Special Investigation Service",
    "reference": "Letter 12/26",
    "words": "Ask the duty officer.",
}


@pytest.fixture
def organisation(database):
    return make_organisation("Special Investigation Service")


@pytest.fixture
def officer(organisation):
    return make_member(belongs_to=[organisation], has_factor=True, display_name="Olga")


@pytest.fixture
def browser(client, officer):
    return client.become(officer)


@pytest.fixture
def coordinators(database, new_client):
    return [new_client().become(make_member(roles=[Role.COORDINATOR])) for _ in range(2)]


@pytest.fixture
def record(database):
    """The address of a record for law enforcement of Georgia."""
    innovation = published(make_scene(), readership=GEORGIAN_POLICE).innovation
    return f"/innovations/{innovation.slug}"


def ask(browser, **said):
    return browser.submit(PAGE, {**ASKED, **said}, action=PAGE)


def the_status():
    return session().query(LawEnforcementStatus).order_by(LawEnforcementStatus.id.desc()).first()


def verify(coordinators):
    for each in coordinators:
        address = f"/coordinate/law-enforcement/{the_status().public_id}"
        assert each.submit(address, {}, action=f"{address}/approve").status_code == 303


@pytest.fixture
def verified(browser, organisation, coordinators):
    """The browser of somebody whom two coordinators verified, for their organisation."""
    ask(browser, organisation=organisation.slug)
    verify(coordinators)
    return browser


def sees(browser, record):
    return {200: True, 404: False}[browser.get(record).status_code]


def test_from_asking_to_seeing(browser, organisation, coordinators, record):
    assert not sees(browser, record)
    assert ask(browser, organisation=organisation.slug).status_code == 303
    page = browser.get(PAGE).text
    assert "Two coordinators must agree. Nobody has yet." in page
    assert "Asked for: two coordinators must agree" in browser.get("/account").text
    verify(coordinators[:1])
    assert "Another one must agree too." in browser.get(PAGE).text
    assert "Asked for: one of two coordinators agreed" in browser.get("/account").text
    assert not sees(browser, record)
    verify(coordinators[1:])
    assert "Valid until" in browser.get(PAGE).text
    assert sees(browser, record)


def test_a_status_of_one_country_opens_nothing_for_another(browser, coordinators, record):
    ask(browser, country="ID")
    verify(coordinators)
    assert not sees(browser, record)
    everywhere = published(make_scene(), readership=POLICE).innovation
    assert sees(browser, f"/innovations/{everywhere.slug}")


def test_revoked_it_is_gone_with_the_next_click(verified, coordinators, record):
    assert sees(verified, record)
    address = f"/coordinate/law-enforcement/{the_status().public_id}"
    revoke = f"{address}/revoke"
    assert coordinators[0].submit(address, {"words": ""}, action=revoke).status_code == 422
    assert coordinators[0].submit(address, {"words": "Left the service."}, action=revoke).status_code == 303
    assert not sees(verified, record)
    page = verified.get(PAGE).text
    assert "Ended by a coordinator" in page
    assert "You do not count as law enforcement any more" in page
    assert "Left the service." in page


def test_given_up_it_is_gone_with_the_next_click(verified, record):
    give_up = f"{PAGE}/{the_status().public_id}/give-up"
    answer = verified.submit(PAGE, {"why": " "}, action=give_up)
    assert answer.status_code == 422
    assert "Say why, in a few words." in answer.text
    assert verified.submit(PAGE, {"why": "I changed my post."}, action=give_up).status_code == 303
    assert not sees(verified, record)
    assert "You gave it up" in verified.get(PAGE).text
    assert verified.act(give_up, {"why": "Again."}).status_code == 409


def test_it_is_gone_when_the_membership_ends(verified, officer, organisation, record):
    assert sees(verified, record)
    with transaction():
        leave_organisation(officer, organisation)
    assert not sees(verified, record)
    assert "you no longer belong to the organisation it rests on" in verified.get(PAGE).text


def test_it_is_gone_when_the_organisation_lapses(verified, organisation, record):
    organisation.status = OrganisationStatus.LAPSED
    session().commit()
    assert not sees(verified, record)
    assert "verification of Special Investigation Service lapsed" in verified.get(PAGE).text


def test_it_is_gone_when_the_year_is_over(verified, record):
    for left, is_seen in ((timedelta(hours=1), True), (timedelta(hours=-1), False)):
        with time_machine.travel(now() + LAW_ENFORCEMENT_FOR - left, tick=False):
            keep_session_alive()
            assert sees(verified, record) is is_seen
    with time_machine.travel(now() + LAW_ENFORCEMENT_FOR + timedelta(hours=1), tick=False):
        page = verified.get(PAGE).text
        assert "its year is over" in page
        assert "Ask two coordinators" in page


def keep_session_alive():
    session().query(SignInSession).update({"created_at": now(), "last_seen_at": now()})
    session().commit()


def test_it_is_gone_when_the_member_is_no_member_any_more(verified, officer, record):
    officer.status = MemberStatus.LAPSED
    session().commit()
    assert not sees(verified, record)


def test_a_request_can_be_withdrawn(browser):
    ask(browser)
    withdraw = f"{PAGE}/{the_status().public_id}/withdraw"
    assert browser.submit(PAGE, {}, action=withdraw).status_code == 303
    page = browser.get(PAGE).text
    assert "You withdrew your request" in page
    assert browser.act(withdraw).status_code == 409
    assert ask(browser).status_code == 303


def test_what_is_missing_is_named_and_what_was_typed_stays(browser):
    answer = ask(browser, country="", authority="", words="")
    assert answer.status_code == 422
    for words in (
        "Choose the country.",
        "Enter the name of the authority.",
        "Say how coordinators can make sure.",
    ):
        assert words in answer.text
    assert "Letter 12/26" in answer.text
    assert the_status() is None


def test_a_second_request_loses_nothing(browser):
    shown = browser.get(PAGE)
    ask(browser)
    answer = browser.submit(shown, {**ASKED, "words": "Typed twice."}, action=PAGE)
    assert answer.status_code == 409
    assert "Typed twice." in answer.text
    assert session().query(LawEnforcementStatus).count() == 1


def test_an_organisation_of_others_is_not_taken(browser):
    other = make_organisation()
    answer = browser.act(PAGE, {**ASKED, "organisation": other.slug})
    assert answer.status_code == 422
    assert the_status() is None


def test_nobody_touches_the_status_of_somebody_else(verified, new_client):
    stranger = new_client().become(make_member())
    for action in ("withdraw", "give-up"):
        answer = stranger.act(f"{PAGE}/{the_status().public_id}/{action}", {"why": "Mine now."})
        assert answer.status_code == 404
    assert the_status().status == "verified"


def test_the_page_names_no_coordinator(verified):
    names = {each.display_name for each in (the_status().first_verified_by, the_status().second_verified_by)}
    page = verified.get(PAGE).text
    assert not [name for name in names if name in page]


def test_only_members_have_the_page(client):
    assert client.get(PAGE).status_code == 303
    client.become(make_member(status=MemberStatus.CONFIRMED))
    assert client.get(PAGE).status_code == 403


def test_without_a_second_factor_it_says_so(client, coordinators, record):
    member = make_member()
    client.become(member)
    ask(client)
    verify(coordinators)
    assert not sees(client, record)
    assert "It opens nothing until your account has a second factor." in client.get(PAGE).text


def test_every_step_is_logged(verified):
    steps = ("request_status", "support_status", "verify")
    for step in steps:
        assert session().query(AuditEntry).filter_by(tag=f"member:{step}").count() == 1
