"""Who could respond, on the page of a request for its requester: invited with one click, and told to nobody else."""

import pytest

from hub.collaboration.inviting import service
from hub.core.database import session
from hub.members.models import Block, FieldAudience, ProfileScheme
from tests.collaboration.acts import told
from tests.collaboration.requests import GEORGIAN_POLICE, MEMBERS, drafted_request, opened_request
from tests.collaboration.responses import responded
from tests.factories import make_member, make_organisation, make_profile
from tests.web.client import parse, words
from tests.web.collaboration.pages import address

OFFERS = (
    "I screen tender notices for red flags, with OCDS, and pilot tools for tenders with procurement offices."
)


@pytest.fixture
def poster(database):
    return make_member(country="GE")


@pytest.fixture
def browser(new_client):
    return lambda member: new_client().become(member)


def expert(name="Ada Screening", **columns):
    """Store a member whose profile fits what the requests of tests look for."""
    member = make_member(display_name=name, country="GE", **columns)
    make_profile(
        member,
        FieldAudience.MEMBERS,
        headline="Red flags in tenders",
        offers=OFFERS,
        language="en-GB",
        terms={ProfileScheme.SKILLS: ["procurement"]},
    )
    session().commit()
    return member


def invited(browser, request, invitee, **more):
    kind, key = ("organisation", invitee.slug) if hasattr(invitee, "slug") else ("member", invitee.public_id)
    return browser.act(address(request, "invite"), {"kind": kind, "key": key, **more})


def page_of(browser, request):
    answer = browser.get(address(request))
    assert answer.status_code == 200
    return words(parse(answer.text))


def test_the_requester_reads_whom_it_fits_and_invites_with_one_click(browser, poster, index):
    ada = expert()
    request = opened_request(poster, readership=MEMBERS)
    index()
    me = browser(poster)
    said = page_of(me, request)
    assert "People and organisations to invite" in said
    assert "Ada Screening" in said
    answer = me.submit(address(request), {"key": ada.public_id}, action=address(request, "invite"))
    assert answer.location == f"{address(request)}#invite"
    assert told(ada) == ["request_invited"]
    said = page_of(me, request)
    assert "Ada Screening is invited." in said
    assert "Whom you invited" in said
    assert "Invite to respond : Ada" not in said
    responded(request, ada)
    assert "responded" in page_of(me, request)


def test_nobody_else_reads_it_or_invites(browser, poster, index, client):
    ada = expert()
    request = opened_request(poster)
    index()
    for each in (client, browser(ada), browser(make_member())):
        assert "to invite" not in page_of(each, request)
    answer = invited(browser(make_member()), request, ada)
    assert answer.status_code == 404
    assert told(ada) == []


def test_a_second_click_and_what_cannot_be_are_said_in_words(browser, poster, monkeypatch):
    ada = expert()
    request = opened_request(poster, readership=MEMBERS)
    me = browser(poster)
    for _ in range(2):
        assert invited(me, request, ada).status_code == 303
    assert "Ada Screening is invited already." in page_of(me, request)
    assert told(ada) == ["request_invited"]
    invited(me, request, make_organisation("Nobody There"))
    assert "Nobody There cannot be invited to this request." in page_of(me, request)
    monkeypatch.setattr(service, "MOST_A_DAY", 1)
    invited(me, request, expert("Ben"))
    assert "You have invited 1 within a day" in page_of(me, request)


def test_who_blocked_the_requester_looks_the_same(browser, poster):
    ada, eve = expert(), expert("Eve Blocking")
    session().add(Block(member_id=eve.id, blocked_id=poster.id))
    session().commit()
    request = opened_request(poster)
    me = browser(poster)
    pages = []
    for each in (ada, eve):
        assert invited(me, request, each).status_code == 303
        pages.append(page_of(me, request).replace(each.display_name, "NAME"))
    assert "NAME is invited." in pages[0]
    assert "NAME is invited." in pages[1]
    assert told(eve) == []


@pytest.mark.parametrize("form", [{}, {"kind": "member", "key": "x"}, {"kind": "country", "key": "GE"}])
def test_nobody_in_particular_is_not_there(browser, poster, form):
    request = opened_request(poster)
    assert browser(poster).act(address(request, "invite"), form).status_code == 404


def test_hidden_people_are_not_there(browser, poster):
    request = opened_request(poster)
    hidden = make_member()
    make_profile(hidden, FieldAudience.NOBODY)
    session().commit()
    assert invited(browser(poster), request, hidden).status_code == 404


def test_a_request_by_name_says_that_only_its_receivers_read_it(browser, poster, index):
    expert()
    request = opened_request(poster, receivers=[make_member()])
    index()
    said = page_of(browser(poster), request)
    assert "Only those whom you named read this request" in said
    assert "Ada" not in said


def test_a_draft_says_what_may_answer_it_and_invites_nobody(browser, poster, index):
    expert()
    request = drafted_request(poster)
    index()
    said = page_of(browser(poster), request)
    assert "People can be invited once the request is open" in said
    assert "Ada" not in said


def test_who_is_outside_the_audience_is_shown_nobody_inside_it(browser, poster, index):
    expert("Officer Inside", law_enforcement="GE")
    request = opened_request(poster, readership=GEORGIAN_POLICE)
    index()
    said = page_of(browser(poster), request)
    assert "You are outside the audience" in said
    assert "Officer" not in said


def test_it_leads_back_to_the_page_that_it_came_from(browser, poster):
    request = opened_request(poster)
    me = browser(poster)
    back = f"/matches/people?for={request.subject}"
    assert invited(me, request, expert(), next=back).location == back
    assert invited(me, request, expert("Ben"), next="https://evil.example/").location == "/"


def test_the_page_takes_no_more_queries_for_more_people(browser, poster, index, queries):
    request = opened_request(poster)
    me = browser(poster)

    def count():
        index()
        me.get(address(request))
        with queries:
            me.get(address(request))
        return len(queries)

    expert()
    one = count()
    for number in range(3):
        expert(f"Expert {number}")
    assert count() == one
