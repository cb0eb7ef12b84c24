"""The steps of a plan: adding, changing, moving, finishing and removing them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from hub.collaboration.models import PlanStep, Response, Side
from hub.collaboration.partnerships.plan import (
    add_step as add,
    finish_step as finish,
    move_step as move,
    remove_step as remove,
    reopen_step as reopen,
    save_step,
)
from hub.collaboration.partnerships.queries import step_by_id
from hub.core.database import transaction
from hub.core.errors import StaleVersionError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.collaboration.blueprint import collaboration
from hub.web.collaboration.partners import partnership_address, partnership_of, side_names
from hub.web.collaboration.partnership import page_of, step_form
from hub.web.collaboration.partnership_forms import StepForm, kept_step
from hub.web.fields import HTTP_CONFLICT
from hub.web.i18n import translate
from hub.web.sessions import actor

STEPS = "/<public_id>/responses/<response_id>/partnership/steps"
PLACES = {"up": -1, "down": 1}
"""How far each button moves."""


def _found(public_id: str, response_id: str, step_id: str) -> PlanStep:
    return step_by_id(partnership_of(public_id, response_id), step_id)


def _at(response: Response, step: PlanStep) -> str:
    return partnership_address(response, f"step-{step.public_id}")


@collaboration.post(STEPS)
@members_only
def add_step(public_id: str, response_id: str) -> ResponseReturnValue:
    """Put a step at the end of the plan."""
    response = partnership_of(public_id, response_id)
    form = step_form(response)

    def act() -> ResponseReturnValue:
        with transaction():
            step = add(actor(), response, form.details())
        flash(translate("Added. The other side sees it too."))
        return redirect(_at(response, step), code=303)

    return ask(form, act, lambda: page_of(response, form))


@collaboration.route(f"{STEPS}/<step_id>", methods=["GET", "POST"])
@members_only
def step(public_id: str, response_id: str, step_id: str) -> ResponseReturnValue:
    """Show a step in a form, and save it."""
    found = _found(public_id, response_id, step_id)
    response, kept = found.response, kept_step(found)
    form = StepForm(chosen_fields(kept)) if request.method == "POST" else StepForm(data=kept)
    names = side_names(response)
    form.offer(names)
    form.accepted = (found.words,)

    def act() -> ResponseReturnValue:
        with transaction():
            save_step(actor(), found, form.details(), version=sent_version())
        flash(translate("Saved. The other side sees it too."))
        return redirect(_at(response, found), code=303)

    def page() -> str:
        return render_template(
            "collaboration/step.html",
            form=form,
            response=response,
            step=found,
            version=opened_version(found.version),
        )

    try:
        return ask(form, act, page)
    except StaleVersionError:
        return _stale(found, form, names)


def _stale(found: PlanStep, form: StepForm, names: dict[Side, str]) -> ResponseReturnValue:
    """Return 409 with what was typed beside what somebody else saved meanwhile."""
    saved = StepForm(formdata=None, data=kept_step(found))
    saved.offer(names)

    def shown(field: Field) -> str:
        if field.name == "owner":
            return next((name for side, name in names.items() if side.value == field.data), "")
        return str(field.data or "")

    page = render_template(
        "collaboration/step_stale.html",
        response=found.response,
        address=url_for(
            "collaboration.step",
            public_id=found.response.request.public_id,
            response_id=found.response.public_id,
            step_id=found.public_id,
        ),
        texts=two_texts(("words", "owner", "due_on"), form, saved, shown),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=found.version,
    )
    return page, HTTP_CONFLICT


@collaboration.post(f"{STEPS}/<step_id>/move")
@members_only
def move_step(public_id: str, response_id: str, step_id: str) -> ResponseReturnValue:
    """Move a step one place up or down."""
    found = _found(public_id, response_id, step_id)
    with transaction():
        move(actor(), found, places=PLACES.get(request.form.get("to", ""), 0))
    return redirect(_at(found.response, found), code=303)


@collaboration.post(f"{STEPS}/<step_id>/finish")
@members_only
def finish_step(public_id: str, response_id: str, step_id: str) -> ResponseReturnValue:
    """Say that a step is done."""
    found = _found(public_id, response_id, step_id)
    with transaction():
        finish(actor(), found)
    return redirect(_at(found.response, found), code=303)


@collaboration.post(f"{STEPS}/<step_id>/reopen")
@members_only
def reopen_step(public_id: str, response_id: str, step_id: str) -> ResponseReturnValue:
    """Say that a step is not done after all."""
    found = _found(public_id, response_id, step_id)
    with transaction():
        reopen(actor(), found)
    return redirect(_at(found.response, found), code=303)


@collaboration.post(f"{STEPS}/<step_id>/remove")
@members_only
def remove_step(public_id: str, response_id: str, step_id: str) -> ResponseReturnValue:
    """Take a step from the plan, as it was seen."""
    found = _found(public_id, response_id, step_id)
    response = found.response
    with transaction():
        remove(actor(), found, version=sent_version())
    flash(translate("Removed from the plan. The other side sees it too."))
    return redirect(partnership_address(response, "plan"), code=303)
