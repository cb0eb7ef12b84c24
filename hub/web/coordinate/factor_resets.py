"""One report of lost second factors: what to check, who agreed, and the decisions of two coordinators."""

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
from hub.members.queries import roles_in_force
from hub.organisations.queries import law_enforcement_status, memberships_of
from hub.vetting.applications import counts_still
from hub.vetting.factor_resets import approve_reset, decline_reset
from hub.vetting.involvements import involvement_of
from hub.vetting.lifecycle import FACTOR_RESETS
from hub.vetting.models import FactorReset, FactorResetStatus
from hub.vetting.people import reset_by_id
from hub.vetting.permissions import vetting_conflict
from hub.web.access import confirmed, role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.deciding import PersonWordsForm, Stale, decide
from hub.web.coordinate.person import membership_words, role_words
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


@coordinate.get("/coordinate/factor-resets/<public_id>")
@role(Role.COORDINATOR)
def reset(public_id: str) -> ResponseReturnValue:
    """Show a report of lost factors; with a conflict, why somebody else must decide and nothing else."""
    found = reset_by_id(public_id, viewer())
    conflict = vetting_conflict(viewer(), found.member)
    if conflict is not None:
        return stopped(found, conflict)
    return reset_page(found)


def stopped(found: FactorReset, conflict: Conflict) -> str:
    """Return the page that keeps a coordinator from a report they have a conflict with."""
    first = found.first_approved_by_id
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_of(found.member),
            label=translate("Lost second factors"),
            title=found.member.display_name,
            back=url_for("coordinate.members"),
            back_text=translate("People"),
            needed=1 if first is not None and counts_still(first, found.member) else 2,
            but=frozenset({first}),
        )
    )


def reset_page(found: FactorReset, form: PersonWordsForm | None = None, stale: Stale | None = None) -> str:
    """Return the page of one report; `form` is what was sent and refused, `stale` why it was not carried out."""
    member = found.member
    first = found.first_approved_by_id
    is_supported = found.status is FactorResetStatus.SUPPORTED
    counts = is_supported and first is not None and counts_still(first, member)
    return render_template(
        "coordinate/reset.html",
        reset=found,
        person=member,
        form=form or PersonWordsForm(formdata=None),
        actions=FACTOR_RESETS.actions(viewer(), found, found.status),
        is_second=counts,
        is_mine=is_supported and first == viewer().member_id,
        has_left=is_supported and not counts,
        roles=[role_words(grant) for grant in roles_in_force(member, now())],
        belongs=[membership_words(each) for each in memberships_of(member.id)],
        law_enforcement=law_enforcement_status(member.id, now()),
        stale=stale,
        now=now(),
    )


DECISIONS: dict[str, Callable[[Member, FactorReset, str], None]] = {
    "approve": lambda by, found, _words: approve_reset(by, found),
    "decline": decline_reset,
}
"""Every decision by its verb."""

DONE = {
    FactorResetStatus.SUPPORTED: N_("Your agreement is noted. Another coordinator must agree too."),
    FactorResetStatus.APPROVED: N_(
        "Agreed by two. The second factors go in 48 hours. The person is told by mail."
    ),
    FactorResetStatus.DECLINED: N_("Declined. The second factors stay. The person is told by mail."),
}
"""What is said after a decision, by the state it led to."""


@coordinate.post("/coordinate/factor-resets/<public_id>/<action>")
@role(Role.COORDINATOR)
@confirmed
def decide_reset(public_id: str, action: str) -> ResponseReturnValue:
    """Store a decision about a report of lost factors, or show it again."""
    service = DECISIONS.get(action)
    if service is None:
        raise NotFoundError
    found = reset_by_id(public_id, viewer())
    conflict = vetting_conflict(viewer(), found.member)
    if conflict is not None:
        return stopped(found, conflict), HTTPStatus.FORBIDDEN

    def act(form: PersonWordsForm) -> None:
        form.require_seen(found.status)
        service(actor(), found, form.said)

    return decide(
        PersonWordsForm(),
        act,
        lambda form, stale: reset_page(found, form, stale),
        done=lambda: translate(DONE[found.status]),
        target=url_for("coordinate.reset", public_id=public_id),
    )
