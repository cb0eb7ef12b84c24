"""Merging organisations that are one: proposing it, the desk, and the second coordinator's decision."""

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.alerts.service import follow_merged
from hub.catalogue.ownership.merging import merge_organisations, what_moves
from hub.collaboration.merging import requests_merged
from hub.commitments.merging import commitments_merged
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.i18n import N_
from hub.integrity.escalation import Bench
from hub.integrity.four_eyes import ProposalStatus
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.matching.merging import dismissals_merged
from hub.organisations.details import details_of
from hub.organisations.directory import organisation_by_slug
from hub.organisations.models import Organisation
from hub.organisations.similar import similar_organisations
from hub.shortlists.sharing import share_merged
from hub.showcases.merging import showcases_merged
from hub.vetting.lifecycle import MERGES
from hub.vetting.models import WORDS_LENGTH, OrganisationMerge
from hub.vetting.organisations.desk import Belonging, merge_desk, merge_shortage
from hub.vetting.organisations.merging import decline_merge, propose_merge, withdraw_merge
from hub.vetting.organisations.permissions import involvement_of, merge_conflict, organisation_conflict
from hub.vetting.organisations.queries import merge_by_id, open_merge
from hub.vetting.people import all_organisations
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.oversight import stopped as stopped_at
from hub.web.coordinate.person_forms import organisation_choices
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.fields import CodeField, HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.organisations.reading import identifier_of
from hub.web.organisations.registering import similar_line
from hub.web.sessions import actor, viewer


class MergeForm(HubForm):
    """Which organisation stays, and why the two are one."""

    into = CodeField(
        _l("Which organisation is it?"),
        choices=organisation_choices,
        validators=[filled(_l("Choose the organisation that stays."))],
    )
    reason = text_field(
        _l("Why they are the same"), WORDS_LENGTH, filled(_l("Say why they are the same.")), area=True
    )


@coordinate.route("/organisations/<slug>/merge", methods=["GET", "POST"], endpoint="propose_merge")
@role(Role.COORDINATOR)
@confirmed
def propose(slug: str) -> ResponseReturnValue:
    """Ask into which other organisation one is to be merged, and propose it."""
    organisation = organisation_by_slug(slug, viewer())
    waiting = open_merge(organisation)
    if waiting is not None:
        return redirect(url_for("coordinate.merge", public_id=waiting.public_id), code=303)
    form = MergeForm()
    if request.method == "GET":
        form.into.data = request.args.get("into", "")
    into = chosen(form.into.data or "")
    for each in (organisation, into):
        conflict = organisation_conflict(viewer(), each) if each else None
        if each is not None and conflict is not None:
            page = stopped_at(each, conflict)
            return (page, HTTPStatus.FORBIDDEN) if form.is_submitted() else page

    def act() -> ResponseReturnValue:
        if into is None:
            raise NotFoundError
        with transaction():
            merge = propose_merge(actor(), organisation, into, reason=form.reason.data)
        flash(translate("Proposed. Nothing changes until another coordinator agrees."))
        return redirect(url_for("coordinate.merge", public_id=merge.public_id), code=303)

    return ask(form, act, lambda: _propose_page(organisation, form), also=(ConflictError,))


def chosen(slug: str) -> Organisation | None:
    """Return the organisation that was chosen from the list, or None."""
    return next((each for each in all_organisations() if slug and each.slug == slug), None)


@coordinate.get("/coordinate/merges")
@role(Role.COORDINATOR)
def merges() -> ResponseReturnValue:
    """List the merges that wait for a second coordinator."""
    return render_template(
        "coordinate/merges.html", items=merge_desk(viewer()), now=now(), conflict_words=CONFLICT_WORDS
    )


