"""Proposals of roles: what waits, proposing, and the decision of a second person."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import PRIVILEGED_ROLES, Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.vetting.desk import proposal_desk
from hub.vetting.involvements import proposal_involvement
from hub.vetting.lifecycle import ROLE_PROPOSALS
from hub.vetting.models import RoleProposal
from hub.vetting.permissions import proposal_conflict
from hub.vetting.queries import grant_by_id, grants_in_force, proposal_by_id
from hub.vetting.roles import approve_proposal, decline_proposal, propose_end, propose_role, withdraw_proposal
from hub.web.access import confirmed, role
from hub.web.appointments.blueprint import appointments
from hub.web.appointments.forms import DeclineForm, ProposalForm, ReasonForm
from hub.web.appointments.words import proposal_words, role_words
from hub.web.asking import ask
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.fields import HubForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

appointing = role(*PRIVILEGED_ROLES)

REFUSALS = (ForbiddenError, ConflictError)
"""What stands above a form of proposing: one's own role, too few left, proposed already."""


@appointments.get("/proposals")
@appointing
def proposals() -> ResponseReturnValue:
    """List what waits for a second person, with conflicts, and who holds which role."""
    return render_template(
        "appointments/proposals.html",
        lines=[(each, proposal_words(each.proposal)) for each in proposal_desk(viewer())],
        grants=[(each, role_words(each.role, each.country)) for each in grants_in_force()],
        conflict_words=CONFLICT_WORDS,
        me=viewer().member_id,
    )


@appointments.route("/proposals/new", methods=["GET", "POST"])
@appointing
@confirmed
def propose() -> ResponseReturnValue:
    """Propose that somebody get a role."""
    form = ProposalForm(data={"role": request.args.get("role", Role.COORDINATOR.value)})

    def act() -> ResponseReturnValue:
        with transaction():
            made = propose_role(
                actor(),
                form.found(),
                Role(form.role.data),
                reason=form.reason.data or "",
                country=form.country.data or None,
            )
        return proposed(made)

    return ask(form, act, lambda: render_template("appointments/propose.html", form=form), also=REFUSALS)


@appointments.route("/grants/<public_id>/end", methods=["GET", "POST"], endpoint="propose_end")
@appointing
@confirmed
def end(public_id: str) -> ResponseReturnValue:
    """Propose that somebody lose a role."""
    grant = grant_by_id(public_id)
    form = ReasonForm()

    def act() -> ResponseReturnValue:
        with transaction():
            made = propose_end(actor(), grant, reason=form.reason.data or "")
        return proposed(made)

    said = role_words(grant.role, grant.country)
    return ask(
        form,
        act,
        lambda: render_template("appointments/end.html", form=form, grant=grant, said=said),
        also=REFUSALS,
    )


def proposed(made: RoleProposal) -> ResponseReturnValue:
    """Go on to a proposal that was made just now."""
    flash(translate("Proposed. A second person decides."))
    return redirect(url_for("appointments.proposal", public_id=made.public_id), code=303)


@appointments.get("/proposals/<public_id>")
@appointing
def proposal(public_id: str) -> ResponseReturnValue:
    """Show one proposal with what its deciders need; with a conflict, why somebody else decides."""
    return proposal_page(proposal_by_id(public_id, viewer()), DeclineForm())


def proposal_page(found: RoleProposal, form: HubForm) -> str:
    """Return the page of one proposal."""
    conflict = proposal_conflict(viewer(), found)
    if conflict is not None and conflict is not Conflict.OWN_PROPOSAL:
        return stop_page(
            Stopped(
                conflict=conflict,
                involvement=proposal_involvement(found),
                label=proposal_words(found),
                title=found.member.display_name,
                back=url_for("appointments.proposals"),
                back_text=translate("Proposals of roles"),
                holder=found.decided_by,
                taken_at=found.decided_at,
                roles=PRIVILEGED_ROLES,
                but=frozenset({found.proposed_by_id}),
            )
        )
    return render_template(
        "appointments/proposal.html",
        proposal=found,
        said=proposal_words(found),
        actions=ROLE_PROPOSALS.actions(viewer(), found, found.status),
        is_own=conflict is Conflict.OWN_PROPOSAL,
        form=form,
    )


@appointments.post("/proposals/<public_id>/approve")
@appointing
@confirmed
def approve(public_id: str) -> ResponseReturnValue:
    """Agree to a proposal, which takes effect at once."""
    found = proposal_by_id(public_id, viewer())
    with transaction():
        approve_proposal(actor(), found)
    flash(translate("Approved, and in force."))
    return redirect(url_for("appointments.proposals"), code=303)


@appointments.post("/proposals/<public_id>/decline")
@appointing
@confirmed
def decline(public_id: str) -> ResponseReturnValue:
    """Refuse a proposal with words."""
    found = proposal_by_id(public_id, viewer())
    form = DeclineForm()

    def act() -> ResponseReturnValue:
        with transaction():
            decline_proposal(actor(), found, form.words.data or "")
        flash(translate("Declined. Roles stay as they are."))
        return redirect(url_for("appointments.proposals"), code=303)

    return ask(form, act, lambda: proposal_page(found, form))


@appointments.post("/proposals/<public_id>/withdraw")
@appointing
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take back one's own proposal."""
    found = proposal_by_id(public_id, viewer())
    with transaction():
        withdraw_proposal(actor(), found)
    flash(translate("Withdrawn. Roles stay as they are."))
    return redirect(url_for("appointments.proposals"), code=303)
