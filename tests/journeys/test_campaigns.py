"""The crash and race campaigns of `make soak` in their small size."""

from benchmarks.campaigns import crash, race, responses


def test_kills_while_publishing_lose_nothing_that_was_acknowledged(tmp_path):
    found = crash.run(tmp_path, kills=4, is_timed=False)
    assert found["acknowledged"] > 0
    assert found["passed"], found


def test_of_many_decisions_at_once_one_counts(tmp_path):
    found = race.run(tmp_path, rounds=1, requests=24)
    assert found["passed"], found


def test_of_many_responses_at_once_none_is_lost_and_of_two_acceptances_one_counts(tmp_path):
    found = responses.run(tmp_path, rounds=1, responses=12)
    assert found["passed"], found
