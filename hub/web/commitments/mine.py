"""One's own commitments: offers to answer, those one answers for, and drafts of the countries one keeps."""

from flask import render_template
from flask.typing import ResponseReturnValue

from hub.commitments.evidence.queries import evidence_given_by
from hub.commitments.milestones.queries import due_for
from hub.commitments.models import Commitment
from hub.commitments.owning.queries import commitments_owned_by, handovers_for
from hub.commitments.permissions import can_enter, can_keep
from hub.commitments.queries import commitments_of_country, drafts_kept_by
from hub.web.access import members_only
from hub.web.commitments.blueprint import commitments
from hub.web.sessions import viewer

MOST_KEPT = 20
"""Commitments of one country that the page names; the directory has the rest."""


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
        kept={country: _kept_of(country) for country in sorted(somebody.focal_countries)},
    )


def _kept_of(country: str) -> list[Commitment]:
    """Return the published commitments of a country whose record the viewer keeps."""
    found = commitments_of_country(country, viewer(), MOST_KEPT)
    return [each for each in found if each.is_shown and can_keep(viewer(), each)]
