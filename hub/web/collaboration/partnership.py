"""The page of a partnership: its plan, its outcomes, and what this viewer can do next; the start of the work."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.collaboration.models import (
    Outcome,
    OutcomeStatus,
    PlanStep,
    RequestStatus,
    Response,
)
from hub.collaboration.partnerships.permissions import (
    FOLLOW_UPS,
    acts_for_one_side,
    can_sign,
    first_day_not_over,
    is_plan_open,
    moment_to_record,
)
from hub.collaboration.partnerships.plan import MOST_STEPS
from hub.collaboration.partnerships.queries import outcomes_of, plan_of, unplanned_of
from hub.collaboration.partnerships.replicating import innovations_in, is_replicable, proposals_for
from hub.collaboration.partnerships.service import start_partnership
from hub.collaboration.permissions import can_record_outcome, is_requester, side_of
from hub.collaboration.queries import request_by_id
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.web.access import members_only
from hub.web.collaboration.asker import asker_of
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import partnership_of, side_names
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
        is_replicable: whether somebody could.
    """

    outcome: Outcome
    may_sign: bool
    may_revise: bool
    may_propose: bool
    is_replicable: bool


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
    return redirect(_after_start(public_id), code=303)


def _after_start(public_id: str) -> str:
    return url_for("collaboration.show", public_id=public_id)


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
        request=request,
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


def overdue_ids(steps: list[PlanStep], at: datetime) -> frozenset[int]:
    """Return the ids of the steps that should have been done by now."""
    today = first_day_not_over(at)
    return frozenset(each.id for each in steps if each.done_at is None and each.due_on < today)


def next_follow_up(response: Response, outcomes: list[Outcome], at: datetime) -> datetime | None:
    """Return when both sides are asked next what became of it, or None."""
    completed = response.request.completed_at
    if completed is None:
        return None
    recorded = {each.moment for each in outcomes}
    coming = (
        completed + begins
        for moment, (begins, _ends) in FOLLOW_UPS.items()
        if moment not in recorded and completed + begins > at
    )
    return next(coming, None)


def _shown(somebody: Viewer, outcome: Outcome, *, is_acting: bool) -> ShownOutcome:
    return ShownOutcome(
        outcome=outcome,
        may_sign=outcome.status is OutcomeStatus.RECORDED and can_sign(somebody, outcome),
        may_revise=is_acting
        and outcome.status is OutcomeStatus.DISPUTED
        and can_record_outcome(somebody, outcome),
        may_propose=is_acting and bool(proposals_for(somebody, outcome)),
        is_replicable=is_replicable(outcome) and bool(innovations_in(outcome)),
    )
