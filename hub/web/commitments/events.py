"""What happened to a commitment: adding to its timeline and taking away from it."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, ValidationError

from hub.commitments.keeping.details import EventDetails
from hub.commitments.keeping.timeline import add_event, remove_event as take_away
from hub.commitments.models import Precision
from hub.commitments.models.commitment import URL_LENGTH, WORDS_LENGTH
from hub.core.database import transaction
from hub.core.errors import ConflictError
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.commitments.acting import kept, step
from hub.web.commitments.blueprint import commitments
from hub.web.commitments.forms import DAY_LENGTH, MONTH, YEAR
from hub.web.fields import HubForm, filled, iso_date, text_field, web_address
from hub.web.i18n import translate
from hub.web.sessions import actor


def partial_date(form: Form, field: Field) -> None:
    """Ask for a day, a month or a year."""
    if not field.data or YEAR.fullmatch(field.data) or MONTH.fullmatch(field.data):
        return
    try:
        iso_date(form, field)
    except ValidationError:
        raise ValidationError(
            translate("Enter a day, a month or a year, such as 2018-05-14, 2018-05 or 2018.")
        ) from None


class EventForm(HubForm):
    """What happened when, and where that is said."""

    happened_on = text_field(_l("When"), DAY_LENGTH, filled(_l("Enter when it happened.")), partial_date)
    words = text_field(_l("What happened"), WORDS_LENGTH, filled(_l("Say what happened.")), area=True)
    source_url = text_field(_l("Where it can be read"), URL_LENGTH, web_address)
    retrieved_on = text_field(_l("Read on"), DAY_LENGTH, iso_date)

    def details(self) -> EventDetails:
        """Return what was typed; only after the form was found valid.

        Raises:
            InvalidError: there is no such day.
        """
        typed = self.happened_on.data
        parts = typed.count("-")
        precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[parts]
        read = self.retrieved_on.data
        return EventDetails(
            happened_on=date.fromisoformat(typed + "-01" * (2 - parts)),
            words=self.words.data,
            precision=precision,
            source_url=self.source_url.data,
            retrieved_on=date.fromisoformat(read) if read else None,
        )


@commitments.route("/<code>/events", methods=["GET", "POST"])
@members_only
def events(code: str) -> ResponseReturnValue:
    """List what happened to a commitment, and add to it."""
    commitment = kept(code)
    form = EventForm()

    def act() -> ResponseReturnValue:
        with transaction():
            add_event(actor(), commitment, form.details())
        flash(translate("Added to the timeline."))
        return redirect(url_for("commitments.events", code=commitment.code), code=303)

    return ask(
        form,
        act,
        lambda: render_template("commitments/events.html", commitment=commitment, form=form),
        also=(ConflictError,),
    )


@commitments.post("/<code>/events/<public_id>/remove")
@members_only
def remove_event(code: str, public_id: str) -> ResponseReturnValue:
    """Take something away from the timeline; the log keeps that it was there."""
    commitment = kept(code)
    return step(
        lambda: take_away(actor(), commitment, public_id),
        translate("Taken away from the timeline."),
        url_for("commitments.events", code=commitment.code),
    )
