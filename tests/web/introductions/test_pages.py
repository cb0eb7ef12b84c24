"""Asking for an introduction, answering and taking it back, as people do it in a browser."""

import pytest
from sqlalchemy import select

from hub.access.viewer import Role
from hub.core.database import session
from hub.core.outbox import OutboxMessage
from hub.members.models import FieldAudience, Introduction, MemberStatus, Profile
from hub.notifications.models import Notification
from tests.catalogue.records import MEMBERS, POLICE, make_scene, published
from tests.factories import make_member, make_profile
from tests.members.introductions.people import NOTE, block, change
from tests.web.client import main_of as tree_of, words


def main_of(answer, status=200):
    assert answer.status_code == status
    return words(tree_of(answer.text))


def ask_page(member, about=""):
    return f"/introductions/ask/{member.public_id}" + (f"?about={about}" if about else "")


def page(introduction, verb=""):
    return f"/introductions/{introduction.public_id}{verb and '/'}{verb}"


def only_introduction():
    return session().scalars(select(Introduction)).one()


@pytest.fixture
def introduction(ninos, nino, dana):
    assert ninos.submit(ask_page(dana), {"note": NOTE}).status_code == 303
    return only_introduction()


def told(member):
    rows = session().scalars(select(Notification).where(Notification.member_id == member.id))
    return [(each.kind, each.read_at is not None) for each in rows]


def test_two_people_are_introduced(ninos, danas, nino, dana):
    assert ask_page(dana) in ninos.get(f"/members/{dana.public_id}").text
    shown = ninos.get(ask_page(dana))
    assert 'value="nino@work.example"' in shown.text
    answer = ninos.submit(shown, {"note": NOTE})
    introduction = only_introduction()
    assert answer.location == page(introduction)
    assert "Waits for an answer" in main_of(ninos.get(page(introduction)))
    assert told(dana) == [("introduction_asked", False)]
    assert "Nino would like to be introduced to you" in main_of(danas.get("/account/notifications"))
    received = main_of(danas.get("/introductions"))
    assert "1 waits for your answer" in received
    asked = danas.get(page(introduction))
    assert NOTE in main_of(asked)
    assert "nino@work.example" not in asked.text
    assert 'value="dana@secret.example"' in asked.text
    answer = danas.submit(asked, {"contact": "+62 21 5550100"})
    assert answer.location == page(introduction)
    assert "nino@work.example" in main_of(danas.get(page(introduction)))
    reached = main_of(ninos.get(page(introduction)))
    assert "+62 21 5550100" in reached
    assert "dana@secret.example" not in reached
    assert told(nino) == [("introduction_accepted", False)]
    assert told(dana) == [("introduction_asked", True)]
    assert "Dana accepted" in main_of(ninos.get("/account/notifications"))
    assert "You are introduced already" in main_of(ninos.get(ask_page(dana)))


def test_declining_tells_nobody(ninos, danas, nino, dana, introduction):
    before = session().query(OutboxMessage).filter_by(member_id=nino.id).count()
    answer = danas.act(page(introduction, "decline"))
    assert answer.location == "/introductions"
    assert "Nobody is told of it" in danas.get("/introductions").text
    assert "You declined" in main_of(danas.get(page(introduction)))
    assert told(nino) == []
    assert session().query(OutboxMessage).filter_by(member_id=nino.id).count() == before
    assert "Waits for an answer" in main_of(ninos.get(page(introduction)))


def test_taking_it_back_takes_the_news_of_it_back(ninos, danas, dana, introduction):
    assert ninos.act(page(introduction, "withdraw")).location == page(introduction)
    assert "You took it back" in main_of(ninos.get(page(introduction)))
    assert told(dana) == []
    assert danas.get(page(introduction)).status_code == 404
    assert danas.act(page(introduction, "accept"), {"contact": "here"}).status_code == 404
    assert "Nobody has asked" in main_of(danas.get("/introductions"))
    assert ninos.act(page(introduction, "withdraw")).status_code == 409


def test_blocking_declines_and_can_be_ended_there(danas, ninos, introduction):
    assert danas.act(page(introduction, "block")).location == "/introductions"
    shown = main_of(danas.get(page(introduction)))
    assert "You declined" in shown
    assert "End the block" in shown
    assert "Waits for an answer" in main_of(ninos.get(page(introduction)))


def test_who_is_blocked_by_who_asked_finds_nothing_that_waits(ninos, danas, nino, dana, introduction):
    assert ninos.act(f"/members/{dana.public_id}/block").status_code == 303
    assert danas.get(page(introduction)).status_code == 404
    assert "Nino" not in danas.get("/account/notifications").text
    assert "Taken back" in main_of(ninos.get(page(introduction)))


