"""Whether somebody is free of conflict with a thing, told from who takes part in it."""

import pytest

from hub.access.viewer import VISITOR, Role, Viewer
from hub.integrity.permissions import CONFLICT_WORDS, Conflict, Involvement, conflict_of

NINO = Viewer(
    member_id=1, roles=frozenset({Role.COORDINATOR}), organisations=frozenset({5}), represents=frozenset({5})
)


def involvement(members=(), organisations=()):
    return Involvement(frozenset(members), frozenset(organisations))


def test_who_submitted_may_not_decide():
    assert conflict_of(NINO, involvement(members=[1, 2])) is Conflict.OWN_SUBMISSION


def test_who_belongs_to_an_organisation_in_it_may_not_decide():
    assert conflict_of(NINO, involvement(members=[2], organisations=[4, 5])) is Conflict.OWN_ORGANISATION


def test_a_mere_member_of_the_organisation_may_not_decide_either():
    mere = Viewer(member_id=3, organisations=frozenset({5}))
    assert conflict_of(mere, involvement(organisations=[5])) is Conflict.OWN_ORGANISATION


def test_the_own_submission_is_named_before_the_organisation():
    assert conflict_of(NINO, involvement(members=[1], organisations=[5])) is Conflict.OWN_SUBMISSION


def test_others_are_free():
    assert conflict_of(NINO, involvement(members=[2], organisations=[4])) is None
    assert conflict_of(NINO, involvement()) is None


def test_a_visitor_takes_part_in_nothing():
    assert conflict_of(VISITOR, involvement(members=[1], organisations=[5])) is None


@pytest.mark.parametrize("conflict", Conflict)
def test_every_conflict_has_words(conflict):
    assert CONFLICT_WORDS[conflict].endswith(".")