@coordinate.get("/coordinate/merges/<public_id>")
@role(Role.COORDINATOR)
def merge(public_id: str) -> ResponseReturnValue:
    """Show a proposed merge; with a conflict other than one's own proposal, why somebody else must decide."""
    found = merge_by_id(public_id, viewer())
    conflict = merge_conflict(viewer(), found)
    if conflict is not None and conflict is not Conflict.OWN_PROPOSAL:
        return stopped(found, conflict)
    return merge_page(found)


def stopped(found: OrganisationMerge, conflict: Conflict) -> str:
    """Return the page that keeps a coordinator from a merge they have a conflict with."""
    both = (found.organisation, found.into)
    entangled = next((each for each in both if organisation_conflict(viewer(), each) is not None), both[0])
    short = merge_shortage(found, Belonging(both).of_merge(found), Bench())
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_of(entangled),
            label=translate("Merge"),
            title=found.organisation.name,
            back=url_for("coordinate.merges"),
            back_text=translate("Merges"),
            is_escalated=short is not None,
        )
    )


def merge_page(
    found: OrganisationMerge, form: PersonWordsForm | None = None, stale: Stale | None = None
) -> str:
    """Return the page of one merge; `form` is what was sent and refused, `stale` why it was not carried out."""
    return render_template(
        "coordinate/merge.html",
        merge=found,
        sides=[(each, identifier_of(each)) for each in (found.organisation, found.into)],
        similar=next(
            (
                similar_line(each)
                for each in similar_organisations(details_of(found.organisation), but=found.organisation)
                if each.organisation.id == found.into_id
            ),
            None,
        ),
        moves=what_moves(found),
        form=form or PersonWordsForm(formdata=None),
        actions=MERGES.actions(viewer(), found, found.status),
        is_own=found.proposed_by_id == viewer().member_id,
        stale=stale,
    )


def approve_merge(found: OrganisationMerge) -> None:
    """Merge, and let what belongs to the one go on with the other.

    That is who follows it, what is shared with it, its entries, its requests, its part in commitments, and that it was
    set aside.
    """
    merge_organisations(actor(), found)
    follow_merged(found.organisation.slug, found.into.slug)
    share_merged(found.organisation_id, found.into_id)
    # showcases are held before the requests that are born from them
    showcases_merged(found.organisation_id, found.into_id)
    requests_merged(found.organisation_id, found.into_id)
    commitments_merged(found.organisation_id, found.into_id)
    dismissals_merged(found.organisation.slug, found.into.slug)


DECISIONS: dict[str, Callable[[OrganisationMerge, str], None]] = {
    "approve": lambda found, _words: approve_merge(found),
    "decline": lambda found, words: decline_merge(actor(), found, words=words),
    "withdraw": lambda found, _words: withdraw_merge(actor(), found),
}
"""Every decision by its verb."""

DONE = {
    ProposalStatus.APPROVED: N_(
        "Merged. Its people, its records and its address lead to the one that stays."
    ),
    ProposalStatus.DECLINED: N_("Declined. Who proposed it reads your words."),
    ProposalStatus.WITHDRAWN: N_("Withdrawn. Nothing was changed."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/merges/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_merge(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a merge, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    found = merge_by_id(public_id, viewer())
    conflict = merge_conflict(viewer(), found)
    is_own = conflict is Conflict.OWN_PROPOSAL
    if conflict is not None and not (is_own and action == "withdraw"):
        return stopped(found, conflict), HTTPStatus.FORBIDDEN
    return decide(
        PersonWordsForm(),
        lambda form: service(found, form.said),
        lambda form, stale: merge_page(found, form, stale),
        done=lambda: translate(DONE[found.status]),
        target=url_for("coordinate.merge", public_id=public_id),
    )


def _propose_page(organisation: Organisation, form: MergeForm) -> str:
    similar = similar_organisations(details_of(organisation), but=organisation)
    return render_template(
        "coordinate/propose_merge.html",
        organisation=organisation,
        form=form,
        similar=[(each.organisation.slug, similar_line(each)) for each in similar],
    )
