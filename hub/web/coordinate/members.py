"""The desk of what waits about people, and the file of one person with the decisions about their membership."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import CONFLICT_WORDS, Conflict
from hub.members.models import Member
from hub.vetting.applications import approve_application, decline_application
from hub.vetting.desk import VettingDesk, vetting_desk
from hub.vetting.involvements import involvement_of
from hub.vetting.lifecycle import MEMBERS
from hub.vetting.people import people_called, person_by_id
from hub.vetting.permissions import vetting_conflict
from hub.vetting.standing import (
    is_vetting_due,
    recuse_from_person,
    reinstate_member,
    suspend_member,
    vet_again,
)
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.person import consent_words, membership_words, person_file, reason_words, role_words
from hub.web.coordinate.person_forms import ApprovalForm, DeclineForm, membership_of
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.coordinate.recusing import RecusalForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

LONGEST_SEARCH = 200
"""Characters of what a coordinator looks for."""


@coordinate.get("/coordinate/members")
@role(Role.COORDINATOR)
def members() -> ResponseReturnValue:
    """List what waits about people, and find one of them."""
    desk = vetting_desk(viewer())
    sought = request.args.get("q", "")[:LONGEST_SEARCH]
    return render_template(
        "coordinate/members.html",
        desk=desk,
        counted=counted(desk),
        now=now(),
        conflict_words=CONFLICT_WORDS,
        sought=sought,
        found=people_called(sought, viewer()),
    )


def counted(desk: VettingDesk) -> list[str]:
    """Return how many of each kind wait, in words; kinds of which nothing waits are left out."""
    applications, statuses, resets, due = (
        len(each) for each in (desk.applications, desk.statuses, desk.resets, desk.due)
    )
    said = (
        applications and ngettext("%(num)s application", "%(num)s applications", applications),
        statuses
        and ngettext("%(num)s law-enforcement request", "%(num)s law-enforcement requests", statuses),
        resets and ngettext("%(num)s report of lost factors", "%(num)s reports of lost factors", resets),
        due and ngettext("%(num)s vetting that is due", "%(num)s vettings that are due", due),
    )
    return [str(words) for words in said if words]


@coordinate.get("/coordinate/members/<public_id>")
@role(Role.COORDINATOR)
def member(public_id: str) -> ResponseReturnValue:
    """Show the file of one person; with a conflict, why somebody else must decide and nothing else."""
    found = person_by_id(public_id, viewer())
    conflict = vetting_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict)
    return member_page(found)


def stopped(found: Member, conflict: Conflict) -> str:
    """Return the page that keeps a coordinator from the file of somebody they have a conflict with."""
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_of(found),
            label=translate("Membership"),
            title=found.display_name,
            back=url_for("coordinate.members"),
            back_text=translate("People"),
        )
    )


def member_page(
    found: Member,
    form: PersonWordsForm | None = None,
    action: str = "",
    stale: Stale | None = None,
) -> str:
    """Return the file of one person.

    Args:
        found: the person.
        form: what was sent just now and refused.
        action: the decision that it was sent for.
        stale: why it was not carried out, where somebody else was faster.
    """
    file = person_file(found)
    forms = {name: kind(formdata=None) for name, kind in FORMS.items()}
    approval = forms["approve"]
    if isinstance(approval, ApprovalForm) and file.application is not None:
        approval.suggest(file.application, file.known)
    if form is not None:
        forms[action] = form
    actions = [*MEMBERS.actions(viewer(), found, found.status)]
    if found.is_approved and is_vetting_due(found):
        actions.append("vet")
    return render_template(
        "coordinate/person.html",
        file=file,
        person=found,
        form=form,
        forms=forms,
        actions=actions,
        stale=stale,
        roles=[role_words(grant) for grant in file.grants],
        consent=consent_words(file.application),
        belongs=[membership_words(each) for each in file.memberships],
        reason_words=reason_words,
        now=now(),
    )


@dataclass(frozen=True)
class PersonDecision:
    """What a coordinator may decide about somebody's membership.

    Args:
        act: calls the service with actor, person and form.
        done: message id of what is said afterwards.
        leads_to_desk: whether the next item is more of interest than this person.
    """

    act: Callable[[Member, Member, Any], None]
    done: str
    leads_to_desk: bool = False


def _approve(by: Member, found: Member, form: ApprovalForm) -> None:
    approve_application(by, found, membership_of(form, found))


def _decline(by: Member, found: Member, form: DeclineForm) -> None:
    decline_application(by, found, reasons=tuple(dict.fromkeys(form.reasons.data or ())), words=form.said)


FORMS: dict[str, type[PersonWordsForm]] = {
    "approve": ApprovalForm,
    "decline": DeclineForm,
    "suspend": PersonWordsForm,
    "reinstate": PersonWordsForm,
    "vet": PersonWordsForm,
}

DECISIONS = {
    "approve": PersonDecision(_approve, N_("Approved. The person is told by mail."), leads_to_desk=True),
    "decline": PersonDecision(
        _decline, N_("Declined. The person reads your words in a mail."), leads_to_desk=True
    ),
    "suspend": PersonDecision(
        lambda by, found, form: suspend_member(by, found, form.said),
        N_("Suspended, and signed out everywhere. The person reads your words in a mail."),
    ),
    "reinstate": PersonDecision(
        lambda by, found, _form: reinstate_member(by, found), N_("Reinstated. The person is told by mail.")
    ),
    "vet": PersonDecision(
        lambda by, found, _form: vet_again(by, found), N_("Noted. The membership goes on for another year.")
    ),
}
"""Every decision by its verb."""


@coordinate.post("/coordinate/members/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_member(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about somebody's membership, or show their file again."""
    decision = DECISIONS.get(action)
    if decision is None:
        raise NotFoundError
    found = person_by_id(public_id, viewer())
    conflict = vetting_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict), HTTPStatus.FORBIDDEN
    to_desk = decision.leads_to_desk
    return decide(
        FORMS[action](),
        lambda form: decision.act(actor(), found, form),
        lambda form, stale: member_page(found, form, action, stale),
        done=lambda: translate(decision.done),
        target=url_for("coordinate.members")
        if to_desk
        else url_for("coordinate.member", public_id=public_id),
    )


@coordinate.route("/coordinate/members/<public_id>/recuse", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def recuse_from_member(public_id: str) -> ResponseReturnValue:
    """Ask whether a coordinator recuses themselves from a person, or do it; nobody can undo it."""
    found = person_by_id(public_id, viewer())
    form, status = RecusalForm(), HTTPStatus.OK
    conflict = vetting_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict)
    if form.is_submitted():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.validate():
            with transaction():
                recuse_from_person(actor(), found, form.words.data or "")
            flash(translate("You recused yourself. Only somebody without a conflict may decide."))
            return redirect(url_for("coordinate.members"), code=303)
    return render_template("coordinate/recuse_person.html", form=form, person=found), status
