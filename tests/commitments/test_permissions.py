"""Who may know of a commitment: the rule and the SQL condition agree, for every state and viewer."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.commitments.models import Commitment, CommitmentStatus
from hub.commitments.permissions import answers_for, can_keep, can_view, visible_to
from hub.core.database import session
from hub.integrity.viewers import viewer_of
from tests.commitments.making import make_commitment
from tests.factories import make_member

EVERYBODY = set(CommitmentStatus)
SHOWN = {CommitmentStatus.ACTIVE, CommitmentStatus.ENDED}


@pytest.mark.db
def test_rule_and_condition_agree(database):
    owner = make_member()
    made = [make_commitment(owner=owner, status=status, country="GE") for status in CommitmentStatus]
    for viewer, known in (
        (VISITOR, SHOWN),
        (viewer_of(owner), SHOWN),
        (viewer_of(make_member(focal_country="ES")), SHOWN),
        (viewer_of(make_member(roles=[Role.ADMINISTRATOR])), SHOWN),
        (viewer_of(make_member(focal_country="GE")), EVERYBODY),
        (viewer_of(make_member(roles=[Role.COORDINATOR])), EVERYBODY),
    ):
        listed = set(session().scalars(select(Commitment.status).where(visible_to(viewer))))
        assert listed == known == {each.status for each in made if can_view(viewer, each)}


def test_an_owner_keeps_the_record_no_longer(database):
    owner = make_member(roles=[Role.COORDINATOR], focal_country="GE")
    commitment, viewer = make_commitment(owner=owner, country="GE"), viewer_of(owner)
    assert answers_for(viewer, commitment)
    assert not can_keep(viewer, commitment)
    assert can_keep(viewer, make_commitment(country="GE"))
