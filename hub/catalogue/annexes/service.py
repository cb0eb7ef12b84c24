"""Adding, changing and removing annexes: their owner shares them and nobody reviews them."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from hub.access.audience import Audience, Readership, is_lowered, is_within
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.annexes.permissions import can_write_annexes
from hub.catalogue.models import Annex, Innovation
from hub.catalogue.models.annex import ANNEX_TITLE_LENGTH
from hub.catalogue.models.checking import check_text
from hub.catalogue.models.content import DESCRIPTION_LENGTH
from hub.core import clock
from hub.core.database import session
from hub.core.errors import InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.core.uploads import StoredFile
from hub.integrity.viewers import viewer_of
from hub.members.models import Member

MAX_ANNEXES = 50
"""The most annexes of one innovation."""


@dataclass(frozen=True, kw_only=True)
class AnnexDetails:
    """What an annex says and who may read it.

    Args:
        title: what it is called.
        body: its text in Markdown; may be empty where a file is given.
        language: BCP 47 code of title and text.
        readership: audience and label, narrower than those of the record.
    """

    title: str
    body: str
    language: str
    readership: Readership


def add_annex(
    actor: Member, innovation: Innovation, details: AnnexDetails, *, file: StoredFile | None = None
) -> Annex:
    """Add an annex, which its readers see at once.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        InvalidError: something said cannot be accepted, or its audience is not inside that of the record.
    """
    viewer = _writer(actor, innovation)
    _check(details, innovation, has_file=file is not None)
    present = session().scalar(select(func.count()).where(Annex.innovation_id == innovation.id)) or 0
    if present >= MAX_ANNEXES:
        raise InvalidError(N_("A record has at most %(limit)s annexes."), field="title", limit=MAX_ANNEXES)
    now = clock.now()
    annex = Annex(
        innovation=innovation,
        title=details.title,
        body=details.body,
        language=details.language,
        file=file,
        added_by_id=actor.id,
        added_at=now,
        saved_at=now,
    )
    annex.set_readership(details.readership)
    session().add(annex)
    session().flush()
    record(viewer, Event.ANNEX_ADD, annex.subject, after=annex_snapshot(annex))
    return annex


def save_annex(
    actor: Member, annex: Annex, details: AnnexDetails, *, version: int, file: StoredFile | None = None
) -> None:
    """Change an annex, if nobody saved it since `version`; its audience may be narrowed, never widened.

    Args:
        actor: who speaks for the owner.
        annex: the annex.
        details: what it says now.
        version: the version that the actor saw.
        file: a file in place of the present one, or None to keep that.

    Raises:
        NotFoundError: the actor does not speak for the owner.
        StaleVersionError: somebody saved it meanwhile.
        InvalidError: something said cannot be accepted.
    """
    viewer = _writer(actor, annex.innovation)
    present = annex.readership
    _check(
        details,
        annex.innovation,
        has_file=file is not None or annex.file is not None,
        is_kept=present == details.readership,
    )
    if not is_within(details.readership.labels, present.labels):
        raise InvalidError(
            N_("An annex can be shown to fewer people, not to more or others. Add another one for them."),
            field="audience",
        )
    if is_lowered(present.tlp, details.readership.tlp):
        raise InvalidError(N_("The label of an annex can be raised, not lowered."), field="tlp")
    before = annex_snapshot(annex)
    changed = session().execute(
        update(Annex)
        .where(Annex.id == annex.id, Annex.version == version)
        .values(version=version + 1, saved_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleVersionError
    session().refresh(annex)
    annex.title, annex.body, annex.language = details.title, details.body, details.language
    if details.readership != present:
        annex.set_readership(details.readership)
    if file is not None:
        former, annex.file = annex.file, file
        session().flush()
        if former is not None:
            session().delete(former)
    session().flush()
    record(viewer, Event.ANNEX_SAVE, annex.subject, before=before, after=annex_snapshot(annex))


def remove_annex(actor: Member, annex: Annex) -> None:
    """Remove an annex with its file.

    Raises:
        NotFoundError: the actor does not speak for the owner.
    """
    viewer = _writer(actor, annex.innovation)
    record(viewer, Event.ANNEX_REMOVE, annex.subject, before=annex_snapshot(annex))
    _delete(annex)


def remove_annexes(innovation: Innovation) -> None:
    """Delete every annex of a record that is deleted itself, with their files; asks nobody for permission."""
    for annex in session().scalars(select(Annex).where(Annex.innovation_id == innovation.id)).all():
        _delete(annex)


def _delete(annex: Annex) -> None:
    file = annex.file
    session().delete(annex)
    session().flush()
    if file is not None:
        session().delete(file)
        session().flush()


def annex_snapshot(annex: Annex) -> dict[str, object]:
    """Return all that an annex says, for the audit log, which keeps only its hash."""
    return {
        "title": annex.title,
        "body": annex.body,
        "language": annex.language,
        "audience": annex.audience.value,
        "tlp": annex.tlp.value,
        "labels": sorted(annex.labels),
        "file": annex.file.sha256 if annex.file else None,
    }


def _writer(actor: Member, innovation: Innovation) -> Viewer:
    viewer = viewer_of(actor)
    if not can_write_annexes(viewer, innovation):
        raise NotFoundError
    return viewer


def _check(details: AnnexDetails, innovation: Innovation, *, has_file: bool, is_kept: bool = False) -> None:
    check_text("title", details.title, ANNEX_TITLE_LENGTH)
    check_text("body", details.body, DESCRIPTION_LENGTH)
    if not details.title.strip():
        raise InvalidError(N_("Enter a title."), field="title")
    if not (details.body.strip() or has_file):
        raise InvalidError(N_("Write a text or choose a file."), field="body")
    readers = details.readership
    if is_kept:
        # what was narrower than the record stays allowed after the record was narrowed itself
        return
    if not readers.is_allowed:
        raise InvalidError(N_("This label does not allow this audience."), field="audience")
    # whom an annex names must be inside the record's audience too, which each reading asks anew
    is_named = readers.audience is Audience.PEOPLE
    if not (is_named or is_within(readers.labels, innovation.labels)) or readers.labels == innovation.labels:
        raise InvalidError(N_("Choose fewer readers than the record has."), field="audience")
    if is_lowered(innovation.tlp, readers.tlp):
        raise InvalidError(N_("Choose a label at least as strict as that of the record."), field="tlp")
