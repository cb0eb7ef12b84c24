"""The pages on which curators score, rank, decide and send; a curator with a conflict finds nothing on any of them."""

import csv
import io
import re

import pytest

from hub.showcases.models import EntryDecision, EntryStatus, ShowcaseStatus
from hub.showcases.review.deciding import seen_of
from tests.showcases.review.judging import decided, reviewed_showcase, scored
from tests.showcases.scenes import (
    confirmed_entry,
    make_curator,
    opened_showcase,
    proposed_entry,
    published_showcase,
)
from tests.web.client import main_of, words

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


def rows(entry, *values):
    return {
        f"points-{each.id}": str(value) for each, value in zip(entry.showcase.criteria, values, strict=False)
    }


def test_a_curator_scores_what_waits_and_then_reads_the_others(page, scene, new_client):
    showcase, (_first, second), (entry, _other) = scene
    scored(entry, second, 4, comment="Others can use it.")
    assert "2 entries wait for your scores" in text_of(page.get(address(showcase, "entries")))
    before = page.get(of(entry))
    assert "Others can use it." not in before.text
    answer = page.submit(before, {**rows(entry, 5, 2), "comment": "Solid."})
    assert (answer.status_code, answer.location) == (303, of(entry))
    after = text_of(page.get(of(entry)))
    for said in ("Others can use it.", "Solid.", "Weighted mean: 3.90", "2 of 2 curators", "Discussion"):
        assert said in after
    assert "1 entry waits for your scores" in text_of(page.get(address(showcase, "entries")))


def test_missing_points_come_back_with_what_was_typed(page, scene):
    entry = scene[2][0]
    answer = page.submit(of(entry), {**rows(entry, 5), "comment": "Half of it."}, action=of(entry, "score"))
    assert answer.status_code == 422
    assert "Choose a score." in text_of(answer)
    assert "Half of it." in answer.text
    assert re.search(r'value="5"\s+checked', answer.text)
    # every row that is empty is marked, not the first alone
    page.get(of(entry))
    answer = page.submit(of(entry), {}, action=of(entry, "score"))
    assert answer.text.count("govuk-error-message") == len(entry.showcase.criteria)


def test_a_draft_may_be_incomplete_and_shows_nothing_of_the_others(page, scene):
    _showcase, (_first, second), (entry, _other) = scene
    scored(entry, second, 4, comment=CANARY)
    answer = page.submit(of(entry), rows(entry, 5), button=("step", "draft"), action=of(entry, "score"))
    assert answer.status_code == 303
    assert CANARY not in page.get(of(entry)).text


def test_scores_from_two_windows_are_told(page, scene):
    entry = scene[2][0]
    opened = page.get(of(entry))
    page.submit(opened, rows(entry, 5, 5), action=of(entry, "score"))
    answer = page.submit(opened, {**rows(entry, 1, 1), "comment": "From here."}, action=of(entry, "score"))
    assert answer.status_code == 409
    assert "another window" in text_of(answer)
    assert page.submit(answer, {"comment": "From here."}, action=of(entry, "score")).status_code == 303


def test_remarks_are_written_after_ones_own_scores(page, scene, new_client):
    _showcase, (first, second), (entry, _other) = scene
    assert page.act(of(entry, "remark"), {"words": "Early."}).status_code == 403
    scored(entry, first, 3)
    assert page.submit(of(entry), {"words": ""}, action=of(entry, "remark")).status_code == 422
    answer = page.submit(of(entry), {"words": "Ask for the numbers."}, action=of(entry, "remark"))
    assert answer.status_code == 303
    scored(entry, second, 2)
    assert "Ask for the numbers." in text_of(new_client().become(second).get(of(entry)))


def test_the_board_tells_who_scored_and_never_what(page, scene):
    showcase, (_first, second), (entry, _other) = scene
    scored(entry, second, 5)
    shown = text_of(page.get(address(showcase, "progress")))
    assert "1 of 4 scores are given." in shown
    assert second.display_name in shown
    assert "5.00" not in shown


