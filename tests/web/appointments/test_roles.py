"""The public list of roles, and proposals by one person that another decides."""

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import MemberStatus, SignInSession
from hub.members.queries import CONFIRMED_FOR, roles_in_force
from hub.organisations.models import MembershipRole, OrganisationMembership
from hub.vetting.models import RoleProposal
from hub.vetting.roles import accept_offer, offer_role, propose_role
from tests.factories import PASSWORD, make_member, make_organisation

REASON = "Read budgets for ten years."


@pytest.fixture
def first(database):
    return make_member(roles=[Role.COORDINATOR], display_name="First")


@pytest.fixture
def second(database):
    return make_member(roles=[Role.COORDINATOR], display_name="Second")


@pytest.fixture
def member(database):
    return make_member(display_name="Dana", has_factor=True)


@pytest.fixture
def browser(new_client):
    return lambda somebody: new_client().become(somebody)


@pytest.fixture
def proposal(first, second, member):
    with transaction():
        return propose_role(first, member, Role.COORDINATOR, reason=REASON)


def place(proposal, verb=""):
    return f"/roles/proposals/{proposal.public_id}{verb and '/'}{verb}"


def grant_of(somebody):
    (grant,) = roles_in_force(somebody, now())
    return grant


def logged(tag):
    return session().scalar(select(func.count()).where(AuditEntry.tag == tag))


def test_everybody_reads_who_holds_which_role_but_names_only_with_consent(client, first, second):
    make_member(focal_country="GE", display_name="Nino")
    grant_of(first).is_named = True
    session().commit()
    page = client.get("/roles").text
    assert "First" in page
    assert "Second" not in page
    assert "Nino" not in page
    assert "Georgia" in page
    assert "At the machine, when the hub was set up" in page
    assert "Proposals of roles" not in page


def test_a_role_given_by_two_says_so(client, browser, second, proposal):
    browser(second).act(place(proposal, "approve"))
    assert "Two people" in client.get("/roles").text


