"""Evidence for commitments: the desk, one piece with its decision, and recusing oneself from it."""

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.commitments.evidence.queries import evidence_by_id, evidence_to_decide
from hub.commitments.evidence.service import (
    accept_evidence,
    recuse_from_evidence,
    reject_evidence,
    why_not,
)
from hub.commitments.lifecycle import EVIDENCE
from hub.commitments.models import CommitmentEvidence, EvidenceStatus
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.permissions import evidence_conflict, involvement_in
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import Conflict
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.commitments.measured import measured_metrics
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.coordinate.recusing import RecusalForm
from hub.web.fields import text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class EvidenceForm(PersonWordsForm):
    """What a coordinator writes on deciding about evidence."""

    words = text_field(_l("In your words"), WORDS_LENGTH, area=True)


@coordinate.get("/coordinate/commitments")
@role(Role.COORDINATOR)
def commitments() -> ResponseReturnValue:
    """List the evidence for commitments that waits for a decision."""
    somebody = viewer()
    return render_template(
        "coordinate/commitments.html",
        lines=[(each, why_not(somebody, each)) for each in evidence_to_decide(somebody)],
        now=now(),
    )


@coordinate.get("/coordinate/commitments/<public_id>")
@role(Role.COORDINATOR)
def commitment_evidence(public_id: str) -> ResponseReturnValue:
    """Show a piece of evidence; with a conflict, why somebody else must decide and nothing else."""
    piece = evidence_by_id(public_id, viewer())
    conflict = evidence_conflict(viewer(), piece)
    if conflict is not None:
        return stopped(piece, conflict)
    return evidence_page(piece)


def evidence_page(
    piece: CommitmentEvidence, form: EvidenceForm | None = None, stale: Stale | None = None
) -> str:
    """Return the page of a piece; `form` is what was sent and refused, `stale` why it was not carried out."""
    return render_template(
        "coordinate/commitment_evidence.html",
        piece=piece,
        commitment=piece.commitment,
        metrics=measured_metrics(piece.milestone) if piece.milestone else [],
        actions=EVIDENCE.actions(viewer(), piece, piece.status),
        form=form or EvidenceForm(formdata=None),
        stale=stale,
    )


def stopped(piece: CommitmentEvidence, conflict: Conflict) -> str:
    """Return the page that keeps somebody from evidence they have a conflict with."""
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_in(piece),
            label=translate("Evidence for a commitment"),
            title=piece.commitment.title,
            language=piece.commitment.language,
            back=url_for("coordinate.commitments"),
            back_text=translate("Evidence for commitments"),
            read=url_for("commitments.show", code=piece.commitment.code),
            own_words=why_not(viewer(), piece) if conflict is Conflict.OWN_SUBMISSION else "",
        )
    )


def _accept(piece: CommitmentEvidence, form: EvidenceForm) -> None:
    accept_evidence(actor(), piece, words=form.words.data or "")


def _reject(piece: CommitmentEvidence, form: EvidenceForm) -> None:
    reject_evidence(actor(), piece, words=form.words.data or "")


DECISIONS: dict[str, Callable[[CommitmentEvidence, EvidenceForm], None]] = {
    "accept": _accept,
    "reject": _reject,
}
"""Every decision by its verb."""

DONE = {
    EvidenceStatus.ACCEPTED: N_("Accepted. Everybody reads it, and it counts from now on."),
    EvidenceStatus.REJECTED: N_("Rejected. Who gave it reads your words."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/commitments/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_commitment_evidence(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about evidence, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    piece = evidence_by_id(public_id, viewer())
    conflict = evidence_conflict(viewer(), piece)
    if conflict is not None:
        return stopped(piece, conflict), HTTPStatus.FORBIDDEN
    return decide(
        EvidenceForm(),
        lambda form: service(piece, form),
        lambda form, stale: evidence_page(piece, form, stale),
        done=lambda: translate(DONE[piece.status]),
        target=url_for("coordinate.commitments"),
    )


@coordinate.route("/coordinate/commitments/<public_id>/recuse", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def recuse_from_commitment_evidence(public_id: str) -> ResponseReturnValue:
    """Ask whether somebody recuses themselves from a piece of evidence, or do it; nobody can undo it."""
    piece = evidence_by_id(public_id, viewer())
    conflict = evidence_conflict(viewer(), piece)
    if conflict is not None:
        return stopped(piece, conflict)
    form = RecusalForm()

    def act() -> ResponseReturnValue:
        with transaction():
            recuse_from_evidence(actor(), piece, form.words.data or "")
        flash(translate("You recused yourself. Only somebody without a conflict may decide."))
        return redirect(url_for("coordinate.commitments"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("coordinate/recuse_commitment.html", form=form, piece=piece),
        also=(ConflictError,),
    )
