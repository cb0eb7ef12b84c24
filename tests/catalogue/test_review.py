"""Submitting, taking and deciding; who may not, and what the owner is told."""

import pytest

from hub.access.viewer import Role
from hub.audit.queries import history_of
from hub.catalogue.models import InnovationDetails, RevisionStatus, SourceDetails
from hub.catalogue.models.content import PARAGRAPH_LENGTH
from hub.catalogue.review.queries import review_queue, revision_in_queue
from hub.catalogue.review.service import (
    Opinion,
    decline_revision,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.catalogue.service import save_details, submit_revision, withdraw_revision
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import (
    GEORGIAN_POLICE,
    OPINION,
    Scene,
    draft,
    make_scene,
    published,
    returned,
    save,
    submitted,
    taken,
)
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


def take(actor, revision):
    with transaction():
        take_revision(actor, revision)


NEEDED = {
    "short_description": ("", "short_description"),
    "kind": (None, "kind"),
    "functions": ((), "functions"),
    "countries": ((), "countries"),
}


@pytest.mark.parametrize("field", NEEDED)
def test_an_incomplete_record_cannot_be_submitted(scene, field):
    value, missing = NEEDED[field]
    revision = draft(scene, **{field: value})
    assert revision.missing_parts == (missing,)
    with pytest.raises(InvalidError), transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    assert revision.status is RevisionStatus.DRAFT


def test_a_record_of_ones_own_needs_no_source(scene):
    assert draft(scene, sources=()).missing_parts == ()


def test_submitting_what_somebody_else_changed_is_refused(scene):
    revision = draft(scene)
    save(scene.partner, revision, kind="data")
    with pytest.raises(StaleVersionError), transaction():
        submit_revision(scene.partner, revision, version=1)
    assert revision.status is RevisionStatus.DRAFT


def test_a_submitted_record_names_who_sent_it_and_when(scene):
    revision = submitted(scene)
    assert revision.submitted_by == scene.partner
    assert revision.submitted_at is not None


def test_two_coordinators_cannot_hold_one_review(scene):
    revision = taken(scene)
    with pytest.raises(ConflictError):
        take(scene.colleague, revision)
    assert revision.reviewer_id == scene.coordinator.id


def test_what_is_given_back_can_be_taken_by_another(scene):
    revision = taken(scene)
    with transaction():
        release_revision(scene.coordinator, revision)
    take(scene.colleague, revision)
    assert revision.reviewer_id == scene.colleague.id


def own_cases(scene):
    """Coordinators with a conflict, each with the words they read."""
    sender = make_member(roles=[Role.COORDINATOR], represents=[scene.owner])
    return {
        "own submission": (
            Scene(scene.owner, sender, scene.coordinator, scene.colleague),
            sender,
            "yourself",
        ),
        "own organisation": (
            scene,
            make_member(roles=[Role.COORDINATOR], belongs_to=[scene.owner]),
            "an organisation that takes part",
        ),
    }


@pytest.mark.parametrize("case", ["own submission", "own organisation"])
def test_nobody_takes_what_they_or_their_organisation_registered(scene, case):
    its_scene, actor, words = own_cases(scene)[case]
    revision = submitted(its_scene)
    with pytest.raises(ForbiddenError, match=words):
        take(actor, revision)
    assert revision.status is RevisionStatus.SUBMITTED


@pytest.mark.parametrize("decide", ["publish", "request_changes", "decline"])
def test_a_conflict_that_comes_later_stops_the_decision_too(database, scene, decide):
    revision = taken(scene)
    revision.submitted_by = scene.coordinator
    database.commit()
    services = {
        "publish": lambda: publish_revision(scene.coordinator, revision),
        "request_changes": lambda: request_changes(scene.coordinator, revision, OPINION["request_changes"]),
        "decline": lambda: decline_revision(scene.coordinator, revision, OPINION["decline"]),
    }
    with pytest.raises(ForbiddenError), transaction():
        services[decide]()
    assert revision.status is RevisionStatus.IN_REVIEW


BAD_OPINIONS = {
    "reasons": [
        Opinion((), "Words."),
        Opinion(("unknown",), "Words."),
        Opinion(("no_source", "out_of_scope"), "Words."),
    ],
    "words": [
        Opinion(("no_source",), ""),
        Opinion(("no_source",), " \n"),
        Opinion(("no_source",), "\x00a"),
        Opinion(("no_source",), "w" * (PARAGRAPH_LENGTH + 1)),
    ],
    "name": [
        Opinion(("no_source",), "Words.", {"name": "\x00"}),
        Opinion(("no_source",), "Words.", {"name": "w" * (PARAGRAPH_LENGTH + 1)}),
    ],
}


@pytest.mark.parametrize("field", BAD_OPINIONS)
def test_a_decision_without_a_reason_or_words_is_refused(scene, field):
    revision = taken(scene)
    for opinion in BAD_OPINIONS[field]:
        with pytest.raises(InvalidError) as caught, transaction():
            request_changes(scene.coordinator, revision, opinion)
        assert caught.value.field == field
    assert list(revision.decisions) == []


def test_the_owner_reads_the_words_at_the_field(scene):
    (decision,) = returned(scene).decisions
    assert (decision.action, decision.words) == ("request_changes", "Please name a source.")
    assert decision.reasons == ["no_source"]
    assert {each.field: each.words for each in decision.comments} == {"sources": "One is enough."}


def test_after_changes_it_comes_back_to_the_queue(scene):
    revision = returned(scene)
    save(scene.partner, revision, name="Better")
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    assert revision.status is RevisionStatus.SUBMITTED
    assert len(review_queue(viewer_of(scene.coordinator))) == 1


def test_a_withdrawn_review_is_nobodys_any_more(scene):
    revision = taken(scene)
    with transaction():
        withdraw_revision(scene.partner, revision)
    with pytest.raises(ConflictError), transaction():
        publish_revision(scene.coordinator, revision)
    assert revision.reviewer_id is None


def test_every_step_is_in_the_history_once(scene):
    revision = published(scene)
    history = history_of(revision.innovation.subject)
    assert [each.event.value.partition(":")[2] for each in history] == [
        "register", "submit", "take", "publish"
    ]  # fmt: skip
    assert [each.number for each in history] == list(
        range(history[0].number, history[0].number + len(history))
    )
    assert history[-1].actor == scene.coordinator.public_id
    assert history[-1].roles == ("coordinator",)


def test_the_reason_of_a_decision_is_in_the_history(scene):
    revision = returned(scene)
    assert history_of(revision.innovation.subject)[-1].reason == "Please name a source."


def test_the_queue_is_for_coordinators(scene):
    submitted(scene)
    assert review_queue(viewer_of(scene.partner)) == []
    assert review_queue(viewer_of(make_member(roles=[Role.INTEGRITY_OFFICER]))) == []
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert (item.name, item.country, item.is_mine, item.conflict) == ("Ledger of gifts", "GE", False, None)


def test_an_untaken_restricted_item_shows_neither_title_nor_country(scene):
    submitted(scene, readership=GEORGIAN_POLICE)
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert (item.name, item.country, item.tlp) == (None, None, "AMBER")


def test_what_another_holds_is_not_listed_outside_its_audience(scene):
    taken(scene, readership=GEORGIAN_POLICE)
    assert review_queue(viewer_of(scene.colleague)) == []
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert (item.name, item.is_mine) == ("Ledger of gifts", True)


def test_the_oldest_waits_first(scene):
    for name in ("First", "Second"):
        submitted(scene, name=name)
    assert [item.name for item in review_queue(viewer_of(scene.coordinator))] == ["First", "Second"]


def test_nothing_that_was_never_submitted_is_in_the_queue(scene):
    slug = draft(scene).innovation.slug
    with pytest.raises(NotFoundError):
        revision_in_queue(slug, viewer_of(scene.coordinator))


def test_saving_a_field_answers_what_was_asked_there(scene):
    revision = returned(scene)
    assert revision.changes_asked.unanswered_fields == {"sources"}
    with transaction():
        details = InnovationDetails(sources=(SourceDetails("https://source.example/"),))
        save_details(scene.partner, revision, details, version=revision.version)
    assert revision.changes_asked.unanswered_fields == frozenset()
