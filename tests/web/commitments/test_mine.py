"""One's own commitments, and what of them waits on the start page."""

from hub.access.viewer import VISITOR
from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import CommitmentStatus
from hub.core.database import session
from tests.commitments.making import in_days, make_commitment, make_evidence, make_handover
from tests.factories import make_member


def test_it_lists_offers_owned_ones_drafts_and_evidence(new_client, owner, commitment, text):
    somebody = make_member(focal_country="GE")
    browser = new_client().become(somebody)
    make_handover(commitment, to=somebody, by=owner)
    make_commitment(title="Mine to answer for", owner=somebody)
    make_commitment(title="A Georgian draft", country="GE", status=CommitmentStatus.DRAFT)
    make_commitment(title="A British draft", status=CommitmentStatus.DRAFT)
    make_commitment(title="A Georgian promise", country="GE")
    make_evidence(commitment, giver=somebody)
    page = text(browser.get("/commitments/mine"))
    shown = (
        "A hub for innovation",
        "Mine to answer for",
        "A Georgian draft",
        "A Georgian promise",
        "A report",
    )
    assert all(each in page for each in shown)
    assert "A British draft" not in page


def test_who_has_none_is_told_what_would_stand_there(new_client, database, text):
    browser = new_client().become(make_member())
    assert "You answer for no commitment" in text(browser.get("/commitments/mine"))


def test_what_is_due_and_what_is_to_be_judged_stand_on_the_start_page(owning, judging, commitment, text):
    milestones_of(commitment, VISITOR)[0].due_on = in_days(3)
    make_evidence(commitment)
    session().commit()
    assert "Say how far “A hub stands” is" in text(owning.get("/start"))
    assert "Judge evidence for a commitment" in text(judging.get("/start"))
