"""The bell, the list behind it, what is mailed how often, and ending mails with the link in one of them."""

import pytest

from hub.access.audience import Tlp
from hub.core.database import session, transaction
from hub.core.sealing import sign
from hub.members.models import MemberStatus
from hub.notifications.models import Frequency, Notification, Topic
from hub.notifications.queries import preferences_of, unread_count
from hub.notifications.service import notify
from hub.notifications.unsubscribing import unsubscribing
from hub.web.account.notification_mails import SENT_AS, MailForm
from hub.web.limits import UNSUBSCRIBING
from tests.catalogue.records import MEMBERS, make_scene, named_organisations, published
from tests.collaboration.levels.waiting import partnership, planned
from tests.factories import make_member
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import parse, words

PLACE = "/account/notifications"
MAILS = "/account/notifications/mail"


@pytest.fixture
def browser(nino, new_client):
    return new_client().become(nino)


def tell(member, kind="followed_country", subject="country:GE", tlp=Tlp.CLEAR):
    with transaction():
        notify([member.id], kind, subject, tlp=tlp)
    return session().query(Notification).order_by(Notification.id.desc()).first()


def main_of(answer):
    return words(parse(answer.text).find(".//main"))


def bell_of(answer):
    (link,) = [each for each in parse(answer.text).iter("a") if each.get("class") == "bell"]
    return words(link)


def links_of(answer):
    return [each.get("href") for each in parse(answer.text).find(".//main").iter("a")]


def test_the_bell_counts_what_is_unread(browser, nino, client):
    assert bell_of(browser.get("/")) == "Notifications"
    tell(nino)
    tell(nino)
    tell(make_member())
    assert bell_of(browser.get("/")) == "Notifications 2 new"
    assert 'class="bell"' not in client.get("/").text


def test_the_list_names_things_and_leads_to_them(browser, nino):
    scene = make_scene()
    innovation = published(scene, readership=MEMBERS).innovation
    tell(nino)
    tell(nino, "followed_published", innovation.subject, Tlp.GREEN)
    answer = browser.get(PLACE)
    told = main_of(answer)
    assert "New: Ledger of gifts" in told
    assert "Georgia stated what it has in place" in told
    assert "TLP:GREEN" in told
    assert f"/innovations/{innovation.public_id}" in links_of(answer)
    assert "/countries/GE" in links_of(answer)
    # looking at the list marks nothing
    assert unread_count(nino.id) == 2


def test_what_belongs_to_a_response_leads_to_its_page(browser, nino):
    response = partnership(nino)
    tell(nino, "step_due", f"step:{planned(response).public_id}")
    tell(nino, "response_received", response.request.subject)
    answer = browser.get(PLACE)
    request = f"/collaboration/{response.request.public_id}"
    assert f"A step of the plan for {response.request.title} is overdue" in main_of(answer)
    assert f"{request}/responses/{response.public_id}/partnership" in links_of(answer)
    assert f"{request}/responses" in links_of(answer)


def test_what_names_no_thing_shows_its_label_and_leads_to_its_page(browser, nino):
    tell(nino, "unanswered_in_country", "", Tlp.AMBER)
    answer = browser.get(PLACE)
    assert "Something has waited for an answer in your country for five working days" in main_of(answer)
    assert "TLP:AMBER" in main_of(answer)
    assert "/coordinate/collaboration" in links_of(answer)


def test_what_became_hidden_is_not_named_and_leads_nowhere(browser, nino):
    scene = make_scene()
    innovation = published(scene, readership=MEMBERS).innovation
    tell(nino, "followed_published", innovation.subject, Tlp.GREEN)
    with transaction():
        innovation.set_readership(named_organisations(scene.owner))
    answer = browser.get(PLACE)
    assert "An innovation in what you follow was published" in main_of(answer)
    assert "Ledger" not in answer.text
    assert "TLP:GREEN" not in main_of(answer)
    assert not [each for each in links_of(answer) if "/innovations/" in each]


def test_one_or_all_are_marked_as_read(browser, nino):
    first, _second, third = tell(nino), tell(nino), tell(nino)
    other = tell(make_member())
    assert browser.act(f"{PLACE}/{first.public_id}/read").location == PLACE
    answer = browser.act(f"{PLACE}/{third.public_id}/read", {"page": "1", "unread": "1"})
    assert answer.location == f"{PLACE}?page=1&unread=1"
    assert unread_count(nino.id) == 1
    browser.act(f"{PLACE}/read")
    assert unread_count(nino.id) == 0
    assert "Nothing is new." in main_of(browser.get(PLACE))
    for unknown in (other.public_id, "no-such-thing"):
        assert browser.act(f"{PLACE}/{unknown}/read").status_code == 303
    assert other.read_at is None


def test_new_ones_can_be_shown_alone_and_pages_turned(browser, nino):
    assert "You have not been told of anything yet" in main_of(browser.get(PLACE))
    for _ in range(21):
        told = tell(nino)
    with transaction():
        told.read_at = told.created_at
    assert "Georgia" in main_of(browser.get(f"{PLACE}?page=2"))
    assert "This page is empty" in main_of(browser.get(f"{PLACE}?page=3"))
    assert f"{PLACE}?unread=1" in links_of(browser.get(PLACE))
    assert "1 to 20 of 20" not in main_of(browser.get(f"{PLACE}?unread=1"))
    browser.act(f"{PLACE}/read")
    assert "You have read everything" in main_of(browser.get(f"{PLACE}?unread=1"))


