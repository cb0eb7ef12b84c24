"""Setting a suggestion aside with a reason, the list of what was set aside, and taking it back."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.alerts.things import Thing, describe
from hub.core.database import transaction
from hub.core.errors import ConflictError, NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.mail.places import path_of
from hub.matching.dismissing import SetAside, dismiss as set_aside, dismissals_of, restore as take_back
from hub.matching.facts import Kind
from hub.matching.models import Dismissal
from hub.matching.models.dismissal import WORDS_LENGTH
from hub.matching.suggesting.purposes import aim_of
from hub.web.access import members_only
from hub.web.asking import ask
from hub.web.fields import CodeField, HubForm, filled, options, text_field
from hub.web.i18n import country_name, language, translate
from hub.web.limits import TASTES, spend
from hub.web.matches.blueprint import matches
from hub.web.matches.cards import about
from hub.web.matches.purposes import COUNTRY, list_of, purpose_asked
from hub.web.redirects import safe_next
from hub.web.sessions import actor, viewer

PER_PAGE = 20


class DismissForm(HubForm):
    """Why somebody does not want to see a suggestion again."""

    reason = CodeField(
        _l("Why does it not help you?"),
        choices=lambda: options("dismissal_reasons"),
        validators=[filled(_l("Choose a reason."))],
    )
    words = text_field(_l("In your own words"), WORDS_LENGTH)


@dataclass(frozen=True)
class AsideLine:
    """Something that was set aside.

    Args:
        dismissal: when and why.
        thing: what it is now.
        href: its page.
        purpose: for what it was suggested, in words; empty where for the reader themselves.
        why_href: where it is explained.
    """

    dismissal: Dismissal
    thing: Thing
    href: str
    purpose: str
    why_href: str


@matches.route("/dismiss", methods=["GET", "POST"])
@members_only
def dismiss() -> ResponseReturnValue:
    """Ask why a suggestion does not help, and set it aside."""
    purpose, subject = purpose_asked(), request.args.get("about", "")
    kind = subject.partition(":")[0]
    thing = describe([subject], viewer(), language().code).get(subject)
    if thing is None or kind not in purpose.lists:
        raise NotFoundError
    # what it is suggested for must be theirs, as where it is stored
    aim_of(viewer(), purpose.text, Kind(kind))
    form = DismissForm()
    target = request.args.get("next", "")
    back = safe_next(target) if target else list_of(purpose, Kind(kind))

    def act() -> ResponseReturnValue:
        spend(TASTES)
        with transaction():
            set_aside(
                actor(), subject, purpose=purpose.text, reason=form.reason.data, words=form.words.data or ""
            )
        flash(translate("Set aside. You can take it back under “What you set aside”."))
        return redirect(back, code=303)

    return ask(
        form,
        act,
        lambda: render_template(
            "matches/dismiss.html",
            form=form,
            thing=thing,
            purpose=purpose,
            back=back,
            arguments=about(purpose.text, subject) | ({"next": back} if target else {}),
        ),
        also=(ConflictError,),
    )


@matches.get("/dismissed")
@members_only
def dismissed() -> ResponseReturnValue:
    """Show what the reader set aside, the latest first."""
    asked = PageRequest(request.args.get("page", 1, type=int), PER_PAGE)
    found = dismissals_of(viewer(), asked, language().code)
    page = Page([_line(each) for each in found.items], found.total, asked)
    return render_template("matches/dismissed.html", page=page)


@matches.post("/dismissed/<public_id>/restore")
@members_only
def restore(public_id: str) -> ResponseReturnValue:
    """Have something suggested again."""
    spend(TASTES)
    with transaction():
        take_back(actor(), public_id)
    flash(translate("Taken back. It is suggested again where it fits."))
    return redirect(url_for("matches.dismissed"), code=303)


def _line(aside: SetAside) -> AsideLine:
    dismissal, thing, purpose = aside.dismissal, aside.thing, aside.purpose
    return AsideLine(
        dismissal=dismissal,
        thing=thing,
        href=path_of(thing.kind, thing.key),
        purpose=_name(purpose) if purpose else "",
        why_href=url_for("matches.why", **about(dismissal.purpose, dismissal.subject)),
    )


def _name(thing: Thing) -> str:
    return country_name(thing.key) if thing.kind == COUNTRY else thing.title
