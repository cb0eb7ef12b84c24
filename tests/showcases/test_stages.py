"""The steps of a showcase: opening, closing and reopening its call, recording, narrowing, cancelling, its team."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.core.clock import now
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.showcases.making.calling import close_call, open_call, record_showcase, reopen_call
from hub.showcases.making.details import Source
from hub.showcases.making.ending import cancel_showcase, narrow_audience
from hub.showcases.making.team import join_team, leave_team
from hub.showcases.models import EntryDecision, EntryStatus, RegistrationStatus, ShowcaseStatus
from hub.showcases.permissions import is_on_team
from hub.showcases.queries import showcase_by_slug
from tests.collaboration.acts import did, later, told
from tests.factories import make_member
from tests.showcases.making import begun, everything, save
from tests.showcases.scenes import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    drafted_showcase,
    make_curator,
    opened_showcase,
    proposed_entry,
    published_showcase,
    registered,
)

pytestmark = pytest.mark.db

WORDS = "The host event was cancelled."


@pytest.fixture
def curator(database):
    return make_curator()


def opened(curator, showcase, *, version=None):
    did(open_call, curator, showcase, version=showcase.version if version is None else version)
    return showcase


def logged(tag):
    return len(session().scalars(select(AuditEntry).where(AuditEntry.tag == tag)).all())


def test_a_call_opens_once_everything_is_there(curator):
    showcase = begun(curator)
    with pytest.raises(InvalidError):
        opened(curator, showcase)
    save(curator, showcase, **everything())
    opened(curator, showcase)
    assert showcase.status is ShowcaseStatus.CALL_OPEN
    assert showcase.takes_entries
    assert showcase_by_slug(showcase.slug, viewer_of(make_member())) == showcase
    assert logged("showcase:open_call") == 1


@pytest.mark.parametrize("part", ["accessibility", "criteria", "sponsors", "languages"])
def test_it_does_not_open_without(curator, part):
    showcase = begun(curator)
    said = everything()
    del said[part]
    save(curator, showcase, **said)
    with pytest.raises(InvalidError):
        opened(curator, showcase)


def test_a_closing_that_passed_meanwhile_keeps_it_closed(curator, monkeypatch):
    showcase = drafted_showcase(curator)
    later(monkeypatch, timedelta(days=31))
    with pytest.raises(InvalidError):
        opened(curator, showcase)


def test_a_public_one_gets_an_address_of_words_and_year_that_is_its_own(curator):
    first, second = (
        opened(curator, drafted_showcase(curator, name="Innovation stage", slug=f"random-{each}"))
        for each in range(2)
    )
    year = first.starts_at.year
    assert (first.slug, second.slug) == (f"innovation-stage-{year}", f"innovation-stage-{year}-2")


def test_one_for_members_keeps_its_random_address(curator):
    showcase = drafted_showcase(curator, readership=MEMBERS, slug="random")
    assert opened(curator, showcase).slug == "random"


def test_a_save_in_between_asks_to_look_again(curator):
    showcase = drafted_showcase(curator)
    with pytest.raises(ConflictError):
        opened(curator, showcase, version=showcase.version - 1)


def test_it_opens_once(curator):
    showcase = opened(curator, drafted_showcase(curator))
    with pytest.raises(ConflictError):
        opened(curator, showcase)


def test_only_the_team_takes_a_step(curator):
    showcase, stranger = opened_showcase(curator), make_curator()
    for step in (close_call, leave_team):
        with pytest.raises(NotFoundError):
            did(step, stranger, showcase)
    with pytest.raises(NotFoundError):
        did(cancel_showcase, stranger, showcase, words=WORDS)
    with pytest.raises(NotFoundError):
        did(narrow_audience, make_member(), showcase, MEMBERS)


def test_closing_the_call_puts_entries_under_review(curator):
    showcase = opened_showcase(curator)
    entry = proposed_entry(showcase)
    did(close_call, curator, showcase)
    session().refresh(entry)
    assert (showcase.status, entry.status) == (ShowcaseStatus.REVIEW, EntryStatus.UNDER_REVIEW)


def test_a_call_opens_again_until_another_moment(curator):
    showcase = opened_showcase(curator)
    entry = proposed_entry(showcase)
    did(close_call, curator, showcase)
    closes_at = now() + timedelta(days=3)
    did(reopen_call, curator, showcase, closes_at=closes_at)
    session().refresh(entry)
    assert (showcase.status, entry.status) == (ShowcaseStatus.CALL_OPEN, EntryStatus.PROPOSED)
    assert (showcase.call_closes_at, showcase.takes_entries) == (closes_at, True)


@pytest.mark.parametrize("columns", [{"decisions_sent_at": now()}, {}])
def test_not_once_decisions_are_prepared_or_sent(curator, columns):
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW, **columns)
    proposed_entry(showcase, status=EntryStatus.UNDER_REVIEW, pending=EntryDecision.ACCEPT, pending_at=now())
    with pytest.raises(ConflictError):
        did(reopen_call, curator, showcase, closes_at=now() + timedelta(days=3))
    session().refresh(showcase)
    assert showcase.status is ShowcaseStatus.REVIEW


def test_not_until_after_the_showcase_begins(curator):
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW)
    with pytest.raises(InvalidError):
        did(reopen_call, curator, showcase, closes_at=showcase.starts_at + timedelta(minutes=1))


def test_cancelling_tells_everybody_who_takes_part_and_says_why(curator):
    showcase, colleague = published_showcase(curator), make_curator()
    comer = registered(showcase).member
    waiting = registered(showcase, status=RegistrationStatus.WAITING).member
    gone = registered(showcase, status=RegistrationStatus.CANCELLED).member
    presenter, proposer = make_member(), make_member()
    proposed_entry(
        showcase,
        by=proposer,
        organisation_id=None,
        status=EntryStatus.CONFIRMED,
        presenters=[presenter],
    )
    did(cancel_showcase, curator, showcase, words=WORDS)
    assert (showcase.status, showcase.cancelling_words) == (ShowcaseStatus.CANCELLED, WORDS)
    for each in (comer, waiting, presenter, proposer):
        assert told(each)[-1:] == ["showcase_cancelled"]
    for each in (gone, colleague, curator):
        assert "showcase_cancelled" not in told(each)
    assert showcase_by_slug(showcase.slug, viewer_of(make_member())) == showcase


def test_it_is_not_cancelled_without_a_word_or_once_it_is_over(curator):
    for words in (" ", "Sorry.\u202e"):
        with pytest.raises(InvalidError):
            did(cancel_showcase, curator, opened_showcase(curator), words=words)
    for status in (ShowcaseStatus.CLOSED, ShowcaseStatus.CANCELLED, ShowcaseStatus.DRAFT):
        showcase = opened_showcase(curator, status=status)
        with pytest.raises(ConflictError):
            did(cancel_showcase, curator, showcase, words=WORDS)


def test_the_audience_is_narrowed_and_who_is_outside_loses_sight_and_place(curator):
    showcase, officer = opened_showcase(curator), make_member(law_enforcement="GE")
    outside, inside = registered(showcase), registered(showcase, officer)
    did(narrow_audience, curator, showcase, POLICE)
    session().expire_all()
    assert (outside.status, inside.status) == (
        RegistrationStatus.CANCELLED,
        RegistrationStatus.REGISTERED,
    )
    assert showcase.places_taken == 1
    with pytest.raises(NotFoundError):
        showcase_by_slug(showcase.slug, viewer_of(outside.member))
    assert showcase_by_slug(showcase.slug, viewer_of(officer)) == showcase
    assert is_on_team(viewer_of(curator), showcase)


@pytest.mark.parametrize(
    ("before", "after"), [(MEMBERS, EVERYBODY), (GEORGIAN_POLICE, POLICE), (MEMBERS, MEMBERS)]
)
def test_it_never_gets_wider(curator, before, after):
    showcase = opened_showcase(curator, readership=before)
    with pytest.raises(InvalidError):
        did(narrow_audience, curator, showcase, after)


def test_a_draft_is_not_narrowed(curator):
    with pytest.raises(ConflictError):
        did(narrow_audience, curator, drafted_showcase(curator), MEMBERS)


def test_a_past_one_is_recorded_without_a_call(curator):
    start = now() - timedelta(days=900)
    past = drafted_showcase(curator, is_compiled=True, starts_at=start, criteria=())
    with pytest.raises(InvalidError):
        did(record_showcase, curator, past, version=past.version)
    with pytest.raises(ConflictError):
        opened(curator, past)
    save(curator, past, sources=(Source("https://example.org/ogp", "Programme", start.date()),))
    did(record_showcase, curator, past, version=past.version)
    assert past.status is ShowcaseStatus.REPORTED
    save(curator, past, unknowns="How many came.")
    assert past.unknowns == "How many came."


def test_one_with_a_call_is_not_recorded(curator):
    showcase = drafted_showcase(curator)
    with pytest.raises(ConflictError):
        did(record_showcase, curator, showcase, version=showcase.version)


def test_a_coordinator_who_sees_it_joins_once(curator):
    showcase, other = opened_showcase(curator), make_curator()
    did(join_team, other, showcase)
    did(join_team, other, showcase)
    assert [each.member_id for each in showcase.curators] == [curator.id, other.id]
    assert logged("showcase:join") == 1


def test_nobody_else_joins(curator):
    with pytest.raises(NotFoundError):
        did(join_team, make_curator(), drafted_showcase(curator))
    with pytest.raises(NotFoundError):
        did(join_team, make_curator(), opened_showcase(curator, readership=POLICE))
    with pytest.raises(ForbiddenError):
        did(join_team, make_member(), opened_showcase(curator))


def test_the_last_of_a_team_stays(curator):
    showcase, other = opened_showcase(curator), make_curator()
    with pytest.raises(ConflictError):
        did(leave_team, curator, showcase)
    did(join_team, other, showcase)
    did(leave_team, curator, showcase)
    assert [each.member_id for each in showcase.curators] == [other.id]
    assert not is_on_team(viewer_of(curator), showcase)
