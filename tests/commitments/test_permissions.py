"""Who may know of a commitment: the rule and the SQL condition agree, for every state and viewer."""

import pytest
from sqlalchemy import select

from hub.access.viewer import VISITOR, Role
from hub.commitments.models import Commitment, CommitmentStatus
from hub.commitments.permissions import can_view, visible_to
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
