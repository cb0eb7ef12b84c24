"""A person's page, writing to them, blocking and reporting them, as people do it in a browser."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.members.models import AbuseReport, Block, ContactMessage, FieldAudience, MemberStatus, Profile
from hub.notifications.models import Notification
from tests.factories import make_member, make_profile
from tests.web.client import parse, words


@pytest.fixture
def nino(database):
    member = make_member(display_name="Nino", country="GE")
    make_profile(member)
    return member


@pytest.fixture
def dana(database):
    member = make_member("dana@secret.example", display_name="Dana", country="ID")
    make_profile(
        member,
        FieldAudience.PUBLIC,
        headline="Reads tenders",
        biography="Ten years of audits.",
        biography_audience=FieldAudience.MEMBERS,
        contact_email="work@dana.example",
        contact_audience=FieldAudience.LAW_ENFORCEMENT,
        offers="Time.",
        terms={"languages": ["id"], "open_to": ["mentor"]},
    )
    return member


def main_of(answer):
    assert answer.status_code == 200
    return words(parse(answer.text).find(".//main"))


def address(member, verb=""):
    return f"/members/{member.public_id}{verb and '/'}{verb}"


def test_each_reader_reads_what_is_for_them(client, new_client, dana):
    visitor = main_of(client.get(address(dana)))
    member = main_of(new_client().become(make_member()).get(address(dana)))
    officer = main_of(new_client().become(make_member(law_enforcement="GE")).get(address(dana)))
    for text, seen in (
        ("Reads tenders", (True, True, True)),
        ("Indonesian", (True, True, True)),
        ("Ten years of audits.", (False, True, True)),
        ("work@dana.example", (False, False, True)),
        ("dana@secret.example", (False, False, False)),
        ("Write a message", (False, True, True)),
    ):
        assert tuple(text in page for page in (visitor, member, officer)) == seen, text


@pytest.mark.parametrize("audience", [FieldAudience.NOBODY, FieldAudience.LAW_ENFORCEMENT])
def test_a_hidden_page_answers_like_one_that_never_was(new_client, dana, audience):
    session().get(Profile, dana.id).audience = audience
    session().commit()
    browser = new_client().become(make_member())
    for verb in ("", "write", "report"):
        hidden = browser.get(address(dana, verb))
        absent = browser.get(f"/members/{'x' * len(dana.public_id)}{verb and '/'}{verb}")
        assert hidden.status_code == absent.status_code == 404
        assert words(parse(hidden.text).find(".//main")) == words(parse(absent.text).find(".//main"))


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.LAPSED])
def test_who_lost_their_standing_has_no_page(client, dana, status):
    dana.status = status
    session().commit()
    assert client.get(address(dana)).status_code == 404


def test_the_own_page_can_be_read_as_others_do(new_client, dana):
    browser = new_client().become(dana)
    assert "work@dana.example" in main_of(browser.get(address(dana)))
    as_public = main_of(browser.get(f"{address(dana)}?as=public"))
    assert "Ten years of audits." not in as_public
    assert "This is your page." in as_public
    session().get(Profile, dana.id).audience = FieldAudience.LAW_ENFORCEMENT
    session().commit()
    assert "There is nothing here for members" in main_of(browser.get(f"{address(dana)}?as=members"))
    assert "work@dana.example" in main_of(browser.get(f"{address(dana)}?as=law_enforcement"))
    assert browser.get(f"{address(dana)}?as=coordinators").status_code == 404


def test_of_others_one_cannot_choose_as_whom_one_looks(new_client, nino, dana):
    page = main_of(new_client().become(nino).get(f"{address(dana)}?as=law_enforcement"))
    assert "work@dana.example" not in page


def test_a_message_arrives_and_neither_bell_nor_mail_hold_its_words(new_client, nino, dana):
    browser = new_client().become(nino)
    answer = browser.submit(address(dana, "write"), {"subject": "Tenders?", "words": "Secret question"})
    assert answer.status_code == 303
    assert "Tenders?" in main_of(browser.get(answer.location))
    message = session().scalars(select(ContactMessage)).one()
    told = session().scalars(select(Notification)).one()
    assert (told.member_id, told.subject) == (dana.id, f"message:{message.public_id}")
    mail = session().scalars(select(OutboxMessage)).one()
    assert "Secret" not in str(mail.parameters)
    reader = new_client().become(dana)
    assert "1 new" in main_of(reader.get("/account/messages"))
    page = reader.get(f"/account/messages/{message.public_id}")
    assert "Secret question" in main_of(page)
    assert "test.example" not in page.text
    assert "1 new" not in main_of(reader.get("/account/messages"))


def test_an_answer_comes_back_with_what_led_to_it(new_client, nino, dana):
    one, other = new_client().become(nino), new_client().become(dana)
    one.submit(address(dana, "write"), {"subject": "Tenders", "words": "Which ones?"})
    message = session().scalars(select(ContactMessage)).one()
    path = f"/account/messages/{message.public_id}"
    assert other.submit(path, {"words": "All of them."}, action=f"{path}/answer").status_code == 303
    answer = session().scalars(select(ContactMessage).order_by(ContactMessage.id.desc())).first()
    assert (answer.answers_id, answer.subject) == (message.id, "Tenders")
    page = main_of(one.get(f"/account/messages/{answer.public_id}"))
    assert "All of them." in page
    assert "Which ones?" in page
    assert "Answer of" in main_of(one.get(path))


def test_what_cannot_be_sent_comes_back_whole(new_client, nino, dana):
    long = "a" * 5_000
    answer = new_client().become(nino).submit(address(dana, "write"), {"subject": "", "words": long})
    assert answer.status_code == 422
    assert long in answer.text
    assert "Say in a few words what it is about." in answer.text


def test_who_blocked_somebody_is_not_found_out(new_client, nino, dana):
    browser = new_client().become(dana)
    done = browser.act(address(nino, "block"))
    assert done.status_code == 303
    blocked = new_client().become(nino)
    refused = words(parse(blocked.get(address(dana, "write")).text).find(".//main"))
    sent = blocked.act(address(dana, "write"), {"subject": "Hello", "words": "Kept words"})
    assert sent.status_code == 403
    assert "Kept words" in sent.text
    session().query(Block).delete()
    session().get(Profile, dana.id).is_contactable = False
    session().commit()
    assert words(parse(blocked.get(address(dana, "write")).text).find(".//main")) == refused
    assert "takes no messages from you" in refused


def test_a_block_is_listed_and_ends(new_client, nino, dana):
    browser = new_client().become(nino)
    browser.act(address(dana, "block"))
    page = main_of(browser.get("/account/messages/blocked"))
    assert "Dana" in page
    assert "You blocked this member" in main_of(browser.get(address(dana)))
    browser.act(address(dana, "unblock"))
    assert "You have blocked nobody" in main_of(browser.get("/account/messages/blocked"))


def test_nobody_else_opens_answers_or_reports_a_message(new_client, nino, dana):
    new_client().become(nino).submit(address(dana, "write"), {"subject": "A", "words": "B"})
    path = f"/account/messages/{session().scalars(select(ContactMessage)).one().public_id}"
    stranger, sender = new_client().become(make_member()), new_client().become(nino)
    assert stranger.get(path).status_code == 404
    for browser in (stranger, sender):
        assert browser.get(f"{path}/report").status_code == 404
        assert browser.act(f"{path}/answer", {"words": "No"}).status_code == 404


def test_a_message_is_reported_decided_and_answered(new_client, nino, dana):
    coordinator = make_member(roles=[Role.COORDINATOR])
    new_client().become(nino).submit(address(dana, "write"), {"subject": "Offer", "words": "Buy this now"})
    message = session().scalars(select(ContactMessage)).one()
    reader = new_client().become(dana)
    sent = reader.submit(
        f"/account/messages/{message.public_id}/report", {"kind": "advertising", "words": "Not asked for."}
    )
    assert sent.status_code == 303
    assert "Waits for a decision" in main_of(reader.get(sent.location))
    desk = new_client().become(coordinator)
    assert "Unsolicited advertising" in main_of(desk.get("/coordinate/abuse"))
    path = f"/coordinate/abuse/{session().scalars(select(AbuseReport)).one().public_id}"
    assert "Buy this now" in main_of(desk.get(path))
    empty = desk.act(f"{path}/uphold", {"words": ""})
    assert empty.status_code == 422
    done = desk.act(f"{path}/uphold", {"words": "It is advertising."})
    assert done.status_code == 303
    assert "decided in their file" in main_of(desk.get(path))
    again = desk.act(f"{path}/dismiss", {"words": "I changed my mind."})
    assert again.status_code == 409
    assert "I changed my mind." in again.text
    assert "It is advertising." in main_of(reader.get("/account/messages/reports"))


def test_a_member_is_reported_once_and_the_words_are_kept(new_client, nino, dana):
    browser = new_client().become(nino)
    said = {"kind": "threat", "words": "They threatened me."}
    assert browser.submit(address(dana, "report"), said).status_code == 303
    again = browser.submit(address(dana, "report"), {**said, "words": "Once more"})
    assert again.status_code == 409
    assert "Once more" in again.text


def test_a_coordinator_with_a_conflict_reads_nothing_of_it(new_client, nino, dana):
    coordinator = make_member(roles=[Role.COORDINATOR])
    make_profile(coordinator)
    new_client().become(nino).submit(
        address(coordinator, "report"), {"kind": "threat", "words": "Words of the report"}
    )
    path = f"/coordinate/abuse/{session().scalars(select(AbuseReport)).one().public_id}"
    browser = new_client().become(coordinator)
    page = main_of(browser.get(path))
    assert "Words of the report" not in page
    assert "Threat" not in main_of(browser.get("/coordinate/abuse"))
    assert browser.act(f"{path}/dismiss", {"words": "Nothing in it."}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/account/messages", "/account/messages/sent", "/account/messages/blocked", "/account/messages/reports"],
)
def test_empty_lists_say_so_and_applicants_have_none(new_client, nino, path):
    assert new_client().become(nino).get(path).status_code == 200
    assert new_client().become(make_member(status=MemberStatus.CONFIRMED)).get(path).status_code == 403


@pytest.mark.parametrize("hidden", [{"audience": FieldAudience.NOBODY}, {"status": "suspended"}])
def test_who_hides_is_named_in_no_list_any_more(new_client, nino, dana, hidden):
    """What the names of old messages, blocks and reports say after somebody hid and took another name."""
    one, other = new_client().become(nino), new_client().become(dana)
    one.submit(address(dana, "write"), {"subject": "Tenders", "words": "Which ones?"})
    other.submit(address(nino, "write"), {"subject": "Hello", "words": "All of them."})
    sent, came = session().scalars(select(ContactMessage).order_by(ContactMessage.id)).all()
    one.submit(address(dana, "report"), {"kind": "threat", "words": "Too much."})
    pages = ["/account/messages", "/account/messages/sent", "/account/messages/reports"]
    pages += [f"/account/messages/{sent.public_id}", f"/account/messages/{came.public_id}"]
    pages += [f"/account/messages/{came.public_id}/report", address(dana, "write"), address(dana, "report")]
    for page in pages:
        assert "Dana" in one.get(page).text, page
    one.act(address(dana, "block"))
    pages.append("/account/messages/blocked")
    dana.display_name = "Anonymous Heron"
    if "audience" in hidden:
        session().get(Profile, dana.id).audience = hidden["audience"]
    else:
        dana.status = MemberStatus(hidden["status"])
    session().commit()
    for page in pages:
        answer = one.get(page)
        assert answer.status_code == 200, page
        assert "Heron" not in answer.text, page
        assert "Dana" not in answer.text, page
        assert "not shown to you" in answer.text or page.endswith("/report"), page


def test_a_block_opens_no_way_to_somebody_who_hides(new_client, nino, dana):
    browser = new_client().become(nino)
    browser.act(address(dana, "block"))
    session().get(Profile, dana.id).audience = FieldAudience.NOBODY
    session().commit()
    for verb in ("", "write", "report"):
        assert browser.get(address(dana, verb)).status_code == 404
    page = browser.get("/account/messages/blocked")
    assert "Dana" not in page.text
    assert "A member who is not shown to you" in main_of(page)
    assert browser.act(address(dana, "unblock")).status_code == 303
    assert session().scalar(select(Block.member_id)) is None
    assert browser.act(address(dana, "unblock")).status_code == 404
