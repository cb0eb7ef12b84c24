"""The desk of people and the file of one person: what coordinators see, decide, and are kept from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.models import Recusal
from hub.members.models import Member, MemberStatus, SignInSession
from hub.organisations.models import Organisation, OrganisationStatus
from hub.organisations.queries import memberships_of
from hub.vetting.models import Application, FactorReset
from tests.factories import make_member, make_organisation

SECRET = "Only coordinators read this."


@pytest.fixture
def organisation(database):
    return make_organisation("Bureau of Statistics", website="https://www.bureau.example/about")


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR], display_name="Cora")


@pytest.fixture
def browser(client, coordinator):
    return client.become(coordinator)


def applicant(email="ana@bureau.example", *, organisation_name="bureau of  statistics", **said):
    member = make_member(
        email,
        status=MemberStatus.CONFIRMED,
        display_name=said.pop("display_name", "Ana"),
        country="GE",
        email_confirmed_at=now(),
    )
    session().add(
        Application(
            member_id=member.id,
            organisation_name=organisation_name,
            website=said.pop("website", "https://bureau.example"),
            words=SECRET,
            consent_version="2026-01-01",
            applied_at=now() - timedelta(days=3),
            confirmed_at=now() - timedelta(days=3),
        )
    )
    session().commit()
    return member


def file_of(member):
    return f"/coordinate/members/{member.public_id}"


def logged(tag):
    return session().query(AuditEntry).filter_by(tag=tag).count()


def test_the_desk_says_that_nobody_waits(browser):
    page = browser.get("/coordinate/members")
    assert "Nobody waits for a decision" in page.text


def test_the_desk_lists_what_waits_and_for_how_long(browser, organisation):
    applicant()
    lost = make_member(has_factor=True, display_name="Lost Lena")
    due = make_member(display_name="Due Dora", vetted_until=now() + timedelta(days=59))
    make_member(display_name="Not due", vetted_until=now() + timedelta(days=61))
    session().add(FactorReset(member_id=lost.id, words="Call me.", requested_at=now()))
    session().commit()
    page = browser.get("/coordinate/members").text
    for words in ("Ana", "Waits for 3 days", "Lost Lena", "Came in today", due.display_name, "Due by"):
        assert words in page
    assert "Not due" not in page
    assert (
        "Waiting for a decision: 1 application, 1 report of lost factors and 1 vetting that is due." in page
    )


def test_both_desks_count_both(browser, organisation):
    applicant()
    for address in ("/coordinate", "/coordinate/members"):
        page = browser.get(address).text
        assert "/coordinate/members" in page
        assert '<span class="desks__n">1<span class="sr"> waiting</span></span>' in page
        assert '<span class="desks__n">0<span class="sr"> waiting</span></span>' in page


def test_a_conflict_is_shown_before_the_file_is_opened(client, organisation):
    applicant()
    client.become(make_member(roles=[Role.COORDINATOR], belongs_to=[organisation]))
    page = client.get("/coordinate/members").text
    assert "You belong to an organisation that takes part in this." in page
    assert "bureau of" not in page.lower().replace("anti-corruption", "")


def test_the_file_shows_evidence_and_never_calls_it_proof(browser, organisation):
    member = applicant()
    page = browser.get(file_of(member)).text
    for words in (
        SECRET,
        "ana@bureau.example",
        "Bureau of Statistics",
        "A domain agrees. This is a sign, no proof",
    ):
        assert words in page
    assert "1 January 2026 (older than the present ones)" in page


@pytest.mark.parametrize(
    ("email", "website", "words"),
    [
        ("ana@gmail.com", "https://bureau.example", "Anybody can have a mailbox at this provider."),
        ("ana@elsewhere.example", "https://bureau.example", "No domain agrees."),
        ("ana@mail.bureau.example", "bureau.example/us", "A domain agrees."),
        ("ana@bureau.example", "https://[", "There is no website to compare with."),
    ],
)
def test_what_the_domain_says(browser, email, website, words):
    member = applicant(email, organisation_name="Unknown Body", website=website)
    page = browser.get(file_of(member)).text
    assert words in page
    assert "The hub knows no organisation called" in page


def test_accounts_that_may_be_the_same_person_are_named(browser, organisation):
    member = applicant()
    twin = make_member("other@test.example", display_name="ANA")
    same_desk = applicant("ben@bureau.example", display_name="Ben")
    colleague = make_member("cleo@bureau.example", belongs_to=[organisation], display_name="Cleo")
    elsewhere = applicant("dan@other.example", display_name="Dan")
    page = browser.get(file_of(member)).text
    for each in (twin, same_desk, colleague):
        assert file_of(each) in page
    assert file_of(elsewhere) not in page


def test_who_invited_them_is_said(browser, organisation):
    member = applicant(organisation_name="")
    page = browser.get(file_of(member)).text
    assert "None: for themselves" in page
    assert "Nobody" in page


@pytest.mark.parametrize("status", [MemberStatus.APPLIED, MemberStatus.ERASED])
def test_who_has_not_confirmed_or_is_erased_has_no_file(browser, status):
    member = make_member(status=MemberStatus.APPLIED)
    if status is MemberStatus.ERASED:
        member.email, member.password_hash, member.status = None, None, status
        session().commit()
    assert browser.get(file_of(member)).status_code == 404
    assert browser.act(f"{file_of(member)}/approve").status_code == 404
    assert browser.get(f"{file_of(member)}/recuse").status_code == 404


def test_only_coordinators_reach_any_of_it(client, organisation):
    member = applicant()
    for roles in ([], [Role.ADMINISTRATOR], [Role.INTEGRITY_OFFICER]):
        client.become(make_member(roles=roles))
        assert client.get("/coordinate/members").status_code == 403
        assert client.get(file_of(member)).status_code == 404
        assert client.act(f"{file_of(member)}/approve").status_code == 404


def test_a_coordinator_approves_somebody_for_themselves(browser, organisation):
    member = applicant()
    answer = browser.submit(file_of(member), {"membership": "none"})
    assert answer.status_code == 303
    assert member.is_approved
    assert list(memberships_of(member.id)) == []
    assert "Approved" in browser.get("/coordinate/members").text


@pytest.mark.parametrize("role", ["member", "representative"])
def test_a_coordinator_approves_somebody_as_belonging_to_a_known_organisation(browser, organisation, role):
    member = applicant()
    browser.submit(file_of(member), {"membership": role})
    (membership,) = memberships_of(member.id)
    assert (membership.organisation, membership.role) == (organisation, role)


def test_a_new_organisation_is_added_unverified(browser):
    member = applicant(organisation_name="New Body")
    browser.submit(file_of(member), {"membership": "member"})
    (membership,) = memberships_of(member.id)
    assert membership.organisation.name == "New Body"
    assert membership.organisation.status is OrganisationStatus.UNVERIFIED
    assert membership.organisation.country == "GE"


def test_a_name_that_the_hub_knows_adds_no_second_one(browser, organisation):
    member = applicant(organisation_name="")
    browser.submit(
        file_of(member),
        {"membership": "member", "organisation": "", "new_organisation": " BUREAU of statistics"},
    )
    assert [each.organisation for each in memberships_of(member.id)] == [organisation]
    assert session().query(Organisation).count() == 1


def test_a_membership_needs_an_organisation(browser):
    member = applicant(organisation_name="")
    answer = browser.submit(file_of(member), {"membership": "member"})
    assert answer.status_code == 422
    assert "Choose the organisation, or name a new one." in answer.text
    assert 'value="member" checked' in answer.text
    assert member.status is MemberStatus.CONFIRMED


def test_nobody_lets_somebody_into_an_organisation_of_their_own(client, organisation):
    member = applicant(organisation_name="")
    client.become(make_member(roles=[Role.COORDINATOR], represents=[organisation]))
    answer = client.submit(file_of(member), {"membership": "member", "organisation": organisation.slug})
    assert answer.status_code == 403
    assert member.status is MemberStatus.CONFIRMED


def test_declining_needs_a_reason_and_words_and_keeps_what_was_typed(browser):
    member = applicant()
    decline = f"{file_of(member)}/decline"
    answer = browser.submit(file_of(member), {"words": "Show me a letter."}, action=decline)
    assert answer.status_code == 422
    assert "Choose at least one reason." in answer.text
    assert "Show me a letter." in answer.text
    answer = browser.submit(file_of(member), {"reasons": ["identity"], "words": ""}, action=decline)
    assert answer.status_code == 422
    assert 'value="identity" checked' in answer.text
    answer = browser.submit(
        file_of(member), {"reasons": ["identity"], "words": "Show me a letter."}, action=decline
    )
    assert answer.status_code == 303
    assert member.status is MemberStatus.DECLINED
    page = browser.get(file_of(member)).text
    assert "Declined by <bdi>Cora</bdi>" in page
    assert "It is not clear who applies" in page


def test_a_stale_decision_says_what_is_true_now_and_loses_no_word(browser, new_client):
    member = applicant()
    shown = browser.get(file_of(member))
    other = new_client().become(make_member(roles=[Role.COORDINATOR]))
    other.submit(file_of(member), {"membership": "none"})
    answer = browser.submit(
        shown, {"reasons": ["other"], "words": "A long explanation."}, action=f"{file_of(member)}/decline"
    )
    assert answer.status_code == 409
    for words in ("Nothing was changed", "A long explanation.", "Member"):
        assert words in answer.text
    assert member.is_approved
    assert logged("member:decline") == 0


def test_an_unknown_decision_is_nothing(browser):
    member = applicant()
    assert browser.act(f"{file_of(member)}/promote").status_code == 404
    assert browser.act("/coordinate/members/never-was/approve").status_code == 404


def test_a_conflict_stops_before_anything_is_read_and_is_recorded_once(client, organisation):
    member = applicant()
    own = make_member(roles=[Role.COORDINATOR], belongs_to=[organisation])
    client.become(own)
    for _ in range(2):
        page = client.get(file_of(member))
        assert page.status_code == 200
        assert "You have a conflict of interest here" in page.text
        assert SECRET not in page.text
        assert member.email not in page.text
    answer = client.act(f"{file_of(member)}/approve", {"membership": "none"})
    assert answer.status_code == 403
    assert SECRET not in answer.text
    assert "You have a conflict of interest here" in client.get(f"{file_of(member)}/recuse").text
    assert member.status is MemberStatus.CONFIRMED
    assert logged("recusal:record") == 1
    (recusal,) = session().scalars(select(Recusal))
    assert (recusal.member_id, recusal.subject) == (own.id, f"member:{member.public_id}")


def test_a_coordinator_recuses_themselves_by_hand(browser, coordinator):
    member = applicant()
    answer = browser.submit(f"{file_of(member)}/recuse", {"words": "We are neighbours."})
    assert answer.status_code == 303
    page = browser.get(file_of(member)).text
    assert "You have a conflict of interest here" in page
    assert SECRET not in page
    assert logged("recusal:record") == 1


def test_suspending_signs_out_and_reinstating_lets_in_again(browser, new_client):
    member = make_member(display_name="Suspended Sam")
    theirs = new_client().become(member)
    assert theirs.get("/account").status_code == 200
    answer = browser.submit(file_of(member), {"words": ""}, action=f"{file_of(member)}/suspend")
    assert answer.status_code == 422
    browser.submit(
        file_of(member), {"words": "The account was taken over."}, action=f"{file_of(member)}/suspend"
    )
    assert theirs.get("/account").status_code == 303
    page = browser.get(file_of(member)).text
    assert "The account was taken over." in page
    browser.submit(file_of(member), {}, action=f"{file_of(member)}/reinstate")
    assert member.is_approved


def test_who_has_a_role_is_not_offered_for_suspension(browser):
    member = make_member(roles=[Role.ADMINISTRATOR])
    page = browser.get(file_of(member)).text
    assert "cannot be suspended" in page
    assert f"{file_of(member)}/suspend" not in page
    assert "Propose to end: Administrator" in page
    assert browser.act(f"{file_of(member)}/suspend", {"words": "Out."}).status_code == 409


def test_vetting_again_is_offered_when_it_is_due(browser):
    member = make_member(vetted_until=now() + timedelta(days=70))
    assert f"{file_of(member)}/vet" not in browser.get(file_of(member)).text
    assert browser.act(f"{file_of(member)}/vet").status_code == 409
    member.vetted_until = now() + timedelta(days=10)
    session().commit()
    browser.submit(file_of(member), {}, action=f"{file_of(member)}/vet")
    assert member.vetted_until > now() + timedelta(days=360)


def test_decisions_ask_for_the_password_after_ten_minutes(browser, coordinator):
    member = applicant()
    sign_in = session().scalars(select(SignInSession).where(SignInSession.member_id == coordinator.id)).one()
    sign_in.created_at = sign_in.confirmed_at = now() - timedelta(minutes=11)
    session().commit()
    answer = browser.act(f"{file_of(member)}/decline", {"reasons": "identity", "words": "Kept words."})
    assert answer.status_code == 403
    assert "Kept words." in answer.text
    assert session().get(Member, member.id).status is MemberStatus.CONFIRMED


def test_the_desk_asks_a_fixed_number_of_times(browser, organisation, queries):
    def asked():
        with queries as found:
            browser.get("/coordinate/members")
        return len(found)

    applicant()
    browser.get("/coordinate/members")
    few = asked()
    for number in range(5):
        applicant(f"person{number}@bureau.example")
    assert asked() == few


def test_a_coordinator_finds_people_by_name_address_and_id(client):
    client.become(make_member(roles=[Role.COORDINATOR]))
    nino = make_member("nino@ngo.example", display_name="Nino 100% K.")
    waiting = make_member(display_name="Nino who applied", status=MemberStatus.APPLIED)
    for sought in ("nino 100%", "NINO@ngo.example", nino.public_id):
        page = client.get("/coordinate/members", query_string={"q": sought}).text
        assert f"/coordinate/members/{nino.public_id}" in page
        assert waiting.public_id not in page
    assert "Nobody of this name" in client.get("/coordinate/members?q=zzz").text
