"""What notifications about commitments are called, for whom, and which day those about milestones name."""

from datetime import date

import pytest

from hub.access.viewer import VISITOR, Viewer
from hub.commitments.models import CommitmentStatus
from hub.commitments.naming import describe, details_of
from hub.mail.places import path_to
from hub.notifications.kinds import KINDS, dated
from tests.commitments.making import COUNTRY, make_commitment, make_milestone

pytestmark = pytest.mark.db

KEEPER = Viewer(member_id=1, focal_countries=frozenset({COUNTRY}))


def test_a_commitment_is_called_by_its_code_and_title(database):
    commitment = make_commitment(code="UK0066", title="Anti-Corruption Innovation Hub")
    milestone = make_milestone(commitment)
    found = describe({commitment.subject, milestone.subject}, VISITOR)
    assert {each.title for each in found.values()} == {"UK0066 Anti-Corruption Innovation Hub"}
    thing = found[milestone.subject]
    assert path_to("milestone_due", thing.kind, thing.key) == "/commitments/UK0066"


def test_drafts_are_named_to_their_keepers_alone(database):
    draft = make_commitment(status=CommitmentStatus.DRAFT)
    subjects = {draft.subject, make_milestone(draft).subject}
    assert describe(subjects, VISITOR) == {}
    assert describe(subjects, KEEPER).keys() == subjects


def test_the_day_of_a_milestone_is_that_of_today(database):
    milestone = make_milestone(make_commitment(), due_on=date(2027, 3, 1))
    told = ("milestone_due", milestone.subject)
    assert details_of({told})[told].moment == date(2027, 3, 1)
    words = dated("milestone_due", KINDS["milestone_due"].veiled, "1 March 2027", lambda words: words)
    assert words == "A milestone of a commitment of yours is due soon: on 1 March 2027"
