"""The page of a partnership: its plan, its outcomes, and what this viewer can do next; the start of the work."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import can_view
from hub.collaboration.models import (
    CollaborationRequest,
    Outcome,
    OutcomeStatus,
    RequestStatus,
    Response,
)
from hub.collaboration.partnerships.permissions import (
    acts_for_one_side,
    can_sign,
    is_plan_open,
    moment_to_record,
    next_follow_up,
    overdue_ids,
)
from hub.collaboration.partnerships.plan import MOST_STEPS
from hub.collaboration.partnerships.queries import accepted_of, outcomes_of, plan_of, unplanned_of
from hub.collaboration.partnerships.replicating import (
    Obstacle,
    innovations_in,
    is_replicable,
    obstacle_for,
    proposals_for,
)
from hub.collaboration.partnerships.service import start_partnership
from hub.collaboration.permissions import can_record_outcome, is_requester, side_of
from hub.collaboration.queries import request_by_id
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.web.access import members_only
from hub.web.collaboration.asker import asker_of
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import partnership_address, partnership_of, side_names
from hub.web.collaboration.partnership_forms import StepForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class ShownOutcome:
    """One outcome, and what the viewer may do about it.

    Args:
        outcome: what was recorded.
        may_sign: whether they may agree to it or dispute it.
        may_revise: whether they may put it differently.
        may_propose: whether they may propose a replication from it.
        obstacle: what keeps them from it where one could be proposed, else None.
        innovations: what could be replicated, where they may read its record.
    """

    outcome: Outcome
    may_sign: bool
    may_revise: bool
    may_propose: bool
    obstacle: Obstacle | None
    innovations: Sequence[Innovation]


@collaboration.get("/<public_id>/responses/<response_id>/partnership")
@members_only
def partnership(public_id: str, response_id: str) -> ResponseReturnValue:
    """Show the plan of a partnership and what came of it."""
    response = partnership_of(public_id, response_id)
    return page_of(response, step_form(response))


@collaboration.post("/<public_id>/start")
@members_only
def start(public_id: str) -> ResponseReturnValue:
    """Start the work with every partner whose response was accepted."""
    request = request_by_id(public_id, viewer())
    try:
        with transaction():
            start_partnership(actor(), request)
    except InvalidError as error:
        lacking = next(iter(unplanned_of(request)), None)
        if lacking is None:
            raise
        flash(translate(error.message, **error.parameters), "error")
        return make_response(page_of(lacking, step_form(lacking)), error.status)
    flash(translate("The work has started. Your partners are told."))
    return redirect(_after_start(request), code=303)


def _after_start(request: CollaborationRequest) -> str:
    """Return the page of the plan; of several partners the request names each plan."""
    partners = accepted_of(request)
    if len(partners) == 1:
        return partnership_address(partners[0])
    return url_for("collaboration.show", public_id=request.public_id)


def step_form(response: Response) -> StepForm:
    """Return an empty form for a step, or the one that was sent."""
    form = StepForm()
    form.offer(side_names(response))
    return form


def page_of(response: Response, form: StepForm) -> str:
    """Return the page of a partnership.

    Args:
        response: an accepted response that the viewer is party to.
        form: of a new step; it may come back with what is wrong in it.
    """
    somebody, request, now = viewer(), response.request, clock.now()
    outcomes, steps = outcomes_of(response), plan_of(response)
    is_acting = acts_for_one_side(somebody, response)
    is_open = is_acting and is_plan_open(response, outcomes)
    is_own_request = is_requester(somebody, request)
    may_start = is_own_request and request.status is RequestStatus.AGREED
    return render_template(
        "collaboration/partnership.html",
        sought=request,
        response=response,
        asker=asker_of(request),
        names=side_names(response),
        side=side_of(somebody, response),
        is_acting=is_acting,
        form=form,
        steps=steps,
        overdue=overdue_ids(steps, now) if is_open else frozenset(),
        is_open=is_open,
        has_room=len(steps) < MOST_STEPS,
        may_start=may_start,
        unplanned=[each for each in unplanned_of(request) if each.id != response.id] if may_start else [],
        outcomes=[_shown(somebody, each, is_acting=is_acting) for each in outcomes],
        moment=moment_to_record(response, outcomes, now) if is_acting else None,
        asked_next=next_follow_up(response, outcomes, now),
    )


def _shown(somebody: Viewer, outcome: Outcome, *, is_acting: bool) -> ShownOutcome:
    may_propose = is_acting and bool(proposals_for(somebody, outcome))
    named = innovations_in(outcome) if is_replicable(outcome) else ()
    seen = [each for each in named if can_view(somebody, each)]
    return ShownOutcome(
        outcome=outcome,
        may_sign=outcome.status is OutcomeStatus.RECORDED and can_sign(somebody, outcome),
        may_revise=is_acting
        and outcome.status is OutcomeStatus.DISPUTED
        and can_record_outcome(somebody, outcome),
        may_propose=may_propose,
        obstacle=obstacle_for(somebody, outcome) if seen and not may_propose else None,
        innovations=seen,
    )
