"""Who should see an entry of a showcase: told to its side and its team, of who may see showcase and record."""

import pytest

from hub.access.viewer import VISITOR
from hub.core.errors import ForbiddenError, NotFoundError
from hub.integrity.viewers import viewer_of
from hub.matching.suggesting.showing import people_for_entry
from tests.catalogue.records import GEORGIAN_POLICE, make_scene
from tests.factories import make_member
from tests.matching.scenes import found_for, make_coordinator, officer, tracing_tool
from tests.showcases.scenes import POLICE, drafted_entry, make_curator, opened_showcase, proposed_entry

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene("EE")


def test_side_and_team_are_told_and_nobody_else(scene, matching):
    nino, curator = officer(), make_curator()
    showcase = opened_showcase(curator)
    entry = proposed_entry(showcase, tracing_tool(scene), scene.partner)
    for member in (scene.partner, curator):
        assert found_for(matching, member, people_for_entry, entry) == [nino.public_id]
    for member in (nino, make_member(), make_coordinator(), make_member(belongs_to=[scene.owner])):
        with pytest.raises(NotFoundError):
            people_for_entry(matching, viewer_of(member), entry)
    with pytest.raises(ForbiddenError):
        people_for_entry(matching, VISITOR, entry)


def test_a_curator_with_a_conflict_is_told_nothing(scene, matching):
    curator = make_curator(belongs_to=[scene.owner])
    entry = proposed_entry(opened_showcase(curator), tracing_tool(scene), scene.partner)
    with pytest.raises(NotFoundError):
        people_for_entry(matching, viewer_of(curator), entry)


def test_a_draft_is_its_sides_alone(scene, matching):
    nino, curator = officer(), make_curator()
    entry = drafted_entry(opened_showcase(curator), tracing_tool(scene), scene.partner)
    assert found_for(matching, scene.partner, people_for_entry, entry) == [nino.public_id]
    with pytest.raises(NotFoundError):
        people_for_entry(matching, viewer_of(curator), entry)


def test_presenters_and_colleagues_are_not_suggested(scene, matching):
    presenter = officer()
    officer(belongs_to=[scene.owner])
    entry = proposed_entry(opened_showcase(), tracing_tool(scene), scene.partner, presenters=[presenter])
    assert found_for(matching, scene.partner, people_for_entry, entry) == []


def test_only_who_may_see_showcase_and_record_is_suggested(scene, matching):
    officer()
    officer(law_enforcement="FR")
    inside = officer(law_enforcement="GE")
    curator = make_curator(law_enforcement="GE")
    entry = proposed_entry(
        opened_showcase(curator, readership=POLICE),
        tracing_tool(scene, readership=GEORGIAN_POLICE),
        scene.partner,
    )
    assert found_for(matching, curator, people_for_entry, entry) == [inside.public_id]


def test_words_of_a_record_that_the_team_may_not_see_are_not_compared(scene, matching):
    officer()
    curator = make_curator()
    entry = proposed_entry(
        opened_showcase(curator), tracing_tool(scene, readership=GEORGIAN_POLICE), scene.partner
    )
    assert found_for(matching, curator, people_for_entry, entry) == []
