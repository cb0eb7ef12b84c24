"""Reading one innovation: as approved to its audience, and on the way to its owner's side."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from hub.access.audience import Audience
from hub.catalogue.annexes.queries import annexes_of
from hub.catalogue.models import Innovation, InnovationRevision, InnovationStatus, TermScheme
from hub.catalogue.permissions import is_in_audience, is_on_owner_side
from hub.catalogue.queries import innovation_by_slug
from hub.catalogue.revisions.queries import last_revision
from hub.core.errors import NotFoundError
from hub.interchange.jsonld import json_ld
from hub.web.access import public
from hub.web.catalogue.blueprint import catalogue
from hub.web.catalogue.choices import ROLE_LABELS
from hub.web.catalogue.desk import doings_of, owner_desk_of
from hub.web.catalogue.parts import part_of
from hub.web.catalogue.record import needs_of, past_of, proof_of, reading_of
from hub.web.catalogue.similar import similar_to
from hub.web.i18n import translate
from hub.web.runtime import runtime
from hub.web.sessions import viewer


@catalogue.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one innovation: as approved to its audience, and on the way to its owner's side."""
    somebody = viewer()
    innovation = innovation_by_slug(slug, somebody)
    if slug != innovation.slug:
        return redirect(url_for("catalogue.show", slug=innovation.slug), code=302)
    revision = shown_revision(innovation)
    reading = reading_of(revision)
    return render_template(
        "catalogue/show.html",
        innovation=innovation,
        revision=revision,
        codes={scheme.value: revision.codes(scheme) for scheme in TermScheme},
        reading=reading,
        words=reading.words,
        proof=proof_of(innovation, somebody),
        needs=needs_of(revision),
        annexes=annexes_of(innovation, somebody),
        past=past_of(innovation, somebody),
        similar=similar_to(innovation),
        is_collectable=somebody.is_member and is_in_audience(somebody, innovation),
        doings=doings_of(innovation, somebody),
        desk=owner_desk_of(innovation, somebody) if is_on_owner_side(somebody, innovation) else None,
        roles=ROLE_LABELS,
        part_of=part_of,
        linked_data=linked_data(innovation),
        address=record_address(innovation),
    )


def shown_revision(innovation: Innovation) -> InnovationRevision:
    """Return the revision that the page of a record shows: the approved one, or before the first the one on its way.

    Raises:
        NotFoundError: a record that was taken down has none.
    """
    if innovation.status is InnovationStatus.UNPUBLISHED:
        return last_revision(innovation)
    if innovation.published_revision is None:
        raise NotFoundError
    return innovation.published_revision


def linked_data(innovation: Innovation) -> dict[str, object] | None:
    """Return a record as schema.org describes it, for machines that read the page; only what everybody may read."""
    revision = innovation.published_revision
    readerships = {innovation.audience, revision.audience if revision else None}
    if not innovation.is_shown or readerships != {Audience.PUBLIC}:
        return None
    return json_ld(innovation, record_address(innovation), translate)


def record_address(innovation: Innovation) -> str:
    """Return the whole address of a record, for paper and machines."""
    return runtime().settings.base_url.rstrip("/") + url_for("catalogue.show", slug=innovation.slug)
