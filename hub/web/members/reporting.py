"""Reporting a member to the coordinators; with a message from them, where one is reported."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.members.messages.queries import member_known_to
from hub.members.models import ContactMessage, Member
from hub.members.models.messages import REPORT_LENGTH
from hub.vetting.abuse.service import report_abuse
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, options, text_field
from hub.web.i18n import term_description, translate
from hub.web.limits import ABUSE_REPORTS, spend
from hub.web.members.blueprint import members
from hub.web.members.writing import name_shown, page_or_messages
from hub.web.sessions import actor, viewer


class AbuseForm(HubForm):
    """What somebody did."""

    kind = RadioField(
        _l("What is it?"),
        choices=lambda: options("abuse_kinds"),
        validators=[filled(_l("Choose what it is."))],
        validate_choice=False,
    )
    words = text_field(
        _l("What happened?"), REPORT_LENGTH, filled(_l("Say what happened, in your own words.")), area=True
    )


@members.route("/<public_id>/report", methods=["GET", "POST"])
@members_only
def report(public_id: str) -> ResponseReturnValue:
    """Ask what a member did, and send it to the coordinators."""
    person = member_known_to(public_id, viewer())
    return ask_about(person, None, page_or_messages(person))


def ask_about(person: Member, message: ContactMessage | None, back: str) -> ResponseReturnValue:
    """Show or take a report.

    Args:
        person: whom it is about.
        message: the message from them that is reported, or None.
        back: where its link back leads.
    """
    form = AbuseForm()

    def act() -> ResponseReturnValue:
        spend(ABUSE_REPORTS)
        with transaction():
            report_abuse(actor(), person, kind=form.kind.data, words=form.words.data or "", message=message)
        flash(
            translate("Sent to the coordinators. One who has no part in it decides within 10 working days.")
        )
        return redirect(url_for("account.abuse_reports"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "members/report.html",
            form=form,
            name=name_shown(person),
            message=message,
            back=back,
            hints={code: term_description("abuse_kinds", code) for code, _label in options("abuse_kinds")},
        ),
        also=(ConflictError,),
    )
