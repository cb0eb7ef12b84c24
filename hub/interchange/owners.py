"""Finds the responsible organisation that a row names, among those that the importer may speak for, or adds it."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select

from hub.access.viewer import Viewer
from hub.catalogue.naming import home_of
from hub.catalogue.permissions import can_compile, can_register
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.records import OwnerName
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_represent
from hub.organisations.service import add_organisation


class Owners:
    """Organisations by name, for the rows of one transaction.

    Args:
        viewer: who imports.
        names: what the rows call them.
    """

    def __init__(self, viewer: Viewer, names: Iterable[OwnerName]) -> None:
        self._viewer = viewer
        self._may_compile = can_compile(viewer) and not can_register(viewer)
        self._known: dict[str, list[Organisation]] = {}
        wanted = {each.name for each in names}
        if not wanted:
            return
        # lower() of SQLite knows ASCII only, so other letters are found as they are written
        found = session().scalars(
            select(Organisation)
            .where(
                or_(
                    func.lower(Organisation.name).in_({name.lower() for name in wanted}),
                    Organisation.name.in_(wanted),
                )
            )
            .order_by(Organisation.id)
        )
        for organisation in found:
            self._keep(organisation)

    def find(self, owner: OwnerName) -> int | None:
        """Return the id of the organisation, or None if it has to be added.

        Raises:
            InvalidError: the importer may not speak for it, or several have this name.
        """
        same = self._known.get(owner.name.casefold(), [])
        if owner.country:
            same = [each for each in same if each.country == owner.country]
        present = {each.present for each in same}
        allowed = [each for each in present if self._may_compile or can_represent(self._viewer, each)]
        if len(allowed) > 1:
            raise InvalidError(
                N_("Several organisations have this name. Write the country, too."),
                field="organisation_country",
            )
        if allowed:
            return allowed[0].id
        if not self._may_compile and home_of(self._viewer, owner.country) is None:
            raise InvalidError(N_("Name an organisation that you may speak for."), field="organisation")
        return None

    def id_of(self, owner: OwnerName | None) -> int | None:
        """Return the id of the organisation, which is added where there is none yet; None for none.

        Raises:
            InvalidError: as `find`.
        """
        if owner is None:
            return None
        found = self.find(owner)
        if found is not None:
            return found
        country = (owner.country or None) if self._may_compile else home_of(self._viewer, owner.country)
        organisation = add_organisation(owner.name, country=country, type=owner.type or None)
        self._keep(organisation)
        return organisation.id

    def _keep(self, organisation: Organisation) -> None:
        self._known.setdefault(organisation.name.strip().casefold(), []).append(organisation)
