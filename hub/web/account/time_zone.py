"""In which time zone moments are shown to somebody."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.members.models import Member
from hub.members.service import choose_time_zone
from hub.members.zones import zone_of_country
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import CodeField, HubForm, filled
from hub.web.i18n import translate
from hub.web.sessions import actor
from hub.web.zones import zone_options, zone_words

OF_COUNTRY = "country"
"""The choice that follows one's country."""


class TimeZoneForm(HubForm):
    """The zone, or that of one's country."""

    time_zone = CodeField(_l("Time zone"), validators=[filled(_l("Choose a time zone."))])

    def offer(self, member: Member) -> None:
        """Let the person choose among all zones; the first choice follows their country."""
        usual = zone_of_country(member.country)
        first = (
            translate("That of my country: %(zone)s", zone=zone_words(usual))
            if usual
            else translate("UTC, since my country has several zones or is not stated")
        )
        self.time_zone.choices = [(OF_COUNTRY, first), *zone_options()]


@account.route("/account/time-zone", methods=["GET", "POST"])
@signed_in
def time_zone() -> ResponseReturnValue:
    """Show and keep the zone."""
    form = TimeZoneForm(time_zone=actor().time_zone or OF_COUNTRY)
    form.offer(actor())

    def act() -> ResponseReturnValue:
        with transaction():
            choose_time_zone(actor(), None if form.time_zone.data == OF_COUNTRY else form.time_zone.data)
        flash(translate("Saved. Due dates are shown in that time from now on."))
        return redirect(url_for("account.show"), code=303)

    return ask(form, act, lambda: render_template("account/time_zone.html", form=form))
