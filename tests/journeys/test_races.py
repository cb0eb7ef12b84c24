"""Two people at the same moment: one wins, the other is told so, and the log has one entry."""

from collections import Counter

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.audit.queries import first_loose_number, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.models import Innovation, InnovationRevision, ReviewDecision, RevisionStatus
from hub.core.database import session_scope
from hub.search.models import SearchJournal
from tests.catalogue.records import draft, published, submitted, taken
from tests.journeys.live import at_once, post

pytestmark = pytest.mark.db

ROUNDS = 3


@pytest.fixture
def hub(live_on_both):
    return live_on_both


def logged(hub, tag):
    return len(hub.asked(select(AuditEntry.number).where(AuditEntry.tag == tag)))


def is_whole(hub):
    with session_scope(hub.engine):
        return verify_stored(stored_entries(), first_loose_number()).is_whole


def test_two_coordinators_take_one_record(hub):
    browsers = [hub.browser(hub.scene.coordinator), hub.browser(hub.scene.colleague)]
    for number in range(1, ROUNDS + 1):
        slug = hub.record(submitted)
        answers = at_once(*(post(each, f"/innovations/{slug}/take") for each in browsers))
        assert Counter(answers) == {303: 1, 409: 1}
        assert logged(hub, "innovation:take") == number
    assert is_whole(hub)


def test_one_decision_counts_when_several_are_sent(hub):
    browsers = [hub.browser(hub.scene.coordinator) for _ in range(3)]
    for number in range(1, ROUNDS + 1):
        slug = hub.record(taken)
        said = {"reasons": "other", "words": "Words."}
        answers = at_once(
            post(browsers[0], f"/innovations/{slug}/publish"),
            post(browsers[1], f"/innovations/{slug}/publish"),
            post(browsers[2], f"/innovations/{slug}/decline", **said),
        )
        assert Counter(answers) == {303: 1, 409: 2}
        assert logged(hub, "innovation:publish") + logged(hub, "innovation:decline") == number
        assert len(hub.asked(select(ReviewDecision.id))) == number
    assert len(hub.asked(select(SearchJournal.number))) == logged(hub, "innovation:publish")
    assert is_whole(hub)


def test_deciding_and_withdrawing_at_once(hub):
    coordinator, partner = hub.browser(hub.scene.coordinator), hub.browser(hub.scene.partner)
    for _ in range(ROUNDS):
        slug = hub.record(taken)
        answers = at_once(
            post(coordinator, f"/innovations/{slug}/publish"), post(partner, f"/innovations/{slug}/withdraw")
        )
        assert answers.count(303) == 1
        assert set(answers) <= {303, 409, 404}  # what was withdrawn is hidden from whoever comes after
    assert is_whole(hub)


def test_two_save_one_page(hub):
    browsers = [hub.browser(hub.scene.partner) for _ in range(3)]
    for _ in range(ROUNDS):
        slug = hub.record(draft)
        answers = at_once(
            *(
                post(each, f"/innovations/{slug}/edit/problem", version="1", problem=f"Text {number}")
                for number, each in enumerate(browsers)
            )
        )
        assert Counter(answers) == {303: 1, 409: 2}


def test_a_new_revision_is_begun_once(hub):
    browsers = [hub.browser(hub.scene.partner) for _ in range(3)]
    for number in range(1, ROUNDS + 1):
        slug = hub.record(published)
        answers = at_once(*(post(each, f"/innovations/{slug}/revise") for each in browsers))
        assert Counter(answers) == {303: 1, 409: 2}
        drafts = select(InnovationRevision.id).where(InnovationRevision.status == RevisionStatus.DRAFT)
        assert len(hub.asked(drafts)) == number
        assert logged(hub, "innovation:revise") == number


def test_two_records_of_one_name_get_two_addresses(hub):
    for _ in range(ROUNDS):
        slugs = [hub.record(taken) for _ in range(2)]
        browsers = [hub.browser(hub.scene.coordinator) for _ in slugs]
        addresses = [f"/innovations/{slug}/publish" for slug in slugs]
        answers = at_once(*(post(*pair) for pair in zip(browsers, addresses, strict=True)))
        assert set(answers) <= {303, 409}
        assert 303 in answers
        for browser, address, answer in zip(browsers, addresses, answers, strict=True):
            if answer == 409:  # on PostgreSQL the second may have to try again
                assert post(browser, address)() == 303
    slugs = hub.asked(select(Innovation.slug))
    assert len(slugs) == len(set(slugs)) == 2 * ROUNDS
    assert is_whole(hub)
