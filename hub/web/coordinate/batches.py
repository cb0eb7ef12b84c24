"""Batches: records that were submitted together, taken, looked at and published together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Role
from hub.catalogue.batches.queries import batch_by_id, may_list
from hub.catalogue.batches.service import publish_batch, release_batch, take_batch
from hub.catalogue.models import ApprovalBatch, InnovationRevision
from hub.catalogue.permissions import can_decide, review_conflict
from hub.catalogue.review.checks import Level, findings_on_many
from hub.catalogue.review.queries import WAITING
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.integrity.permissions import CONFLICT_WORDS
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.findings import SaidFinding, said_findings
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class BatchLine:
    """One record of a batch.

    Args:
        revision: the revision; its name is shown only where `is_listed`.
        is_listed: whether this coordinator may know what it is called.
        is_mine: whether they hold it, so that they may publish it.
        why: message id of the conflict of interest that leaves it out, or nothing.
        findings: what the hub found and somebody should look at.
        is_chosen: whether it is ticked.
    """

    revision: InnovationRevision
    is_listed: bool
    is_mine: bool
    why: str
    findings: Sequence[SaidFinding]
    is_chosen: bool


@coordinate.get("/coordinate/batches/<public_id>")
@role(Role.COORDINATOR)
def batch(public_id: str) -> ResponseReturnValue:
    """Show the records of a batch, those to publish ticked."""
    return batch_page(batch_by_id(public_id, viewer()))


def batch_page(found: ApprovalBatch, chosen: Collection[str] | None = None, error: str = "") -> str:
    """Return the page of a batch.

    Args:
        found: the batch.
        chosen: public ids of the ticked records as they were sent; None ticks those without a warning.
        error: what is wrong with the choice, in words.
    """
    lines = batch_lines(found, chosen)
    waiting = [line for line in lines if line.revision.status in WAITING]
    return render_template(
        "coordinate/batch.html",
        batch=found,
        lines=lines,
        is_listed=any(line.is_listed for line in lines),
        mine=sum(line.is_mine for line in lines),
        ticked=sum(line.is_chosen for line in lines),
        free=sum(not line.is_mine and not line.why for line in waiting),
        waiting=len(waiting),
        error=error,
        now=now(),
    )


def batch_lines(found: ApprovalBatch, chosen: Collection[str] | None) -> list[BatchLine]:
    """Return the lines of a batch for this coordinator."""
    somebody = viewer()
    listed = [each for each in found.revisions if may_list(somebody, each)]
    free = [each for each in listed if review_conflict(somebody, each) is None]
    findings = findings_on_many(free, somebody)
    lines = []
    for revision in found.revisions:
        conflict = review_conflict(somebody, revision)
        is_mine = revision.status in WAITING and can_decide(somebody, revision)
        of_this = findings.get(revision.id, [])
        is_fit = not (is_mine and revision.is_widening) and not any(
            each.level is Level.WARN or each.is_for_eyes for each in of_this
        )
        is_chosen = is_fit if chosen is None else revision.innovation.public_id in chosen
        lines.append(
            BatchLine(
                revision=revision,
                is_listed=revision in listed,
                is_mine=is_mine,
                why=CONFLICT_WORDS[conflict] if conflict and revision.status in WAITING else "",
                findings=said_findings(each for each in of_this if each.level is not Level.OK),
                is_chosen=is_mine and is_chosen,
            )
        )
    return lines


@coordinate.post("/coordinate/batches/<public_id>/take", endpoint="take_batch")
@role(Role.COORDINATOR)
def take(public_id: str) -> ResponseReturnValue:
    """Take all records of a batch that wait and that this coordinator may review."""
    found = batch_by_id(public_id, viewer())
    with transaction():
        take_batch(actor(), found)
    return redirect(url_for("coordinate.batch", public_id=public_id), code=303)


@coordinate.post("/coordinate/batches/<public_id>/release", endpoint="release_batch")
@role(Role.COORDINATOR)
def release(public_id: str) -> ResponseReturnValue:
    """Give back what this coordinator holds of a batch."""
    found = batch_by_id(public_id, viewer())
    with transaction():
        release_batch(actor(), found)
    flash(translate("Given back. Another coordinator can take it."))
    return redirect(url_for("coordinate.queue"), code=303)


@coordinate.post("/coordinate/batches/<public_id>/publish", endpoint="publish_batch")
@role(Role.COORDINATOR)
@confirmed
def publish(public_id: str) -> ResponseReturnValue:
    """Publish the ticked records, all of them or none."""
    found = batch_by_id(public_id, viewer())
    chosen = frozenset(request.form.getlist("chosen"))
    try:
        with transaction():
            done = publish_batch(actor(), found, chosen)
    except InvalidError as error:
        words = translate(error.message, **error.parameters)
        return batch_page(batch_by_id(public_id, viewer()), chosen, words), HTTP_INVALID
    flash(ngettext("%(num)s record published.", "%(num)s records published.", done))
    left = any(each.status in WAITING for each in found.revisions)
    target = url_for("coordinate.batch", public_id=public_id) if left else url_for("coordinate.queue")
    return redirect(target, code=303)
