"""From a metric back to the milestones it measures: of published commitments, for everybody."""

import pytest

from hub.access.viewer import VISITOR
from hub.commitments.milestones.bound import bound_to
from hub.commitments.models import CommitmentStatus, MilestoneMetric
from hub.core.database import session
from tests.commitments.making import make_commitment, make_milestone


@pytest.mark.parametrize(("status", "named"), [(CommitmentStatus.ACTIVE, 1), (CommitmentStatus.DRAFT, 0)])
def test_a_metric_names_the_milestones_of_what_visitors_may_read(database, status, named):
    milestone = make_milestone(make_commitment(status=status))
    milestone.metrics = [MilestoneMetric(metric="showcases_held", breakdown="country:ID", target=4)]
    session().commit()
    found = bound_to("showcases_held", VISITOR)
    assert [(each.number, each.breakdown, each.target) for each in found] == [
        (milestone.number, "country:ID", 4)
    ][:named]
    assert not bound_to("entries_presented", VISITOR)
