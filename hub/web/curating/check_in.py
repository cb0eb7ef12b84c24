"""The entrance, made for a phone: by the code that somebody carries, or by their name."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.pagination import PageRequest
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.queries import curated_showcase
from hub.showcases.registrations.admitting import is_own
from hub.showcases.registrations.checking_in import (
    IN_ALREADY,
    check_in as let_in,
    is_entrance_open,
    is_waiting_here,
    registration_by_code,
    undo_check_in as undo,
)
from hub.showcases.registrations.queries import counts_of, registration_of, registrations_of
from hub.web.access import role
from hub.web.curating.blueprint import curating
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer

MOST_FOUND = 20


@curating.get("/<slug>/check-in")
@role(Role.COORDINATOR)
def check_in(slug: str) -> ResponseReturnValue:
    """Show how many are there, and find somebody by name."""
    return _entrance(curated_showcase(slug, viewer()), request.args.get("q", "").strip()[:200])


def _entrance(showcase: Showcase, words: str = "", *, is_unknown: bool = False) -> str:
    found = registrations_of(showcase, STANDING, words, PageRequest(1, MOST_FOUND)) if words else None
    return render_template(
        "curating/check_in.html",
        showcase=showcase,
        counts=counts_of(showcase),
        words=words,
        page=found,
        is_open=is_entrance_open(showcase),
        own={each.id for each in found.items if is_own(actor(), each)} if found else set(),
        gives_place=is_waiting_here,
        is_unknown=is_unknown,
    )


@curating.get("/<slug>/check-in/<code>")
@role(Role.COORDINATOR)
def check_in_code(slug: str, code: str) -> ResponseReturnValue:
    """Show whose code was read, and the button that lets them in; who carries a wrong one is found by name."""
    showcase = curated_showcase(slug, viewer())
    try:
        found = registration_by_code(showcase, code)
    except NotFoundError:
        return _entrance(showcase, is_unknown=True), NotFound.code
    return render_template(
        "curating/check_in_one.html",
        showcase=showcase,
        registration=found,
        has_place=found.status is RegistrationStatus.REGISTERED,
        is_open=is_entrance_open(showcase),
        may_admit=not is_own(actor(), found),
        gives_place=is_waiting_here(found),
        is_new="now" in request.args,
    )


@curating.post("/<slug>/registrations/<registration_id>/check-in")
@role(Role.COORDINATOR)
def check_in_registration(slug: str, registration_id: str) -> ResponseReturnValue:
    """Note that somebody is there; who is there already stays there."""
    showcase = curated_showcase(slug, viewer())
    registration = registration_of(showcase, registration_id)
    try:
        with transaction():
            let_in(actor(), registration)
    except ConflictError as error:
        # two phones read the same code: nothing is wrong, and the page says since when they are there
        if error.message != IN_ALREADY:
            raise
        flash(translate(IN_ALREADY), "warning")
    else:
        flash(translate("%(name)s is checked in.", name=registration.name))
        return _back(showcase, registration, is_new=True)
    return _back(showcase, registration)


@curating.post("/<slug>/registrations/<registration_id>/undo-check-in")
@role(Role.COORDINATOR)
def undo_check_in(slug: str, registration_id: str) -> ResponseReturnValue:
    """Take a check-in back."""
    showcase = curated_showcase(slug, viewer())
    registration = registration_of(showcase, registration_id)
    with transaction():
        undo(actor(), registration)
    flash(translate("Taken back: %(name)s is not checked in.", name=registration.name))
    return _back(showcase, registration)


def _back(showcase: Showcase, registration: Registration, *, is_new: bool = False) -> ResponseReturnValue:
    """Return to the names that were searched for, or to the code that was read.

    Args:
        showcase: for which.
        registration: whose.
        is_new: whether they were checked in just now; a code that is read once more looks different.
    """
    words = request.form.get("q", "")[:200]
    if words:
        return redirect(url_for("curating.check_in", slug=showcase.slug, q=words), code=303)
    now = 1 if is_new else None
    read = url_for("curating.check_in_code", slug=showcase.slug, code=registration.check_in_code, now=now)
    return redirect(read, code=303)
