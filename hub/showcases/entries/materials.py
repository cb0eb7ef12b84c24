"""What an entry leaves to its audience: slides, posters and handouts as files or links."""

from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.models.checking import check_text
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, InvalidError, NotFoundError
from hub.core.i18n import N_
from hub.core.uploads import AcceptedFile, stored_file
from hub.core.written import WEB_ADDRESS
from hub.members.models import Member
from hub.showcases.entries.checking import holding_as_party
from hub.showcases.models import Entry, EntryMaterial, EntryStatus, MaterialKind
from hub.showcases.models.showcase import NAME_LENGTH, URL_LENGTH

WITH_MATERIAL = (
    EntryStatus.ACCEPTED,
    EntryStatus.CONFIRMED,
    EntryStatus.PRESENTED,
    EntryStatus.NOT_PRESENTED,
)
"""States of an entry in which material is added, also long after the showcase."""

MOST = 10
"""Files and links of one entry."""

NO_TITLE = N_("Say what it is, such as “Slides of the talk”.")
NOT_SECURE = N_("Enter an address that begins with https://.")
TOO_MANY = N_("An entry has up to %(number)s files and links. Remove one first.")
NOT_NOW = N_("Material can be added once the entry is accepted.")


def add_file(
    actor: Member, entry: Entry, file: AcceptedFile, *, kind: MaterialKind, title: str
) -> EntryMaterial:
    """Add a checked file to an entry.

    Args:
        actor: who acts for the entry or presents it.
        entry: one that was accepted.
        file: the file.
        kind: what it is.
        title: what people read.

    Raises:
        NotFoundError: the entry is not the actor's to see.
        ForbiddenError: they neither act for it nor present it.
        ConflictError: it was not accepted, or was withdrawn.
        InvalidError: the title is missing or too long, or there are too many.
    """
    viewer = _begin(actor, entry, title)
    return _add(viewer, entry, kind, title, stored_file_id=stored_file(file).id)


def add_link(actor: Member, entry: Entry, url: str, *, kind: MaterialKind, title: str) -> EntryMaterial:
    """Add a link to an entry; only to what is served under https.

    Raises:
        As `add_file`; also where it is no such address.
    """
    viewer = _begin(actor, entry, title)
    check_text("url", url, URL_LENGTH)
    if not WEB_ADDRESS.fullmatch(url) or not url.lower().startswith("https://"):
        raise InvalidError(NOT_SECURE, field="url")
    return _add(viewer, entry, kind, title, url=url)


def remove_material(actor: Member, material: EntryMaterial) -> None:
    """Remove a file or link; a file is deleted.

    Raises:
        NotFoundError: the entry is not the actor's to see, or it was removed already.
        ForbiddenError: they neither act for it nor present it.
    """
    entry = material.entry
    viewer = holding_as_party(actor, entry)
    if material not in entry.materials:
        raise NotFoundError
    file = material.stored_file
    entry.materials.remove(material)
    session().flush()
    if file is not None:
        session().delete(file)
        session().flush()
    record(viewer, Event.ENTRY_REMOVE_MATERIAL, entry.subject, before=_snapshot(material))


def _begin(actor: Member, entry: Entry, title: str) -> Viewer:
    viewer = holding_as_party(actor, entry)
    if entry.status not in WITH_MATERIAL:
        raise ConflictError(NOT_NOW)
    if not title.strip():
        raise InvalidError(NO_TITLE, field="title")
    check_text("title", title, NAME_LENGTH)
    if len(entry.materials) >= MOST:
        raise InvalidError(TOO_MANY, field="title", number=MOST)
    return viewer


def _add(viewer: Viewer, entry: Entry, kind: MaterialKind, title: str, **where: object) -> EntryMaterial:
    material = EntryMaterial(
        kind=kind, title=title, added_by_id=viewer.member_id, added_at=clock.now(), **where
    )
    entry.materials.append(material)
    session().flush()
    record(viewer, Event.ENTRY_ADD_MATERIAL, entry.subject, after=_snapshot(material))
    return material


def _snapshot(material: EntryMaterial) -> dict[str, object]:
    return {
        "material": material.public_id,
        "kind": str(material.kind),
        "title": material.title,
        "url": material.url,
        "file": material.stored_file_id,
    }
