"""One review: what the hub checked, what changed in every language, who would read it, and the decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.catalogue.curation.widening import last_widening
from hub.catalogue.models import InnovationRevision
from hub.catalogue.permissions import can_decide, can_see_title, review_conflict
from hub.catalogue.review.checks import findings_on
from hub.catalogue.review.queries import WAITING, revision_in_queue
from hub.catalogue.review.service import (
    NOT_HELD,
    REASONS,
    decline_revision,
    propose_widening,
    publish_revision,
    release_revision,
    request_changes,
    take_revision,
)
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.integrity.four_eyes import ProposalStatus
from hub.web.access import confirmed, role
from hub.web.catalogue.comparing import ShownField
from hub.web.catalogue.parts import part_of
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.findings import said_findings
from hub.web.coordinate.forms import DecisionForm, comments_sent
from hub.web.coordinate.recusing import stopped
from hub.web.coordinate.revisions import read_revision
from hub.web.fields import HTTP_INVALID, options
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class ReviewLine:
    """One field on the page of a review.

    Args:
        item: the field.
        group: the heading that it stands under on the task list.
        has_comment: whether this is where a comment on the field is written: once for all its languages.
        is_repeated: whether that place stands at an earlier line, of another language.
        comment: what was typed there.
    """

    item: ShownField
    group: str
    has_comment: bool = False
    is_repeated: bool = False
    comment: str = ""


@coordinate.get("/coordinate/<slug>")
@role(Role.COORDINATOR)
def review(slug: str) -> ResponseReturnValue:
    """Show a taken revision whole, with the form of the decision.

    Who does not hold it is sent to the queue; who has a conflict with it reads why somebody else decides.
    """
    revision = revision_in_queue(slug, viewer())
    if not can_decide(viewer(), revision):
        if not (can_see_title(viewer(), revision) or revision.reviewer_id == viewer().member_id):
            raise NotFoundError
        conflict = review_conflict(viewer(), revision)
        if conflict is not None and revision.status in WAITING:
            return stopped(revision, translate("Review"), conflict)
        flash(translate("You do not hold this review. Take it first, or choose another."), "warning")
        return redirect(url_for("coordinate.queue"))
    return review_page(revision, DecisionForm())


def review_page(revision: InnovationRevision, form: DecisionForm, action: str | None = None) -> str:
    """Return the page of one review; `action` is the decision that was refused just now, if one was."""
    innovation = revision.innovation
    read = read_revision(revision)
    lines = list(with_comments([*read.changed, *read.said], comments_sent()))
    proposal = last_widening(revision)
    return render_template(
        "coordinate/review.html",
        innovation=innovation,
        revision=revision,
        published=innovation.published_revision,
        words=revision.source_text,
        read=read,
        changed=lines[: len(read.changed)],
        lines=lines[len(read.changed) :],
        waits=proposal is not None and proposal.status is ProposalStatus.PROPOSED,
        proposal=proposal,
        findings=said_findings(findings_on(revision, viewer())),
        form=form,
        action=action,
        reasons={decision: options(name) for decision, name in REASONS.items()},
        now=now(),
    )


def with_comments(items: Iterable[ShownField], typed: dict[str, str]) -> Iterator[ReviewLine]:
    """Yield the lines of a page; of the languages of one field, the first has the place for its comment."""
    met: set[str] = set()
    for item in items:
        part = part_of(item.field)
        line = ReviewLine(item, str(part.group) if part else translate("Language"))
        if item.field in met:
            line = replace(line, is_repeated=part is not None)
        elif part is not None:
            line = replace(line, has_comment=True, comment=typed.get(item.field, ""))
        met.add(item.field)
        yield line


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
@confirmed
def publish(slug: str) -> ResponseReturnValue:
    """Approve and publish."""
    revision = revision_in_queue(slug, viewer())
    with transaction():
        publish_revision(actor(), revision)
    flash(translate("Published."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/innovations/<slug>/widen")
@role(Role.COORDINATOR)
@confirmed
def widen(slug: str) -> ResponseReturnValue:
    """Approve a revision that widens its record, and propose to a second coordinator to publish it."""
    revision = revision_in_queue(slug, viewer())
    form = DecisionForm()
    try:
        form.check()
        with transaction():
            propose_widening(actor(), revision, reason=form.reason.data or "")
    except InvalidError as error:
        if not can_decide(viewer(), revision):
            raise ConflictError(NOT_HELD) from None
        form.refuse(error)
        return review_page(revision, form, "widen"), HTTP_INVALID
    flash(translate("Approved by you, and proposed. A second coordinator decides."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/innovations/<slug>/request-changes")
@role(Role.COORDINATOR)
@confirmed
def ask_changes(slug: str) -> ResponseReturnValue:
    """Send the revision back with reasons and words."""
    return send_back(slug, "request_changes", translate("Sent to the submitter."))


@coordinate.post("/innovations/<slug>/decline")
@role(Role.COORDINATOR)
@confirmed
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
