"""What waits on somebody agrees with what their desks list, apart from what they sent themselves."""

import pytest

from hub.access.viewer import VISITOR
from hub.alerts.own import own_organisations, own_records
from hub.alerts.waiting import what_waits
from hub.catalogue.countries.figures import figures_of
from hub.catalogue.queries import own_innovations
from hub.catalogue.replications.queries import claims_to_confirm
from hub.catalogue.review.queries import review_queue
from hub.catalogue.tasks.queries import task_queue
from hub.core.pagination import PageRequest
from hub.integrity.permissions import Conflict
from tests.catalogue.cast import make_cast, record_of
from tests.catalogue.proofs import claimed, evidence_for, evidenced
from tests.catalogue.records import GEORGIAN_POLICE, MEMBERS, draft, submitted, taken

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    """Everybody, and some of everything that waits."""
    everybody = make_cast()
    for readership in (MEMBERS, GEORGIAN_POLICE):
        submitted(everybody.scene, name="Waiting", readership=readership)
    taken(everybody.scene, name="Held")
    draft(everybody.scene, name="Begun")
    evidence_for(everybody, record_of(everybody, name="With evidence", offences=("uncac-15",)))
    claimed(everybody, record_of(everybody, name="Claimed", readership=MEMBERS, offences=("uncac-15",)))
    claimed(everybody, record_of(everybody, name="Claimed by the other side"), by="adopter")
    evidenced(everybody)
    return everybody


def number(piles, *kinds):
    return sum(piles[kind].number for kind in kinds if kind in piles)


def test_records_and_tasks_agree_with_the_queue(cast):
    for name in ("free", "holder", "reviewer"):
        viewer = cast.viewer(name)
        piles = what_waits(viewer)
        queue = [each for each in review_queue(viewer) if each.is_mine or not each.is_taken]
        assert number(piles, "records", "held_records") == len(queue), name
        tasks = [
            each
            for each in task_queue(viewer)
            if each.is_mine or not (each.is_taken or each.conflict is Conflict.OWN_SUBMISSION)
        ]
        kinds = ("evidence", "replications", "record_claims", "problem_reports", "innovation_proposals")
        assert number(piles, *kinds, *(f"held_{kind}" for kind in kinds)) == len(tasks), name


def test_replications_to_confirm_agree_with_the_list(cast):
    for name, viewer in cast.viewers.items():
        if viewer.is_member:
            assert number(what_waits(viewer), "replications_to_confirm") == len(claims_to_confirm(viewer)), (
                name
            )


def test_own_records_agree_with_the_list(cast):
    for name, viewer in cast.viewers.items():
        own = {each.innovation.id for each in own_records(viewer, 50)}
        assert own == {each.id for each in own_innovations(viewer, PageRequest()).items}, name
        assert {each.organisation.id for each in own_organisations(viewer)} == viewer.organisations


def test_nothing_waits_on_visitors(cast):
    assert what_waits(VISITOR) == {}
    assert own_records(VISITOR, 5) == []
    assert own_organisations(VISITOR) == []


def test_figures_count_what_the_viewer_may_see(cast):
    seen_by_all, seen_by_members = figures_of("GE", VISITOR), figures_of("GE", cast.viewer("member"))
    assert seen_by_members.published == seen_by_all.published + 1
    assert seen_by_all.focal_points == 1
