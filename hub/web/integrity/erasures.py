"""Erasing what the audit log says about former members: proposed by one integrity officer, decided by another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l, ngettext

from hub.access.viewer import Role
from hub.core.database import session, transaction
from hub.core.errors import ConflictError, ForbiddenError
from hub.core.ids import PUBLIC_ID_LENGTH
from hub.integrity.models import LogErasure
from hub.members.models import Member
from hub.privacy.log_erasure import (
    ERASURES,
    WHY_NOT,
    approve_erasure,
    decline_erasure,
    erasure_by_id,
    erasure_conflict,
    erasures_for,
    finish_erasures,
    numbers_of,
    person_of,
    propose_erasure as propose,
    withdraw_erasure as withdraw,
)
from hub.vetting.models import WORDS_LENGTH
from hub.web.access import confirmed, role
from hub.web.appointments.forms import DeclineForm
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.integrity.blueprint import integrity
from hub.web.sessions import actor, viewer


class ErasureForm(HubForm):
    """About whom logged matter is to be erased, and why."""

    member = text_field(
        _l("Member id of the former member"), PUBLIC_ID_LENGTH, filled(_l("Enter the member id."))
    )
    reason = text_field(_l("Why?"), WORDS_LENGTH, filled(_l("Say it in your own words.")), area=True)


@integrity.get("/erasures")
@role(Role.INTEGRITY_OFFICER)
def erasures() -> ResponseReturnValue:
    """List the proposals, what waits first."""
    found = erasures_for(viewer())
    return render_template("integrity/erasures.html", lines=[(each, person_of(each)) for each in found])


@integrity.route("/erasures/new", methods=["GET", "POST"])
@role(Role.INTEGRITY_OFFICER)
@confirmed
def propose_erasure() -> ResponseReturnValue:
    """Propose to erase what the log holds in private about somebody who erased their account."""
    form = ErasureForm()

    def act() -> ResponseReturnValue:
        with transaction():
            made = propose(actor(), form.member.data or "", reason=form.reason.data or "")
        flash(translate("Proposed. Another integrity officer decides."))
        return redirect(url_for("integrity.erasure", public_id=made.public_id), code=303)

    return ask(
        form,
        act,
        lambda: render_template("integrity/propose_erasure.html", form=form),
        also=(ForbiddenError, ConflictError),
    )


@integrity.get("/erasures/<public_id>")
@role(Role.INTEGRITY_OFFICER)
def erasure(public_id: str) -> ResponseReturnValue:
    """Show one proposal: about whom, why, and how many entries it covers."""
    return _page(erasure_by_id(public_id, viewer()), DeclineForm())


@integrity.post("/erasures/<public_id>/approve", endpoint="approve_erasure")
@role(Role.INTEGRITY_OFFICER)
@confirmed
def approve(public_id: str) -> ResponseReturnValue:
    """Agree: each erasure is logged, then the private parts go."""
    found = erasure_by_id(public_id, viewer())
    with transaction():
        covered = approve_erasure(actor(), found)
    with transaction():
        finish_erasures()
    flash(
        ngettext(
            "The private part of %(num)s entry is erased.",
            "The private parts of %(num)s entries are erased.",
            covered,
        )
    )
    return redirect(url_for("integrity.erasures"), code=303)


@integrity.post("/erasures/<public_id>/decline", endpoint="decline_erasure")
@role(Role.INTEGRITY_OFFICER)
@confirmed
def decline(public_id: str) -> ResponseReturnValue:
    """Refuse with words."""
    found = erasure_by_id(public_id, viewer())
    form = DeclineForm()

    def act() -> ResponseReturnValue:
        with transaction():
            decline_erasure(actor(), found, form.words.data or "")
        flash(translate("Declined. The log stays as it is."))
        return redirect(url_for("integrity.erasures"), code=303)

    return ask(form, act, lambda: _page(found, form), also=(ForbiddenError, ConflictError))


@integrity.post("/erasures/<public_id>/withdraw")
@role(Role.INTEGRITY_OFFICER)
def withdraw_erasure(public_id: str) -> ResponseReturnValue:
    """Take back one's own proposal."""
    found = erasure_by_id(public_id, viewer())
    with transaction():
        withdraw(actor(), found)
    flash(translate("Withdrawn. The log stays as it is."))
    return redirect(url_for("integrity.erasures"), code=303)


def _page(found: LogErasure, form: HubForm) -> str:
    conflict = erasure_conflict(viewer(), found)
    decided_by = session().get(Member, found.decided_by_id) if found.decided_by_id else None
    return render_template(
        "integrity/erasure.html",
        erasure=found,
        person=person_of(found),
        proposed_by=session().get_one(Member, found.proposed_by_id),
        decided_by=decided_by,
        covered=len(numbers_of(found)),
        actions=ERASURES.actions(viewer(), found, found.status),
        why_not=translate(WHY_NOT[conflict]) if conflict is not None else "",
        form=form,
    )
