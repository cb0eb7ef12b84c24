"""Conflicts with records: the page in place of a review or a task, and recusing oneself for a reason of one's own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from hub.access.viewer import Role
from hub.catalogue.conflicts.queries import holder_of, involvement_with
from hub.catalogue.conflicts.service import Item, conflict_with, recuse_oneself, release_item
from hub.catalogue.models import Innovation, InnovationRevision, RevisionText
from hub.catalogue.permissions import can_see_title, can_view
from hub.catalogue.review.queries import revision_in_queue
from hub.catalogue.tasks.permissions import can_see_task
from hub.catalogue.tasks.queries import task_by_id
from hub.core.database import transaction
from hub.core.errors import InvalidError, NotFoundError
from hub.integrity.permissions import Conflict
from hub.integrity.service import INTEREST_WORDS_LENGTH
from hub.web.access import role
from hub.web.coordinate.blueprint import coordinate
from hub.web.coordinate.desks import desk_of
from hub.web.coordinate.recusals import Stopped, stop_page
from hub.web.fields import HTTP_INVALID, HubForm, text_field
from hub.web.i18n import translate
from hub.web.sessions import actor, viewer


class RecusalForm(HubForm):
    """What somebody wants to say on recusing themselves."""

    words = text_field(_l("In your words"), INTEREST_WORDS_LENGTH, area=True)


def stopped(item: Item, label: str, conflict: Conflict) -> str:
    """Return the page in place of a revision or a task that the viewer may not decide."""
    innovation = item.innovation
    name = source_text_of(innovation)
    holder = holder_of(item)
    is_own = holder is not None and holder.id == viewer().member_id
    return stop_page(
        Stopped(
            conflict=conflict,
            involvement=involvement_with(item),
            label=label,
            title=name.name,
            language=name.language,
            tlp=innovation.tlp,
            back=url_for("coordinate.queue"),
            back_text=translate("Review"),
            holder=None if is_own else holder,
            taken_at=item.taken_at,
            read=url_for("catalogue.show", slug=innovation.slug) if can_view(viewer(), innovation) else "",
            release=(lambda: release_item(actor(), item)) if is_own else None,
        )
    )


def source_text_of(innovation: Innovation) -> RevisionText:
    """Return the text that names a record: of what is published, else of what its owner's side works on."""
    revision: InnovationRevision = innovation.published_revision or innovation.latest_revision
    return revision.source_text


@coordinate.route("/innovations/<slug>/recuse", methods=["GET", "POST"])
@role(Role.COORDINATOR)
def recuse(slug: str) -> ResponseReturnValue:
    """Recuse oneself from a revision, and so from its record."""
    revision = revision_in_queue(slug, viewer())
    is_known = can_see_title(viewer(), revision) or revision.reviewer_id == viewer().member_id
    return recusing(revision, translate("Review"), url_for("coordinate.recuse", slug=slug), is_known=is_known)


@coordinate.route("/coordinate/<kind>/<public_id>/recuse", methods=["GET", "POST"], endpoint="recuse_task")
@role(Role.COORDINATOR)
def recuse_from_task(kind: str, public_id: str) -> ResponseReturnValue:
    """Recuse oneself from a task, and so from its record."""
    desk = desk_of(kind)
    task = task_by_id(desk.model, public_id, viewer())
    is_known = can_see_task(viewer(), task) or task.taken_by_id == viewer().member_id
    action = url_for("coordinate.recuse_task", kind=kind, public_id=public_id)
    return recusing(task, str(desk.title), action, is_known=is_known)


def recusing(item: Item, label: str, action: str, *, is_known: bool) -> ResponseReturnValue:
    """Ask whether somebody wants to recuse themselves, or do it.

    Raises:
        NotFoundError: the viewer may not know what the item is called.
        ConflictError: the hub knows a conflict already.
    """
    if not is_known:
        raise NotFoundError
    form, status = RecusalForm(), 200
    if form.is_submitted():
        status = HTTP_INVALID
        if form.validate():
            try:
                with transaction():
                    recuse_oneself(actor(), item, form.words.data or "")
            except InvalidError as error:
                form.refuse(error)
            else:
                flash(translate("You recused yourself. Only somebody without a conflict may decide."))
                return redirect(url_for("coordinate.queue"), code=303)
    elif (conflict := conflict_with(viewer(), item)) is not None:
        return stopped(item, label, conflict)
    page = render_template(
        "coordinate/recuse.html",
        form=form,
        label=label,
        action=action,
        name=source_text_of(item.innovation),
    )
    return page, status
