"""Whether somebody is free of conflict with a thing, told from who takes part in it."""

from dataclasses import replace
from datetime import date

import pytest

from hub.access.viewer import VISITOR, Interest, Role, Viewer
from hub.catalogue.permissions import involvement_in
from hub.catalogue.tasks.permissions import involvement_of
from hub.core.database import session, transaction
from hub.integrity.permissions import (
    CONFLICT_LABELS,
    CONFLICT_WORDS,
    Conflict,
    Involvement,
    conflict_of,
    interests_in,
)
from hub.integrity.service import Declaration, declare_interest
from hub.integrity.viewers import viewer_of
from hub.members.models import RoleGrant
from tests.catalogue import proofs
from tests.catalogue.cast import make_cast
from tests.factories import make_member, make_organisation

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


def test_a_declared_interest_is_a_conflict():
    funded = replace(NINO, organisations=frozenset(), interests=frozenset({Interest(7, "funding")}))
    assert conflict_of(funded, involvement(organisations=[7])) is Conflict.INTEREST
    assert conflict_of(funded, involvement(organisations=[8])) is None


def test_membership_is_named_before_an_interest():
    both = replace(NINO, interests=frozenset({Interest(5, "funding")}))
    assert conflict_of(both, involvement(organisations=[5])) is Conflict.OWN_ORGANISATION


def test_the_longest_lasting_interest_comes_first():
    soon, late, lasting = (
        Interest(7, "funding", date(2025, 1, 1), date(2027, 1, 1)),
        Interest(7, "employer", date(2026, 1, 1), date(2028, 1, 1)),
        Interest(7, "family"),
    )
    viewer = replace(NINO, interests=frozenset({soon, late, lasting}))
    assert interests_in(viewer, involvement(organisations=[7])) == (lasting, late, soon)


def test_an_own_recusal_is_a_conflict_with_that_thing_alone():
    recused = replace(NINO, recusals=frozenset({"innovation:a"}))
    assert conflict_of(recused, Involvement(frozenset(), frozenset(), "innovation:a")) is Conflict.DECLARED
    assert conflict_of(recused, Involvement(frozenset(), frozenset(), "innovation:b")) is None
    assert conflict_of(recused, involvement()) is None


def test_interests_of_who_decides_nothing_are_left_out(database):
    organisation = make_organisation("Open Ledger")
    member = make_member()
    with transaction():
        declare_interest(member, Declaration("funding", "open ledger"))
    assert not viewer_of(member).interests
    session().add(RoleGrant(member_id=member.id, role=Role.FOCAL_POINT, country="GE", reason="for a test"))
    session().commit()
    assert {each.organisation_id for each in viewer_of(member).interests} == {organisation.id}


def test_records_and_tasks_name_the_record_for_recusals(database):
    cast = make_cast()
    evidence = proofs.evidence_for(cast)
    innovation = evidence.innovation
    assert involvement_of(evidence).subject == innovation.subject
    assert involvement_in(innovation.published_revision).subject == innovation.subject


@pytest.mark.parametrize("conflict", Conflict)
def test_every_conflict_has_a_label(conflict):
    assert CONFLICT_LABELS[conflict]
