"""The labels that somebody holds."""

from dataclasses import FrozenInstanceError

import pytest

from hub.access.viewer import VISITOR, Role, Viewer


def test_a_visitor_holds_the_public_label_only():
    assert VISITOR.labels == {"public"}
    assert not VISITOR.is_member


def test_a_member_holds_labels_of_self_and_organisations():
    viewer = Viewer(member_id=7, organisations=frozenset({3, 4}))
    assert viewer.labels == {"public", "member", "person:7", "org:3", "org:4"}


def test_law_enforcement_holds_the_label_of_its_country_and_of_all():
    viewer = Viewer(member_id=7, law_enforcement_country="GE")
    assert viewer.labels == {"public", "member", "person:7", "le", "le:GE"}


@pytest.mark.parametrize("role", Role)
def test_no_role_opens_more(role):
    assert Viewer(member_id=7, roles=frozenset({role})).labels == Viewer(member_id=7).labels


def test_a_focal_point_reads_no_more_of_the_own_country():
    viewer = Viewer(member_id=7, focal_countries=frozenset({"GE"}))
    assert viewer.labels == Viewer(member_id=7).labels


def test_a_status_without_membership_gives_nothing():
    assert Viewer(law_enforcement_country="GE", organisations=frozenset({1})).labels == {"public"}


def test_a_viewer_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        VISITOR.member_id = 1
