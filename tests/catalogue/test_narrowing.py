"""Showing a published record to fewer people acts at once; showing it to more waits for two coordinators."""

from itertools import permutations

import pytest
from sqlalchemy import select

from hub.access.audience import Audience, Readership, Tlp
from hub.audit.queries import history_of
from hub.core.database import session
from hub.search.documents import Document
from hub.search.models import SearchJournal
from hub.search.queries import withheld_ids
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    draft,
    make_scene,
    named_organisations,
    published,
    revised,
    save,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.db

OPEN_TO_MEMBERS = Readership(Audience.MEMBERS, Tlp.CLEAR)

CHAIN = (EVERYBODY, OPEN_TO_MEMBERS, MEMBERS, POLICE, GEORGIAN_POLICE)
"""From the widest to the narrowest."""


@pytest.fixture
def scene(database):
    return make_scene()


def narrow(scene, innovation, readership):
    save(scene.partner, revised(scene, innovation), readership=readership)


def last_row():
    return session().scalars(select(SearchJournal).order_by(SearchJournal.number.desc())).first()


STEPS = [
    pytest.param(before, after, id=f"{before.audience}-{before.tlp}-{len(before.countries)} to "
                 f"{after.audience}-{after.tlp}-{len(after.countries)}")
    for before, after in permutations(CHAIN, 2)
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_way_down_acts_at_once_and_the_way_up_waits(scene, before, after):
    innovation = published(scene, readership=before).innovation
    narrow(scene, innovation, after)
    is_down = CHAIN.index(after) > CHAIN.index(before)
    assert innovation.readership == (after if is_down else before)
    assert innovation.revisions[-1].readership == after
    assert innovation.revisions[-1].is_widening is not is_down
    events = [each.event for each in history_of(innovation.subject)]
    assert ("innovation:narrow" in events) is is_down


def test_others_are_not_fewer(scene):
    innovation = published(scene, readership=GEORGIAN_POLICE).innovation
    indonesian = Readership(Audience.LAW_ENFORCEMENT, Tlp.AMBER, countries=frozenset({"ID"}))
    narrow(scene, innovation, indonesian)
    assert innovation.readership == GEORGIAN_POLICE
    assert innovation.revisions[-1].is_widening


def test_one_named_organisation_less_is_fewer_and_one_more_is_not(scene):
    one, other = make_organisation(), make_organisation()
    innovation = published(scene, readership=named_organisations(one, other)).innovation
    narrow(scene, innovation, named_organisations(one))
    assert innovation.readership == named_organisations(one)
    save(scene.partner, innovation.revisions[-1], readership=named_organisations(one, other))
    assert innovation.readership == named_organisations(one)


def test_narrowing_is_withheld_from_every_search_until_the_index_has_it(scene):
    innovation = published(scene).innovation
    narrow(scene, innovation, GEORGIAN_POLICE)
    row = last_row()
    assert row.narrows
    assert Document.from_json(row.document).labels == {"le:GE"}
    assert withheld_ids(row.number - 1) == {innovation.public_id}
    assert withheld_ids(row.number) == frozenset()


def test_narrowing_is_in_the_history(scene):
    innovation = published(scene).innovation
    narrow(scene, innovation, MEMBERS)
    assert history_of(innovation.subject)[-1].event == "innovation:narrow"


def test_choosing_the_same_audience_changes_nothing(scene):
    innovation = published(scene).innovation
    number = last_row().number
    narrow(scene, innovation, EVERYBODY)
    assert last_row().number == number
    assert history_of(innovation.subject)[-1].event == "innovation:revise"


def test_narrowing_a_draft_touches_no_index(scene):
    save(scene.partner, draft(scene), readership=GEORGIAN_POLICE)
    assert last_row() is None
