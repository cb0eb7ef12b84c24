"""One's own roles: named or not, resigned, handed over."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.members.queries import roles_in_force
from hub.vetting.models import RoleProposal
from tests.factories import make_member
from tests.web.client import parse, words

PLACE = "/account/roles"


@pytest.fixture
def focal(database):
    return make_member(focal_country="GE", display_name="Nino")


@pytest.fixture
def member(database):
    return make_member(display_name="Dana")


@pytest.fixture
def browser(new_client):
    return lambda somebody: new_client().become(somebody)


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def role_of(member):
    (grant,) = roles_in_force(member, now())
    return f"{PLACE}/{grant.public_id}"


def offered():
    return session().scalar(select(RoleProposal))


def test_naming_oneself_and_taking_it_back(browser, client, focal):
    mine = browser(focal)
    assert "The public list does not name you." in main_of(mine.get(PLACE))
    assert mine.submit(PLACE, button=("named", "yes"), action=f"{role_of(focal)}/name").status_code == 303
    assert "Nino" in main_of(client.get("/roles"))
    mine.act(f"{role_of(focal)}/name", {"named": "no"})
    assert "Nino" not in main_of(client.get("/roles"))


def test_resigning_needs_a_reason_and_ends_the_role_at_once(browser, focal):
    mine, place = browser(focal), f"{role_of(focal)}/resign"
    assert mine.submit(place, {"reason": ""}).status_code == 422
    assert mine.submit(place, {"reason": "A new post."}).location == PLACE
    assert not viewer_of(focal).focal_countries
    assert "You hold no role." in main_of(mine.get(PLACE))


def test_whom_the_hub_needs_cannot_resign_before_a_successor_is_there(browser, database):
    coordinator = make_member(roles=[Role.COORDINATOR])
    answer = browser(coordinator).submit(f"{role_of(coordinator)}/resign", {"reason": "Tired."})
    assert answer.status_code == 409
    assert "Appoint a successor first." in answer.text
    assert "Tired." in answer.text


def test_handing_over_from_offer_to_approval(browser, focal, member):
    mine, theirs = browser(focal), browser(member)
    sent = {"member": member.public_id, "reason": "I move to another ministry."}
    assert mine.submit(f"{role_of(focal)}/hand-over", sent).location == PLACE
    assert "They have not answered." in main_of(mine.get(PLACE))
    told = main_of(theirs.get(PLACE))
    assert "You are offered a role: Focal point, Georgia" in told
    assert "I move to another ministry." in told
    assert theirs.act(f"{PLACE}/offers/{offered().public_id}/accept").status_code == 303
    assert "They accepted; a second person decides." in main_of(mine.get(PLACE))
    coordinator = browser(make_member(roles=[Role.COORDINATOR]))
    assert coordinator.act(f"/roles/proposals/{offered().public_id}/approve").status_code == 303
    assert viewer_of(member).focal_countries == {"GE"}
    assert not viewer_of(focal).focal_countries


@pytest.mark.parametrize("handle", ["nobody", "23456789abcdefghjkmnpq", "dana@test.example"])
def test_an_offer_names_an_approved_member_and_never_an_address(browser, focal, handle):
    make_member("dana@test.example")
    answer = browser(focal).submit(f"{role_of(focal)}/hand-over", {"member": handle, "reason": "Moving."})
    assert answer.status_code == 422
    assert "No approved member has this member id." in answer.text


@pytest.mark.parametrize(("who", "verb"), [("member", "refuse"), ("focal", "withdraw")])
def test_an_offer_is_refused_or_withdrawn_by_the_right_one(browser, focal, member, who, verb):
    people = {"focal": focal, "member": member}
    browser(focal).submit(f"{role_of(focal)}/hand-over", {"member": member.public_id, "reason": "Moving."})
    place = f"{PLACE}/offers/{offered().public_id}/{verb}"
    (other,) = set(people) - {who}
    assert browser(people[other]).act(place).status_code == 404
    assert browser(make_member()).act(place).status_code == 404
    assert browser(people[who]).act(place).status_code == 303
    assert offered().status == "withdrawn"
    assert viewer_of(focal).focal_countries == {"GE"}


def test_only_the_holder_comes_to_the_pages_of_a_role(browser, focal, member):
    theirs = browser(member)
    for page in ("resign", "hand-over"):
        assert theirs.get(f"{role_of(focal)}/{page}").status_code == 404
    assert theirs.act(f"{role_of(focal)}/name", {"named": "yes"}).status_code == 404


def test_only_focal_points_hand_over(browser, database):
    officer = make_member(roles=[Role.INTEGRITY_OFFICER])
    assert browser(officer).get(f"{role_of(officer)}/hand-over").status_code == 404
    assert "Hand over" not in main_of(browser(officer).get(PLACE))
