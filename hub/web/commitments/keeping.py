"""Keeping a commitment: the page with all that its keepers and its owner may do, and the steps of its record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.commitments.assessing.permissions import can_assess
from hub.commitments.assessing.queries import current_assessments
from hub.commitments.evidence.gate import backed_ids, supports_commitment
from hub.commitments.evidence.queries import evidence_of
from hub.commitments.keeping.service import (
    discard_commitment,
    end_commitment,
    publish_commitment,
    resume_commitment,
)
from hub.commitments.lifecycle import COMMITMENTS, MILESTONES
from hub.commitments.milestones.queries import milestones_of
from hub.commitments.models import Commitment, CommitmentStatus, Maker, Milestone
from hub.commitments.models.commitment import WORDS_LENGTH
from hub.commitments.owning.queries import open_handover, ownerships_of
from hub.commitments.permissions import (
    can_enter_for,
    can_give_evidence,
    can_hand_over,
    can_keep,
    can_withdraw_evidence,
    can_withdraw_handover,
    is_owner,
)
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.web.access import confirmed, members_only
from hub.web.asking import ask
from hub.web.commitments.acting import answered, kept, step
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.measured import MeasuredMetric, measured_metrics
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class EndForm(HubForm):
    """Why a commitment ends."""

    words = text_field(_l("Why it ends"), WORDS_LENGTH, filled(_l("Say why it ends.")), area=True)


@dataclass(frozen=True)
class KeptMilestone:
    """One milestone for whoever answers for it.

    Args:
        milestone: the milestone.
        actions: where it may go.
        is_supported: whether accepted evidence allows saying that it is substantially or wholly done.
        metrics: by which numbers of the hub it is measured.
    """

    milestone: Milestone
    actions: Sequence[str]
    is_supported: bool
    metrics: Sequence[MeasuredMetric]


@commitments.get("/<code>/keep")
@members_only
def keep(code: str) -> ResponseReturnValue:
    """Show all that may be done with a commitment, for its owner and its keepers."""
    somebody = viewer()
    commitment = answered(code)
    offered = open_handover(commitment, somebody)
    pieces = evidence_of(commitment, somebody)
    backed = backed_ids(commitment)
    return render_template(
        "commitments/keep.html",
        commitment=commitment,
        keeps=can_keep(somebody, commitment),
        is_owner=is_owner(somebody, commitment),
        enters=can_enter_for(somebody, commitment.country),
        may_report=can_assess(somebody, commitment, Maker.IRM),
        actions=COMMITMENTS.actions(somebody, commitment, commitment.status),
        milestones=[
            _kept_milestone(each, commitment, backed) for each in milestones_of(commitment, somebody)
        ],
        pieces=[(each, can_withdraw_evidence(somebody, each)) for each in pieces],
        is_supported=supports_commitment(commitment),
        assessments=current_assessments(commitment, somebody),
        ownership=next((each for each in ownerships_of(commitment, somebody) if not each.ended_on), None),
        offered=offered,
        may_withdraw_offer=offered is not None and can_withdraw_handover(somebody, offered),
        may_hand_over=can_hand_over(somebody, commitment),
        may_give=can_give_evidence(somebody, commitment),
    )


def _kept_milestone(milestone: Milestone, commitment: Commitment, backed: Collection[int]) -> KeptMilestone:
    return KeptMilestone(
        milestone=milestone,
        actions=MILESTONES.actions(viewer(), commitment, milestone.status),
        is_supported=milestone.id in backed,
        metrics=measured_metrics(milestone),
    )


@commitments.post("/<code>/publish")
@members_only
@confirmed
def publish(code: str) -> ResponseReturnValue:
    """Show a draft to everybody."""
    commitment = kept(code)
    return step(
        lambda: publish_commitment(actor(), commitment),
        translate("Published. Everybody can read it."),
        url_for("commitments.keep", code=commitment.code),
    )


@commitments.route("/<code>/end", methods=["GET", "POST"])
@members_only
@confirmed
def end(code: str) -> ResponseReturnValue:
    """Ask why a commitment ends, and end it."""
    commitment = kept(code)
    if commitment.status is not CommitmentStatus.ACTIVE:
        return redirect(url_for("commitments.keep", code=commitment.code), code=303)
    form = EndForm()

    def act() -> ResponseReturnValue:
        with transaction():
            end_commitment(actor(), commitment, words=form.words.data)
        flash(translate("Ended. It stays public, with everything that belongs to it."))
        return redirect(url_for("commitments.keep", code=commitment.code), code=303)

    return ask(
        form,
        act,
        lambda: render_template("commitments/end.html", commitment=commitment, form=form),
        also=(ConflictError,),
    )


@commitments.post("/<code>/resume")
@members_only
@confirmed
def resume(code: str) -> ResponseReturnValue:
    """Take an ended commitment up again."""
    commitment = kept(code)
    return step(
        lambda: resume_commitment(actor(), commitment),
        translate("It is active again."),
        url_for("commitments.keep", code=commitment.code),
    )


@commitments.route("/<code>/discard", methods=["GET", "POST"])
@members_only
def discard(code: str) -> ResponseReturnValue:
    """Ask, and delete a draft."""
    commitment = kept(code)
    if commitment.status is not CommitmentStatus.DRAFT:
        return redirect(url_for("commitments.keep", code=commitment.code), code=303)
    form = HubForm()

    def act() -> ResponseReturnValue:
        with transaction():
            discard_commitment(actor(), commitment)
        flash(translate("The draft is deleted."))
        return redirect(url_for("commitments.mine"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("commitments/discard.html", commitment=commitment, form=form),
        also=(ConflictError,),
    )
