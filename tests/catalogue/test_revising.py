"""A published record is changed by a new revision; the approved one stays as it was, and stays shown."""

import pytest

from hub.audit.queries import history_of
from hub.catalogue.lifecycle import REVISIONS
from hub.catalogue.models import (
    CountryRelation,
    InnovationDetails,
    InnovationStatus,
    OrganisationRole,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionStatus,
    SourceDetails,
    TermScheme,
)
from hub.catalogue.queries import snapshot
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.revisions.queries import shown_revisions
from hub.catalogue.service import revise_innovation, save_details, submit_revision, withdraw_revision
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    WAYS,
    draft,
    make_scene,
    published,
    revised,
    save,
)
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


RICH = {
    "problem": "Gifts are hidden.",
    "description": "# How",
    "stage": "stable",
    "year_started": 2015,
    "offences": ("uncac-15", "uncac-18"),
    "licence": "MIT",
    "website_url": "https://example.org/",
    "sources": (SourceDetails("https://example.org/1", "One"), SourceDetails("https://example.org/2")),
}


def content_of(revision):
    """Return what a revision says, without what tells revisions apart."""
    apart = {"id", "number", "version", "status", "created_by_id", "created_at"} | {
        "submitted_by_id", "submitted_at", "decided_at"
    }  # fmt: skip
    return {name: value for name, value in snapshot(revision).items() if name not in apart}


def approve(scene, revision):
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        take_revision(scene.coordinator, revision)
    with transaction():
        publish_revision(scene.coordinator, revision)


def test_a_new_revision_begins_with_all_that_the_approved_one_says(database, scene):
    approved = draft(scene, **RICH)
    approved.staffing, approved.time_to_deploy, approved.based_on = "two people", "a month", "paper"
    approved.countries.append(
        RevisionCountry(country="ID", relation=CountryRelation.UNSUITABLE, note="no registry")
    )
    approved.organisations.append(RevisionOrganisation(name="Fund", role=OrganisationRole.FUNDER))
    approved.prerequisites.append(RevisionPrerequisite(area="law", need="A law on gifts."))
    database.commit()
    approve(scene, approved)
    revision = revised(scene, approved.innovation)
    assert (revision.number, revision.version, revision.status) == (2, 1, RevisionStatus.DRAFT)
    assert content_of(revision) == content_of(approved)


def test_the_approved_revision_stays_as_it_was(scene):
    approved = published(scene, **RICH)
    before = snapshot(approved)
    revision = revised(scene, approved.innovation)
    save(
        scene.partner,
        revision,
        name="Changed",
        description="changed",
        functions=("educate",),
        offences=(),
        countries=("ID",),
        sources=(),
        kind="data",
        readership=MEMBERS,
    )
    approve(scene, revision)
    session().expire_all()
    assert snapshot(approved) == before
    assert approved.innovation.published_revision == revision


def test_the_approved_revision_stays_shown_while_a_new_one_is_on_its_way(scene):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, name="Not yet")
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    assert innovation.status is InnovationStatus.PUBLISHED
    assert innovation.published_revision.source_text.name == "Ledger of gifts"
    assert innovation.latest_revision == revision


def test_withdrawing_a_new_revision_leaves_the_record_public(scene):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    with transaction():
        submit_revision(scene.partner, revision, version=revision.version)
    with transaction():
        withdraw_revision(scene.partner, revision)
    assert innovation.status is InnovationStatus.PUBLISHED
    assert revised(scene, innovation).number == 3


def test_no_service_changes_an_approved_revision(scene):
    approved = published(scene)
    before = snapshot(approved)
    with pytest.raises(ConflictError), transaction():
        save_details(
            scene.partner, approved, InnovationDetails(name="x", countries=("ID",)), version=approved.version
        )
    for action in ("submit", "take", "publish", "request_changes", "decline", "release", "withdraw"):
        with pytest.raises(ConflictError), transaction():
            REVISIONS.move(approved, action)
    session().expire_all()
    assert snapshot(approved) == before


@pytest.mark.parametrize("way", ["draft", "submitted", "in_review", "changes_requested"])
def test_one_revision_is_on_its_way_at_a_time(scene, way):
    innovation = WAYS[way](scene).innovation
    with pytest.raises(ConflictError):
        revised(scene, innovation)


@pytest.mark.parametrize("way", ["approved", "declined", "withdrawn"])
def test_after_the_end_of_one_a_new_one_may_begin(scene, way):
    innovation = WAYS[way](scene).innovation
    assert revised(scene, innovation).number == 2
    assert history_of(innovation.subject)[-1].event == "innovation:revise"


def test_a_declined_record_is_begun_again_from_its_last_words(scene):
    revision = WAYS["declined"](scene, **RICH)
    again = revised(scene, revision.innovation)
    assert content_of(again) == content_of(revision)


def test_a_record_that_was_taken_down_is_not_revised(database, scene):
    innovation = published(scene).innovation
    innovation.status = InnovationStatus.TAKEN_DOWN
    database.commit()
    with pytest.raises(ConflictError):
        revised(scene, innovation)


@pytest.mark.parametrize("who", ["member", "coordinator", "colleague"])
def test_only_the_owners_side_revises(scene, who):
    innovation = published(scene).innovation
    actor = make_member() if who == "member" else getattr(scene, who)
    with pytest.raises(NotFoundError), transaction():
        revise_innovation(actor, innovation)


def test_a_new_revision_of_a_narrowed_record_is_for_its_present_audience(scene):
    innovation = published(scene).innovation
    first = revised(scene, innovation)
    save(scene.partner, first, readership=GEORGIAN_POLICE)
    with transaction():
        submit_revision(scene.partner, first, version=first.version)
    with transaction():
        withdraw_revision(scene.partner, first)
    assert revised(scene, innovation).readership == GEORGIAN_POLICE


def test_older_revisions_are_shown_to_those_they_were_approved_for(scene):
    innovation = published(scene, readership=MEMBERS).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, readership=GEORGIAN_POLICE)
    approve(scene, revision)
    police, member = viewer_of(make_member(law_enforcement="GE")), viewer_of(make_member())
    assert [each.number for each in shown_revisions(innovation, police)] == [2, 1]
    assert not shown_revisions(innovation, member), "outside the audience of the record now"


def test_terms_of_a_new_revision_are_its_own(scene):
    approved = published(scene, functions=("detect", "report"))
    revision = revised(scene, approved.innovation)
    save(scene.partner, revision, functions=("educate",))
    assert approved.codes(TermScheme.FUNCTIONS) == ("detect", "report")
    assert revision.codes(TermScheme.FUNCTIONS) == ("educate",)
    assert revision.readership == EVERYBODY
