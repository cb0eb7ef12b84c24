"""Who took an innovation up: the list, one replication with both voices, claiming, and what each side does."""

from collections.abc import Callable, Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.catalogue.evidence.permissions import can_add_evidence
from hub.catalogue.evidence.queries import evidence_of
from hub.catalogue.models import Innovation, Replication, ReplicationStatus
from hub.catalogue.queries import innovation_by_slug, known_organisations
from hub.catalogue.replications.lifecycle import REPLICATIONS
from hub.catalogue.replications.permissions import (
    can_answer,
    can_claim_for_adopter,
    can_claim_for_owner,
)
from hub.catalogue.replications.queries import claims_to_confirm, replication_by_id, replications_of
from hub.catalogue.replications.service import (
    answer_dispute,
    claim_replication,
    confirm_replication,
    dispute_replication,
    fail_replication,
    settle_replication,
    withdraw_replication,
)
from hub.core.database import transaction
from hub.core.errors import ConflictError, ForbiddenError, InvalidError
from hub.core.i18n import N_
from hub.organisations.models import Organisation
from hub.web.access import members_only, public
from hub.web.catalogue.afterwards import ReasonForm
from hub.web.catalogue.attaching import show_refusal
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.evidence import evidence_lines
from hub.web.catalogue.named import named
from hub.web.catalogue.replication_forms import ReplicationForm
from hub.web.catalogue.replication_story import nodes_of, root_of, story_of, timeline_of, voices_of
from hub.web.fields import HTTP_INVALID
from hub.web.i18n import language, translate
from hub.web.sessions import actor, viewer

SPOKEN = ("answer", "settle", "dispute", "fail")
"""The actions that need words, in the order of the page."""


@catalogue.get("/<slug>/replications")
@public
def replications(slug: str) -> ResponseReturnValue:
    """Show who took the innovation up, as far as this viewer may see it."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    found = replications_of(innovation, somebody)
    record = named(innovation)
    return render_template(
        "catalogue/replications.html",
        innovation=innovation,
        record=record,
        replications=found,
        root=root_of(innovation, record),
        nodes=nodes_of(found, innovation.slug),
        entries=timeline_of(found),
        waiting=claims_to_confirm(somebody, innovation),
        may_claim=_may_claim(somebody, innovation),
    )


@catalogue.route("/<slug>/replications/new", methods=["GET", "POST"], endpoint="add_replication")
@members_only
def claim(slug: str) -> ResponseReturnValue:
    """Ask what one side knows of a replication; the other side confirms it."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    if not _may_claim(somebody, innovation):
        raise ForbiddenError(N_("Only the owner's side or who took it up can add a replication."))
    form = ReplicationForm()
    form.offer(_adopters(somebody, innovation))
    status = 200
    if form.is_submitted():
        status = HTTP_INVALID
        if form.validate():
            try:
                details = form.details()
                with transaction():
                    made = claim_replication(actor(), innovation, details)
            except (InvalidError, ConflictError) as error:
                status = error.status
                show_refusal(form, error)
            else:
                flash(translate("Added. The other side is asked to confirm it."))
                return redirect(_address(made), code=303)
    return (
        render_template(
            "catalogue/replications_form.html",
            innovation=innovation,
            record=named(innovation),
            form=form,
            is_owner=can_claim_for_owner(somebody, innovation),
        ),
        status,
    )


def _may_claim(somebody: Viewer, innovation: Innovation) -> bool:
    return can_claim_for_owner(somebody, innovation) or can_claim_for_adopter(somebody, innovation)


def _adopters(somebody: Viewer, innovation: Innovation) -> list[Organisation]:
    """Return the organisations of which `somebody` may say that they took the innovation up."""
    others = [each for each in known_organisations(somebody) if each.id != innovation.owner_id]
    if can_claim_for_owner(somebody, innovation):
        return others
    return [each for each in others if each.id in somebody.represents]


@catalogue.get("/<slug>/replications/<public_id>")
@public
def replication(slug: str, public_id: str) -> ResponseReturnValue:
    """Show one replication with both voices, its evidence, and what this viewer may do."""
    return _page(_found(slug, public_id))


def _found(slug: str, public_id: str) -> Replication:
    somebody = viewer()
    return replication_by_id(innovation_by_slug(slug, somebody), public_id, somebody)


