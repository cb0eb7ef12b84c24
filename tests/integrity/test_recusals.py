"""Recusals are written once for each person and thing; those of one's own bind for good."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from hub.access.viewer import VISITOR, Role
from hub.core.clock import now
from hub.core.database import session, transaction
from hub.integrity.models import Recusal
from hub.integrity.permissions import Conflict, Involvement, conflict_of
from hub.integrity.queries import ground_of, recusal_of
from hub.integrity.service import record_recusal
from hub.integrity.viewers import viewer_of
from tests.factories import make_member
from tests.vetting.conftest import logged

pytestmark = pytest.mark.db

SUBJECT = "innovation:23456789abcdefghjkmnpq"
NOBODY = Involvement(frozenset(), frozenset(), SUBJECT)


@pytest.fixture
def coordinator(database):
    return make_member(roles=[Role.COORDINATOR])


def recorded(member, conflict, words=""):
    with transaction():
        return record_recusal(viewer_of(member), SUBJECT, conflict, words)


def test_however_often_it_is_met_it_is_written_once(coordinator):
    met = (Conflict.OWN_ORGANISATION, Conflict.OWN_ORGANISATION, Conflict.INTEREST, Conflict.OWN_SUBMISSION)
    assert [recorded(coordinator, each) for each in met] == [True, False, False, False]
    assert session().scalar(select(func.count(Recusal.id))) == 1
    assert logged("recusal:record") == 1


def test_each_person_has_their_own(coordinator):
    recorded(coordinator, Conflict.INTEREST)
    assert recorded(make_member(roles=[Role.COORDINATOR]), Conflict.INTEREST)
    assert logged("recusal:record") == 2


def test_what_was_derived_binds_only_as_long_as_its_ground(coordinator):
    recorded(coordinator, Conflict.OWN_ORGANISATION)
    assert conflict_of(viewer_of(coordinator), NOBODY) is None


def test_recusing_oneself_binds_for_good_and_takes_the_place_of_what_was_derived(coordinator):
    recorded(coordinator, Conflict.OWN_ORGANISATION)
    assert recorded(coordinator, Conflict.DECLARED, "We quarrelled.")
    assert not recorded(coordinator, Conflict.DECLARED, "Again.")
    assert not recorded(coordinator, Conflict.INTEREST)
    viewer = viewer_of(coordinator)
    assert conflict_of(viewer, NOBODY) is Conflict.DECLARED
    assert recusal_of(viewer, SUBJECT).words == "We quarrelled."
    assert ground_of(viewer, NOBODY, Conflict.DECLARED).words == "We quarrelled."


def test_another_thing_is_untouched(coordinator):
    recorded(coordinator, Conflict.DECLARED)
    other = Involvement(frozenset(), frozenset(), "innovation:other")
    assert conflict_of(viewer_of(coordinator), other) is None


def test_a_visitor_has_none(database):
    with transaction():
        assert not record_recusal(VISITOR, SUBJECT, Conflict.INTEREST)


def test_the_database_keeps_one_row_for_each(coordinator):
    row = {"member_id": coordinator.id, "subject": SUBJECT, "words": "", "recorded_at": now()}
    session().execute(insert(Recusal).values(row | {"conflict": "declared"}))
    with pytest.raises(IntegrityError):
        session().execute(insert(Recusal).values(row | {"conflict": "interest"}))
