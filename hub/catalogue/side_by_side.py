"""Several innovations with all that they say, for comparing them and for printing them together."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation
from hub.catalogue.permissions import in_audience_of
from hub.catalogue.queries import loaded_content
from hub.core.database import session

MOST_KEYS = 12
"""Keys of an address that are looked up: what a page of results can tick, and a few more."""


def innovations_by_key(keys: Sequence[str], viewer: Viewer) -> list[Innovation]:
    """Return the innovations that are shown to `viewer`, in the order in which they were asked for, each once.

    Args:
        keys: slugs or public ids, the first `MOST_KEYS` of which count; what is hidden is left out as if it had not
            been asked for.
        viewer: who looks.
    """
    wanted = list(dict.fromkeys(keys[:MOST_KEYS]))
    found = _in_full(or_(Innovation.slug.in_(wanted), Innovation.public_id.in_(wanted)), viewer)
    by_key = {key: each for each in found for key in (each.public_id, each.slug)}
    return list(dict.fromkeys(by_key[key] for key in wanted if key in by_key))


def innovations_in_full(ids: Collection[int], viewer: Viewer) -> dict[int, Innovation]:
    """Return those of the innovations that are shown to `viewer`, by id."""
    return {each.id: each for each in _in_full(Innovation.id.in_(sorted(ids)), viewer)}


def _in_full(wanted: ColumnElement[bool], viewer: Viewer) -> Sequence[Innovation]:
    return (
        session()
        .scalars(
            select(Innovation)
            .where(wanted, in_audience_of(viewer))
            .options(
                joinedload(Innovation.owner),
                joinedload(Innovation.published_revision).options(*loaded_content()),
            )
        )
        .all()
    )


def strictest(innovations: Iterable[Innovation]) -> Tlp:
    """Return the label for what holds all of these: the strictest of theirs."""
    label = Tlp.CLEAR
    for each in innovations:
        label = stricter(label, each.tlp)
    return label
