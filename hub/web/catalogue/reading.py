"""Reading one innovation, and the desk that its owner's side sees beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.viewer import Viewer
from hub.audit.queries import HistoryItem, history_of
from hub.catalogue.lifecycle import REVISIONS
from hub.catalogue.models import Innovation, InnovationRevision, TermScheme
from hub.catalogue.permissions import can_speak_for, is_on_owner_side
from hub.catalogue.queries import innovation_by_slug, shown_revisions
from hub.core.errors import NotFoundError
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.parts import part_of
from hub.web.i18n import direction_of, language
from hub.web.sessions import viewer


@catalogue.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one innovation: as approved to its audience, and on the way to its owner's side."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    if slug != innovation.slug:
        return redirect(url_for("catalogue.show", slug=innovation.slug), code=302)
    revision = innovation.published_revision if innovation.is_shown else innovation.latest_revision
    if revision is None:
        raise NotFoundError
    words = revision.text_in(language().code)
    return render_template(
        "catalogue/show.html",
        innovation=innovation,
        revision=revision,
        codes={scheme.value: revision.codes(scheme) for scheme in TermScheme},
        words=words,
        direction=direction_of(words.language),
        is_translated=words.language != revision.source_language,
        published=shown_revisions(innovation, somebody),
        desk=desk_of(innovation, somebody) if is_on_owner_side(somebody, innovation) else None,
        part_of=part_of,
    )


@dataclass(frozen=True)
class Desk:
    """What the owner's side sees beside the record: where the last revision stands and what to do next."""

    revision: InnovationRevision
    actions: Sequence[str]
    history: Sequence[HistoryItem]
    is_new_possible: bool


def desk_of(innovation: Innovation, somebody: Viewer) -> Desk:
    """Return the desk of somebody on the owner's side."""
    latest = innovation.latest_revision
    return Desk(
        revision=latest,
        actions=REVISIONS.actions(somebody, latest, latest.status),
        history=history_of(innovation.subject),
        is_new_possible=can_speak_for(somebody, innovation) and not latest.is_open,
    )
