"""The conversation in a browser: reading, writing, files, receipts, leaving, calling, reporting."""

import io
import zipfile

import pytest
from sqlalchemy import select

from hub.collaboration.models import CallStatus, ConversationMessage, MessageFile, ResponseStatus
from hub.core.clock import now
from hub.core.database import session
from hub.members.models import AbuseReport, Block
from tests.collaboration.requests import MEMBERS
from tests.collaboration.talks import begun, called, helper, make_scene, wrote
from tests.web.catalogue.sending import faults_of, typed_in
from tests.web.client import main_of, parse, words as words_of
from tests.web.collaboration.talking import address, say

TEXT = ("plan.txt", b"First the notices, then the law.")


def messages():
    """Return what was written, the oldest first."""
    return session().scalars(select(ConversationMessage).order_by(ConversationMessage.id)).all()


def bomb():
    """Return an archive that unpacks to a thousand times its size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", b"0" * 30_000_000)
    return packed.getvalue()


def page_words(answer):
    """Return the words of a page's main part, one by one."""
    return words_of(main_of(answer.text)).split()


@pytest.fixture
def browsers(new_client):
    """Open the browser of one of the scene."""
    return lambda who: new_client().become(who)


def test_both_sides_talk_and_share_a_file(database, browsers):
    scene = make_scene(readership=MEMBERS)
    poster, responder = browsers(scene.poster), browsers(scene.responder)
    assert "Nobody has written yet" in poster.get(address(scene)).text
    assert "The requester begins the conversation" in responder.get(address(scene)).text
    answer = say(poster, scene, "Do you read **OCDS**? <script>alert(1)</script>", [TEXT])
    assert answer.status_code == 303
    page = responder.get(address(scene)).text
    assert "<strong>OCDS</strong>" in page
    assert "<script>alert" not in page
    assert "plan.txt" in page
    assert "TLP:GREEN" in page
    assert say(responder, scene, "We do.").status_code == 303
    assert "We do." in poster.get(address(scene)).text
    assert [each.tlp for each in messages()] == ["GREEN", "GREEN"]


def test_nobody_else_finds_the_page_or_the_file(database, browsers):
    scene = make_scene()
    say(browsers(scene.poster), scene, "See this.", [TEXT])
    file = session().scalars(select(MessageFile)).one()
    for who in (scene.rival, scene.stranger, helper()):
        browser = browsers(who)
        assert browser.get(address(scene)).status_code == 404
        assert browser.get(address(scene, "files", file.public_id)).status_code == 404
        assert say(browser, scene, "Let me in.").status_code == 404
        for verb in ("receipts", "leave", "return", "raise", "call", "call/withdraw"):
            assert browser.act(address(scene, verb)).status_code == 404, verb


def test_a_file_comes_as_an_attachment_and_is_kept_nowhere(database, browsers):
    scene = make_scene()
    poster, responder = browsers(scene.poster), browsers(scene.responder)
    say(poster, scene, "See this.", [TEXT])
    file = session().scalars(select(MessageFile)).one()
    answer = responder.get(address(scene, "files", file.public_id))
    assert answer.data == TEXT[1]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()
    responder.act(address(scene, "leave"))
    assert responder.get(address(scene, "files", file.public_id)).status_code == 404


def test_a_file_of_another_conversation_is_not_found_in_this_one(database, browsers):
    scene, other = make_scene(), make_scene()
    say(browsers(other.poster), other, "See this.", [TEXT])
    wrote(scene, "poster")
    file = session().scalars(select(MessageFile)).one()
    assert browsers(scene.poster).get(address(scene, "files", file.public_id)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("plan.pdf.exe", b"MZ"),
        ("plan.exe.pdf", b"MZ not a PDF"),
        ("plan.png", b"<script>alert(1)</script>"),
        ("plan.zip", bomb()),
        ("empty.txt", b""),
    ],
)
def test_a_file_that_is_not_taken_is_named_and_loses_no_words(database, browsers, name, content):
    scene = make_scene()
    answer = say(browsers(scene.poster), scene, "What I typed.", [TEXT, (name, content)])
    assert answer.status_code == 422
    assert faults_of(answer)["files"].startswith(f"{name} cannot be sent.")
    assert "What I typed." in typed_in(answer)
    assert not messages()


