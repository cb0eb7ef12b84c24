"""Milestones of a commitment: adding, changing, postponing, removing, and saying how far they are."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.commitments.evidence.gate import supports
from hub.commitments.lifecycle import MILESTONES
from hub.commitments.milestones.details import MilestoneDetails
from hub.commitments.milestones.moving import move_milestone as move_on
from hub.commitments.milestones.queries import milestone_by_number
from hub.commitments.milestones.service import (
    add_milestone as add,
    change_milestone as change,
    postpone_milestone as postpone,
    remove_milestone as take_away,
)
from hub.commitments.models import Commitment, Milestone
from hub.commitments.models.commitment import TEXT_LENGTH, TITLE_LENGTH, WORDS_LENGTH
from hub.commitments.models.milestone import NEEDS_EVIDENCE
from hub.core.database import transaction
from hub.core.errors import ConflictError, StaleVersionError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.stale import (
    chosen_fields,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.commitments.acting import answered, kept, step
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.forms import DAY_LENGTH
from hub.web.commitments.measured import measured_metrics
from hub.web.fields import HTTP_CONFLICT, CodeField, HubForm, filled, iso_date, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

MOVES = {
    "start": _l("Begun: something is done, but not much"),
    "advance": _l("Substantial: most of it is done"),
    "complete": _l("Complete: all of it is done"),
    "step_back": _l("Back to limited: less is done than was said"),
    "drop": _l("Dropped: nobody works on it any more"),
    "take_up": _l("Taken up again: not started yet"),
}
"""Where a milestone may go, in words, by the action of its table."""

NAMES = ("title", "description", "due_on")


class MilestoneForm(HubForm):
    """What is to be done until when."""

    title = text_field(_l("What is to be done"), TITLE_LENGTH, filled(_l("Say what is to be done.")))
    description = text_field(_l("How one will see that it is done"), TEXT_LENGTH, area=True)
    due_on = text_field(_l("Due on"), DAY_LENGTH, iso_date)

    def details(self) -> MilestoneDetails:
        """Return what was typed; only after the form was found valid."""
        due = self.due_on.data
        return MilestoneDetails(
            title=self.title.data,
            description=self.description.data,
            due_on=date.fromisoformat(due) if due else None,
        )


class MoveForm(HubForm):
    """How far a milestone is, and what shows it."""

    action = CodeField(_l("How far is it now?"), [filled(_l("Choose how far it is."))], choices=[])
    words = text_field(
        _l("What is done, and what is open"), WORDS_LENGTH, filled(_l("Say it in your own words.")), area=True
    )


class PostponeForm(HubForm):
    """Until when a milestone will be done, and why not earlier."""

    due_on = text_field(
        _l("Due on"), DAY_LENGTH, filled(_l("Enter the day until which it will be done.")), iso_date
    )
    words = text_field(
        _l("Why it takes longer"), WORDS_LENGTH, filled(_l("Say why it takes longer.")), area=True
    )


def milestone_in(
    code: str, number: int, find: Callable[[str], Commitment] = answered
) -> tuple[Commitment, Milestone]:
    """Return a commitment for which the viewer answers, and one of its milestones.

    Args:
        code: of the commitment.
        number: of the milestone.
        find: gives the commitment: `answered`, or `kept` for what only its keepers do.

    Raises:
        NotFoundError: there is none that they may know of.
        ForbiddenError: they do not answer for it, or do not keep it.
    """
    commitment = find(code)
    return commitment, milestone_by_number(commitment, number, viewer())


def back_to(commitment: Commitment) -> str:
    """Return the address of the milestones on the page of keeping."""
    return url_for("commitments.keep", code=commitment.code, _anchor="milestones")


@commitments.route("/<code>/milestones/new", methods=["GET", "POST"])
@members_only
def add_milestone(code: str) -> ResponseReturnValue:
    """Ask what is to be done until when, and add it."""
    commitment = kept(code)
    form = MilestoneForm()

    def act() -> ResponseReturnValue:
        with transaction():
            number = add(actor(), commitment, form.details()).number
        flash(translate("Milestone %(number)s is added.", number=number))
        return redirect(back_to(commitment), code=303)

    return ask(form, act, lambda: _form_page(commitment, None, form), also=(ConflictError,))


@commitments.route("/<code>/milestones/<int:number>/edit", methods=["GET", "POST"])
@members_only
def change_milestone(code: str, number: int) -> ResponseReturnValue:
    """Show a milestone in a form, and save it; its first due date stays in sight."""
    commitment, milestone = milestone_in(code, number, kept)
    saved = _stored(milestone)
    sent = request.method == "POST"
    form = MilestoneForm(formdata=chosen_fields(saved)) if sent else MilestoneForm(formdata=None, data=saved)

    def act() -> ResponseReturnValue:
        try:
            with transaction():
                change(actor(), milestone, form.details(), version=sent_version())
        except StaleVersionError:
            return _stale_page(commitment, milestone)
        flash(translate("Saved."))
        return redirect(back_to(commitment), code=303)

    return ask(form, act, lambda: _form_page(commitment, milestone, form), also=(ConflictError,))


def _form_page(commitment: Commitment, milestone: Milestone | None, form: MilestoneForm) -> str:
    return render_template(
        "commitments/milestone_form.html",
        commitment=commitment,
        milestone=milestone,
        form=form,
        version=opened_version(milestone.version) if milestone else 0,
    )


def _stored(milestone: Milestone) -> dict[str, str]:
    return {
        "title": milestone.title,
        "description": milestone.description,
        "due_on": milestone.due_on.isoformat() if milestone.due_on else "",
    }


def _stale_page(commitment: Commitment, milestone: Milestone) -> ResponseReturnValue:
    saved = MilestoneForm(formdata=None, data=_stored(milestone))
    page = render_template(
        "commitments/stale.html",
        commitment=commitment,
        address=url_for("commitments.change_milestone", code=commitment.code, number=milestone.number),
        texts=two_texts(NAMES, MilestoneForm(), saved, shown_value),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=milestone.version,
    )
    return page, HTTP_CONFLICT


@commitments.route("/<code>/milestones/<int:number>/postpone", methods=["GET", "POST"])
@members_only
def postpone_milestone(code: str, number: int) -> ResponseReturnValue:
    """Ask until when a milestone will be done and why not earlier; the first day stays in sight."""
    commitment, milestone = milestone_in(code, number)
    form = PostponeForm()

    def act() -> ResponseReturnValue:
        due_on = date.fromisoformat(form.due_on.data)
        with transaction():
            postpone(actor(), milestone, due_on=due_on, words=form.words.data, version=sent_version())
        flash(translate("Saved. Everybody reads the new day and why."))
        return redirect(back_to(commitment), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "commitments/postpone.html",
            commitment=commitment,
            milestone=milestone,
            form=form,
            version=milestone.version,
        ),
        also=(ConflictError,),
    )


@commitments.post("/<code>/milestones/<int:number>/remove")
@members_only
def remove_milestone(code: str, number: int) -> ResponseReturnValue:
    """Remove a milestone from a draft; one that was promised in public is dropped instead."""
    commitment, milestone = milestone_in(code, number, kept)
    return step(
        lambda: take_away(actor(), milestone),
        translate("Milestone %(number)s is removed.", number=number),
        back_to(commitment),
    )


@commitments.route("/<code>/milestones/<int:number>/move", methods=["GET", "POST"])
@members_only
def move_milestone(code: str, number: int) -> ResponseReturnValue:
    """Ask how far a milestone is and what shows it, and say so in public."""
    commitment, milestone = milestone_in(code, number)
    form = MoveForm()
    possible = MILESTONES.actions(viewer(), commitment, milestone.status)
    form.action.choices = [(each, str(MOVES[each])) for each in possible]

    def act() -> ResponseReturnValue:
        with transaction():
            move_on(actor(), milestone, form.action.data, words=form.words.data)
        flash(translate("Saved. Everybody reads it."))
        return redirect(back_to(commitment), code=303)

    needing = {row.action for row in MILESTONES if row.target in NEEDS_EVIDENCE}
    return ask(
        form,
        act,
        lambda: render_template(
            "commitments/move.html",
            commitment=commitment,
            milestone=milestone,
            metrics=measured_metrics(milestone),
            form=form,
            is_supported=supports(milestone),
            asks_for_evidence=bool(needing & set(possible)),
        ),
        also=(ConflictError,),
    )
