"""Which organisation somebody names as responsible for a record, and whether they may."""

from sqlalchemy import func, select

from hub.access.viewer import Viewer
from hub.catalogue.models import KEEP, Innovation, InnovationDetails, InnovationStatus
from hub.catalogue.permissions import can_compile
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_represent
from hub.organisations.service import add_organisation


def owner_said(viewer: Viewer, innovation: Innovation, details: InnovationDetails) -> Organisation | None:
    """Return the responsible organisation that `details` names, or the present one; adds a new one where allowed.

    Raises:
        InvalidError: the viewer may not speak for it, or the record is published and keeps the one it has.
    """
    chosen = None if details.organisation_id is KEEP else details.organisation_id
    name = "" if details.organisation_name is KEEP else details.organisation_name.strip()
    if (chosen is None and not name) or (chosen is not None and chosen == innovation.owner_id):
        return innovation.owner
    if innovation.status is not InnovationStatus.UNPUBLISHED:
        raise InvalidError(
            N_("A published record keeps its responsible organisation."), field="organisation_id"
        )
    if chosen is None:
        return _organisation_named(viewer, name)
    owner = session().get(Organisation, chosen)
    is_compiling = innovation.is_compiled and can_compile(viewer)
    if owner is None or not (is_compiling or can_represent(viewer, owner)):
        raise InvalidError(N_("Choose an organisation that you may speak for."), field="organisation_id")
    return owner.present


def home_of(viewer: Viewer, country: str | None = None) -> str | None:
    """Return the country in which a focal point may add an organisation, if there is one.

    Args:
        viewer: who names it.
        country: the country they say, or None; then it is the only one they are focal point of.
    """
    if country:
        return country if country in viewer.focal_countries else None
    return next(iter(viewer.focal_countries)) if len(viewer.focal_countries) == 1 else None


def _organisation_named(viewer: Viewer, name: str) -> Organisation:
    country = home_of(viewer)
    if country is None:
        raise InvalidError(
            N_("Only a focal point may name an organisation that is not on the list."),
            field="organisation_name",
        )
    known = session().scalar(
        select(Organisation).where(
            func.lower(Organisation.name) == name.lower(), Organisation.country == country
        )
    )
    return known.present if known else add_organisation(name, country=country)
