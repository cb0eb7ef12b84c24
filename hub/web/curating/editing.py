"""One page for each part of a showcase: typed, stored, and both texts side by side where two saved at once."""

from flask import flash, redirect, render_template, request as sent, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Role
from hub.core.database import transaction
from hub.core.errors import InvalidError, StaleVersionError
from hub.showcases.making.changing import are_weights_fixed
from hub.showcases.making.service import save_showcase
from hub.showcases.models import Showcase, ShowcaseStatus
from hub.web.access import role
from hub.web.catalogue.stale import (
    chosen_fields,
    digest_of,
    is_choice,
    opened_version,
    sent_pairs,
    sent_version,
    two_texts,
)
from hub.web.curating.blueprint import curating
from hub.web.curating.part_form import PartForm
from hub.web.curating.parts import Part, following, form_of, is_open, part_of, parts_of, shown_value
from hub.web.curating.place_form import is_looking
from hub.web.curating.team import team_showcase
from hub.web.fields import HTTP_CONFLICT, HTTP_INVALID
from hub.web.i18n import translate
from hub.web.sessions import actor


@curating.get("/<slug>/parts/<key>")
@role(Role.COORDINATOR)
def part(slug: str, key: str) -> ResponseReturnValue:
    """Ask for one part of a showcase."""
    showcase = team_showcase(slug)
    asked = part_of(showcase, key)
    if not is_open(asked, showcase):
        return redirect(url_for("curating.preview", slug=slug))
    return part_page(asked, showcase, form_of(asked, showcase, data=asked.form.stored(showcase)))


@curating.post("/<slug>/parts/<key>")
@role(Role.COORDINATOR)
def save_part(slug: str, key: str) -> ResponseReturnValue:
    """Store what was typed into one part, or show it again with what is wrong."""
    showcase = team_showcase(slug)
    asked = part_of(showcase, key)
    form = form_of(asked, showcase, formdata=chosen_fields(asked.form.stored(showcase)))
    if is_looking():
        return part_page(asked, showcase, form)
    if form.validate():
        try:
            store(asked, showcase, form)
        except StaleVersionError:
            return stale_page(asked, showcase)
        except InvalidError as error:
            form.refuse(error)
        else:
            form.after_saving()
            return redirect(after(asked, showcase), code=303)
    return part_page(asked, showcase, form), HTTP_INVALID


def store(asked: Part, showcase: Showcase, form: PartForm) -> None:
    """Save what was typed; that somebody saved other parts meanwhile is no conflict with this one."""
    details = form.details()
    with transaction():
        version = sent_version()
        if version != showcase.version and sent.form.get("seen") == digest_of(asked.form.stored(showcase)):
            version = showcase.version
        is_changed = save_showcase(actor(), showcase, details, version=version)
    if is_changed and showcase.status is not ShowcaseStatus.DRAFT:
        flash(translate("Saved. Its audience sees it at once."))


def after(asked: Part, showcase: Showcase) -> str:
    """Return where to go when a part is saved: on through a draft, else back to the showcase."""
    then, next_part = sent.form.get("then"), following(asked, showcase)
    if then == "more":
        return url_for("curating.part", slug=showcase.slug, key=asked.key)
    if then == "list" or showcase.status is not ShowcaseStatus.DRAFT:
        return url_for("curating.show", slug=showcase.slug)
    if next_part is None:
        return url_for("curating.preview", slug=showcase.slug)
    return url_for("curating.part", slug=showcase.slug, key=next_part.key)


def part_page(asked: Part, showcase: Showcase, form: PartForm) -> str:
    """Return the page that asks for a part."""
    parts = parts_of(showcase)
    seen = sent.form.get("seen") if sent.method == "POST" else None
    return render_template(
        f"curating/parts/{asked.key}.html",
        part=asked,
        position=parts.index(asked) + 1,
        total=len(parts),
        showcase=showcase,
        is_draft=showcase.status is ShowcaseStatus.DRAFT,
        is_fixed=are_weights_fixed(showcase),
        form=form,
        version=opened_version(showcase.version),
        seen=seen or digest_of(asked.form.stored(showcase)),
    )


def stale_page(asked: Part, showcase: Showcase) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved, and let the person choose field by field."""
    stored = asked.form.stored(showcase)
    typed = form_of(asked, showcase)
    saved = form_of(asked, showcase, formdata=None, data=stored)
    page = render_template(
        "curating/stale.html",
        title=asked.title,
        address=url_for("curating.part", slug=showcase.slug, key=asked.key),
        showcase=showcase,
        texts=two_texts(asked.form.names(), typed, saved, shown_value),
        then=sent.form.get("then", ""),
        pairs=[(name, value) for name, value in sent_pairs() if not is_choice(name)],
        version=showcase.version,
        seen=digest_of(stored),
    )
    return page, HTTP_CONFLICT