def test_who_narrowed_their_page_is_not_named_and_can_be_blocked_and_reported(danas, nino, introduction):
    change(session().get(Profile, nino.id), audience=FieldAudience.NOBODY)
    for path in ("/introductions", page(introduction), "/account/notifications"):
        shown = danas.get(path)
        assert "Nino" not in shown.text, path
        assert shown.status_code == 200
    assert "A member who is not shown to you would like to meet you" in main_of(danas.get(page(introduction)))
    assert danas.get(f"/members/{nino.public_id}/report").status_code == 200
    assert danas.act(page(introduction, "block")).status_code == 303


def test_who_rests_cannot_be_accepted_for_now(danas, nino, introduction):
    change(nino, status=MemberStatus.SUSPENDED)
    assert "cannot be introduced at present" in main_of(danas.get(page(introduction)))
    assert danas.act(page(introduction, "accept"), {"contact": "here"}).status_code == 409


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR, None])
def test_nobody_else_opens_it(new_client, danas, introduction, role):
    danas.act(page(introduction, "decline"))
    other = new_client().become(make_member(roles=[role] if role else []))
    assert other.get(page(introduction)).status_code == 404
    for verb in ("accept", "decline", "block", "withdraw"):
        assert other.act(page(introduction, verb), {"contact": "here"}).status_code == 404
    assert "Nobody has asked" in main_of(other.get("/introductions"))
    assert "You have asked for no introduction" in main_of(other.get("/introductions/sent"))


def test_neither_side_does_what_is_the_others(ninos, danas, introduction):
    assert danas.act(page(introduction, "withdraw")).status_code == 404
    for verb in ("accept", "decline", "block"):
        assert ninos.act(page(introduction, verb), {"contact": "here"}).status_code == 404


def test_visitors_sign_in_first_and_applicants_are_refused(client, new_client, dana, introduction):
    for path in ("/introductions", "/introductions/sent", page(introduction), ask_page(dana)):
        assert client.get(path).location.startswith("/sign-in")
        applicant = new_client().become(make_member(status=MemberStatus.CONFIRMED))
        # an address that names somebody, or something, tells no more than that there is nothing
        assert applicant.get(path).status_code == (
            404 if path in {page(introduction), ask_page(dana)} else 403
        )


def test_who_is_not_shown_cannot_be_asked_for(ninos, nino, dana):
    change(session().get(Profile, dana.id), audience=FieldAudience.NOBODY)
    for path in (ask_page(dana), ask_page(nino), "/introductions/ask/" + "a" * 22):
        assert ninos.get(path).status_code == 404
        assert ninos.act(path, {"note": NOTE, "contact": "here"}).status_code == 404


def test_the_page_says_what_stands_in_the_way(ninos, nino, dana):
    own = session().get(Profile, nino.id)
    change(own, audience=FieldAudience.LAW_ENFORCEMENT)
    shown = ninos.get(ask_page(dana))
    assert "Your page is for fewer readers than theirs" in main_of(shown)
    assert "/account/profile" in shown.text
    change(own, audience=FieldAudience.MEMBERS)
    block(nino, dana)
    assert "End the block to ask" in main_of(ninos.get(ask_page(dana)))


def test_who_takes_no_messages_and_who_blocked_are_refused_on_the_same_page(ninos, nino):
    pages = []
    for makes in (
        lambda other: change(session().get(Profile, other.id), is_contactable=False),
        lambda other: block(other, nino),
    ):
        other = make_member(display_name="Ines")
        make_profile(other)
        makes(other)
        shown = ninos.get(ask_page(other))
        assert "This member takes no messages from you" in main_of(shown)
        pages.append(shown.text.replace(other.public_id, "<id>").replace(ninos.token(), "<token>"))
        assert "Ask for an introduction" not in ninos.get(f"/members/{other.public_id}").text
    assert pages[0] == pages[1]


def test_what_was_typed_stays_when_something_is_wrong(ninos, danas, dana):
    answer = ninos.submit(ask_page(dana), {"note": "x" * 601, "contact": "two\tlines"})
    assert answer.status_code == 422
    assert "x" * 601 in answer.text
    answer = ninos.submit(ask_page(dana), {"note": "Why not", "contact": "two\tlines"})
    assert answer.status_code == 422
    assert "Write this on one line" in answer.text
    answer = ninos.submit(ask_page(dana), {"note": "hidden \u202e sign", "contact": "here"})
    assert answer.status_code == 422
    ninos.submit(ask_page(dana), {"note": NOTE, "contact": "here"})
    again = ninos.act(ask_page(dana), {"note": "My second words", "contact": "here"})
    assert again.status_code == 409
    assert "My second words" in again.text
    introduction = only_introduction()
    answer = danas.submit(page(introduction), {"contact": " "})
    assert answer.status_code == 422
    assert "Say how you can be reached" in main_of(answer, 422)


