"""Who may know of an innovation: `can_view` and `visible_to` say the same, and both say what the domain says."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role, Viewer
from hub.catalogue.models import Innovation, InnovationStatus
from hub.catalogue.permissions import can_view, in_audience_of, is_in_audience, visible_to
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    WAYS,
    draft,
    make_scene,
    named_organisations,
    published,
    revised,
    save,
    taken,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def named(database):
    return make_organisation("Named Bureau")


@pytest.fixture
def viewers(scene, named):
    """Everybody who differs from everybody else in what they may see."""
    people = {
        "member": make_member(),
        "partner": scene.partner,
        "mere member of the owner": make_member(belongs_to=[scene.owner]),
        "colleague at the owner": make_member(represents=[scene.owner]),
        "named organisation": make_member(belongs_to=[named]),
        "georgian police": make_member(law_enforcement="GE"),
        "indonesian police": make_member(law_enforcement="ID"),
        "focal point": make_member(focal_country="GE"),
        "reviewer": scene.coordinator,
        "coordinator": scene.colleague,
        "integrity officer": make_member(roles=[Role.INTEGRITY_OFFICER]),
        "administrator": make_member(roles=[Role.ADMINISTRATOR]),
    }
    return {"visitor": VISITOR} | {name: viewer_of(member) for name, member in people.items()}


def audience(kind, named):
    return {
        "public": EVERYBODY,
        "members": MEMBERS,
        "police": POLICE,
        "georgian police": GEORGIAN_POLICE,
        "organisations": named_organisations(named),
    }[kind]


ALWAYS = {"partner", "colleague at the owner"}
EVERYBODY_BUT_VISITORS = {
    "member", "mere member of the owner", "named organisation", "georgian police", "indonesian police",
    "focal point", "reviewer", "coordinator", "integrity officer", "administrator",
}  # fmt: skip

READERS = {
    "public": {"visitor"} | EVERYBODY_BUT_VISITORS,
    "members": EVERYBODY_BUT_VISITORS,
    "police": {"georgian police", "indonesian police"},
    "georgian police": {"georgian police"},
    "organisations": {"named organisation"},
}
"""Written by hand: who is inside each audience, besides the owner's side."""


def seen_in_rules(viewers, innovation):
    return {name for name, viewer in viewers.items() if can_view(viewer, innovation)}


def seen_in_sql(viewers, innovation, condition=visible_to):
    return {
        name
        for name, viewer in viewers.items()
        if session().scalar(select(Innovation.id).where(Innovation.id == innovation.id, condition(viewer)))
    }


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("way", WAYS)
def test_rules_and_lists_agree_with_the_domain(scene, viewers, named, kind, way):
    innovation = WAYS[way](scene, readership=audience(kind, named)).innovation
    expected = set(ALWAYS)
    if way == "approved":
        expected |= READERS[kind]
    if way == "in_review":
        expected |= {"reviewer"}
    assert seen_in_rules(viewers, innovation) == expected
    assert seen_in_sql(viewers, innovation) == expected


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("status", [InnovationStatus.ARCHIVED, InnovationStatus.TAKEN_DOWN])
def test_what_is_archived_stays_readable_and_what_is_taken_down_does_not(
    database, scene, viewers, named, kind, status
):
    innovation = published(scene, readership=audience(kind, named)).innovation
    innovation.status = status
    database.commit()
    expected = ALWAYS | (READERS[kind] if status is InnovationStatus.ARCHIVED else set())
    assert seen_in_rules(viewers, innovation) == expected
    assert seen_in_sql(viewers, innovation) == expected


@pytest.mark.parametrize("kind", ["members", "police", "georgian police"])
def test_narrowing_a_published_record_acts_at_once_and_on_its_past(scene, viewers, named, kind):
    innovation = published(scene).innovation
    revision = revised(scene, innovation)
    save(scene.partner, revision, readership=audience(kind, named))
    expected = ALWAYS | READERS[kind]
    assert seen_in_rules(viewers, innovation) == expected
    assert seen_in_sql(viewers, innovation) == expected


def test_a_record_is_listed_for_its_audience_only(scene, viewers, named):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    assert seen_in_sql(viewers, innovation, in_audience_of) == {"georgian police"}
    assert {name for name, viewer in viewers.items() if is_in_audience(viewer, innovation)} == {
        "georgian police"
    }


def test_a_reviewer_sees_a_restricted_record_from_taking_until_decided(scene, viewers, named):
    revision = taken(scene, readership=GEORGIAN_POLICE)
    assert "reviewer" in seen_in_sql(viewers, revision.innovation)
    assert "coordinator" not in seen_in_sql(viewers, revision.innovation)


def test_a_reviewer_who_loses_the_role_sees_it_no_more(database, scene):
    revision = taken(scene, readership=GEORGIAN_POLICE)
    plain = Viewer(member_id=scene.coordinator.id)
    assert seen_in_rules({"reviewer": plain}, revision.innovation) == set()
    assert seen_in_sql({"reviewer": plain}, revision.innovation) == set()


def test_a_new_revision_does_not_open_a_restricted_record(scene, viewers, named):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    revised(scene, innovation)
    assert seen_in_sql(viewers, innovation) == ALWAYS | {"georgian police"}


def test_drafts_are_the_matter_of_their_owner(scene, viewers, named):
    assert seen_in_sql(viewers, draft(scene).innovation) == ALWAYS
