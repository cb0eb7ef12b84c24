"""Registering, changing and submitting innovations: what their owners do. Review is in `review/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Audience, Readership, Tlp, narrowed
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.curation.widening import end_widening
from hub.catalogue.documents import search_document
from hub.catalogue.evidence.level import store_level
from hub.catalogue.lifecycle import REVISIONS
from hub.catalogue.models import (
    KEEP,
    Innovation,
    InnovationDetails,
    InnovationRevision,
    InnovationStatus,
    RevisionStatus,
    RevisionText,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.revision import EDITABLE
from hub.catalogue.models.writing import copied_revision, write_content
from hub.catalogue.naming import owner_said
from hub.catalogue.permissions import can_compile, can_edit, can_register, can_speak_for
from hub.catalogue.queries import readers_snapshot, snapshot
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.core.ids import new_public_id
from hub.integrity.viewers import viewer_of
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.search.service import queue_document

PUBLIC_READERSHIP = Readership(Audience.PUBLIC, Tlp.CLEAR)
ALREADY_ON_ITS_WAY = N_("A revision of this record is already on its way.")


@dataclass(frozen=True)
class ImportOrigin:
    """Where an imported record comes from: the name of a collection, and the record's id there."""

    collection: str
    external_id: str


def import_scope(viewer: Viewer) -> str:
    """Return the name space of what `viewer` imports: a country, an organisation, or the hub's own compilations.

    Two people of one scope import the same record once; those of different scopes know nothing of each other's.
    """
    if viewer.focal_countries:
        return min(viewer.focal_countries)
    if viewer.represents:
        return f"org{min(viewer.represents)}"
    return "hub"


@dataclass(frozen=True)
class Registration:
    """A record to begin.

    Args:
        details: what is said so far; a name at least.
        language: BCP 47 code of the language in which the texts are written.
        origin: the collection it comes from, where it is imported.
        translations: texts by field name, by language; checked by whoever brings them.
    """

    details: InnovationDetails
    language: str
    origin: ImportOrigin | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def register_innovation(
    actor: Member,
    details: InnovationDetails,
    *,
    language: str,
    origin: ImportOrigin | None = None,
) -> Innovation:
    """Begin the record of an innovation as a draft that only its owner's side sees.

    Args:
        actor: who registers; a focal point for their country, a representative for their organisation, or a
            coordinator what is compiled from public sources.
        details: what is said so far; a name at least.
        language: BCP 47 code of the language in which the texts are written.
        origin: the collection it comes from, where it is imported.

    Returns:
        The innovation with its first revision.

    Raises:
        ForbiddenError: the actor speaks for no organisation and no country.
        InvalidError: something said can never be true.
    """
    (innovation,) = register_innovations(actor, [Registration(details, language, origin)])
    return innovation


def register_innovations(actor: Member, registrations: Sequence[Registration]) -> list[Innovation]:
    """Begin several records, all or none, as `register_innovation` begins one; they are written together.

    Raises:
        ForbiddenError: the actor speaks for no organisation and no country.
        InvalidError: something said can never be true.
    """
    viewer = viewer_of(actor)
    revisions = [_begun(viewer, each) for each in registrations]
    _link_organisations(revisions)
    session().flush()
    for revision in revisions:
        record(viewer, Event.INNOVATION_REGISTER, revision.innovation.subject, after=snapshot(revision))
    return [revision.innovation for revision in revisions]


