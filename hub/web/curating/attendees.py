"""Who registered, for the team: the list, approving and declining, the file and the list for the entrance."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core import clock
from hub.core.database import transaction
from hub.core.errors import ForbiddenError
from hub.core.i18n import N_
from hub.core.pagination import PageRequest
from hub.core.slugs import slugify
from hub.interchange.tables import Table, csv_of
from hub.showcases.models import Registration, RegistrationStatus, Showcase
from hub.showcases.models.registration import STANDING
from hub.showcases.queries import curated_showcase
from hub.showcases.registrations.admitting import (
    approve_registration as approve,
    decline_registration as decline,
    is_own,
)
from hub.showcases.registrations.exporting import exported_registrations
from hub.showcases.registrations.queries import admitted, counts_of, registration_of, registrations_of
from hub.web.access import confirmed, role
from hub.web.asking import ask
from hub.web.context import moment
from hub.web.curating.attendees_forms import DeclineForm
from hub.web.curating.blueprint import curating
from hub.web.i18n import language, translate
from hub.web.limits import EXPORTS, spend
from hub.web.sessions import actor, current_member, viewer
from hub.web.showcases.registering_forms import WAY_NAMES

A_PAGE = 50
TOO_OFTEN = N_("You have downloaded %(number)s files within an hour, which is the most. Wait a little.")

STATUS_NAMES = {
    RegistrationStatus.ASKED: N_("Wait for approval"),
    RegistrationStatus.REGISTERED: N_("Have a place"),
    RegistrationStatus.WAITING: N_("On the waiting list"),
    RegistrationStatus.DECLINED: N_("Declined"),
    RegistrationStatus.CANCELLED: N_("Cancelled"),
}
"""What the team may look at; who wants to come comes first."""


@curating.get("/<slug>/registrations")
@role(Role.COORDINATOR)
def registrations(slug: str) -> ResponseReturnValue:
    """Show the team who registered, in the order of arrival."""
    showcase = curated_showcase(slug, viewer())
    chosen = request.args.get("status", "")
    statuses = [each for each in STATUS_NAMES if each.value == chosen] or list(STANDING)
    words = request.args.get("q", "").strip()[:200]
    asked = PageRequest(request.args.get("page", 1, type=int), A_PAGE)
    return render_template(
        "curating/registrations.html",
        showcase=showcase,
        counts=counts_of(showcase),
        page=registrations_of(showcase, statuses, words, asked),
        statuses=[(each.value, translate(name)) for each, name in STATUS_NAMES.items()],
        status=chosen if len(statuses) == 1 else "",
        words=words,
    )


@curating.post("/<slug>/registrations/<registration_id>/approve")
@role(Role.COORDINATOR)
def approve_registration(slug: str, registration_id: str) -> ResponseReturnValue:
    """Give somebody who asked a place, or a place on the waiting list."""
    showcase, registration = _registration(slug, registration_id)
    with transaction():
        approve(actor(), registration)
        has_place = registration.status is RegistrationStatus.REGISTERED
    flash(
        translate("Approved. They have a place and were told.")
        if has_place
        else translate("Approved. No place is free, so they are on the waiting list and were told.")
    )
    return redirect(url_for("curating.registrations", slug=showcase.slug, status="asked"), code=303)


@curating.route("/<slug>/registrations/<registration_id>/decline", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def decline_registration(slug: str, registration_id: str) -> ResponseReturnValue:
    """Ask why, and decline somebody who asked for a place."""
    showcase, registration = _registration(slug, registration_id)
    if is_own(actor(), registration):
        raise ForbiddenError
    form = DeclineForm()

    def act() -> ResponseReturnValue:
        with transaction():
            decline(actor(), registration, words=form.words.data)
        flash(translate("Declined. They read your words."))
        return redirect(url_for("curating.registrations", slug=showcase.slug, status="asked"), code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "curating/decline_registration.html", showcase=showcase, registration=registration, form=form
        ),
    )


@curating.post("/<slug>/registrations/export")
@role(Role.COORDINATOR)
@confirmed
def export_registrations(slug: str) -> ResponseReturnValue:
    """Send the list as CSV, without access needs and addresses, which do not leave the hub."""
    showcase = curated_showcase(slug, viewer())
    spend(EXPORTS, TOO_OFTEN)
    with transaction():
        found = exported_registrations(actor(), showcase)
    table = _table(showcase, found)
    name = "-".join((slugify(showcase.name) or "registrations", table.label.replace(":", "-")))
    answer = send_file(
        BytesIO(csv_of(table)), mimetype="text/csv", as_attachment=True, download_name=f"{name}.csv"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@curating.get("/<slug>/registrations/print")
@role(Role.COORDINATOR)
def print_registrations(slug: str) -> ResponseReturnValue:
    """Show the list for the entrance, made for paper, where no network is."""
    showcase = curated_showcase(slug, viewer())
    return render_template(
        "curating/registrations_print.html",
        showcase=showcase,
        found=admitted(showcase),
        counts=counts_of(showcase),
        made_at=moment(clock.now()),
    )


def _registration(slug: str, registration_id: str) -> tuple[Showcase, Registration]:
    showcase = curated_showcase(slug, viewer())
    return showcase, registration_of(showcase, registration_id)


def _table(showcase: Showcase, found: list[Registration]) -> Table:
    member = current_member()
    return Table(
        title=showcase.name,
        label=f"TLP:{showcase.tlp}",
        facts=[
            (translate("Generated on"), moment(clock.now())),
            (translate("Generated by"), member.display_name if member else ""),
        ],
        headings=[
            translate("Number"),
            translate("Name"),
            translate("Member or guest"),
            translate("How they take part"),
            translate("State"),
            translate("Registered"),
            translate("Checked in"),
        ],
        rows=[_row(each) for each in found],
        is_right_to_left=language().direction == "rtl",
        sheets=(translate("About"), translate("Registrations")),
    )


def _row(registration: Registration) -> list[str | int]:
    return [
        registration.number or "",
        registration.name,
        translate("Member") if registration.member_id is not None else translate("Guest"),
        translate(WAY_NAMES[registration.attendance]),
        translate(STATUS_NAMES[registration.status]),
        moment(registration.arrived_at) if registration.arrived_at else "",
        moment(registration.checked_in_at) if registration.checked_in_at else "",
    ]
