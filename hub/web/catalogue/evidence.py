"""The evidence of an innovation: all of it with the level, adding a piece, its file, taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.evidence.level import EvidenceLevel, pieces_behind
from hub.catalogue.evidence.lifecycle import EVIDENCE
from hub.catalogue.evidence.permissions import can_add_evidence
from hub.catalogue.evidence.queries import evidence_by_id, evidence_of
from hub.catalogue.evidence.service import add_evidence, withdraw_evidence
from hub.catalogue.models import Evidence, Innovation, Replication
from hub.catalogue.permissions import is_on_owner_side
from hub.catalogue.queries import innovation_by_slug
from hub.catalogue.replications.permissions import can_view_replication
from hub.catalogue.replications.queries import replications_of
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, UnavailableError
from hub.core.i18n import N_
from hub.core.uploads import stored_file
from hub.web.access import members_only, public
from hub.web.catalogue.attaching import accepted_file, show_refusal
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.evidence_forms import EvidenceForm
from hub.web.catalogue.named import named
from hub.web.fields import HTTP_INVALID
from hub.web.files import send_stored, takes_file
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence as a list shows it to one viewer.

    Args:
        evidence: the piece.
        replication: what it is about, where the viewer may see that.
        words: what a coordinator wrote on deciding, for its adder and the owner's side.
        is_own: whether the viewer added it.
        may_withdraw: whether the viewer may take it back now.
        may_reopen: whether the viewer, a coordinator, may have it decided again.
    """

    evidence: Evidence
    replication: Replication | None
    words: str
    is_own: bool
    may_withdraw: bool
    may_reopen: bool


def evidence_lines(found: Iterable[Evidence], innovation: Innovation, somebody: Viewer) -> list[EvidenceLine]:
    """Return the lines of pieces that `somebody` may see."""
    is_owner = is_on_owner_side(somebody, innovation)
    return [_line(each, somebody, is_owner=is_owner) for each in found]


def _line(evidence: Evidence, somebody: Viewer, *, is_owner: bool) -> EvidenceLine:
    about = evidence.replication
    actions = EVIDENCE.actions(somebody, evidence, evidence.status)
    is_own = somebody.member_id is not None and evidence.added_by_id == somebody.member_id
    return EvidenceLine(
        evidence=evidence,
        replication=about if about is not None and can_view_replication(somebody, about) else None,
        words=evidence.decision_words if is_own or is_owner else "",
        is_own=is_own,
        may_withdraw="withdraw" in actions,
        may_reopen="reopen" in actions,
    )


@catalogue.get("/<slug>/evidence")
@public
def evidence(slug: str) -> ResponseReturnValue:
    """Show the level with its reason, and every piece that this viewer may see."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    found = evidence_of(innovation, somebody)
    return render_template(
        "catalogue/evidence.html",
        innovation=innovation,
        record=named(innovation),
        level=EvidenceLevel(innovation.evidence_level),
        behind=pieces_behind(innovation, found),
        stale_year=innovation.stale_year,
        lines=evidence_lines(found, innovation, somebody),
        may_add=can_add_evidence(somebody, innovation),
    )


@catalogue.route("/<slug>/evidence/new", methods=["GET", "POST"], endpoint="add_evidence")
@members_only
@takes_file
def add(slug: str) -> ResponseReturnValue:
    """Ask for a piece of evidence, and hand it to the coordinators."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    if not can_add_evidence(somebody, innovation):
        raise ForbiddenError(N_("Evidence can be added once the record is published."))
    replications = replications_of(innovation, somebody)
    form = EvidenceForm()
    form.offer(replications)
    if not form.is_submitted():
        about = request.args.get("about", "")
        form.replication.data = about if about in {each.public_id for each in replications} else ""
        return _form_page(innovation, form)
    status = HTTP_INVALID
    if form.validate():
        try:
            sent = accepted_file()
            details = form.details(replications)
            with transaction():
                add_evidence(actor(), innovation, details, file=stored_file(sent) if sent else None)
        except (InvalidError, ConflictError, UnavailableError) as error:
            status = error.status
            show_refusal(form, error)
        else:
            flash(translate("Added. A coordinator who has no part in it looks at it."))
            return redirect(url_for("catalogue.evidence", slug=innovation.slug), code=303)
    form.ask_for_file()
    return _form_page(innovation, form), status


def _form_page(innovation: Innovation, form: EvidenceForm) -> str:
    return render_template(
        "catalogue/evidence_form.html", innovation=innovation, record=named(innovation), form=form
    )


@catalogue.get("/<slug>/evidence/<public_id>/file")
@public
def evidence_file(slug: str, public_id: str) -> Response:
    """Send the file of a piece of evidence."""
    somebody = viewer()
    found = evidence_by_id(innovation_by_slug(slug, somebody), public_id, somebody)
    if found.file is None:
        raise NotFoundError
    return send_stored(found.file)


@catalogue.post("/<slug>/evidence/<public_id>/withdraw", endpoint="withdraw_evidence")
@members_only
def withdraw(slug: str, public_id: str) -> ResponseReturnValue:
    """Take a piece of evidence back before it is decided."""
    innovation = innovation_by_slug(slug, viewer())
    found = evidence_by_id(innovation, public_id, viewer())
    with transaction():
        withdraw_evidence(actor(), found)
    flash(translate("Withdrawn. Nobody decides on it any more."))
    return redirect(url_for("catalogue.evidence", slug=innovation.slug), code=303)