def _begun(viewer: Viewer, registration: Registration) -> InnovationRevision:
    """Return the first revision of a new record, in the session but not yet written."""
    details, origin = registration.details, registration.origin
    is_compiled = origin is not None and not can_register(viewer)
    if viewer.member_id is None or not (can_compile(viewer) if is_compiled else can_register(viewer)):
        raise ForbiddenError(
            N_("Only focal points and representatives of organisations register innovations.")
        )
    if details.name is KEEP:
        raise InvalidError(N_("Enter a name."), field="name")
    details.check()
    now = clock.now()
    public_id = new_public_id()
    innovation = Innovation(
        public_id=public_id,
        slug=public_id,
        status=InnovationStatus.UNPUBLISHED,
        registered_by_id=viewer.member_id,
        origin_country=min(viewer.focal_countries, default=None),
        registered_at=now,
        is_compiled=is_compiled,
        import_source=f"{import_scope(viewer)}/{origin.collection}" if origin else None,
        external_id=origin.external_id if origin else None,
    )
    innovation.set_readership(PUBLIC_READERSHIP)
    owner = owner_said(viewer, innovation, details)
    revision = InnovationRevision(
        innovation=innovation,
        number=1,
        version=1,
        status=RevisionStatus.DRAFT,
        source_language=registration.language,
        created_by_id=viewer.member_id,
        created_at=now,
        saved_at=now,
        # none of these has to be asked for again when the audit log takes its picture
        **{name: [] for name in ("terms", "countries", "organisations", "prerequisites", "sources")},
        texts=[RevisionText(language=registration.language, **dict.fromkeys(TEXT_FIELDS, ""))],
    )
    revision.set_readership(PUBLIC_READERSHIP)
    with session().no_autoflush:
        session().add(revision)
        _write(viewer, revision, details, owner)
        for language, words in registration.translations.items():
            digest = revision.source_text.digest
            revision.texts.append(RevisionText(language=language, source_digest=digest, **words))
    return revision


def save_details(
    actor: Member, revision: InnovationRevision, details: InnovationDetails, *, version: int
) -> None:
    """Store what is said in `details`, if nobody saved since `version` was read.

    Narrowing the audience of a published record acts at once; widening it once two coordinators have agreed.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        ConflictError: its state allows no change.
        StaleVersionError: somebody saved it meanwhile.
        InvalidError: something said can never be true.
    """
    viewer = viewer_of(actor)
    if not can_edit(viewer, revision):
        raise NotFoundError
    details.check()
    owner = owner_said(viewer, revision.innovation, details)
    claim_version(revision, version)
    _write(viewer, revision, details, owner)
    if details.organisations is not KEEP:
        _link_organisations([revision])
    session().flush()
    _answer_comments(revision, details)


def submit_revision(actor: Member, revision: InnovationRevision, *, version: int) -> None:
    """Send a complete revision to the coordinators.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        ConflictError: its state does not allow it, or somebody saved it after `version` was read.
        InvalidError: a part that every record needs is missing.
    """
    viewer = viewer_of(actor)
    if not can_edit(viewer, revision):
        raise NotFoundError
    if revision.missing_parts:
        raise InvalidError(N_("Some parts that every record needs are still empty."))
    before = snapshot(revision)
    claim_version(revision, version)
    now = clock.now()
    REVISIONS.move(revision, "submit", submitted_at=now, submitted_by_id=actor.id, decided_at=None)
    record(
        viewer, Event.INNOVATION_SUBMIT, revision.innovation.subject, before=before, after=snapshot(revision)
    )


def withdraw_revision(actor: Member, revision: InnovationRevision) -> None:
    """Take a revision back before it is decided, also while a second coordinator is asked; a published one stays.

    Raises:
        NotFoundError: the revision is not the actor's to see.
        ConflictError: its state does not allow it.
    """
    viewer = viewer_of(actor)
    if not can_edit(viewer, revision):
        raise NotFoundError
    before = snapshot(revision)
    REVISIONS.move(revision, "withdraw", reviewer_id=None, taken_at=None)
    record(
        viewer,
        Event.INNOVATION_WITHDRAW,
        revision.innovation.subject,
        before=before,
        after=snapshot(revision),
    )
    end_widening(viewer, revision, "The revision was withdrawn.")


