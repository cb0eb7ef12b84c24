"""One's own interests in organisations: declaring them, and saying when one ended."""

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from hub.catalogue.conflicts import service as records
from hub.collaboration.review import conflicts as requests
from hub.core.clock import now
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.integrity.interests import conflict_until, is_conflict
from hub.integrity.models import DeclaredInterest
from hub.integrity.queries import interest_by_id, interests_of
from hub.integrity.service import INTEREST_WORDS_LENGTH, Declaration, declare_interest, end_interest
from hub.organisations.models import NAME_LENGTH
from hub.web.access import members_only
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, iso_date, options, text_field
from hub.web.i18n import term_description, translate
from hub.web.sessions import actor, viewer

DATE_LENGTH = 10


@dataclass(frozen=True)
class InterestLine:
    """One declared interest.

    Args:
        interest: what was declared.
        until: the first day on which it makes no conflict any more, or None while it lasts.
        is_binding: whether it makes a conflict now.
    """

    interest: DeclaredInterest
    until: date | None
    is_binding: bool


class InterestForm(HubForm):
    """An interest in an organisation, with dates."""

    kind = RadioField(
        _l("What is it?"),
        choices=lambda: options("interest_kinds"),
        validators=[filled(_l("Choose what it is."))],
        validate_choice=False,
    )
    organisation_name = text_field(
        _l("In which organisation?"), NAME_LENGTH, filled(_l("Enter the name of the organisation."))
    )
    started_on = text_field(_l("Since when?"), DATE_LENGTH, iso_date)
    ended_on = text_field(_l("Until when?"), DATE_LENGTH, iso_date)
    words = text_field(_l("Anything else others should know"), INTEREST_WORDS_LENGTH, area=True)

    def declaration(self) -> Declaration:
        """Return what was typed."""
        return Declaration(
            kind=self.kind.data,
            organisation_name=self.organisation_name.data or "",
            started_on=as_date(self.started_on.data),
            ended_on=as_date(self.ended_on.data),
            words=self.words.data or "",
        )


class EndForm(HubForm):
    """When an interest ended."""

    ended_on = text_field(
        _l("When did it end?"), DATE_LENGTH, filled(_l("Enter the day on which it ended.")), iso_date
    )


def as_date(typed: str | None) -> date | None:
    """Return a typed date that its field accepted, or None."""
    return date.fromisoformat(typed) if typed else None


@account.route("/account/interests", methods=["GET", "POST"])
@members_only
def interests() -> ResponseReturnValue:
    """List one's own interests and take a new one."""
    form = InterestForm()

    def act() -> ResponseReturnValue:
        with transaction():
            declare_interest(actor(), form.declaration())
            released = records.release_conflicted(actor()) + requests.release_conflicted(actor())
        flash(translate("Declared. It counts from now on."))
        if released:
            flash(translate("What you had taken and may not decide any more went back to the others."))
        return redirect(url_for("account.interests"), code=303)

    return ask(form, act, lambda: interests_page(form))


def interests_page(form: InterestForm) -> str:
    """Return the page of one's own interests."""
    today = now().date()
    lines = [
        InterestLine(
            each,
            conflict_until(each.kind, each.ended_on),
            is_conflict(each.kind, each.started_on, each.ended_on, today),
        )
        for each in interests_of(actor().id)
    ]
    hints = {code: term_description("interest_kinds", code) for code, _label in options("interest_kinds")}
    return render_template("account/interests.html", form=form, lines=lines, hints=hints)


@account.route("/account/interests/<public_id>/end", methods=["GET", "POST"], endpoint="end_interest")
@members_only
def end(public_id: str) -> ResponseReturnValue:
    """Say when an interest of one's own ended."""
    interest = interest_by_id(public_id)
    if interest.member_id != viewer().member_id or interest.struck_at is not None:
        raise NotFoundError
    form = EndForm()

    def act() -> ResponseReturnValue:
        with transaction():
            end_interest(actor(), interest, date.fromisoformat(form.ended_on.data))
        flash(translate("Noted. The list says until when it makes a conflict."))
        return redirect(url_for("account.interests"), code=303)

    return ask(
        form,
        act,
        lambda: render_template("account/end_interest.html", form=form, interest=interest),
        also=(ConflictError,),
    )
