"""The steps of a showcase: opening, closing and reopening its call, recording, narrowing, cancelling, discarding."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, InvalidError
from hub.showcases.lifecycle import SHOWCASES
from hub.showcases.making.calling import close_call, open_call, record_showcase, reopen_call
from hub.showcases.making.ending import cancel_showcase, narrow_audience
from hub.showcases.making.service import discard_showcase
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.models.showcase import SHOWN, TEXT_LENGTH
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.catalogue.stale import sent_version
from hub.web.curating.audience_form import AudienceForm
from hub.web.curating.blueprint import curating
from hub.web.curating.show import check_page
from hub.web.curating.team import team_showcase
from hub.web.curating.time_forms import ReopenForm
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.waiting import refusal_words


class CancelForm(HubForm):
    """Why it is cancelled."""

    words = text_field(_l("Why"), TEXT_LENGTH, filled(_l("Say why it is cancelled.")), area=True)


@curating.post("/<slug>/open-call", endpoint="open_call")
@role(Role.COORDINATOR)
@confirmed
def open_it(slug: str) -> ResponseReturnValue:
    """Show the showcase to its audience, or everything again with what is missing."""
    return shown_at_last(slug, open_call, _opened)


@curating.post("/<slug>/record", endpoint="record")
@role(Role.COORDINATOR)
@confirmed
def record_it(slug: str) -> ResponseReturnValue:
    """Show a past showcase to its audience, or everything again with what is missing."""
    return shown_at_last(
        slug, record_showcase, lambda _: translate("Recorded. Its audience finds it among the past ones.")
    )


def shown_at_last(
    slug: str, service: Callable[..., None], done: Callable[[Showcase], str]
) -> ResponseReturnValue:
    """Let a draft be seen, or show everything that it says with what is wrong."""
    showcase = team_showcase(slug)
    try:
        with transaction():
            service(actor(), showcase, version=sent_version())
    except InvalidError as error:
        return check_page(showcase, refusal_words(error)), error.status
    flash(done(showcase))
    return _back(showcase)


def _opened(showcase: Showcase) -> str:
    if showcase.takes_entries:
        return translate("Its audience sees it now, and entries are taken.")
    return translate("Its audience sees it now; entries are taken as soon as the call opens.")


@curating.route("/<slug>/close-call", methods=["GET", "POST"], endpoint="close_call")
@role(Role.COORDINATOR)
def close_it(slug: str) -> ResponseReturnValue:
    """Ask, and close the call before its time."""
    showcase = _in_state(slug, "close_call")
    if request.method == "GET":
        return render_template("curating/close_call.html", showcase=showcase)
    with transaction():
        close_call(actor(), showcase)
    flash(translate("The call is closed. Curators were told that entries wait for their scores."))
    return _back(showcase)


@curating.route("/<slug>/reopen-call", methods=["GET", "POST"], endpoint="reopen_call")
@role(Role.COORDINATOR)
def reopen_it(slug: str) -> ResponseReturnValue:
    """Ask until when, and take entries again."""
    showcase = _in_state(slug, "reopen_call")
    if showcase.decisions_sent_at is not None:
        raise ConflictError
    form = ReopenForm(data={"closes_time": "23:59"})

    def act() -> ResponseReturnValue:
        closes_at = form.closes_at(showcase.time_zone)
        with transaction():
            reopen_call(actor(), showcase, closes_at=closes_at)
        flash(translate("The call is open again."))
        return _back(showcase)

    return ask(
        form,
        act,
        lambda: render_template("curating/reopen_call.html", showcase=showcase, form=form),
        also=(ConflictError,),
    )


@curating.route("/<slug>/narrow", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def narrow(slug: str) -> ResponseReturnValue:
    """Ask for a smaller audience, and take it over."""
    showcase = team_showcase(slug)
    if showcase.status not in SHOWN or showcase.status is ShowcaseStatus.CANCELLED:
        raise ConflictError
    form = AudienceForm(data=AudienceForm.stored(showcase))
    form.showcase = showcase
    form.offer()

    def act() -> ResponseReturnValue:
        with transaction():
            narrow_audience(actor(), showcase, form.readership())
        flash(translate("Fewer people see it from now on. Whoever is outside lost the place they had."))
        return _back(showcase)

    return ask(form, act, lambda: render_template("curating/narrow.html", showcase=showcase, form=form))


@curating.route("/<slug>/cancel", methods=["GET", "POST"])
@role(Role.COORDINATOR)
@confirmed
def cancel(slug: str) -> ResponseReturnValue:
    """Ask why, and cancel the showcase."""
    showcase = _in_state(slug, "cancel")
    form = CancelForm()

    def act() -> ResponseReturnValue:
        with transaction():
            cancel_showcase(actor(), showcase, words=form.words.data)
        flash(translate("Cancelled. Everybody who takes part was told."))
        return _back(showcase)

    return ask(form, act, lambda: render_template("curating/cancel.html", showcase=showcase, form=form))


@curating.route("/<slug>/discard", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def discard(slug: str) -> ResponseReturnValue:
    """Ask, and throw the draft away."""
    showcase = team_showcase(slug)
    if request.method == "GET":
        if showcase.status is not ShowcaseStatus.DRAFT:
            return redirect(url_for("curating.show", slug=slug))
        return render_template("curating/discard.html", showcase=showcase)
    with transaction():
        discard_showcase(actor(), showcase)
    flash(translate("Discarded."))
    return redirect(url_for("curating.directory"), code=303)


def _in_state(slug: str, action: str) -> Showcase:
    """Return the showcase, if its state allows an action now.

    Raises:
        NotFoundError: whoever is signed in is not on its team.
        ConflictError: its state does not allow it.
    """
    showcase = team_showcase(slug)
    if action not in SHOWCASES.actions(viewer(), showcase, showcase.status):
        raise ConflictError
    return showcase


def _back(showcase: Showcase) -> ResponseReturnValue:
    return redirect(url_for("curating.show", slug=showcase.slug), code=303)
