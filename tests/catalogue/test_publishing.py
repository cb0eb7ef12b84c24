"""What publishing does at once: address, state, search journal and audit log, all in one transaction."""

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.audit.models import AuditChain, AuditEntry
from hub.audit.queries import first_loose_number, history_of, stored_entries
from hub.audit.verify import verify_stored
from hub.catalogue.documents import search_documents
from hub.catalogue.models import InnovationStatus, RevisionStatus
from hub.catalogue.queries import innovation_by_slug
from hub.catalogue.review.service import RESERVED_SLUGS, publish_revision, take_revision
from hub.catalogue.service import submit_revision
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.search.documents import Document
from hub.search.models import SearchJournal
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    draft,
    make_scene,
    published,
    revised,
    save,
    submitted,
    taken,
)

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


def journal():
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number)).all()


def approve(scene, revision):
    """Submit, take and publish a revision that is on its way."""
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_a_published_record_has_a_readable_address(scene):
    innovation = published(scene, name="Ledger of Gifts & Favours").innovation
    assert innovation.slug == "ledger-of-gifts-favours"
    assert innovation.status is InnovationStatus.PUBLISHED
    assert innovation.published_at == innovation.made_public_at
    assert innovation_by_slug("ledger-of-gifts-favours", viewer_of(None)) == innovation


def test_an_address_that_is_taken_gets_a_number(scene):
    slugs = [published(scene).innovation.slug for _ in range(3)]
    assert slugs == ["ledger-of-gifts", "ledger-of-gifts-2", "ledger-of-gifts-3"]


@pytest.mark.parametrize("name", sorted(RESERVED_SLUGS))
def test_the_hubs_own_words_are_no_addresses_of_records(scene, name):
    assert published(scene, name=name).innovation.slug == f"{name}-2"


@pytest.mark.parametrize("name", ["საჩუქრების რეესტრი", "礼品登记"])
def test_a_name_without_latin_letters_keeps_the_random_address(scene, name):
    innovation = published(scene, name=name).innovation
    assert innovation.slug == innovation.public_id


@pytest.mark.parametrize("name", ["50%_off", "a_b", "100% real"])
def test_signs_of_patterns_in_names_do_no_harm(scene, name):
    assert [published(scene, name=name).innovation.slug[-2:] == "-2" for _ in range(2)] == [False, True]


@pytest.mark.parametrize("readership", [MEMBERS, GEORGIAN_POLICE])
def test_a_record_that_is_not_public_keeps_its_random_address(scene, readership):
    innovation = published(scene, readership=readership).innovation
    assert innovation.slug == innovation.public_id
    assert innovation.made_public_at is None


def test_the_address_stays_when_the_name_changes(scene):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, name="Another name")
    approve(scene, revision)
    assert innovation.slug == "ledger-of-gifts"
    assert innovation.published_revision.source_text.name == "Another name"


def test_the_old_random_address_still_finds_the_record(scene):
    innovation = published(scene).innovation
    assert innovation_by_slug(innovation.public_id, viewer_of(None)) == innovation


def test_publishing_writes_journal_and_log_in_the_same_transaction(scene):
    revision = taken(scene)
    entries = session().query(AuditEntry).count()
    with transaction():
        publish_revision(scene.coordinator, revision)
        assert journal() == []
    (row,) = journal()
    assert (row.document_id, row.narrows) == (revision.innovation.public_id, False)
    assert session().query(AuditEntry).count() == entries + 1


def test_what_is_rolled_back_leaves_neither(scene):
    revision = taken(scene)
    entries = session().query(AuditEntry).count()

    def publish_and_fail():
        with transaction():
            publish_revision(scene.coordinator, revision)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert journal() == []
    assert session().query(AuditEntry).count() == entries
    assert revision.status is RevisionStatus.IN_REVIEW
    assert revision.innovation.status is InnovationStatus.UNPUBLISHED


def test_the_journal_carries_the_whole_document_with_its_labels(scene):
    revision = published(scene, readership=GEORGIAN_POLICE, description="Words of the method.")
    (row,) = journal()
    document = Document.from_json(row.document)
    assert document.labels == {"le:GE"}
    assert document.text_of("description") == "Words of the method."
    assert document.facets["country"] == ("GE",)
    assert [each.digest for each in search_documents()] == [document.digest]
    assert document.id == revision.innovation.public_id


@pytest.mark.parametrize("way", [draft, submitted, taken])
def test_nothing_is_searchable_before_it_is_published(scene, way):
    way(scene)
    assert journal() == []
    assert list(search_documents()) == []


def test_a_new_revision_replaces_the_document(scene):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, description="Now with numbers.")
    approve(scene, revision)
    assert [row.narrows for row in journal()] == [False, False]
    assert Document.from_json(journal()[-1].document).text_of("description") == "Now with numbers."


def test_publishing_for_fewer_people_narrows_and_is_withheld(scene):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    revision.set_readership(MEMBERS)  # as an import may do, without the page that narrows at once
    session().commit()
    approve(scene, revision)
    assert journal()[-1].narrows
    assert innovation.readership == MEMBERS


@pytest.mark.parametrize("wider", [EVERYBODY, Readership(Audience.MEMBERS, Tlp.CLEAR)])
def test_publishing_for_more_people_or_under_a_lower_label_is_refused(scene, wider):
    innovation = published(scene, readership=MEMBERS).innovation
    revision = revised(scene, innovation)
    revision.set_readership(wider)
    session().commit()
    with pytest.raises(ConflictError):
        approve(scene, revision)
    assert innovation.readership == MEMBERS
    assert revision.status is RevisionStatus.IN_REVIEW


def test_the_log_is_whole_and_without_gaps(scene):
    published(scene)
    with pytest.raises(ConflictError):
        publish_twice(scene)
    published(scene)
    numbers = session().scalars(select(AuditChain.number).order_by(AuditChain.number)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert verify_stored(stored_entries(), first_loose_number()).is_whole


def publish_twice(scene):
    revision = published(scene)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_a_decision_that_comes_second_leaves_no_trace(scene):
    revision = published(scene)
    with pytest.raises(ConflictError), transaction():
        publish_revision(scene.coordinator, revision)
    assert [each.event for each in history_of(revision.innovation.subject)].count("innovation:publish") == 1
    assert len(revision.decisions) == 1
    assert len(journal()) == 1


def test_a_hidden_record_answers_like_one_that_never_was(scene):
    hidden = published(scene, readership=GEORGIAN_POLICE).innovation
    for slug in (hidden.slug, "never-was"):
        with pytest.raises(NotFoundError) as caught:
            innovation_by_slug(slug, viewer_of(None))
        assert str(caught.value) == "There is nothing here."