@pytest.mark.parametrize("asked", ["page=x", "page=-1", "page=999999999", "unread=x"])
def test_odd_addresses_show_the_list(browser, nino, asked):
    tell(nino)
    assert browser.get(f"{PLACE}?{asked}").status_code == 200


def test_who_waits_for_approval_has_a_bell_too(new_client, database):
    waiting = make_member(status=MemberStatus.CONFIRMED)
    browser = new_client().become(waiting)
    assert bell_of(browser.get(PLACE)) == "Notifications"


@pytest.fixture
def queries(app):
    """Count the SELECTs of whatever is done inside a `with`."""
    return QueryCount(app.extensions["hub"].bind)


def test_the_list_takes_a_fixed_number_of_queries(browser, nino, queries):
    def ask():
        with queries:
            assert browser.get(PLACE).status_code == 200
        return len(queries)

    tell(nino)
    few = ask()
    for number in range(10):
        tell(nino, subject=f"country:{['GE', 'FR', 'KE'][number % 3]}")
    assert ask() == few


def test_each_topic_has_a_field():
    assert {name for name in vars(MailForm) if name in {each.value for each in Topic}} == {
        each.value for each in Topic
    }


def test_people_choose_how_often_and_in_which_language(browser, nino):
    chosen = {SENT_AS.get(topic, topic.value): "weekly" for topic in Topic}
    answer = browser.submit(MAILS, {**chosen, "language": "en-GB"})
    assert answer.location == MAILS
    assert set(preferences_of(nino.id).values()) == {Frequency.WEEKLY}
    assert nino.language == "en-GB"
    page = browser.get(MAILS)
    checked = [
        each.get("value") for each in parse(page.text).iter("input") if each.get("checked") is not None
    ]
    assert checked == ["weekly"] * len(Topic)


def test_only_what_was_changed_is_kept_as_a_choice(browser, nino):
    browser.submit(MAILS, {"following": "off"})
    assert preferences_of(nino.id)[Topic.FOLLOWING] is Frequency.OFF
    assert preferences_of(nino.id)[Topic.MESSAGES] is Frequency.AT_ONCE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("following", "hourly"),
        ("following", ""),
        ("language", "xx"),
        ("suggestions", "at_once"),
        ("suggestions", "daily"),
    ],
)
def test_what_is_no_choice_is_refused(browser, nino, field, value):
    form = {SENT_AS.get(topic, topic.value): "off" for topic in Topic} | {"language": "en-GB", field: value}
    answer = browser.act(MAILS, form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert preferences_of(nino.id)[Topic.DESK] is Frequency.DAILY


@pytest.fixture
def link(nino, key):
    """The path that ends mails about what Nino follows, or other ones."""

    def path(scope=Topic.FOLLOWING, member=nino, purpose="unsubscribe"):
        return f"/unsubscribe?token={sign(key, purpose, unsubscribing(member.public_id, scope))}"

    return path


def test_opening_the_link_asks_and_ends_nothing(client, nino, link):
    answer = client.get(link())
    assert "They are about this topic: What you follow." in main_of(answer)
    assert nino.email not in answer.text
    assert nino.display_name not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert preferences_of(nino.id)[Topic.FOLLOWING] is Frequency.DAILY


def test_the_button_ends_them_without_signing_in(client, nino, link):
    answer = client.submit(link(), {})
    assert answer.status_code == 200
    assert "Nothing more is mailed to you about this topic" in main_of(answer)
    assert preferences_of(nino.id)[Topic.FOLLOWING] is Frequency.OFF


@pytest.mark.parametrize("scope", [Topic.MESSAGES, Frequency.DAILY])
def test_a_mail_program_ends_them_with_one_click(app, nino, link, scope, database):
    """As RFC 8058 has it: a POST without cookies, form token or referrer; the answer is no redirect."""
    program = app.test_client(use_cookies=False)
    program.database = database
    for _ in range(2):
        answer = program.post(link(scope), data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    chosen = preferences_of(nino.id)
    ended = {topic for topic, frequency in chosen.items() if frequency is Frequency.OFF}
    expected = {Topic.MESSAGES} if scope is Topic.MESSAGES else {Topic.FOLLOWING, Topic.DESK}
    assert ended == expected | {Topic.ACCOUNT, Topic.MATCHES}


def test_a_forged_or_void_link_ends_nothing_and_says_so(client, nino, link):
    gone = make_member()
    gone.status, gone.email, gone.password_hash = MemberStatus.ERASED, None, None
    session().commit()
    for path in (
        "/unsubscribe",
        "/unsubscribe?token=x",
        link() + "x",
        link(purpose="reset"),
        link(member=gone),
    ):
        for answer in (client.get(path), client.post(path, data={"List-Unsubscribe": "One-Click"})):
            assert answer.status_code == 410
            assert "This link no longer works" in answer.text
    assert preferences_of(nino.id)[Topic.FOLLOWING] is Frequency.DAILY


def test_links_are_limited_for_each_network(client, link):
    for _ in range(UNSUBSCRIBING.amount):
        client.nags = False
        answer = client.get("/unsubscribe?token=x")
    assert answer.status_code == 410
    assert client.get(link()).status_code == 429
