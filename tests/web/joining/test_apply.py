"""Applying to join and confirming the address, as a person does it."""

from datetime import timedelta

import pytest
import time_machine

from hub.core.clock import now
from hub.core.database import session
from hub.core.passwords import verify_password
from hub.members.models import MemberStatus, TokenPurpose
from hub.members.queries import member_by_email
from hub.vetting.joining import open_application
from hub.vocabularies.consent import CONSENT_VERSION
from hub.web import limits
from tests.factories import make_member
from tests.web.client import parse, sign_in, words
from tests.web.mailbox import latest, link_to, mails, signed

ADDRESS = "dana@ngo.example"
GOOD = "kettle violin harbour 27"

TYPED = {
    "email": ADDRESS,
    "display_name": "Dana",
    "member_type": "data_scientist",
    "country": "GE",
    "organisation_name": "Open Ledger",
    "website": "https://ledger.example",
    "words": "I read budgets.",
    "consent": CONSENT_VERSION,
}


def apply(client, **typed):
    return client.submit("/join", {**TYPED, **typed})


def link(client):
    return link_to(client, TokenPurpose.CONFIRM)


def test_a_visitor_finds_the_way_from_every_page(client):
    header = parse(client.get("/").text).find(".//header")
    assert "/join" in {each.get("href") for each in header.iter("a")}
    assert 'href="/join"' in client.get("/sign-in").text


def test_the_page_says_what_the_hub_is_not_and_what_happens(client):
    page = client.get("/join")
    text = words(parse(page.text))
    assert "The hub is not a whistleblowing channel" in text
    assert "Choosing this gives you no status" in text
    assert "24 hours" in text
    assert 'href="/report"' in page.text
    assert 'href="/join/terms"' in page.text
    assert "21 November 2026" in text


def test_applying_and_confirming(client):
    answer = apply(client)
    assert (answer.status_code, answer.location) == (303, "/join/sent")
    assert "Look into your mailbox" in client.get("/join/sent").text
    page = client.get(link(client))
    assert all(each in page.text for each in ("Dana", "Open Ledger", "I read budgets.", ADDRESS))
    done = client.submit(page, {"password": GOOD})
    assert (done.status_code, done.location) == (303, "/sign-in")
    assert "Your address is confirmed." in client.get("/sign-in").text
    member = member_by_email(ADDRESS)
    assert member.status is MemberStatus.CONFIRMED
    assert verify_password(member.password_hash, GOOD)
    assert open_application(member).consent_version == CONSENT_VERSION
    assert sign_in(client, ADDRESS, GOOD).status_code == 303
    assert "A coordinator reads your application" in client.get("/account").text