def test_from_the_form_to_the_role(browser, first, second, member):
    answer = browser(first).submit(
        "/roles/proposals/new", {"member": member.email, "role": "integrity_officer", "reason": REASON}
    )
    assert answer.status_code == 303
    made = session().scalar(select(RoleProposal))
    assert answer.location == place(made)
    other = browser(second)
    assert place(made) in other.get("/roles/proposals").text
    shown = other.get(place(made)).text
    assert REASON in shown
    assert "Your decision" in shown
    assert other.act(place(made, "approve")).status_code == 303
    assert viewer_of(member).roles == {Role.INTEGRITY_OFFICER}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"member": "nobody@test.example"}, "No approved member has this member id or email address."),
        ({"member": ""}, "Enter a member id or an email address."),
        ({"reason": " "}, "Say it in your own words."),
        ({"role": "focal_point"}, "Choose the country of the focal point."),
        ({"country": "GE"}, "Only a focal point has a country."),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_kept(browser, first, member, typed, told):
    sent = {"member": member.public_id, "role": "coordinator", "reason": REASON} | typed
    answer = browser(first).submit("/roles/proposals/new", sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert sent["member"] in answer.text
    assert session().scalar(select(RoleProposal)) is None


def test_nobody_proposes_themselves(browser, first):
    sent = {"member": first.public_id, "role": "administrator", "reason": REASON}
    answer = browser(first).submit("/roles/proposals/new", sent)
    assert answer.status_code == 403
    assert "Nobody proposes themselves." in answer.text
    assert REASON in answer.text


def test_the_same_again_is_said_to_be_proposed(browser, second, member, proposal):
    sent = {"member": member.public_id, "role": "coordinator", "reason": REASON}
    answer = browser(second).submit("/roles/proposals/new", sent)
    assert answer.status_code == 409
    assert "This is proposed already." in answer.text


def test_the_proposer_reads_that_somebody_else_decides_and_may_withdraw(browser, first, proposal):
    mine = browser(first)
    shown = mine.get(place(proposal)).text
    assert "You proposed this. So somebody else must decide." in shown
    assert place(proposal, "approve") not in shown
    assert mine.act(place(proposal, "approve")).status_code == 403
    assert mine.act(place(proposal, "withdraw")).status_code == 303
    assert proposal.status == "withdrawn"
    assert logged("recusal:record") == 0


def test_declining_needs_words_and_keeps_them(browser, second, proposal):
    other = browser(second)
    assert other.submit(place(proposal), {"words": ""}, action=place(proposal, "decline")).status_code == 422
    assert other.act(place(proposal, "decline"), {"words": "Too early."}).status_code == 303
    assert "Too early." in other.get(place(proposal)).text
    assert logged("member:decline_role") == 1


def test_who_has_a_conflict_reads_neither_reason_nor_form(browser, second, member, proposal):
    organisation = make_organisation("Bureau")
    with transaction():
        declare_interest(second, Declaration("family", "Bureau"))
    other = browser(second)
    assert REASON in other.get(place(proposal)).text
    join(member, organisation)
    assert "You declared an interest" in other.get("/roles/proposals").text
    for _ in range(2):
        shown = other.get(place(proposal)).text
        assert "You have a conflict of interest here" in shown
        assert REASON not in shown
    assert other.act(place(proposal, "approve")).status_code == 403
    assert logged("recusal:record") == 1


def join(member, organisation):
    session().add(
        OrganisationMembership(
            organisation_id=organisation.id,
            member_id=member.id,
            role=MembershipRole.MEMBER,
            started_at=now(),
        )
    )
    session().commit()


def test_whom_it_is_about_reads_nothing_of_it(browser, first, second):
    third = make_member(roles=[Role.COORDINATOR])
    with transaction():
        made = propose_role(first, third, Role.ADMINISTRATOR, reason=REASON)
    shown = browser(third).get(place(made)).text
    assert "You have a conflict of interest here" in shown
    assert REASON not in shown


def test_what_was_decided_meanwhile_is_a_conflict(browser, second, proposal):
    other = browser(second)
    assert other.act(place(proposal, "approve")).status_code == 303
    answer = other.act(place(proposal, "decline"), {"words": "No."})
    assert answer.status_code == 409
    assert logged("member:grant") == 1


def test_a_proposer_without_the_role_leaves_clear_words(browser, first, second, member, proposal):
    make_member(roles=[Role.COORDINATOR])
    grant_of(first).ended_at = now()
    session().commit()
    answer = browser(second).act(place(proposal, "approve"))
    assert answer.status_code == 409
    assert "Somebody else must propose it anew." in answer.text
    assert not viewer_of(member).roles


def test_the_end_of_a_role_is_proposed_and_too_few_are_never_left(browser, first, second):
    mine = browser(first)
    address = f"/roles/grants/{grant_of(second).public_id}/end"
    answer = mine.submit(address, {"reason": "Moved on."})
    assert answer.status_code == 409
    assert "The hub would have too few people in this role." in answer.text
    assert "Moved on." in answer.text
    third, fourth = (make_member(roles=[Role.COORDINATOR]) for _ in range(2))
    made = mine.submit(address, {"reason": "Moved on."})
    assert made.status_code == 303
    assert browser(third).act(f"{made.location}/approve").status_code == 303
    assert not viewer_of(second).roles
    assert viewer_of(fourth).roles


def test_an_offer_is_for_the_two_until_it_is_accepted(browser, first, member):
    focal = make_member(focal_country="GE")
    with transaction():
        offer = offer_role(focal, grant_of(focal), member, reason=REASON)
    mine = browser(first)
    assert mine.get(place(offer)).status_code == 404
    with transaction():
        accept_offer(member, offer)
    assert REASON in mine.get(place(offer)).text


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,), (Role.INTEGRITY_OFFICER,), (Role.ADMINISTRATOR,)])
def test_only_who_appoints_reads_proposals(browser, proposal, roles):
    somebody = browser(make_member(roles=roles))
    expected = 200 if roles else 404
    assert somebody.get(place(proposal)).status_code == expected
    assert somebody.get("/roles/proposals").status_code == (200 if roles else 403)


def test_names_that_are_not_public_are_for_who_appoints(browser, first, second):
    assert "Second" in browser(first).get("/roles/proposals").text


def test_a_password_entered_long_ago_is_asked_for_again(browser, second, member, proposal):
    other = browser(second)
    opened = session().scalar(select(SignInSession).where(SignInSession.member_id == second.id))
    opened.confirmed_at = now() - CONFIRMED_FOR
    session().commit()
    answer = other.act(place(proposal, "approve"))
    assert answer.status_code == 403
    assert "password" in answer.text
    assert not viewer_of(member).roles
    right = other.act(place(proposal, "approve"), {"confirming_password": PASSWORD})
    assert right.status_code == 303
    assert viewer_of(member).roles


def test_a_suspended_member_gets_no_role(browser, second, member, proposal):
    member.status = MemberStatus.SUSPENDED
    session().commit()
    answer = browser(second).act(place(proposal, "approve"))
    assert answer.status_code == 409
    assert "This person is not an approved member." in answer.text
