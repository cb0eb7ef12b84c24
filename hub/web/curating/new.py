"""Beginning a showcase: from nothing, as a copy of an earlier one, or as one that is over."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.showcases.making.copying import copy_showcase
from hub.showcases.making.details import ShowcaseDetails
from hub.showcases.making.service import begin_showcase
from hub.showcases.models import Showcase
from hub.showcases.queries import showcase_by_slug
from hub.web.access import role
from hub.web.asking import ask
from hub.web.curating.blueprint import curating
from hub.web.curating.place_form import BeginForm, is_looking
from hub.web.sessions import actor, viewer


@curating.route("/new", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Ask for name, place and language, and begin the draft."""
    original, is_past = copied(), request.args.get("past") == "1"
    form = BeginForm(data=first_values(original))
    form.offer()

    def page() -> str:
        address = url_for(
            "curating.new", copy=original.slug if original else None, past="1" if is_past else None
        )
        return render_template(
            "curating/new.html", form=form, original=original, is_past=is_past, address=address
        )

    if is_looking():
        return page()
    return ask(form, lambda: begun(form, original, is_past=is_past), page)


def begun(form: BeginForm, original: Showcase | None, *, is_past: bool) -> ResponseReturnValue:
    """Store the draft and lead to its parts."""
    name, host_event, language = form.name.data, form.host_event.data, form.language.data
    with transaction():
        if original is not None:
            showcase = copy_showcase(
                actor(), original, name=name, host_event=host_event, language=language, place=form.place()
            )
        else:
            details = ShowcaseDetails(name=name, host_event=host_event, language=language, place=form.place())
            showcase = begin_showcase(actor(), details, is_compiled=is_past)
        slug = showcase.slug
    return redirect(url_for("curating.show", slug=slug), code=303)


def copied() -> Showcase | None:
    """Return the showcase that the address asks to copy, if it names one.

    Raises:
        NotFoundError: it is not there, or not for this person.
    """
    slug = request.args.get("copy")
    return showcase_by_slug(slug, viewer()) if slug else None


def first_values(original: Showcase | None) -> dict[str, object]:
    """Return what the form shows first: the words of the one that is copied."""
    if original is None:
        return {}
    return {
        "name": original.name,
        "host_event": original.host_event,
        "language": original.language,
        "attendance": original.attendance.value,
        "country": original.country or "",
        "city": original.city,
        "time_zone": original.time_zone,
    }
