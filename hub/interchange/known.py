"""Finds the records of the hub that the rows of one transaction speak of, in a fixed number of queries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.permissions import is_in_audience, is_on_owner_side, visible_to
from hub.catalogue.queries import loaded_content
from hub.catalogue.service import import_scope
from hub.core.database import session
from hub.core.errors import InvalidError
from hub.core.i18n import N_
from hub.interchange.records import Record

NOT_YOURS = N_("You may not change this record.")


class KnownRecords:
    """The innovations that some rows name, by the hub's own id or by collection and external id.

    Args:
        viewer: who imports; by its own id nothing is found that they may not see.
        records: the rows.
    """

    def __init__(self, viewer: Viewer, records: Sequence[Record]) -> None:
        self._viewer = viewer
        self._scope = import_scope(viewer)
        self._by_id: dict[str, Innovation] = {}
        self._by_origin: dict[tuple[str | None, str | None], Innovation] = {}
        self._visible: set[int] = set()
        ids = {each.id.lower() for each in records if each.id}
        origins = {self._origin(each) for each in records if not each.id and each.external_id}
        conditions = []
        if ids:
            named = or_(Innovation.public_id.in_(ids), Innovation.slug.in_(ids))
            conditions.append(and_(named, visible_to(viewer)))
        if origins:
            conditions.append(
                and_(
                    Innovation.import_source.in_({source for source, _id in origins}),
                    Innovation.external_id.in_({external_id for _source, external_id in origins}),
                )
            )
        if conditions:
            self._load(select(Innovation).where(or_(*conditions)))

    def find(self, record: Record) -> Innovation | None:
        """Return the innovation that a row speaks of, or None for a new one.

        Raises:
            InvalidError: its id is unknown, somebody else imported it, or it has no id at all.
        """
        if record.id:
            found = self._by_id.get(record.id.lower())
            if found is None:
                message = N_("There is no record with this id. Leave the cell empty to make a new one.")
                raise InvalidError(message, field="id")
            return found
        if not record.external_id:
            message = N_(
                "Give an id of your own, so that a second import changes this record and makes no other."
            )
            raise InvalidError(message, field="external_id")
        found = self._by_origin.get(self._origin(record))
        if found is not None and found.id not in self._visible:
            raise InvalidError(NOT_YOURS)
        return found

    def shown_of(self, innovation: Innovation) -> list[InnovationRevision]:
        """Return the revisions that the viewer may read and compare with: the latest first, then the approved."""
        revisions = []
        if is_on_owner_side(self._viewer, innovation):
            revisions.append(innovation.latest_revision)
        published = innovation.published_revision
        if published is not None and (
            is_on_owner_side(self._viewer, innovation) or is_in_audience(self._viewer, innovation)
        ):
            revisions.append(published)
        return revisions

    def _origin(self, record: Record) -> tuple[str | None, str | None]:
        return f"{self._scope}/{record.collection}", record.external_id

    def _load(self, wanted: Select[Innovation]) -> None:
        found = session().scalars(
            wanted.options(
                joinedload(Innovation.owner),
                selectinload(Innovation.label_rows),
                selectinload(Innovation.revisions),
                selectinload(Innovation.published_revision),
            )
        )
        innovations = found.all()
        for each in innovations:
            self._by_id[each.public_id] = self._by_id[each.slug] = each
            self._by_origin[each.import_source, each.external_id] = each
        if not innovations:
            return
        numbers = [each.id for each in innovations]
        seen = select(Innovation.id).where(Innovation.id.in_(numbers), visible_to(self._viewer))
        self._visible = set(session().scalars(seen))
        _load_content(
            number
            for each in innovations
            for number in (each.published_revision_id, each.latest_revision.id)
            if number is not None
        )


def _load_content(numbers: Iterable[int]) -> None:
    """Load all that some revisions say, in one query a table."""
    session().scalars(
        select(InnovationRevision)
        .where(InnovationRevision.id.in_(sorted(set(numbers))))
        .options(
            *loaded_content(),
            selectinload(InnovationRevision.decisions),
        )
    ).all()
