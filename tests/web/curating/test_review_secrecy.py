"""What curators with a conflict, other coordinators and proposers find of the review of entries: nothing."""

import pytest

from hub.access.viewer import Role
from hub.core.database import session
from hub.showcases.models import EntryDecision, EntryStatus
from tests.factories import make_member
from tests.showcases.review.judging import decided, reviewed_showcase, scored, under_review
from tests.showcases.scenes import (
    make_curator,
    recorded_innovation,
)
from tests.web.catalogue.conftest import QueryCount
from tests.web.client import TOKEN, main_of, words

CANARY = "Kanarienvogel"


def address(showcase, *rest):
    return "/".join(["/coordinate/showcases", showcase.slug, *rest])


def of(entry, *rest):
    return address(entry.showcase, "entries", entry.public_id, *rest)


def text_of(answer):
    return words(main_of(answer.text))


@pytest.fixture
def scene(database):
    return reviewed_showcase(entries=2, team=2)


@pytest.fixture
def page(new_client, scene):
    """The browser of the first curator."""
    return new_client().become(scene[1][0])


def pages_of(showcase):
    return [
        address(showcase, each)
        for each in ("entries", "progress", "ranking", "ranking?sort=spread", "send", "decide-several")
    ]


def test_nobody_sends_what_they_may_not_know(page, scene, new_client):
    showcase, (first, second), entries = scene
    own = under_review(showcase, by=second, presenters=[])
    for each in (*entries, own):
        decided(each, first)
    tied = new_client().become(second)
    assert "Send all decisions" in tied.get(address(showcase, "send")).text
    answer = tied.act(address(showcase, "send"))
    assert answer.status_code == 403
    assert "conflict" not in text_of(answer)
    assert own.status is EntryStatus.UNDER_REVIEW
    assert page.act(address(showcase, "send")).status_code == 303


def test_who_recuses_themselves_finds_nothing_any_more(page, scene):
    showcase, (first, _second), (entry, other) = scene
    scored(entry, first, 4, comment=CANARY)
    assert page.submit(of(entry, "recuse"), {"words": "x" * 501}).status_code == 422
    answer = page.submit(of(entry, "recuse"), {"words": "We are friends."})
    assert (answer.status_code, answer.location) == (303, address(showcase, "entries"))
    assert page.get(of(entry)).status_code == 404
    for each in ("entries", "progress", "ranking", "send", "decide-several"):
        shown = page.get(address(showcase, each)).text
        assert entry.public_id not in shown
        assert other.public_id in shown


def test_a_curator_with_a_conflict_finds_no_trace(new_client, scene):
    showcase, (first, second), entries = scene
    own = under_review(
        showcase,
        recorded_innovation(name=f"{CANARY} register"),
        presenters=[second],
        pitch=CANARY,
        needs=CANARY,
    )
    scored(own, first, 5, comment=CANARY)
    decided(own, first, words=CANARY)
    for each in entries:
        scored(each, first, 3)
        scored(each, second, 4)
    tied, free = new_client().become(second), new_client().become(first)
    for each in pages_of(showcase):
        shown = tied.get(each)
        assert (shown.status_code, CANARY in shown.text, own.public_id in shown.text) == (200, False, False)
    assert CANARY in free.get(address(showcase, "entries")).text
    assert "4 of 4 scores are given." in text_of(tied.get(address(showcase, "progress")))
    assert CANARY not in tied.act(address(showcase, "ranking", "export")).text
    for verb in ("", "recuse", "decide", "feature"):
        assert tied.get(of(own, *filter(None, [verb]))).status_code == 404
    for verb in ("score", "remark", "decide", "undo-decision", "move-up", "feature", "end-feature", "recuse"):
        assert tied.act(of(own, verb)).status_code == 404


def test_nobody_outside_the_team_finds_the_pages(new_client, scene):
    showcase, _curators, (entry, _other) = scene
    people = (make_curator(), make_member(), entry.proposed_by)
    for browser in (*(new_client().become(each) for each in people),):
        for each in (*pages_of(showcase), of(entry), of(entry, "decide")):
            assert browser.get(each).status_code == 404
    assert new_client().get(of(entry)).status_code in {302, 303}


def test_nobody_sees_a_pending_decision_early(page, scene, new_client):
    showcase, (first, _second), (entry, _other) = scene
    side = new_client().become(entry.proposed_by)
    addresses = (f"/showcases/{showcase.slug}/entries/{entry.public_id}", "/showcases/mine", "/start")

    def seen():
        return [TOKEN.sub("", side.get(each, follow_redirects=True).text) for each in addresses]

    before = seen()
    scored(entry, first, 2, comment=CANARY)
    page.submit(of(entry, "decide") + "?decision=waitlist", {"words": CANARY, "position": "1"})
    assert entry.pending is EntryDecision.WAITLIST
    assert seen() == before
    assert side.get(of(entry)).status_code == 404


def test_what_nobody_on_the_team_may_judge_reaches_the_integrity_officers(new_client, database):
    showcase, (curator,), _none = reviewed_showcase(entries=0)
    under_review(showcase, recorded_innovation(name=CANARY), by=curator, presenters=[])
    officer = new_client().become(make_member(roles=[Role.INTEGRITY_OFFICER]))
    shown = officer.get("/integrity")
    assert "An entry for a showcase to judge" in text_of(shown)
    assert f"/showcases/{showcase.public_id}" in shown.text
    assert CANARY not in shown.text


def test_lists_ask_as_much_for_many_entries_as_for_few(app, page, scene):
    showcase, (first, second), entries = scene
    for each in entries:
        scored(each, first, 3)
    queries = QueryCount(app.extensions["hub"].bind)

    def asked():
        found = []
        for each in pages_of(showcase):
            session().expire_all()
            with queries:
                page.get(each)
            found.append(len(queries))
        return found

    page.get(address(showcase, "entries"))
    few = asked()
    for _ in range(4):
        scored(under_review(showcase), second, 3)
    assert asked() == few