def test_the_answer_is_the_same_for_a_known_address(client, database):
    make_member(ADDRESS)
    known = apply(client)
    unknown = apply(client, email="nobody@ngo.example")
    assert (known.status_code, known.location, known.data) == (
        unknown.status_code,
        unknown.location,
        unknown.data,
    )
    assert mails() == ["has_account", "confirm_address"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "", "Enter your email address"),
        ("email", "dana", "Enter an email address such as name@example.org."),
        ("display_name", "", "Enter the name that others will read."),
        ("display_name", "x" * 121, "Shorten this to 120 characters or fewer"),
        ("member_type", "", "Choose what fits best."),
        ("country", "XX", "Choose from the list."),
        ("website", "ledger", "Enter a web address that begins with http:// or https://."),
        ("words", "", "Say in a few sentences why you want to join."),
        ("consent", [], "Read the terms and agree."),
        ("consent", "2020-01-01", "The terms have changed since you opened this page."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(client, field, typed, said):
    answer = apply(client, **{field: typed})
    assert answer.status_code == 422
    assert said in words(parse(answer.text))
    assert f'href="#{field}' in answer.text
    if field != "words":
        assert "I read budgets." in answer.text
    assert latest(TokenPurpose.CONFIRM) is None


@pytest.mark.parametrize("typed", ["ledger.example", "www.ledger.example/en?x=1"])
def test_a_website_needs_no_scheme(client, typed):
    assert apply(client, website=typed).status_code == 303
    assert open_application(member_by_email(ADDRESS)).website == f"https://{typed}"


def test_a_get_uses_no_link_up(client):
    apply(client)
    for _ in range(3):
        assert client.get(link(client)).status_code == 200
    assert member_by_email(ADDRESS).status is MemberStatus.APPLIED


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Choose a password."),
        ("too short", "Use at least 12 characters"),
        ("x" * 129, "Use at most 128 characters."),
        ("password12345", "This password is easy to guess."),
        (ADDRESS, "This password is easy to guess."),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays(client, password, said):
    apply(client)
    answer = client.submit(link(client), {"password": password})
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get(link(client)).status_code == 200


def void_pages(client, address):
    shown = client.get(address)
    token = address.partition("token=")[2]
    sent = client.act(address.partition("?")[0], {"token": token, "password": GOOD})
    assert (shown.status_code, sent.status_code) == (410, 410)
    return [words(parse(each.text).find(".//main")) for each in (shown, sent)]


def test_used_expired_and_unknown_links_answer_alike(client):
    apply(client)
    used = link(client)
    client.submit(used, {"password": GOOD})
    apply(client, email="other@ngo.example")
    expired = link(client)
    said = [*void_pages(client, used), *void_pages(client, "/join/confirm?token=made-up")]
    with time_machine.travel(now() + timedelta(hours=25)):
        said += void_pages(client, expired)
    assert len(set(said)) == 1
    assert "This link no longer works" in said[0]
    assert client.get("/join/confirm").status_code == 410


def test_a_link_holds_for_one_purpose(client, database):
    make_member(ADDRESS, status=MemberStatus.CONFIRMED)
    apply(client, email="new@ngo.example")
    client.submit("/reset", {"email": ADDRESS})
    confirm, reset = latest(TokenPurpose.CONFIRM), latest(TokenPurpose.RESET)
    tries = [
        ("/join/confirm", signed(client, reset)),
        ("/join/confirm", signed(client, reset, TokenPurpose.CONFIRM)),
        ("/join/confirm", confirm.public_id),
        ("/join/invitation", signed(client, confirm)),
        ("/reset/choose", signed(client, confirm)),
        ("/reset/choose", signed(client, confirm, TokenPurpose.RESET)),
    ]
    for path, token in tries:
        assert client.get(path, query_string={"token": token}).status_code == 410
        assert client.act(path, {"token": token, "password": GOOD}).status_code == 410
    assert member_by_email("new@ngo.example").password_hash is None


def test_a_stranger_who_applied_first_gains_nothing(client, new_client):
    apply(new_client(), display_name="Stranger")
    theirs = link(client)
    apply(client)
    assert client.get(theirs).status_code == 410
    assert member_by_email(ADDRESS).password_hash is None
    page = client.get(link(client))
    assert "Stranger" not in page.text
    client.submit(page, {"password": GOOD})
    assert verify_password(member_by_email(ADDRESS).password_hash, GOOD)


def test_one_address_gets_three_mails_an_hour(client):
    for _ in range(limits.JOINING_ADDRESS.amount):
        assert apply(client).status_code == 303
    answer = apply(client, email=ADDRESS.upper())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "I read budgets." in answer.text
    assert len(mails()) == 3


def test_one_network_has_a_limit(client):
    for number in range(limits.JOINING.amount):
        client.act("/join", {**TYPED, "email": f"guest{number}@ngo.example"})
    assert apply(client).status_code == 429


def test_who_is_signed_in_is_sent_to_their_account(client, database):
    client.become(make_member())
    assert client.get("/join").location == "/account"


def test_law_enforcement_as_a_type_gives_no_status(client):
    apply(client, member_type="law_enforcement")
    client.submit(link(client), {"password": GOOD})
    member = member_by_email(ADDRESS)
    member.status = MemberStatus.APPROVED
    session().commit()
    client.become(member)
    assert "Verified for" not in client.get("/account").text


def test_the_hub_writes_in_the_language_that_was_chosen(client):
    apply(client, language="ar-XB")
    assert member_by_email(ADDRESS).language == "ar-XB"
