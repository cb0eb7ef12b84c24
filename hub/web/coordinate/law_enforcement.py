"""One law-enforcement status: what is claimed, what speaks for it, who agreed, and the two coordinators' decisions."""

from collections.abc import Callable
from http import HTTPStatus

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.errors import NotFoundError
from hub.core.i18n import N_
from hub.integrity.permissions import Conflict
from hub.members.models import Member
from hub.members.queries import has_factor
from hub.organisations.models import LawEnforcementState, LawEnforcementStatus
from hub.organisations.queries import is_in_force, memberships_of
from hub.vetting.applications import counts_still
from hub.vetting.involvements import involvement_of
from hub.vetting.law_enforcement import approve_status, decline_status, revoke_status
from hub.vetting.lifecycle import LAW_ENFORCEMENT
from hub.vetting.people import status_by_id, statuses_of
from hub.vetting.permissions import status_conflict
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.person import mail_evidence
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@coordinate.get("/coordinate/law-enforcement/<public_id>")
@role(Role.COORDINATOR)
def status(public_id: str) -> ResponseReturnValue:
    """Show a law-enforcement status; with a conflict, why somebody else must decide and nothing else."""
    found = status_by_id(public_id, viewer())
    conflict = status_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict)
    return status_page(found)


def stopped(found: LawEnforcementStatus, conflict: Conflict) -> str:
    """Return the page that keeps a coordinator from a status they have a conflict with."""
    first = found.first_verified_by_id
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_of(
                found.member, frozenset({found.organisation_id} if found.organisation_id else ())
            ),
            label=translate("Law-enforcement status"),
            title=found.member.display_name,
            back=url_for("coordinate.members"),
            back_text=translate("People"),
            needed=1 if first is not None and counts_still(first, found.member) else 2,
            but=frozenset({first}),
        )
    )


def status_page(
    found: LawEnforcementStatus, form: PersonWordsForm | None = None, stale: Stale | None = None
) -> str:
    """Return the page of one status; `form` is what was sent and refused, `stale` why it was not carried out."""
    member = found.member
    memberships = memberships_of(member.id)
    first = found.first_verified_by_id
    is_supported = found.status is LawEnforcementState.SUPPORTED
    counts = is_supported and first is not None and counts_still(first, member)
    return render_template(
        "coordinate/status.html",
        status=found,
        person=member,
        form=form or PersonWordsForm(formdata=None),
        actions=LAW_ENFORCEMENT.actions(viewer(), found, found.status),
        is_second=counts,
        is_mine=is_supported and first == viewer().member_id,
        has_left=is_supported and not counts,
        is_in_force=is_in_force(found, now()),
        membership=next(
            (each for each in memberships if each.organisation_id == found.organisation_id), None
        ),
        mail=mail_evidence(member, "", [found.organisation] if found.organisation else [], memberships),
        has_factor=has_factor(member.id),
        earlier=[each for each in statuses_of(member.id) if each.id != found.id],
        stale=stale,
        now=now(),
    )


DECISIONS: dict[str, Callable[[Member, LawEnforcementStatus, str], None]] = {
    "approve": lambda by, found, _words: approve_status(by, found),
    "decline": decline_status,
    "revoke": revoke_status,
}
"""Every decision by its verb."""

DONE = {
    LawEnforcementState.SUPPORTED: N_("Your agreement is noted. Another coordinator must agree too."),
    LawEnforcementState.VERIFIED: N_("Verified by two. It holds for a year. The person is told by mail."),
    LawEnforcementState.DECLINED: N_("Declined. The person reads your words in a mail."),
    LawEnforcementState.REVOKED: N_("Ended. It opens nothing from the next click on."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/law-enforcement/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_status(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a law-enforcement status, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    found = status_by_id(public_id, viewer())
    conflict = status_conflict(viewer(), found)
    if conflict is not None:
        return stopped(found, conflict), HTTPStatus.FORBIDDEN

    def act(form: PersonWordsForm) -> None:
        form.require_seen(found.status)
        service(actor(), found, form.said)

    return decide(
        PersonWordsForm(),
        act,
        lambda form, stale: status_page(found, form, stale),
        done=lambda: translate(DONE[found.status]),
        target=url_for("coordinate.status", public_id=public_id),
    )
