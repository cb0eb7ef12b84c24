"""One's own commitments: offers to answer, those one answers for, and drafts of the countries one keeps."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.commitments.evidence.queries import evidence_given_by
from hub.commitments.milestones.queries import due_for
from hub.commitments.owning.queries import commitments_owned_by, handovers_for
from hub.commitments.permissions import can_enter
from hub.commitments.queries import drafts_kept_by
from hub.web.access import members_only
from hub.web.commitments.blueprint import commitments
from hub.web.sessions import viewer


@commitments.get("/mine")
@members_only
def mine() -> ResponseReturnValue:
    """Show what of commitments is one's own, first what waits for an answer."""
    somebody = viewer()
    may_enter = can_enter(somebody)
    return render_template(
        "commitments/mine.html",
        offers=handovers_for(somebody),
        owned=commitments_owned_by(somebody),
        due=due_for(somebody),
        drafts=drafts_kept_by(somebody) if may_enter else [],
        given=evidence_given_by(somebody),
        may_enter=may_enter,
    )