def test_the_ranking_sorts_and_shows_ones_own(page, scene):
    showcase, (first, second), (low, high) = scene
    for curator, points in ((first, 2), (second, 4)):
        scored(low, curator, points)
        scored(high, curator, 5)
    shown = page.get(address(showcase, "ranking"))
    assert text_of(shown).index("5.00") < text_of(shown).index("3.00")
    assert "± 1.00" in text_of(shown)
    by_spread = page.get(address(showcase, "ranking") + "?sort=spread").text
    assert by_spread.index(low.public_id) < by_spread.index(high.public_id)
    assert page.get(address(showcase, "ranking") + "?sort=nonsense").status_code == 200
    assert 'aria-current="page">Ranking' in shown.text


def test_the_file_holds_what_the_page_shows_and_its_label(page, scene):
    showcase, (first, second), (entry, other) = scene
    scored(entry, first, 4)
    scored(entry, second, 2)
    scored(other, second, 1)
    answer = page.act(address(showcase, "ranking", "export"))
    head, best, unread = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (head[0], best[0]) == ("TLP", "TLP:CLEAR")
    assert best[4:8] == ["3.00", "2.00", "4.00", "1.00"]
    assert unread[4:8] == ["", "", "", ""]


def test_an_empty_ranking_gives_no_file(page, database):
    curator = make_curator()
    showcase = opened_showcase(curator)
    assert page.become(curator).act(address(showcase, "ranking", "export")).status_code == 409
    assert "no entry here yet" in text_of(page.get(address(showcase, "ranking")))


@pytest.mark.parametrize("decision", EntryDecision)
def test_each_decision_has_words_of_its_own_to_change(page, scene, decision):
    entry = scene[2][0]
    opened = page.get(of(entry, "decide") + f"?decision={decision}")
    assert "Thank you for proposing this innovation." in text_of(opened)
    answer = page.post(
        of(entry, "decide") + f"?decision={decision}",
        data={"csrf_token": page.token(), "words": "Ours.", "position": "2", "seen": ""},
    )
    assert answer.status_code == 303
    assert (entry.pending, entry.pending_words) == (decision, "Ours.")
    assert "Ours." in text_of(page.get(of(entry)))


def test_a_decision_without_words_comes_back(page, scene):
    entry = scene[2][0]
    answer = page.submit(of(entry, "decide"), {"words": " "})
    assert answer.status_code == 422
    assert entry.pending is None


def test_who_decides_second_gets_both(page, scene, new_client):
    _showcase, (_first, second), (entry, _other) = scene
    opened = page.get(of(entry, "decide"))
    decided(entry, second, EntryDecision.REJECT, "Too early.")
    answer = page.submit(opened, {"words": "Welcome."})
    assert answer.status_code == 409
    assert "Another curator decided" in text_of(answer)
    assert "Welcome." in answer.text
    assert "Do not choose" in text_of(answer)
    assert page.submit(answer, {"words": "Welcome after all."}).status_code == 303
    assert entry.pending is EntryDecision.ACCEPT


def test_what_is_sent_names_its_decision(page, scene):
    showcase, _curators, (entry, _other) = scene
    assert page.act(of(entry, "decide"), {"words": "Welcome."}).status_code == 404
    assert page.act(address(showcase, "decide-several"), {"words": "Welcome."}).status_code == 404


def test_a_decision_is_taken_back(page, scene):
    _showcase, (first, _second), (entry, _other) = scene
    decided(entry, first)
    stale = seen_of(entry)
    assert page.act(of(entry, "undo-decision"), {"seen": ""}).status_code == 409
    assert page.act(of(entry, "undo-decision"), {"seen": stale}).status_code == 303
    assert entry.pending is None


def test_several_are_chosen_by_their_mean(page, scene):
    showcase, (first, _second), (low, high) = scene
    scored(low, first, 2)
    scored(high, first, 5)
    opened = page.get(address(showcase, "decide-several") + "?decision=accept&least=4,5&most=")
    assert high.public_id in opened.text
    assert low.public_id not in opened.text
    answer = page.post(
        address(showcase, "decide-several") + "?decision=accept&least=4,5",
        data={"csrf_token": page.token(), "entries": [high.public_id], "words": "Welcome."},
    )
    assert answer.status_code == 303
    assert (high.pending, low.pending) == (EntryDecision.ACCEPT, None)
    again = page.post(
        address(showcase, "decide-several") + "?decision=reject",
        data={"csrf_token": page.token(), "entries": [high.public_id], "words": "Welcome."},
    )
    assert again.status_code == 409