def test_more_than_five_files_are_refused(database, browsers):
    scene = make_scene()
    answer = say(browsers(scene.poster), scene, "Six.", [(f"plan{place}.txt", b"a") for place in range(6)])
    assert (answer.status_code, "files" in faults_of(answer)) == (422, True)


def test_files_that_are_too_large_together_are_refused_in_words(database, browsers):
    scene = make_scene()
    large = b"word " * 3_000_000
    answer = say(browsers(scene.poster), scene, "Both.", [("one.txt", large), ("two.txt", large)])
    assert answer.status_code == 413
    assert "up to 20 MB together" in answer.text
    assert not messages()


def test_words_that_look_like_a_case_are_asked_about_before_they_are_kept(database, browsers):
    scene = make_scene()
    browser = browsers(scene.poster)
    typed = "Transfer to DE89 3704 0044 0532 0130 00, as agreed."
    answer = say(browser, scene, typed, [TEXT])
    assert answer.status_code == 422
    assert "Is this from a real case?" in answer.text
    assert typed in typed_in(answer)
    assert "files" in faults_of(answer)
    assert not messages()


def test_an_empty_message_is_refused(database, browsers):
    scene = make_scene()
    assert "words" in faults_of(say(browsers(scene.poster), scene, "  "))


def test_a_responder_who_writes_too_early_keeps_the_words(database, browsers):
    scene = make_scene()
    answer = say(browsers(scene.responder), scene, "Take us, please.")
    assert answer.status_code == 403
    assert "Take us, please." in answer.text
    assert say(browsers(scene.responder), scene, " ").status_code == 422


def test_a_closed_conversation_is_read_and_keeps_what_was_typed(database, browsers):
    scene = begun()
    scene.response.status = ResponseStatus.WITHDRAWN
    session().commit()
    answer = say(browsers(scene.poster), scene, "Too late?")
    assert answer.status_code == 409
    assert "This conversation is closed" in answer.text
    assert "Too late?" in answer.text


def test_what_is_new_is_marked_and_listed_among_the_messages(database, browsers):
    scene = begun()
    responder = browsers(scene.responder)
    assert scene.request.title in responder.get("/account/messages").text
    responder.get(address(scene))
    assert "New in your conversations" not in responder.get("/account/messages").text
    wrote(scene, "poster", "And another thing.")
    assert page_words(responder.get(address(scene))).count("New") == 1
    assert page_words(responder.get(address(scene))).count("New") == 0


def test_receipts_are_seen_only_where_both_show_them(database, browsers):
    scene = begun()
    poster, responder = browsers(scene.poster), browsers(scene.responder)
    responder.get(address(scene))
    seen = f"Read up to here by {scene.responder.display_name}"
    assert seen not in poster.get(address(scene)).text
    poster.act(address(scene, "receipts"), {"shows": "yes"})
    assert seen not in poster.get(address(scene)).text
    responder.act(address(scene, "receipts"), {"shows": "yes"})
    assert seen in poster.get(address(scene)).text
    poster.act(address(scene, "receipts"), {"shows": "no"})
    assert seen not in poster.get(address(scene)).text


def test_who_left_finds_the_way_back_and_nothing_else(database, browsers):
    scene = begun()
    responder = browsers(scene.responder)
    responder.act(address(scene, "leave"))
    page = responder.get(address(scene)).text
    assert "You left this conversation" in page
    assert "notices" not in words_of(main_of(page)).replace(scene.request.title, "")
    assert say(responder, scene, "Still here.").status_code == 409
    responder.submit(address(scene), action=address(scene, "return"))
    assert "of 2019 too?" in responder.get(address(scene)).text


