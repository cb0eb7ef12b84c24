"""The review queue, one review, and the decisions on it."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.catalogue.models import InnovationRevision
from hub.catalogue.review.queries import review_queue, revision_in_queue, revision_under_review
from hub.catalogue.review.service import (
    REASONS,
    Opinion,
    decline_revision,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.integrity.permissions import CONFLICT_WORDS
from hub.members.models import Member
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
    """Show a taken revision whole, with the form of the decision."""
    return review_page(revision_under_review(slug, viewer()), DecisionForm())


def review_page(revision: InnovationRevision, form: DecisionForm) -> str:
    """Return the page of one review."""
    published = revision.innovation.published_revision
    return render_template(
        "coordinate/review.html",
        innovation=revision.innovation,
        revision=revision,
        words=revision.source_text,
        direction=direction_of(revision.source_language),
        form=form,
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
    return send_back(slug, request_changes, translate("Sent to the submitter."))


@coordinate.post("/innovations/<slug>/decline")
@role(Role.COORDINATOR)
def decline(slug: str) -> ResponseReturnValue:
    """Decline the revision with reasons and words."""
    return send_back(slug, decline_revision, translate("Declined. The submitter reads your words."))


def send_back(
    slug: str, decide: Callable[[Member, InnovationRevision, Opinion], None], done: str
) -> ResponseReturnValue:
    """Store a decision that needs reasons and words, or show the form again with what is missing."""
    revision = revision_in_queue(slug, viewer())
    form = DecisionForm()
    if not form.validate():
        return review_page(revision_under_review(slug, viewer()), form), HTTP_INVALID
    try:
        with transaction():
            decide(actor(), revision, form.opinion())
    except InvalidError as error:
        form.refuse(error)
        return review_page(revision_under_review(slug, viewer()), form), HTTP_INVALID
    flash(done)
    return redirect(url_for("coordinate.queue"), code=303)
