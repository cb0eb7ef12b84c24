"""Asking to have an organisation verified, what came of it, and taking the request back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.organisations.models import Organisation
from hub.organisations.permissions import is_representative
from hub.vetting.models import WORDS_LENGTH
from hub.vetting.organisations.permissions import DUE_BEFORE, is_verification_due
from hub.vetting.organisations.queries import (
    open_verification,
    organisation_to_ask_for,
    verifications_of,
)
from hub.vetting.organisations.verification import ask_verification, domain_of, withdraw_verification
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import HubForm, filled, text_field
from hub.web.i18n import translate
from hub.web.organisations.blueprint import organisations
from hub.web.sessions import actor, viewer


class RequestForm(HubForm):
    """What who decides should know."""

    words = text_field(
        _l("How can the hub see that this is right?"),
        WORDS_LENGTH,
        filled(_l("Say how the hub can see that this is right.")),
        area=True,
    )


@organisations.route("/<slug>/verification", methods=["GET", "POST"])
@members_only
def verification(slug: str) -> ResponseReturnValue:
    """Show how an organisation's verification stands, and ask for it."""
    organisation = organisation_to_ask_for(slug, viewer())
    form = RequestForm()

    def act() -> ResponseReturnValue:
        with transaction():
            ask_verification(actor(), organisation, form.words.data)
        flash(translate("Asked for. Somebody without a part in it decides within 10 working days."))
        return redirect(url_for("organisations.verification", slug=slug), code=303)

    return ask(form, act, lambda: _page(organisation, form), also=(ConflictError,))


@organisations.post("/<slug>/verification/withdraw")
@members_only
def withdraw(slug: str) -> ResponseReturnValue:
    """Take back the request that waits."""
    request = open_verification(organisation_to_ask_for(slug, viewer()))
    if request is None:
        raise NotFoundError
    with transaction():
        withdraw_verification(actor(), request)
    flash(translate("Withdrawn. You can ask again at any time."))
    return redirect(url_for("organisations.verification", slug=slug), code=303)


def _page(organisation: Organisation, form: RequestForm) -> str:
    requests = verifications_of(organisation, viewer())
    waiting = open_verification(organisation)
    return render_template(
        "organisations/verification.html",
        organisation=organisation,
        form=form,
        waiting=waiting,
        # what somebody else asked where nobody speaks for it is not shown
        is_readable=waiting is not None and waiting in requests,
        earlier=[each for each in requests if each is not waiting],
        speaks=is_representative(viewer(), organisation),
        is_due=is_verification_due(organisation),
        domain=domain_of(actor(), organisation),
        days=DUE_BEFORE.days,
    )
