"""Showing the draft of a programme to presenters, and publishing it after a last look at what stands in the way."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import InvalidError
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.showcases.programme.publishing import (
    NOT_NOW,
    check_programme,
    publish_programme as publish,
    share_draft,
)
from hub.showcases.programme.queries import unplaced_entries
from hub.web.access import role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.clash_words import clash_words, in_venue_time
from hub.web.curating.planned import finding_words, slot_cards
from hub.web.curating.programme import programme_page
from hub.web.curating.team import team_showcase
from hub.web.fields import HubForm
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class PublishForm(HubForm):
    """Publishing asks nothing but to be sure."""


@curating.post("/<slug>/programme/share")
@role(Role.COORDINATOR)
def share_programme(slug: str) -> ResponseReturnValue:
    """Show the draft to who presents."""
    showcase = team_showcase(slug)
    try:
        with transaction():
            share_draft(actor(), showcase)
    except InvalidError as error:
        return make_response(programme_page(showcase, translate(error.message)), error.status)
    flash(translate("The presenters are told. From now on they hear of each change of their time or room."))
    return redirect(url_for("curating.programme", slug=showcase.slug), code=303)


@curating.route("/<slug>/programme/publish", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def publish_programme(slug: str) -> ResponseReturnValue:
    """Show what stands in the way of publishing the programme, and publish it."""
    showcase = team_showcase(slug)
    form = PublishForm()

    def act() -> ResponseReturnValue:
        with in_venue_time(showcase), transaction():
            publish(actor(), showcase)
        flash(translate("The programme is published. From now on each change is shown and told at once."))
        return redirect(url_for("curating.programme", slug=showcase.slug), code=303)

    return ask(form, act, lambda: _page(showcase, form))


def _page(showcase: Showcase, form: PublishForm) -> str:
    check = check_programme(showcase, viewer())
    zone = showcase.time_zone
    may = showcase.status is ShowcaseStatus.REVIEW
    return render_template(
        "curating/programme_publish.html",
        showcase=showcase,
        form=form,
        obstacles=[clash_words(each, zone) for each in check.obstacles] if may else [translate(NOT_NOW)],
        clashes=[finding_words(each, zone) for each in check.clashes],
        doubts=[finding_words(each, zone) for each in check.doubts],
        unconfirmed=slot_cards(check.unconfirmed, zone),
        unplaced=len(unplaced_entries(showcase, viewer())),
        is_ready=may and check.is_ready,
    )
