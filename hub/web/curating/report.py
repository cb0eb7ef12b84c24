"""The report of a showcase: what the team says came of it, beside what the hub counts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import NotFoundError, StaleVersionError
from hub.showcases.aftermath.presence import marked_entries
from hub.showcases.aftermath.report import digest_of, has_report_page, publish_report, save_report
from hub.showcases.models import EntryStatus, Showcase, ShowcaseStatus
from hub.showcases.models.showcase import TEXT_LENGTH
from hub.web.access import role
from hub.web.asking import ask
from hub.web.catalogue.parts import shown_value
from hub.web.catalogue.stale import chosen_fields, is_choice, sent_pairs, two_texts
from hub.web.curating.blueprint import curating
from hub.web.curating.team import team_showcase
from hub.web.fields import HTTP_CONFLICT, HubForm, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer
from hub.web.showcases.report import measure_words, page_of

PUBLISH = "publish"


class ReportForm(HubForm):
    """What came of it, in the words of the team."""

    words = text_field(_l("What came of it?"), TEXT_LENGTH, area=True)


@curating.route("/<slug>/report", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def report(slug: str) -> ResponseReturnValue:
    """Ask for the words of the report; keep them, or publish them with the figures."""
    showcase = team_showcase(slug)
    if not has_report_page(showcase) or showcase.is_compiled:
        raise NotFoundError
    stored = {"words": showcase.report}
    form = ReportForm(formdata=chosen_fields(stored)) if request.method == "POST" else ReportForm(data=stored)

    def act() -> ResponseReturnValue:
        is_publishing = request.form.get("then") == PUBLISH
        service = publish_report if is_publishing else save_report
        try:
            with transaction():
                service(actor(), showcase, form.words.data, over=request.form.get("seen", ""))
        except StaleVersionError:
            return _stale(showcase, form)
        flash(
            translate("Published. Those who had a place or presented were told.")
            if is_publishing
            else translate("Saved.")
        )
        place = "showcases.report" if is_publishing else "curating.report"
        return redirect(url_for(place, slug=slug), code=303)

    return ask(form, act, lambda: _page(showcase, form))


def _page(showcase: Showcase, form: ReportForm) -> str:
    marked = marked_entries(showcase, viewer())
    return render_template(
        "curating/report.html",
        showcase=showcase,
        form=form,
        page=page_of(showcase),
        measures=measure_words(),
        seen=request.form.get("seen") or digest_of(showcase.report),
        is_reported=showcase.status is ShowcaseStatus.REPORTED,
        unmarked=sum(each.entry.status is EntryStatus.CONFIRMED for each in marked),
    )


def _stale(showcase: Showcase, typed: ReportForm) -> ResponseReturnValue:
    """Show what was typed beside what somebody else of the team saved."""
    saved = ReportForm(formdata=None, data={"words": showcase.report})
    page = render_template(
        "curating/report_stale.html",
        showcase=showcase,
        address=url_for("curating.report", slug=showcase.slug),
        texts=two_texts(("words",), typed, saved, shown_value),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        then=request.form.get("then", ""),
        seen=digest_of(showcase.report),
        version=0,
    )
    return page, HTTP_CONFLICT
