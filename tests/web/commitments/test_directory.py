"""The directory of commitments: what filters leave, the plans in time, and the file."""

import pytest

from hub.commitments.models import CommitmentStatus
from tests.commitments.making import make_commitment
from tests.factories import make_member


@pytest.fixture
def others(commitment):
    """Commitments beside that of `commitment`: a Georgian one without an owner, and a draft."""
    make_commitment(code="GE9001", country="GE", title="Open courts", words="open courts")
    make_commitment(code="UK9009", title="Not said yet", status=CommitmentStatus.DRAFT)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"UK9001", "GE9001"}),
        ("?country=GE", {"GE9001"}),
        ("?owner=yes", {"UK9001"}),
        ("?q=courts", {"GE9001"}),
        ("?status=nonsense&view=plans", {"UK9001", "GE9001"}),
        ("?year=99999999999999999999999", {"UK9001", "GE9001"}),
        ("?year=-1", {"UK9001", "GE9001"}),
        ("?page=999", {"UK9001", "GE9001"}),
        ("?country=FR", set()),
    ],
)
def test_filters_leave_what_they_say(client, others, text, asked, found):
    seen = text(client.get(f"/commitments{asked}"))
    assert {code for code in ("UK9001", "GE9001", "UK9009") if code in seen} == found


def test_drafts_stand_in_it_for_their_keepers(keeper, others, text):
    assert "UK9009" in text(keeper.get("/commitments"))


def test_the_file_holds_what_visitors_read_whoever_asks(keeper, others):
    answer = keeper.get("/commitments.csv?sort=code")
    assert [row[:6] for row in answer.text.splitlines()[1:]] == ["GE9001", "UK9001"]


def test_the_file_is_written_before_the_session_ends(client, others):
    answer = client.get("/commitments.csv")
    assert answer.content_length == len(answer.data) > 0


def test_one_browser_asks_for_no_more_lists_than_the_hub_makes(client, database):
    answers = [client.get("/commitments?year=2000").status_code for _ in range(21)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_who_may_enter_commitments_is_led_there(keeper, new_client, database, text):
    assert "Enter a commitment" in text(keeper.get("/commitments"))
    assert "Enter a commitment" not in text(new_client().become(make_member()).get("/commitments"))
