"""Archiving a record and publishing it again; proposals that a second coordinator decides; what is featured."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.catalogue.curation.permissions import can_archive, can_propose, is_possible
from hub.catalogue.curation.queries import open_proposals, proposal_by_id
from hub.catalogue.curation.service import (
    archive_innovation,
    end_feature as end_featuring,
    propose as propose_action,
    restore_innovation,
    withdraw_proposal as withdraw_own_proposal,
)
from hub.catalogue.models import Innovation, InnovationStatus
from hub.catalogue.queries import innovation_by_slug
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.web.access import confirmed, members_only, role
from hub.web.catalogue.afterwards import FeatureForm, ProposalForm, ReasonForm, TakeDownForm
from hub.web.catalogue.blueprint import catalogue
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

PROPOSALS: dict[str, type[ProposalForm]] = {"take-down": TakeDownForm, "feature": FeatureForm}
"""The form of each proposal, by its word in the address."""


def own_innovation(slug: str) -> Innovation:
    """Return the innovation at `slug`, if this member speaks for its owner.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    innovation = innovation_by_slug(slug, viewer())
    if not can_archive(viewer(), innovation):
        raise NotFoundError
    return innovation


@catalogue.route("/<slug>/archive", methods=["GET", "POST"])
@members_only
def archive(slug: str) -> ResponseReturnValue:
    """Ask why, say what stays, and archive the record."""
    innovation = own_innovation(slug)
    form = ReasonForm()
    if form.is_submitted() and form.validate():
        try:
            with transaction():
                archive_innovation(actor(), innovation, words=form.words.data)
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Archived. Readers see your words at the top of the record."))
            return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)
    elif not form.is_submitted() and innovation.status is not InnovationStatus.PUBLISHED:
        return redirect(url_for("catalogue.show", slug=innovation.slug))
    page = render_template("catalogue/archive.html", innovation=innovation, form=form)
    return (page, HTTP_INVALID) if form.is_submitted() else page


@catalogue.post("/<slug>/restore")
@members_only
def restore(slug: str) -> ResponseReturnValue:
    """Publish an archived record again as it was."""
    innovation = own_innovation(slug)
    with transaction():
        restore_innovation(actor(), innovation)
    flash(translate("Published again, as it was."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)


@catalogue.route("/<slug>/propose/<action>", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def propose(slug: str, action: str) -> ResponseReturnValue:
    """Propose to a second coordinator to take the record down or to feature it."""
    innovation = innovation_by_slug(slug, viewer())
    if action not in PROPOSALS:
        raise NotFoundError
    form = PROPOSALS[action]()
    if form.is_submitted() and form.validate():
        try:
            with transaction():
                propose_action(
                    actor(), innovation, form.action, reason=form.reason.data, disclosure=form.disclosed
                )
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(translate("Proposed. A second coordinator decides."))
            return redirect(url_for("catalogue.propose", slug=innovation.slug, action=action), code=303)
    page = proposal_page(innovation, action, form)
    return (page, HTTP_INVALID) if form.is_submitted() else page


def proposal_page(innovation: Innovation, action: str, form: ProposalForm) -> str:
    """Return the page of one kind of proposal: the form, or why it cannot be proposed now."""
    proposals = open_proposals(innovation, viewer())
    return render_template(
        f"catalogue/{action.replace('-', '_')}.html",
        innovation=innovation,
        action=action,
        form=form,
        proposals=proposals,
        is_proposed=any(each.action is form.action for each in proposals),
        is_possible=is_possible(innovation, form.action),
        is_allowed=can_propose(viewer(), innovation, form.action),
    )


@catalogue.post("/proposals/<public_id>/withdraw")
@role(Role.COORDINATOR)
def withdraw_proposal(public_id: str) -> ResponseReturnValue:
    """Take one's own proposal back."""
    proposal = proposal_by_id(public_id, viewer())
    with transaction():
        withdraw_own_proposal(actor(), proposal)
    flash(translate("Withdrawn. Nobody decides it any more."))
    if proposal.revision is not None:
        return redirect(url_for("coordinate.review", slug=proposal.innovation.slug), code=303)
    return redirect(url_for("catalogue.show", slug=proposal.innovation.slug), code=303)


@catalogue.post("/<slug>/end-feature")
@role(Role.COORDINATOR)
@confirmed
def end_feature(slug: str) -> ResponseReturnValue:
    """Feature the record no longer."""
    innovation = innovation_by_slug(slug, viewer())
    with transaction():
        end_featuring(actor(), innovation)
    flash(translate("No longer featured."))
    return redirect(url_for("catalogue.show", slug=innovation.slug), code=303)