def test_markup_is_shown_as_it_was_typed(ninos, danas, dana):
    ninos.submit(ask_page(dana), {"note": "<script>alert(1)</script>\n\nTwo", "contact": "<b>me</b>"})
    introduction = only_introduction()
    shown = danas.get(page(introduction))
    assert "&lt;script&gt;" in shown.text
    danas.submit(shown, {"contact": "javascript:alert(1)"})
    assert "&lt;b&gt;me" in danas.get(page(introduction)).text
    assert 'href="javascript' not in ninos.get(page(introduction)).text


def test_the_eleventh_of_a_day_is_refused_and_kept(ninos, dana, clock):
    for number in range(11):
        other = make_member(display_name=f"Ines {number}")
        make_profile(other)
        answer = ninos.submit(ask_page(other), {"note": f"Words {number}", "contact": "here"})
        assert answer.status_code == (303 if number < 10 else 429)
    assert "Words 10" in answer.text
    assert "10 introductions within a day" in main_of(answer, 429)
    assert "You can go on from" in main_of(answer, 429)


class TestAbout:
    """What an introduction is about is shown to who may see it, and to nobody else."""

    @pytest.mark.parametrize("is_hidden", [False, True])
    def test_each_side_reads_it_as_far_as_they_may_see_it(self, new_client, danas, dana, is_hidden):
        officer = make_member(law_enforcement="GE")
        make_profile(officer)
        ninos = new_client().become(officer)
        innovation = published(make_scene(), readership=POLICE if is_hidden else MEMBERS).innovation
        about = f"innovation:{innovation.public_id}"
        shown = ninos.get(ask_page(dana, about))
        assert "About the innovation Ledger of gifts" in main_of(shown)
        ninos.submit(shown, {"note": NOTE})
        introduction = only_introduction()
        assert introduction.about == about
        assert "Ledger of gifts" in main_of(ninos.get(page(introduction)))
        assert ("Ledger of gifts" not in danas.get(page(introduction)).text) is is_hidden

    @pytest.mark.parametrize(
        "about", ["innovation:none", "member:x", "request:' OR 1=1", "x" * 5000, ":", "\x00"]
    )
    def test_what_who_asks_may_not_see_is_left_out(self, ninos, dana, about):
        assert "About the" not in main_of(ninos.get(ask_page(dana, about)))
        ninos.act(ask_page(dana, about), {"note": NOTE, "contact": "here"})
        assert only_introduction().about == ""


class TestCounts:
    """Coordinators read how many there are, and nothing of which."""

    def test_numbers_below_five_are_veiled_and_nothing_is_named(self, new_client, ninos, danas, introduction):
        danas.act(page(introduction, "decline"))
        for number in range(4):
            other = make_member(display_name=f"Ines {number}")
            make_profile(other)
            ninos.submit(ask_page(other), {"note": NOTE, "contact": "here"})
        desk = new_client().become(make_member(roles=[Role.COORDINATOR]))
        shown = desk.get("/coordinate/introductions")
        read = main_of(shown)
        # the declined one counts among those that wait, as for who asked
        assert "Waits: 5" in read
        assert read.count("fewer than 5") == 3
        assert "Nino" not in read
        assert "Dana" not in read
        assert NOTE not in shown.text
        assert "declined" not in read.casefold().replace("a decline is silent", "")

    def test_nobody_else_opens_it(self, new_client):
        for roles in ([], [Role.INTEGRITY_OFFICER], [Role.ADMINISTRATOR]):
            assert (
                new_client().become(make_member(roles=roles)).get("/coordinate/introductions").status_code
                == 403
            )

    def test_an_empty_year_says_so(self, new_client):
        desk = new_client().become(make_member(roles=[Role.COORDINATOR]))
        assert "Nobody has asked" in main_of(desk.get("/coordinate/introductions"))


def test_what_waits_for_an_answer_waits_on_the_start_page_until_it_is_answered(introduction, ninos, danas):
    assert "Answer who would like to meet you" in main_of(danas.get("/start"))
    assert "Answer who would like to meet you" not in main_of(ninos.get("/start"))
    danas.act(page(introduction, "decline"))
    assert "Answer who would like to meet you" not in main_of(danas.get("/start"))
