"""Two curators who decide or send at the same moment, or while an entry is withdrawn: one clear outcome each."""

import pytest
from sqlalchemy import func, select

from hub.audit.models import AuditEntry
from hub.core.database import make_engine, session, session_scope
from hub.members.models import Member
from hub.notifications.models import Notification
from hub.showcases.models import Entry, EntryDecision, EntryStatus, Showcase
from hub.showcases.review.deciding import Decision, decide_entry, decide_several
from hub.showcases.review.recusing import recuse_from_entry
from hub.showcases.review.scoring import Scores, save_scores
from hub.showcases.review.sending import send_decisions
from tests.collaboration.test_races_of_responses import WAS_FASTER, at_once, entries, get, one, stored
from tests.journeys.live import database_address
from tests.postgres import POSTGRES_URL
from tests.showcases.review.judging import WORDS, decided, reviewed_showcase

ROUNDS = 3


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.db)])
def hub_engine(request, tmp_path):
    if request.param == "postgres" and not POSTGRES_URL:
        pytest.skip("HUB_TEST_POSTGRES_URL names no PostgreSQL server")
    with database_address(tmp_path, request.param, prepared=True) as address:
        made = make_engine(address)
        yield made
        made.dispose()


def scene(*, is_decided=False):
    """Store a showcase with two curators and two entries; return all five."""
    showcase, curators, found = reviewed_showcase(entries=2, team=2)
    if is_decided:
        for each in found:
            decided(each, curators[0])
    return [showcase, *curators, *found]


def deciding(curator, entry, decision):
    def act():
        decide_entry(get(Member, curator), get(Entry, entry), Decision(decision, WORDS), seen="")

    return act


def sending(curator, showcase):
    return lambda: send_decisions(get(Member, curator), get(Showcase, showcase))


def test_two_decide_about_the_same_entry(hub_engine):
    for _ in range(ROUNDS):
        _showcase, first, second, entry, _other = stored(hub_engine, scene)
        came = at_once(
            hub_engine,
            deciding(first, entry, EntryDecision.ACCEPT),
            deciding(second, entry, EntryDecision.REJECT),
        )
        assert sorted(came, key=str) == [None, WAS_FASTER]
        winner = EntryDecision.ACCEPT if came[0] is None else EntryDecision.REJECT
        assert one(hub_engine, select(Entry.pending).where(Entry.id == entry)) is winner
    assert entries(hub_engine, "entry:decide") == ROUNDS


def test_one_decides_several_while_the_other_decides_one_of_them(hub_engine):
    for _ in range(ROUNDS):
        showcase, first, second, entry, other = stored(hub_engine, scene)
        with session_scope(hub_engine):
            ids = [get(Entry, each).public_id for each in (entry, other)]

        def several(first=first, showcase=showcase, ids=ids):
            accept = Decision(EntryDecision.ACCEPT, WORDS)
            decide_several(get(Member, first), get(Showcase, showcase), ids, accept)

        came = at_once(hub_engine, several, deciding(second, other, EntryDecision.REJECT))
        assert sorted(came, key=str) == [None, WAS_FASTER]
        with session_scope(hub_engine):
            accepted = came[0] is None
            assert get(Entry, entry).pending is (EntryDecision.ACCEPT if accepted else None)


def test_two_send_at_once_and_everybody_is_told_once(hub_engine):
    for _ in range(ROUNDS):
        showcase, first, second, entry, _other = stored(hub_engine, lambda: scene(is_decided=True))
        came = at_once(hub_engine, sending(first, showcase), sending(second, showcase))
        assert sorted(came, key=str) == [None, WAS_FASTER]
        with session_scope(hub_engine):
            answered = get(Entry, entry)
            assert answered.status is EntryStatus.ACCEPTED
            told = select(func.count(Notification.id)).where(
                Notification.subject == answered.subject, Notification.member_id == answered.proposed_by_id
            )
            assert session().scalar(told) == 1
    assert entries(hub_engine, "showcase:send_decisions") == ROUNDS
    assert entries(hub_engine, "entry:accept") == 2 * ROUNDS


def test_a_decision_is_changed_before_it_is_sent_or_not_at_all(hub_engine):
    for _ in range(ROUNDS):
        showcase, first, second, entry, _other = stored(hub_engine, lambda: scene(is_decided=True))
        with session_scope(hub_engine):
            stamp = get(Entry, entry).pending_at.isoformat()

        def changing(second=second, entry=entry, seen=f"accept {stamp}"):
            found = get(Entry, entry)
            decide_entry(get(Member, second), found, Decision(EntryDecision.REJECT, WORDS), seen=seen)

        came = at_once(hub_engine, changing, sending(first, showcase))
        assert came[1] is None
        status = one(hub_engine, select(Entry.status).where(Entry.id == entry))
        assert status is (EntryStatus.REJECTED if came[0] is None else EntryStatus.ACCEPTED)


def test_who_recuses_themselves_while_decisions_are_sent_is_counted_on_one_side(hub_engine):
    for _ in range(ROUNDS):
        showcase, first, second, entry, _other = stored(hub_engine, lambda: scene(is_decided=True))

        def recusing(first=first, entry=entry):
            recuse_from_entry(get(Member, first), get(Entry, entry))

        came = at_once(hub_engine, recusing, sending(second, showcase))
        status = one(hub_engine, select(Entry.status).where(Entry.id == entry))
        assert came[0] is None
        assert status is (EntryStatus.ACCEPTED if came[1] is None else EntryStatus.UNDER_REVIEW)


def test_scores_sent_from_two_windows_are_one_review(hub_engine):
    for _ in range(ROUNDS):
        _showcase, first, _second, entry, _other = stored(hub_engine, scene)

        def scoring(first=first, entry=entry):
            found = get(Entry, entry)
            scores = Scores({each.id: 3 for each in found.showcase.criteria})
            save_scores(get(Member, first), found, scores, version=0, is_final=True)

        came = at_once(hub_engine, scoring, scoring)
        assert sorted(came, key=str) == [None, WAS_FASTER]
    with session_scope(hub_engine):
        scored = select(func.count()).where(AuditEntry.tag == "entry:score")
        assert session().scalar(scored) == ROUNDS


def test_two_curators_score_the_same_entry_at_once(hub_engine):
    _showcase, first, second, entry, _other = stored(hub_engine, scene)

    def scoring(curator):
        def act():
            found = get(Entry, entry)
            scores = Scores({each.id: 3 for each in found.showcase.criteria})
            save_scores(get(Member, curator), found, scores, version=0, is_final=True)

        return act

    assert at_once(hub_engine, scoring(first), scoring(second)) == [None, None]
