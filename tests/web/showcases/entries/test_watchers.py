"""Who should see what an entry shows: read by its side and by the curators who judge it, and by nobody else."""

import pytest

from hub.core.database import session
from hub.members.models import FieldAudience
from hub.showcases.models import EntryStatus, ShowcaseStatus
from tests.catalogue.records import make_scene
from tests.factories import make_member, make_profile
from tests.showcases.scenes import make_curator, opened_showcase, proposed_entry, recorded_innovation
from tests.web.client import parse, words

SECTION = "Who should see it"


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def curator(scene):
    return make_curator()


@pytest.fixture
def entry(scene, curator):
    showcase = opened_showcase(curator, status=ShowcaseStatus.REVIEW)
    innovation = recorded_innovation(scene)
    return proposed_entry(showcase, innovation, scene.partner, status=EntryStatus.CONFIRMED)


@pytest.fixture
def ada(entry):
    """Somebody who needs what the entry shows."""
    member = make_member(display_name="Ada Needs")
    make_profile(
        member,
        FieldAudience.MEMBERS,
        headline="Gifts to officials",
        needs="A ledger of gifts that officials receive, to detect conflicts of interest.",
        language="en-GB",
    )
    session().commit()
    return member


def path_of(entry, *, desk=False):
    where = "curate/showcases" if desk else "showcases"
    return f"/{where}/{entry.showcase.slug}/entries/{entry.public_id}"


def page(browser, address):
    answer = browser.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return words(parse(answer.text))


def test_the_side_and_who_judges_it_read_whom_it_fits(new_client, scene, curator, entry, ada, index):
    index()
    for reader in (scene.partner, curator):
        said = page(new_client().become(reader), path_of(entry))
        assert SECTION in said
        assert "Ada Needs" in said


def test_others_do_not(new_client, entry, ada, index):
    index()
    answer = new_client().become(make_member()).get(path_of(entry))
    assert SECTION not in answer.text


@pytest.mark.parametrize("status", [EntryStatus.PROPOSED, EntryStatus.WAITLISTED, EntryStatus.REJECTED])
def test_only_what_will_be_presented_has_it(new_client, scene, entry, ada, status, index):
    entry.status, entry.answered_at = status, None
    if status is EntryStatus.PROPOSED:
        entry.decided_at = None
    if status is EntryStatus.WAITLISTED:
        entry.waitlist_position = 1
    index()
    assert SECTION not in page(new_client().become(scene.partner), path_of(entry))


def test_who_may_not_know_of_the_showcase_is_not_named(new_client, scene, entry, ada, index):
    entry.showcase.label_rows[0].label = f"person:{scene.partner.id}"
    entry.showcase.label_rows[1:] = []
    index()
    said = page(new_client().become(scene.partner), path_of(entry))
    assert SECTION in said
    assert "Ada" not in said