def test_a_label_is_raised_on_the_page(database, browsers):
    scene = begun(readership=MEMBERS)
    poster = browsers(scene.poster)
    poster.submit(address(scene), {"tlp": "AMBER"}, action=address(scene, "raise"))
    assert "from now on is TLP:AMBER" in poster.get(address(scene)).text
    for wrong in ("GREEN", "", "PURPLE"):
        assert poster.act(address(scene, "raise"), {"tlp": wrong}).status_code == 422


def test_a_coordinator_is_called_reads_along_and_is_sent_away(database, browsers):
    scene = begun()
    responder = browsers(scene.responder)
    answer = responder.submit(address(scene, "call"), {"words": "They ask for more than was said."})
    assert answer.status_code == 303
    page = responder.get(address(scene)).text
    assert "No coordinator has taken the call yet" in page
    assert "They ask for more" not in browsers(scene.poster).get(address(scene)).text
    assert responder.get(address(scene, "call")).status_code == 409
    assert responder.act(address(scene, "call/withdraw")).status_code == 303
    coordinator = helper()
    called(scene, taken_by=coordinator)
    helping = browsers(coordinator)
    assert "of 2019 too?" in helping.get(address(scene)).text
    assert say(helping, scene, "Both of you decide.").status_code == 303
    assert "Coordinator who was called" in responder.get(address(scene)).text


def test_a_message_is_reported_with_its_words(database, browsers):
    scene = begun()
    message = messages()[0]
    path = address(scene, "messages", message.public_id, "report")
    responder = browsers(scene.responder)
    answer = responder.submit(path, {"kind": "threat", "words": "It presses us."})
    assert answer.status_code == 303
    report = session().scalars(select(AbuseReport)).one()
    assert "of **2019**" not in report.quoted
    assert "TLP:CLEAR" in report.quoted
    page = browsers(helper()).get(f"/coordinate/abuse/{report.public_id}").text
    assert "What was said in a conversation" in page
    assert "of 2019 too?" in page
    assert browsers(scene.poster).get(path).status_code == 404
    assert browsers(scene.rival).get(path).status_code == 404


def test_the_page_asks_as_many_queries_for_fifty_messages_as_for_two(database, browsers, queries):
    scene = make_scene()
    file = [("plan.txt", b"a")]
    poster = browsers(scene.poster)
    for number in range(2):
        say(poster, scene, f"Number {number}", file)
    poster.get(address(scene))
    with queries:
        poster.get(address(scene))
    few = len(queries)
    for number in range(60):
        wrote(scene, ("poster", "responder")[number % 2], f"Number {number}", is_limited=False)
    poster.get(address(scene))
    with queries:
        page = poster.get(address(scene)).text
    assert len(queries) == few
    assert "Earlier messages" in page
    first = page.partition("?before=")[2].partition('"')[0]
    earlier = poster.get(f"{address(scene)}?before={first}").text
    assert "Number 0" in earlier
    assert "Latest messages" in earlier


def test_the_answer_of_a_coordinator_is_read_by_who_called_alone(database, browsers):
    scene = begun()
    call = called(scene, by="responder", taken_by=helper())
    call.status, call.answer, call.answered_at = CallStatus.ANSWERED, "Point them to the terms.", now()
    session().commit()
    assert "Point them to the terms." in browsers(scene.responder).get(address(scene)).text
    assert "Point them to the terms." not in browsers(scene.poster).get(address(scene)).text


def test_every_link_of_a_closed_conversation_leads_somewhere(database, browsers):
    scene = begun()
    scene.response.status = ResponseStatus.WITHDRAWN
    session().commit()
    for who in (scene.poster, scene.responder):
        browser = browsers(who)
        main = parse(browser.get(address(scene)).text)
        for link in main.iter("a"):
            if link.get("href").startswith("/collaboration"):
                assert browser.get(link.get("href")).status_code == 200, link.get("href")


def test_what_somebody_wrote_whom_one_blocked_is_folded(database, browsers):
    scene = begun()
    session().add(Block(member_id=scene.responder.id, blocked_id=scene.poster.id, blocked_at=now()))
    session().commit()
    assert "You blocked who wrote this" in browsers(scene.responder).get(address(scene)).text
    assert "You blocked who wrote this" not in browsers(scene.colleague).get(address(scene)).text
