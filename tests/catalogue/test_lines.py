"""Lines of lists: shown to whom `in_audience_of` shows the records, and saying what the records say."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.catalogue.curation.service import archive_innovation
from hub.catalogue.lines import content_of, contents_of, line_of, shown_lines
from hub.catalogue.models import Innovation, ReadinessState
from hub.catalogue.models.details import PrerequisiteDetails, UnsuitableDetails
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.readiness.finding import states_of, topics_ready_in, works_in
from hub.catalogue.readiness.service import StatementDetails, state_prerequisites
from hub.core.database import session, transaction
from hub.integrity.viewers import viewer_of
from hub.search.plan import FacetIs
from tests.catalogue.records import (
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    draft,
    make_scene,
    named_organisations,
    published,
    submitted,
)
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


@pytest.fixture
def records(scene):
    """One record of each audience, and some that nobody reads yet."""
    named = make_organisation("Named Bureau")
    made = [
        published(scene, name="For all"),
        published(scene, name="For members", readership=MEMBERS),
        published(scene, name="For police", readership=POLICE),
        published(scene, name="For Georgian police", readership=GEORGIAN_POLICE),
        published(scene, name="For a bureau", readership=named_organisations(named)),
        draft(scene, name="Begun"),
        submitted(scene, name="Sent"),
    ]
    people = [
        make_member(),
        make_member(law_enforcement="GE"),
        make_member(law_enforcement="ID"),
        make_member(belongs_to=[named]),
        make_member(roles=[Role.ADMINISTRATOR]),
        scene.partner,
        scene.coordinator,
    ]
    return [each.innovation.public_id for each in made], [VISITOR, *map(viewer_of, people)]


def test_lines_are_shown_to_the_audience_and_nobody_else(records):
    public_ids, viewers = records
    for viewer in viewers:
        shown = [each.public_id for each in shown_lines(public_ids, viewer)]
        condition = select(Innovation.public_id).where(in_audience_of(viewer))
        assert set(shown) == set(session().scalars(condition)), viewer
        assert shown == [each for each in public_ids if each in shown]


def test_what_is_archived_stays_and_says_so(scene):
    revision = published(scene)
    with transaction():
        archive_innovation(scene.partner, revision.innovation, words="It has ended.")
    (line,) = shown_lines([revision.innovation.public_id], VISITOR)
    assert line.status == "archived"


def test_without_ids_there_are_no_lines(database):
    assert shown_lines([], VISITOR) == []
    assert contents_of([]) == {}


def test_narrow_queries_say_what_the_record_says(scene):
    revision = published(
        scene,
        standards_read=("ocds",),
        countries=("GE", "ID"),
        unsuitable=(UnsuitableDetails("NO", "It is not allowed."),),
        prerequisites=(PrerequisiteDetails("law", "A law.", "law.open_contracting"),),
    )
    innovation = revision.innovation
    (line,) = shown_lines([innovation.public_id], VISITOR)
    assert line == line_of(innovation)
    content = contents_of([line.revision_id])[line.revision_id]
    whole = content_of(revision)
    assert content.needs == ("law.open_contracting",)
    for name in ("kind", "year_started", "words", "deployed", "unsuitable", "standards_read"):
        assert getattr(content, name) == getattr(whole, name)


def test_a_country_is_ready_for_what_it_states_to_have(scene):
    focal = make_member(focal_country="GE")
    stated = {
        "law.open_contracting": StatementDetails(ReadinessState.READY),
        "law.data_sharing": StatementDetails(ReadinessState.BLOCKED),
    }
    with transaction():
        state_prerequisites(focal, "GE", stated, language="en-GB")
    assert topics_ready_in("GE") == {"law.open_contracting"}
    assert states_of("GE")["law.data_sharing"] is ReadinessState.BLOCKED
    assert states_of("ID") == {}
    assert FacetIs("deployed", frozenset({"GE"})) in works_in("GE").parts[0].parts
