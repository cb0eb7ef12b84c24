"""What works together: what reads what another writes, only among what the reader may see."""

import pytest

from hub.access.viewer import VISITOR
from hub.catalogue.models import InnovationStatus
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from hub.matching import composing
from hub.matching.composing import Composition, composes_with
from tests.catalogue.records import GEORGIAN_POLICE, POLICE, make_scene, published
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def scene(database):
    return make_scene()


def record(scene, *, reads=(), writes=(), **details):
    return published(scene, standards_read=reads, standards_written=writes, **details).innovation


def named(links):
    return [(each.innovation.public_id, each.standards) for each in links]


def test_what_reads_what_it_writes_stands_beside_what_writes_what_it_reads(scene):
    own = record(scene, reads=("ocds",), writes=("bods", "goaml"))
    reader = record(scene, reads=("bods", "goaml", "iati"))
    writer = record(scene, writes=("ocds", "bods"))
    found = composes_with(own, VISITOR)
    assert named(found.feeds) == [(reader.public_id, ("bods", "goaml"))]
    assert named(found.is_fed_by) == [(writer.public_id, ("ocds",))]


def test_reading_the_same_is_no_composition(scene):
    own = record(scene, reads=("ocds",))
    record(scene, reads=("ocds",))
    assert composes_with(own, VISITOR) == Composition()
    assert not composes_with(own, VISITOR)


def test_a_standard_that_few_handle_comes_first(scene):
    own = record(scene, writes=("ocds", "goaml"))
    common = [record(scene, reads=("ocds",)) for _ in range(2)]
    rare = record(scene, reads=("goaml",))
    found = named(composes_with(own, VISITOR).feeds)
    assert found == [(rare.public_id, ("goaml",)), *((each.public_id, ("ocds",)) for each in common)]


def test_no_more_than_a_few_are_named(scene, monkeypatch):
    monkeypatch.setattr(composing, "MOST", 1)
    own = record(scene, writes=("ocds",))
    for _ in range(2):
        record(scene, reads=("ocds",))
    assert len(composes_with(own, VISITOR).feeds) == 1


def test_what_the_reader_may_not_see_is_not_named(scene):
    own = record(scene, writes=("goaml",))
    hidden = record(scene, reads=("goaml",), readership=GEORGIAN_POLICE)
    police = make_member(law_enforcement="GE")
    assert named(composes_with(own, viewer_of(police)).feeds) == [(hidden.public_id, ("goaml",))]
    for viewer in (VISITOR, viewer_of(make_member()), viewer_of(make_member(law_enforcement="FR"))):
        assert not composes_with(own, viewer)


def test_nothing_is_told_of_a_record_that_the_reader_may_not_see(scene):
    own = record(scene, writes=("goaml",), readership=POLICE)
    record(scene, reads=("goaml",))
    assert not composes_with(own, VISITOR)
    assert not composes_with(own, viewer_of(make_member()))
    assert composes_with(own, viewer_of(make_member(law_enforcement="GE")))
    assert composes_with(own, viewer_of(scene.partner))


def test_archived_records_are_not_named(scene):
    own = record(scene, writes=("ocds",))
    other = record(scene, reads=("ocds",))
    other.status, other.archived_at = InnovationStatus.ARCHIVED, now()
    session().commit()
    assert not composes_with(own, VISITOR)
