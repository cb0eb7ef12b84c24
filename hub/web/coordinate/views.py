"""The review queue, one review, and the decisions on it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.catalogue.models import InnovationRevision
from hub.catalogue.permissions import can_decide, can_see_title
from hub.catalogue.review.queries import review_queue, revision_in_queue
from hub.catalogue.review.service import (
    REASONS,
    decline_revision,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.integrity.permissions import CONFLICT_WORDS
from hub.web.access import role
from hub.web.catalogue.forms import PartForm
from hub.web.catalogue.parts import PARTS, shown_value
from hub.web.coordinate.forms import DecisionForm, comments_sent
from hub.web.fields import options
from hub.web.i18n import direction_of, translate
from hub.web.sessions import actor, viewer

coordinate = Blueprint("coordinate", __name__)

HTTP_INVALID = 422


@coordinate.get("/coordinate")
@role(Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    """List what waits for a decision."""
    return render_template(
        "coordinate/queue.html", items=review_queue(viewer()), now=now(), conflict_words=CONFLICT_WORDS
    )


@coordinate.get("/coordinate/<slug>")
@role(Role.COORDINATOR)
def review(slug: str) -> ResponseReturnValue:
    """Show a taken revision whole, with the form of the decision; who does not hold it is sent to the queue."""
    revision = revision_in_queue(slug, viewer())
    if not can_decide(viewer(), revision):
        if not can_see_title(viewer(), revision):
            raise NotFoundError
        flash(translate("You do not hold this review. Take it first, or choose another."), "warning")
        return redirect(url_for("coordinate.queue"))
    return review_page(revision, DecisionForm())


def review_page(revision: InnovationRevision, form: DecisionForm, action: str | None = None) -> str:
    """Return the page of one review; `action` is the decision that was refused just now, if one was."""
    published = revision.innovation.published_revision
    return render_template(
        "coordinate/review.html",
        innovation=revision.innovation,
        revision=revision,
        words=revision.source_text,
        direction=direction_of(revision.source_language),
        form=form,
        action=action,
        comments=comments_sent(),
        parts=PARTS,
        forms=filled_forms(revision),
        former=filled_forms(published) if published else {},
        fields={part.key: part.form.names() for part in PARTS},
        shown_value=shown_value,
        reasons={decision: options(name) for decision, name in REASONS.items()},
        now=now(),
    )


def filled_forms(revision: InnovationRevision) -> dict[str, PartForm]:
    """Return the form of each part with what `revision` says."""
    return {part.key: part.form(formdata=None, data=part.form.stored(revision)) for part in PARTS}


@coordinate.post("/innovations/<slug>/take")
@role(Role.COORDINATOR)
def take(slug: str) -> ResponseReturnValue:
    """Take a revision for review."""
    revision = revision_in_queue(slug, viewer())
    with transaction():
        take_revision(actor(), revision)
    return redirect(url_for("coordinate.review", slug=slug), code=303)


@coordinate.post("/innovations/<slug>/release")
@role(Role.COORDINATOR)
def release(slug: str) -> ResponseReturnValue:
    """Give a revision back to the queue."""
    revision = revision_in_queue(slug, viewer())
    with transaction():
        release_revision(actor(), revision)
    flash(translate("Given back. Another coordinator can take it."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/innovations/<slug>/publish")
@role(Role.COORDINATOR)
def publish(slug: str) -> ResponseReturnValue:
    """Approve and publish."""
    revision = revision_in_queue(slug, viewer())
    with transaction():
        publish_revision(actor(), revision)
    flash(translate("Published."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/innovations/<slug>/request-changes")
@role(Role.COORDINATOR)
def ask_changes(slug: str) -> ResponseReturnValue:
    """Send the revision back with reasons and words."""
    return send_back(slug, "request_changes", translate("Sent to the submitter."))


@coordinate.post("/innovations/<slug>/decline")
@role(Role.COORDINATOR)
def decline(slug: str) -> ResponseReturnValue:
    """Decline the revision with reasons and words."""
    return send_back(slug, "decline", translate("Declined. The submitter reads your words."))


DECISIONS = {"request_changes": request_changes, "decline": decline_revision}
"""The decisions that need reasons and words."""


def send_back(slug: str, action: str, done: str) -> ResponseReturnValue:
    """Store a decision that needs reasons and words, or show the form again with what is missing."""
    revision = revision_in_queue(slug, viewer())
    form = DecisionForm()
    if not form.is_enough_for(action) and can_decide(viewer(), revision):
        return review_page(revision, form, action), HTTP_INVALID
    with transaction():
        DECISIONS[action](actor(), revision, form.opinion())
    flash(done)
    return redirect(url_for("coordinate.queue"), code=303)