def revise_innovation(actor: Member, innovation: Innovation) -> InnovationRevision:
    """Begin a new revision from the approved one, or where there is none from the last; the approved stays shown.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        ConflictError: a revision is already on its way.
    """
    viewer = viewer_of(actor)
    if not can_speak_for(viewer, innovation):
        raise NotFoundError
    if innovation.status is InnovationStatus.TAKEN_DOWN or any(each.is_open for each in innovation.revisions):
        raise ConflictError(ALREADY_ON_ITS_WAY)
    origin = innovation.published_revision or innovation.latest_revision
    revision = copied_revision(origin, actor, number=innovation.latest_revision.number + 1)
    if innovation.published_revision is not None:
        revision.set_readership(innovation.readership)
    session().add(revision)
    try:
        session().flush()
    except IntegrityError:
        # on PostgreSQL a rival may have begun one since we looked; the database keeps one open revision
        raise ConflictError(ALREADY_ON_ITS_WAY) from None
    record(viewer, Event.INNOVATION_REVISE, innovation.subject, after=snapshot(revision))
    return revision


def claim_version(revision: InnovationRevision, version: int) -> None:
    """Count one save, unless somebody else saved since `version` or the state allows no change.

    Raises:
        ConflictError: the state allows no change.
        StaleVersionError: somebody saved it meanwhile.
    """
    changed = session().execute(
        update(InnovationRevision)
        .where(
            InnovationRevision.id == revision.id,
            InnovationRevision.version == version,
            InnovationRevision.status.in_(EDITABLE),
        )
        .values(version=version + 1, saved_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount == 1:  # type: ignore[attr-defined]
        session().refresh(revision)
        return
    if not revision.is_editable:
        raise ConflictError(N_("This revision was already sent, so it cannot be changed now."))
    raise StaleVersionError


READERSHIP_FIELDS = frozenset({"audience", "tlp", "le_countries", "organisation_ids"})
"""How the fields of the readership are called where a reviewer speaks of them one by one."""


def _answer_comments(revision: InnovationRevision, details: InnovationDetails) -> None:
    """Note that what the reviewer asked at the fields that were just saved has been answered."""
    if revision.changes_asked is None:
        return
    saved = {name for name, _value in details.said()}
    if "readership" in saved:
        saved |= READERSHIP_FIELDS
    for comment in revision.changes_asked.comments:
        if comment.field in saved:
            comment.answered_at = clock.now()
    session().flush()


def _write(
    viewer: Viewer, revision: InnovationRevision, details: InnovationDetails, owner: Organisation | None
) -> None:
    """Write what was said, each where it is kept."""
    innovation = revision.innovation
    write_content(revision, dict(details.said()))
    if owner is not innovation.owner:
        innovation.owner = owner
        innovation.origin_country = (owner.country if owner else None) or innovation.origin_country
    if details.readership is not KEEP:
        revision.set_readership(details.readership)
        revision.is_audience_chosen = True
        if innovation.status is not InnovationStatus.UNPUBLISHED:
            _narrow(viewer, innovation, details.readership)


def _link_organisations(revisions: Sequence[InnovationRevision]) -> None:
    """Link those who take part to the organisations that the hub knows by these names, so that conflicts are found."""
    taking_part = [each for revision in revisions for each in revision.organisations]
    names = {each.name.lower() for each in taking_part}
    if not names:
        return
    rows = session().execute(
        select(func.lower(Organisation.name), Organisation.id).where(func.lower(Organisation.name).in_(names))
    )
    known: dict[str, int] = dict(rows.all())
    for each in taking_part:
        each.organisation_id = known.get(each.name.lower())


def _narrow(viewer: Viewer, innovation: Innovation, chosen: Readership) -> None:
    """Let a published record be read by those only, from this moment on, whom the chosen readership leaves in."""
    readership = narrowed(innovation.readership, chosen)
    if readership is None or readership == innovation.readership:
        return
    before = readers_snapshot(innovation)
    innovation.set_readership(readership)
    # level 5 asks for documentation that everybody can read, and only what everybody can read is featured
    store_level(innovation)
    if innovation.audience is not Audience.PUBLIC:
        innovation.featured_at = innovation.featured_disclosure = None
    session().flush()
    after = readers_snapshot(innovation)
    record(viewer, Event.INNOVATION_NARROW, innovation.subject, before=before, after=after)
    if innovation.is_shown:
        queue_document(search_document(innovation), narrows=True)
