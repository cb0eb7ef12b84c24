"""One's own law-enforcement status: asking for it, how far it is, taking it back, giving it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.members.models import Member
from hub.members.queries import has_factor
from hub.organisations.models import (
    TITLE_LENGTH,
    LawEnforcementState,
    LawEnforcementStatus,
    OrganisationStatus,
)
from hub.organisations.queries import law_enforcement_status, memberships_of
from hub.vetting.law_enforcement import request_status, revoke_status, withdraw_status
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.people import own_status_by_id, statuses_of
from hub.vetting.queries import open_status_of
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.catalogue.choices import one_country
from hub.web.context import day
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID, CodeField, HubForm, filled, text_field
from hub.web.i18n import country_name, translate
from hub.web.sessions import actor

NONE = ""


def own_organisations() -> list[tuple[str, str]]:
    """Return (slug, name) of the organisations that this person belongs to, after the choice of none."""
    belongs = ((each.organisation.slug, each.organisation.name) for each in memberships_of(actor().id))
    return [(NONE, translate("None of these")), *belongs]


class StatusForm(HubForm):
    """What somebody says to count as law enforcement."""

    country = CodeField(
        _l("Country of the authority"), choices=one_country, validators=[filled(_l("Choose the country."))]
    )
    authority = text_field(
        _l("Name of the authority"), TITLE_LENGTH, filled(_l("Enter the name of the authority."))
    )
    reference = text_field(_l("Reference"), TITLE_LENGTH, filled(_l("Enter what shows your place there.")))
    organisation = CodeField(_l("Organisation of the hub"), choices=own_organisations)
    words = text_field(
        _l("How coordinators can make sure"),
        WORDS_LENGTH,
        filled(_l("Say how coordinators can make sure.")),
        area=True,
    )


class GivingUpForm(HubForm):
    """Why somebody gives their status up."""

    why = text_field(_l("Why"), WORDS_LENGTH, filled(_l("Say why, in a few words.")), area=True)


@dataclass(frozen=True)
class Line:
    """One line of the history, as `components/history.html` takes it; it names no coordinator."""

    at: datetime
    text: str
    words: str = ""


@account.route("/account/law-enforcement", methods=["GET", "POST"])
@members_only
def law_enforcement() -> ResponseReturnValue:
    """Show one's own status, and ask for one."""
    form = StatusForm()
    try:
        return ask(form, lambda: _request(form), lambda: status_page(form))
    except ConflictError as error:
        return status_page(form, stale=translate(error.message, **error.parameters)), HTTP_CONFLICT


def _request(form: StatusForm) -> ResponseReturnValue:
    belongs = {each.organisation.slug: each.organisation for each in memberships_of(actor().id)}
    with transaction():
        request_status(
            actor(),
            country=form.country.data,
            authority=form.authority.data,
            reference=form.reference.data,
            words=form.words.data,
            organisation=belongs.get(form.organisation.data),
        )
    flash(translate("Sent. Two coordinators must agree; you get the answer by mail."))
    return redirect(url_for("account.law_enforcement"), code=303)


def status_page(
    form: StatusForm | None = None, giving_up: GivingUpForm | None = None, stale: str = ""
) -> str:
    """Return the page of one's own status.

    Args:
        form: what was sent to ask for it and refused.
        giving_up: what was sent to give it up and refused.
        stale: why nothing was changed, in words.
    """
    member = actor()
    statuses = statuses_of(member.id)
    in_force, asked = law_enforcement_status(member.id, now()), open_status_of(member.id)
    return render_template(
        "account/law_enforcement.html",
        form=giving_up or form,
        asking=form or StatusForm(formdata=None),
        giving_up=giving_up or GivingUpForm(formdata=None),
        stale=stale,
        in_force=in_force,
        asked=asked,
        may_ask=asked is None or bool(form and stale),
        has_factor=has_factor(member.id),
        lost=None if in_force else why_not_in_force(member, statuses),
        ended=None if in_force or asked else revoked(statuses),
        lines=sorted((line for each in statuses for line in lines_of(each)), key=_moment, reverse=True),
    )


def revoked(statuses: Sequence[LawEnforcementStatus]) -> LawEnforcementStatus | None:
    """Return the latest status where it was ended before its year was over."""
    latest = statuses[0] if statuses else None
    return latest if latest and latest.status is LawEnforcementState.REVOKED else None


def why_not_in_force(member: Member, statuses: Sequence[LawEnforcementStatus]) -> str:
    """Return in words why the latest verified status opens nothing, or nothing where there is none."""
    status = next((each for each in statuses if each.status is LawEnforcementState.VERIFIED), None)
    if status is None or status.valid_until is None:
        return ""
    if status.valid_until <= now():
        return translate(
            "Your status lapsed on %(day)s: its year is over. You can ask for it again.",
            day=day(status.valid_until),
        )
    if status.organisation and status.organisation.status is OrganisationStatus.LAPSED:
        return translate(
            "Your status opens nothing: the hub’s verification of %(organisation)s lapsed.",
            organisation=status.organisation.name,
        )
    if status.organisation_id not in {each.organisation_id for each in memberships_of(member.id)}:
        return translate("Your status opens nothing: you no longer belong to the organisation it rests on.")
    return ""


def lines_of(status: LawEnforcementStatus) -> list[Line]:
    """Return what happened to a status, without saying who decided."""
    asked = translate(
        "You asked for it: %(authority)s, %(country)s",
        authority=status.authority,
        country=country_name(status.country),
    )
    lines = [Line(status.requested_at, asked)]
    if status.first_verified_at and status.first_verified_by_id:
        lines.append(Line(status.first_verified_at, translate("A first coordinator agreed")))
    if status.verified_at:
        lines.append(Line(status.verified_at, translate("Verified")))
    if status.ended_at:
        is_own = status.ended_by_id == status.member_id
        words = {
            LawEnforcementState.DECLINED: translate("Declined by a coordinator"),
            LawEnforcementState.WITHDRAWN: translate("You withdrew your request"),
            LawEnforcementState.REVOKED: translate("You gave it up")
            if is_own
            else translate("Ended by a coordinator"),
        }
        lines.append(Line(status.ended_at, words.get(status.status, ""), status.decision_words))
    return lines


def _moment(line: Line) -> datetime:
    return line.at


@account.post("/account/law-enforcement/<public_id>/withdraw", endpoint="withdraw_status")
@members_only
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take one's own request back."""
    status = own_status_by_id(public_id, actor())
    try:
        with transaction():
            withdraw_status(actor(), status)
    except ConflictError as error:
        return status_page(stale=translate(error.message, **error.parameters)), HTTP_CONFLICT
    flash(translate("Withdrawn. Nobody decides about it any more."))
    return redirect(url_for("account.law_enforcement"), code=303)


@account.post("/account/law-enforcement/<public_id>/give-up", endpoint="give_up_status")
@members_only
def give_up(public_id: str) -> ResponseReturnValue:
    """End one's own status at once."""
    status = own_status_by_id(public_id, actor())
    form = GivingUpForm()
    if not form.validate():
        return status_page(giving_up=form), HTTP_INVALID
    try:
        with transaction():
            revoke_status(actor(), status, form.why.data)
    except InvalidError as error:
        form.refuse(error)
        return status_page(giving_up=form), HTTP_INVALID
    except ConflictError as error:
        return status_page(stale=translate(error.message, **error.parameters)), HTTP_CONFLICT
    flash(translate("Given up. You see what other members see."))
    return redirect(url_for("account.law_enforcement"), code=303)