def _page(found: Replication, sent: Mapping[str, ReasonForm] | None = None) -> str:
    """Return the page of a replication.

    Args:
        found: the replication.
        sent: a form that comes back with what is wrong in it, by its action.
    """
    somebody = viewer()
    innovation = found.innovation
    actions = _actions(somebody, found)
    about = [each for each in evidence_of(innovation, somebody) if each.replication_id == found.id]
    return render_template(
        "catalogue/replications_one.html",
        innovation=innovation,
        record=named(innovation),
        replication=found,
        actions=actions,
        forms_of={action: (sent or {}).get(action) or _words_form(action) for action in SPOKEN},
        form=next(iter((sent or {}).values()), None),
        voices=voices_of(found),
        lessons=next((each for each in found.statements if each.action == "fail"), None),
        story=story_of(found),
        lines=evidence_lines(about, innovation, somebody),
        may_add_evidence=can_add_evidence(somebody, innovation)
        and found.status is not ReplicationStatus.WITHDRAWN,
        is_side=can_answer(somebody, found),
    )


def _actions(somebody: Viewer, found: Replication) -> Sequence[str]:
    """Return what the page offers; verifying belongs to the coordinators' own pages."""
    actions = [each for each in REPLICATIONS.actions(somebody, found, found.status) if each != "verify"]
    if found.status is ReplicationStatus.DISPUTED and can_answer(somebody, found):
        actions.append("answer")
    return actions


def _words_form(action: str) -> ReasonForm:
    # on a page with several of them the action tells them apart
    return ReasonForm(prefix=action)


def _address(found: Replication) -> str:
    return url_for("catalogue.replication", slug=found.innovation.slug, public_id=found.public_id)


@catalogue.post("/<slug>/replications/<public_id>/confirm", endpoint="confirm_replication")
@members_only
def confirm(slug: str, public_id: str) -> ResponseReturnValue:
    """Confirm what the other side claimed."""
    found = _found(slug, public_id)
    with transaction():
        confirm_replication(actor(), found)
    flash(translate("Confirmed. The record shows it to its readers."))
    return redirect(_address(found), code=303)


@catalogue.post("/<slug>/replications/<public_id>/withdraw", endpoint="withdraw_replication")
@members_only
def withdraw(slug: str, public_id: str) -> ResponseReturnValue:
    """Take a claim back."""
    found = _found(slug, public_id)
    with transaction():
        withdraw_replication(actor(), found)
    flash(translate("Withdrawn. Nobody is asked to confirm it any more."))
    return redirect(url_for("catalogue.replications", slug=found.innovation.slug), code=303)


@catalogue.post("/<slug>/replications/<public_id>/dispute", endpoint="dispute_replication")
@members_only
def dispute(slug: str, public_id: str) -> ResponseReturnValue:
    """Say that a replication is not as it is told."""
    return _speak(
        _found(slug, public_id),
        "dispute",
        dispute_replication,
        translate("Your words stand on the page. The other side can answer."),
    )


@catalogue.post("/<slug>/replications/<public_id>/answer", endpoint="answer_replication")
@members_only
def answer(slug: str, public_id: str) -> ResponseReturnValue:
    """Answer a dispute."""
    return _speak(
        _found(slug, public_id), "answer", answer_dispute, translate("Your words stand on the page.")
    )


@catalogue.post("/<slug>/replications/<public_id>/settle", endpoint="settle_replication")
@members_only
def settle(slug: str, public_id: str) -> ResponseReturnValue:
    """Take a dispute back."""
    return _speak(
        _found(slug, public_id),
        "settle",
        settle_replication,
        translate("The dispute is over. The replication waits for a confirmation anew."),
    )


@catalogue.post("/<slug>/replications/<public_id>/fail", endpoint="fail_replication")
@members_only
def fail(slug: str, public_id: str) -> ResponseReturnValue:
    """Say, as who took it up, that it did not work, and what others can learn."""
    return _speak(
        _found(slug, public_id),
        "fail",
        fail_replication,
        translate("Kept, with what you learnt from it. Others need to know that too."),
    )


def _speak(found: Replication, action: str, service: Callable[..., None], done: str) -> ResponseReturnValue:
    """Do what needs words, or show the page again with what is wrong in them."""
    form = _words_form(action)
    if form.validate():
        try:
            with transaction():
                service(actor(), found, words=form.words.data, language=language().code)
        except InvalidError as error:
            form.refuse(error)
        else:
            flash(done)
            return redirect(_address(found), code=303)
    if action not in _actions(viewer(), found):
        raise ConflictError
    return _page(found, {action: form}), HTTP_INVALID
