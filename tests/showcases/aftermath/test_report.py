"""The report of a showcase is written by its team when it is over, published once, and corrected in the open."""

import pytest

from hub.audit.models import AuditEntry
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError, StaleVersionError
from hub.showcases.aftermath.report import digest_of, publish_report, save_report
from hub.showcases.models import RegistrationStatus, ShowcaseStatus
from hub.showcases.models.showcase import TEXT_LENGTH
from tests.collaboration.acts import did, told
from tests.factories import make_member
from tests.showcases.past import past_showcase, shown_entry
from tests.showcases.scenes import make_curator, registered

pytestmark = pytest.mark.db

WORDS = "Two ministries agreed to try it."
NONE = digest_of("")


@pytest.fixture
def curator(database):
    return make_curator()


def tags(thing):
    found = session().query(AuditEntry).filter_by(subject=thing.subject).order_by(AuditEntry.number)
    return [each.tag for each in found]


def test_it_is_kept_published_and_corrected(curator):
    owner, visitor, waiting = make_member(), make_member(), make_member()
    showcase = past_showcase(curator)
    shown_entry(showcase, by=owner, organisation_id=None)
    registered(showcase, visitor)
    registered(showcase, waiting, status=RegistrationStatus.WAITING)
    did(save_report, curator, showcase, "Two ministries", over=NONE)
    assert (showcase.status, told(visitor)) == (ShowcaseStatus.CLOSED, [])
    did(publish_report, curator, showcase, WORDS, over=digest_of("Two ministries"))
    assert (showcase.status, showcase.report) == (ShowcaseStatus.REPORTED, WORDS)
    assert told(visitor) == told(owner) == ["showcase_reported"]
    assert told(waiting) == []
    did(save_report, curator, showcase, "Three ministries agreed.", over=digest_of(WORDS))
    assert showcase.report == "Three ministries agreed."
    changes = ["showcase:change", "showcase:change", "showcase:report", "showcase:change"]
    assert tags(showcase) == changes
    with pytest.raises(ConflictError):
        did(publish_report, curator, showcase, WORDS, over=digest_of(showcase.report))


def test_what_somebody_else_saved_is_not_overwritten(curator):
    showcase = past_showcase(curator)
    did(save_report, curator, showcase, WORDS, over=NONE)
    with pytest.raises(StaleVersionError):
        did(save_report, curator, showcase, "Nothing came of it.", over=NONE)
    assert showcase.report == WORDS


def test_a_report_without_words_is_not_published(curator):
    showcase = past_showcase(curator)
    with pytest.raises(InvalidError):
        did(publish_report, curator, showcase, " \n", over=NONE)
    with pytest.raises(InvalidError):
        did(save_report, curator, showcase, "x" * (TEXT_LENGTH + 1), over=NONE)
    did(publish_report, curator, showcase, WORDS, over=NONE)
    with pytest.raises(InvalidError):
        did(save_report, curator, showcase, "", over=digest_of(WORDS))


@pytest.mark.parametrize("status", [ShowcaseStatus.LIVE, ShowcaseStatus.REVIEW, ShowcaseStatus.CANCELLED])
def test_before_the_end_there_is_no_report(curator, status):
    showcase = past_showcase(curator, status=status)
    with pytest.raises(ConflictError):
        did(save_report, curator, showcase, WORDS, over=NONE)


def test_others_write_nothing(curator):
    showcase = past_showcase(curator)
    for somebody in (make_curator(), make_member()):
        with pytest.raises(NotFoundError):
            did(save_report, somebody, showcase, WORDS, over=NONE)
