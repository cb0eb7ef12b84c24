"""The page of one commitment: what was promised, how far it is, who says so, who answered for it, its sources."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from hub.access.viewer import VISITOR, Viewer
from hub.commitments.evidence.queries import evidence_of
from hub.commitments.models import Commitment, TermScheme
from hub.commitments.own import OWN_CODE
from hub.commitments.owning.queries import ownerships_of
from hub.insights.kept import kept
from hub.web.access import public
from hub.web.commitments.acting import found
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.doings import doings
from hub.web.commitments.promise import promise_of
from hub.web.commitments.shown import actors_of, compared, shown_milestones
from hub.web.commitments.words import partial_date, span_of
from hub.web.i18n import direction_of, language
from hub.web.runtime import runtime
from hub.web.sessions import viewer


@commitments.get("/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Show a commitment that this reader may know of."""
    commitment = found(code)
    if commitment.code != code:
        return redirect(url_for("commitments.show", code=commitment.code), code=301)
    somebody = viewer()
    if somebody == VISITOR:
        body = kept(("commitment", commitment.code, language().code), lambda: _drawn(commitment, VISITOR))
    else:
        body = _drawn(commitment, somebody)
    return render_template(
        "commitments/show.html",
        commitment=commitment,
        direction=direction_of(commitment.language),
        doings=doings(commitment),
        body=body,
    )


def _drawn(commitment: Commitment, somebody: Viewer) -> Markup:
    """Return all of the page below its head, as `somebody` may read it, in this request's language."""
    template = current_app.jinja_env.get_template("commitments/_record.html")
    pieces = evidence_of(commitment, somebody)
    milestones = shown_milestones(commitment, somebody, pieces)
    own = commitment.code == OWN_CODE and commitment.is_shown
    body = template.render(
        commitment=commitment,
        direction=direction_of(commitment.language),
        areas=[each for each in commitment.terms if each.scheme is TermScheme.POLICY_AREA],
        values=[each for each in commitment.terms if each.scheme is TermScheme.OGP_VALUE],
        actors=actors_of(commitment),
        milestones=milestones,
        evidence=[each for each in pieces if each.milestone_id is None],
        compared=compared(commitment, somebody),
        ownerships=ownerships_of(commitment, somebody),
        promise=promise_of(commitment, milestones) if own else None,
        demo_mode=runtime().settings.demo,
        partial_date=partial_date,
        span_of=span_of,
    )
    return Markup(body)  # noqa: S704 - what a template escaped
