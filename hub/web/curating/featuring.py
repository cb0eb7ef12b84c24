"""Proposals to feature an entry: made by one curator, decided by another, ended by one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.models import Entry
from hub.showcases.permissions import can_decide_feature
from hub.showcases.review.featuring import (
    approve_feature as approve_proposal,
    decline_feature as decline_proposal,
    end_feature as end_featuring,
    is_featurable,
    propose_feature,
    withdraw_feature as withdraw_proposal,
)
from hub.showcases.review.queries import feature_by_id, judged_entry, names_of
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.review_forms import DeclineForm, FeatureForm
from hub.web.fields import HubForm
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer


@curating.route("/<slug>/entries/<entry_id>/feature", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def feature(slug: str, entry_id: str) -> ResponseReturnValue:
    """Ask why an entry should be featured, and propose it to the other curators."""
    judged, form = judged_entry(slug, entry_id, viewer()), FeatureForm()
    if not is_featurable(judged):
        raise ConflictError

    def act() -> ResponseReturnValue:
        with transaction():
            propose_feature(actor(), judged, reason=form.reason.data or "")
        flash(translate("Proposed. Another curator decides."))
        return _to_entry(judged)

    return ask(form, act, lambda: _page("feature", judged, form), also=(ConflictError,))


@curating.post("/<slug>/features/<proposal_id>/approve")
@role(Role.COORDINATOR)
@confirmed
def approve_feature(slug: str, proposal_id: str) -> ResponseReturnValue:
    """Feature the entry."""
    proposal = feature_by_id(slug, proposal_id, viewer())
    with transaction():
        approve_proposal(actor(), proposal)
    flash(translate("Featured. It stands first where the programme shows entries."))
    return _to_entry(proposal.entry)


@curating.route("/<slug>/features/<proposal_id>/decline", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def decline_feature(slug: str, proposal_id: str) -> ResponseReturnValue:
    """Ask why not, and decline the proposal."""
    proposal, form = feature_by_id(slug, proposal_id, viewer()), DeclineForm()
    if proposal.status is not ProposalStatus.PROPOSED or not can_decide_feature(viewer(), proposal):
        raise ConflictError

    def act() -> ResponseReturnValue:
        with transaction():
            decline_proposal(actor(), proposal, words=form.words.data or "")
        flash(translate("Declined. The others who judge the entry read your words."))
        return _to_entry(proposal.entry)

    return ask(form, act, lambda: _page("decline_feature", proposal.entry, form), also=(ConflictError,))


@curating.post("/<slug>/features/<proposal_id>/withdraw")
@role(Role.COORDINATOR)
def withdraw_feature(slug: str, proposal_id: str) -> ResponseReturnValue:
    """Take one's own proposal back."""
    proposal = feature_by_id(slug, proposal_id, viewer())
    with transaction():
        withdraw_proposal(actor(), proposal)
    flash(translate("Withdrawn. Nobody decides it any more."))
    return _to_entry(proposal.entry)


@curating.post("/<slug>/entries/<entry_id>/end-feature")
@role(Role.COORDINATOR)
@confirmed
def end_feature(slug: str, entry_id: str) -> ResponseReturnValue:
    """Feature the entry no longer."""
    judged = judged_entry(slug, entry_id, viewer())
    with transaction():
        end_featuring(actor(), judged)
    flash(translate("No longer featured."))
    return _to_entry(judged)


def _page(kind: str, judged: Entry, form: HubForm) -> str:
    return render_template(
        f"curating/{kind}.html",
        form=form,
        showcase=judged.showcase,
        entry=judged,
        names=names_of([judged], viewer(), language().code),
    )


def _to_entry(judged: Entry) -> ResponseReturnValue:
    address = url_for("curating.entry", slug=judged.showcase.slug, entry_id=judged.public_id)
    return redirect(address, code=303)
