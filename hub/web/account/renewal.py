"""Asking to be vetted again, for those whose year ended without it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import NotFoundError
from hub.members.models import Member, MemberStatus
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.standing import ask_renewal
from hub.web.access import signed_in
from hub.web.account.blueprint import account
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor


class RenewalForm(HubForm):
    """What changed, and why somebody wants to stay."""

    words = text_field(
        _l("What you do now, and what changed"),
        WORDS_LENGTH,
        filled(_l("Say it in your own words.")),
        area=True,
    )


@account.route("/account/renew", methods=["GET", "POST"])
@signed_in
def renew() -> ResponseReturnValue:
    """Ask to be vetted again; only for who lapsed.

    Raises:
        NotFoundError: the vetting of this person has not lapsed.
    """
    member = actor()
    if member.status is MemberStatus.CONFIRMED:
        # the second of two clicks
        return redirect(url_for("account.show"), code=303)
    if member.status is not MemberStatus.LAPSED:
        raise NotFoundError
    form = RenewalForm()
    return ask(
        form,
        lambda: _renew(member, form),
        lambda: render_template("account/renew.html", form=form, member=member),
    )


def _renew(member: Member, form: RenewalForm) -> ResponseReturnValue:
    with transaction():
        ask_renewal(member, form.words.data)
    flash(translate("Sent. A coordinator answers within 10 working days, by mail."))
    return redirect(url_for("account.show"), code=303)
