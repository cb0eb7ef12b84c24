"""The desks of all tasks but reviews: one page a task with what is needed to decide it, taking, releasing, deciding."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.catalogue.curation.service import answer_problem, approve_proposal, decline_proposal
from hub.catalogue.evidence.permissions import can_reopen_evidence
from hub.catalogue.evidence.service import accept_evidence, reject_evidence, reopen_evidence
from hub.catalogue.models import Evidence, RecordClaim
from hub.catalogue.ownership.service import accept_claim, decline_claim
from hub.catalogue.permissions import AnyTask
from hub.catalogue.replications.service import verify_replication
from hub.catalogue.tasks.permissions import can_decide_task, can_see_task, task_conflict
from hub.catalogue.tasks.queries import is_held_now, people_in, task_by_id
from hub.catalogue.tasks.service import release_task, take_task
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.members.models import Member
from hub.showcases.merging import entries_handed_over
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.desks import Desk, desk_of
from hub.web.coordinate.forms import WordsForm
from hub.web.coordinate.recusing import source_text_of, stopped
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@coordinate.get("/coordinate/<kind>/<public_id>")
@role(Role.COORDINATOR)
def task(kind: str, public_id: str) -> ResponseReturnValue:
    """Show one task with what is needed to decide it; what is decided leads back to the queue."""
    desk = desk_of(kind)
    found = task_by_id(desk.model, public_id, viewer())
    if not (can_decide_task(viewer(), found) or can_see_task(viewer(), found)):
        raise NotFoundError
    if not found.is_waiting:
        flash(translate("This is decided already. The record shows what became of it."), "warning")
        return redirect(url_for("coordinate.queue"))
    return desk_page(desk, found, WordsForm())


def desk_page(desk: Desk, found: AnyTask, form: WordsForm) -> str:
    """Return the page of one task; with a conflict, why somebody else must decide and nothing else."""
    conflict = task_conflict(viewer(), found)
    innovation = found.innovation
    frame = {
        "desk": desk,
        "task": found,
        "innovation": innovation,
        "name": source_text_of(innovation),
        "is_mine": can_decide_task(viewer(), found),
        "is_taken": is_held_now(found),
        "now": now(),
    }
    if conflict is not None:
        return stopped(found, str(desk.title), conflict)
    # what was said, and by whom, is for the one who decides it
    seen = {**desk.facts(found), "people": people_in(found)} if frame["is_mine"] else {}
    return render_template(f"coordinate/desks/{desk.kind}.html", **frame, **seen, form=form)


@coordinate.post("/coordinate/<kind>/<public_id>/take", endpoint="take_task")
@role(Role.COORDINATOR)
def take(kind: str, public_id: str) -> ResponseReturnValue:
    """Take a task."""
    found = task_by_id(desk_of(kind).model, public_id, viewer())
    with transaction():
        take_task(actor(), found)
    return redirect(url_for("coordinate.task", kind=kind, public_id=public_id), code=303)


@coordinate.post("/coordinate/<kind>/<public_id>/release", endpoint="release_task")
@role(Role.COORDINATOR)
def release(kind: str, public_id: str) -> ResponseReturnValue:
    """Give a task back."""
    found = task_by_id(desk_of(kind).model, public_id, viewer())
    with transaction():
        release_task(actor(), found)
    flash(translate("Given back. Another coordinator can take it."))
    return redirect(url_for("coordinate.queue"), code=303)


@dataclass(frozen=True)
class Decision:
    """What a coordinator may decide on one kind of task.

    Args:
        act: the service.
        done: message id of what is said afterwards.
        has_words: whether the service takes the coordinator's words.
    """

    act: Callable[..., None]
    done: str
    has_words: bool = True


def _give_record(actor: Member, claim: RecordClaim) -> None:
    """Accept a claim; the owner acts for what was proposed of the record for showcases, too."""
    accept_claim(actor, claim)
    entries_handed_over(claim.innovation)


DECISIONS = {
    ("evidence", "accept"): Decision(accept_evidence, N_("Accepted. The level was computed anew.")),
    ("evidence", "reject"): Decision(reject_evidence, N_("Not accepted. Who added it reads your words.")),
    ("replications", "verify"): Decision(verify_replication, N_("Verified. The level was computed anew.")),
    ("claims", "accept"): Decision(
        _give_record, N_("Accepted. The organisation looks after its record from now on."), has_words=False
    ),
    ("claims", "decline"): Decision(decline_claim, N_("Declined. The claimant reads your words.")),
    ("problems", "answer"): Decision(
        answer_problem, N_("Answered. Who reported it reads your words, if they were signed in.")
    ),
    ("proposals", "approve"): Decision(approve_proposal, N_("Approved, and done."), has_words=False),
    ("proposals", "decline"): Decision(decline_proposal, N_("Declined. The record stays as it is.")),
}
"""Every decision by kind of task and action."""


@coordinate.post("/coordinate/<kind>/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide(kind: str, public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision, or show the page again with what is missing and what was typed."""
    desk = desk_of(kind)
    decision = DECISIONS.get((kind, action))
    if decision is None:
        raise NotFoundError
    found = task_by_id(desk.model, public_id, viewer())
    form = WordsForm()
    said = {"words": form.words.data or ""} if decision.has_words else {}
    try:
        form.check()
        with transaction():
            decision.act(actor(), found, **said)
    except InvalidError as error:
        if not (found.is_waiting and can_decide_task(viewer(), found)):
            raise ConflictError from None
        form.refuse(error)
        return desk_page(desk, found, form), HTTP_INVALID
    flash(translate(decision.done))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/coordinate/evidence/<public_id>/reopen")
@role(Role.COORDINATOR)
@confirmed
def reopen(public_id: str) -> ResponseReturnValue:
    """Have decided evidence decided again, or ask for the reason; the form stands on the record's evidence page too."""
    found = task_by_id(Evidence, public_id, viewer())
    if not (isinstance(found, Evidence) and can_reopen_evidence(viewer(), found)):
        raise NotFoundError
    form = WordsForm()
    try:
        form.check()
        with transaction():
            reopen_evidence(actor(), found, words=form.words.data or "")
    except InvalidError as error:
        form.refuse(error)
        page = render_template(
            "coordinate/reopen.html",
            evidence=found,
            innovation=found.innovation,
            name=source_text_of(found.innovation),
            form=form,
        )
        return page, HTTP_INVALID
    flash(translate("Reopened. It counts for nothing until it is decided again."))
    return redirect(url_for("catalogue.evidence", slug=found.innovation.slug), code=303)
