"""What people with roles declared; integrity officers strike what was declared by mistake."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.interests import conflict_until, is_conflict
from hub.integrity.permissions import can_strike
from hub.integrity.queries import declared_by_others, interest_by_id
from hub.integrity.service import strike_interest
from hub.web.access import confirmed, role
from hub.web.appointments.forms import ReasonForm
from hub.web.asking import ask
from hub.web.i18n import translate
from hub.web.integrity.blueprint import integrity
from hub.web.sessions import actor, viewer


@integrity.get("/interests")
@role(Role.INTEGRITY_OFFICER)
def member_interests() -> ResponseReturnValue:
    """List what everybody else with a role declared, the latest first."""
    today = now().date()
    return render_template(
        "integrity/interests.html",
        lines=[
            (
                each,
                conflict_until(each.kind, each.ended_on),
                each.struck_at is None and is_conflict(each.kind, each.started_on, each.ended_on, today),
            )
            for each in declared_by_others(viewer())
        ],
    )


@integrity.route("/interests/<public_id>/strike", methods=["GET", "POST"], endpoint="strike_interest")
@role(Role.INTEGRITY_OFFICER)
@confirmed
def strike(public_id: str) -> ResponseReturnValue:
    """Strike a declaration made by mistake, with a reason; it stays in the list, struck."""
    interest = interest_by_id(public_id)
    if not can_strike(viewer(), interest.member_id):
        raise NotFoundError
    form = ReasonForm()

    def act() -> ResponseReturnValue:
        with transaction():
            strike_interest(actor(), interest, form.reason.data or "")
        flash(translate("Struck. It makes no conflict any more."))
        return redirect(url_for("integrity.member_interests"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("integrity/strike.html", form=form, interest=interest),
        also=(ConflictError,),
    )