def test_several_need_a_choice(page, scene):
    showcase = scene[0]
    answer = page.submit(address(showcase, "decide-several"), {"words": "Welcome."})
    assert answer.status_code == 422
    assert "Choose at least one entry." in text_of(answer)


@pytest.mark.parametrize("typed", ["x", "nan", "inf", "-1", "5,0,0"])
def test_a_mean_that_is_none_narrows_nothing(page, scene, typed):
    showcase = scene[0]
    opened = page.get(address(showcase, "decide-several"), query_string={"least": typed})
    assert all(each.public_id in opened.text for each in scene[2])


def test_all_decisions_are_sent_together(page, scene, new_client):
    showcase, (first, second), (one, two) = scene
    decided(one, first, words="Welcome to Paris.")
    shown = page.get(address(showcase, "send"))
    assert "No decision yet" in text_of(shown)
    assert "Send all decisions" not in shown.text
    assert page.act(address(showcase, "send")).status_code == 409
    decided(two, second, EntryDecision.REJECT)
    # sending cannot be undone: what goes out is read before
    shown = page.get(address(showcase, "send"))
    assert "Welcome to Paris." in text_of(shown)
    assert all(of(each) in shown.text for each in (one, two))
    assert "0 of 4 scores are given." in text_of(shown)
    assert page.submit(address(showcase, "send")).status_code == 303
    assert (one.status, two.status) == (EntryStatus.ACCEPTED, EntryStatus.REJECTED)
    assert "Sent on" in text_of(page.get(address(showcase, "send")))
    assert page.act(address(showcase, "send")).status_code == 409
    assert "Welcome to Paris." in text_of(page.get(of(one)))


def test_a_waiting_entry_is_accepted_out_of_turn(new_client, database):
    curator = make_curator()
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW)
    entry = proposed_entry(showcase, status=EntryStatus.WAITLISTED, waitlist_position=2)
    page = new_client().become(curator)
    assert page.submit(of(entry), action=of(entry, "move-up")).status_code == 303
    assert entry.status is EntryStatus.ACCEPTED


def test_featuring_takes_two(new_client, database):
    first, second = make_curator(), make_curator()
    entry = confirmed_entry(published_showcase(first, team=[second]))
    one, two = new_client().become(first), new_client().become(second)
    assert one.submit(of(entry, "feature"), {"reason": ""}).status_code == 422
    assert one.submit(of(entry, "feature"), {"reason": "Used in three countries."}).status_code == 303
    assert "Withdraw the proposal" in text_of(one.get(of(entry)))
    shown = two.get(of(entry))
    assert "Used in three countries." in text_of(shown)
    approve = re.search(r'action="([^"]+/approve)"', shown.text)[1]
    assert one.act(approve).status_code == 403
    assert two.act(approve).status_code == 303
    assert entry.is_featured
    assert one.act(of(entry, "end-feature")).status_code == 303
    assert not entry.is_featured


def test_a_proposal_is_declined_with_words_or_withdrawn(new_client, database):
    first, second = make_curator(), make_curator()
    entry = confirmed_entry(published_showcase(first, team=[second]))
    one, two = new_client().become(first), new_client().become(second)
    one.submit(of(entry, "feature"), {"reason": "Used widely."})
    decline = re.search(r'href="([^"]+/decline)"', two.get(of(entry)).text)[1]
    assert two.submit(decline, {"words": ""}).status_code == 422
    assert two.submit(decline, {"words": "Not yet."}).status_code == 303
    assert "Not yet." in text_of(one.get(of(entry)))
    assert two.get(decline).status_code == 409
    one.submit(of(entry, "feature"), {"reason": "Again."})
    withdraw = re.search(r'action="([^"]+/withdraw)"', one.get(of(entry)).text)[1]
    assert one.act(withdraw).status_code == 303


def test_what_the_state_does_not_allow_is_said(new_client, database):
    curator = make_curator()
    showcase = opened_showcase(curator)
    entry = proposed_entry(showcase)
    page = new_client().become(curator)
    for each in (of(entry, "decide"), of(entry, "feature"), address(showcase, "decide-several")):
        assert page.get(each).status_code == 409
    assert "the call is over" in text_of(page.get(address(showcase, "send")))
