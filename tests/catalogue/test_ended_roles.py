"""A role that ended ends what it allowed, at once, and leaves nothing stuck."""

import pytest
from sqlalchemy import update

from hub.access.viewer import Role
from hub.audit.queries import history_of
from hub.catalogue.models import RevisionStatus
from hub.catalogue.permissions import can_view
from hub.catalogue.queries import known_organisations
from hub.catalogue.review.queries import review_queue, revision_in_queue
from hub.catalogue.review.service import publish_revision, take_revision
from hub.catalogue.service import revise_innovation, withdraw_revision
from hub.core import clock
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.members.models import RoleGrant
from hub.organisations.models import OrganisationMembership, OrganisationStatus
from tests.catalogue.records import GEORGIAN_POLICE, make_scene, published, submitted, taken
from tests.factories import make_member


@pytest.fixture
def scene(database):
    return make_scene()


def end_roles(member):
    """End every role and membership of a member."""
    for kind in (RoleGrant, OrganisationMembership):
        session().execute(update(kind).where(kind.member_id == member.id).values(ended_at=clock.now()))
    session().execute(
        update(OrganisationMembership)
        .where(OrganisationMembership.member_id == member.id)
        .values(status="ended")
    )
    session().commit()


def test_a_former_representative_sees_the_record_but_changes_nothing(scene):
    innovation = published(scene).innovation
    end_roles(scene.partner)
    assert can_view(viewer_of(scene.partner), innovation)
    with pytest.raises(NotFoundError), transaction():
        revise_innovation(scene.partner, innovation)


def test_a_former_representative_withdraws_nothing(scene):
    revision = submitted(scene)
    end_roles(scene.partner)
    with pytest.raises(NotFoundError), transaction():
        withdraw_revision(scene.partner, revision)


def test_a_review_whose_holder_lost_the_role_can_be_taken_by_another(scene):
    revision = taken(scene)
    end_roles(scene.coordinator)
    (item,) = review_queue(viewer_of(scene.colleague))
    assert not item.is_taken
    with transaction():
        take_revision(scene.colleague, revision)
    assert revision.reviewer_id == scene.colleague.id
    tags = [item.event.value for item in history_of(revision.innovation.subject)]
    assert tags[-2:] == ["innovation:release", "innovation:take"]


def test_a_review_that_somebody_holds_cannot_be_taken_by_another(scene):
    revision = taken(scene)
    with pytest.raises(ConflictError), transaction():
        take_revision(scene.colleague, revision)
    assert revision.reviewer_id == scene.coordinator.id


def test_a_former_coordinator_decides_nothing(scene):
    revision = taken(scene)
    end_roles(scene.coordinator)
    with pytest.raises(NotFoundError), transaction():
        publish_revision(scene.coordinator, revision)
    assert revision.status is RevisionStatus.IN_REVIEW


def test_a_coordinator_outside_a_decided_record_is_told_nothing_of_it(scene):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    with pytest.raises(NotFoundError):
        revision_in_queue(innovation.slug, viewer_of(scene.colleague))


def test_who_decided_a_moment_ago_is_told_that_it_is_decided(scene):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    assert revision_in_queue(innovation.slug, viewer_of(scene.coordinator)).status is RevisionStatus.APPROVED


def test_the_queue_names_a_record_by_its_random_id_only(scene):
    revision = submitted(scene)
    (item,) = review_queue(viewer_of(scene.coordinator))
    assert item.slug == revision.innovation.public_id


def test_an_organisation_that_owns_only_hidden_records_is_not_offered_to_strangers(scene):
    published(scene, readership=GEORGIAN_POLICE)
    scene.owner.status = OrganisationStatus.UNVERIFIED
    session().commit()
    stranger = viewer_of(make_member(roles=[Role.COORDINATOR]))
    assert scene.owner not in known_organisations(stranger)
    assert scene.owner in known_organisations(viewer_of(scene.partner))


def test_an_organisation_that_owns_a_public_record_is_known(scene):
    published(scene)
    assert scene.owner in known_organisations(viewer_of(make_member()))
