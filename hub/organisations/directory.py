"""Finding organisations by their addresses, always for a viewer; merged ones lead to what they became."""

from collections.abc import Sequence

from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_view, visible_to


class MovedError(NotFoundError):
    """The address was that of an organisation that turned out to be another one.

    Args:
        organisation: what it became.
    """

    def __init__(self, organisation: Organisation) -> None:
        super().__init__()
        self.organisation = organisation


def organisation_by_slug(slug: str, viewer: Viewer) -> Organisation:
    """Return the organisation at an address, if `viewer` may see its page.

    Raises:
        MovedError: it was merged into another one that the viewer may see.
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    found = session().scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFoundError
    if found.merger is not None and can_view(viewer, found.merger.into):
        raise MovedError(found.merger.into)
    if not can_view(viewer, found):
        raise NotFoundError
    return found


def organisations_by_slug(slugs: Sequence[str], viewer: Viewer) -> list[Organisation]:
    """Return those of the organisations whose page `viewer` may see, in the order of `slugs`."""
    found = session().scalars(select(Organisation).where(Organisation.slug.in_(slugs), visible_to(viewer)))
    by_slug = {each.slug: each for each in found}
    return [by_slug[each] for each in slugs if each in by_slug]
