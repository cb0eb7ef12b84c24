"""Registering, changing and submitting innovations: what their owners do. Review is in `review.py`."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from hub.access.audience import Audience, Readership, Tlp, is_lowered, is_within
from hub.access.viewer import Viewer
from hub.audit.events import Event
from hub.audit.service import record
from hub.catalogue.lifecycle import REVISIONS
from hub.catalogue.models import (
    KEEP,
    CountryRelation,
    Innovation,
    InnovationDetails,
    InnovationRevision,
    InnovationStatus,
    RevisionCountry,
    RevisionOrganisation,
    RevisionPrerequisite,
    RevisionSource,
    RevisionTerm,
    RevisionText,
    TermScheme,
)
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.revision import EDITABLE
from hub.catalogue.permissions import can_compile, can_edit, can_register, is_on_owner_side
from hub.catalogue.queries import missing_parts, search_document, snapshot
from hub.core import clock
from hub.core.database import session
from hub.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, StaleVersionError
from hub.core.i18n import N_
from hub.core.ids import new_public_id
from hub.members.models import Member
from hub.organisations.models import Organisation
from hub.organisations.permissions import can_represent
from hub.organisations.service import add_organisation, viewer_of
from hub.search.service import queue_document

PUBLIC_READERSHIP = Readership(Audience.PUBLIC, Tlp.CLEAR)
ALREADY_ON_ITS_WAY = N_("A revision of this record is already on its way.")
PLAIN_FIELDS = frozenset(
    ("kind", "stage", "year_started", "licence", "website_url", "code_url", "documentation_url", "demo_url")
)


def register_innovation(
    actor: Member,
    details: InnovationDetails,
    *,
    language: str,
    import_source: str | None = None,
    external_id: str | None = None,
) -> Innovation:
    """Begin the record of an innovation as a draft that only its owner's side sees.

    Args:
        actor: who registers; a focal point for their country, a representative for their organisation, or a
            coordinator what is compiled from public sources.
        details: what is said so far; a name at least.
        language: BCP 47 code of the language in which the texts are written.
        import_source: name of the collection it was compiled from, where others compiled it.
        external_id: its id in that collection.

    Returns:
        The innovation with its first revision.

    Raises:
        ForbiddenError: the actor speaks for no organisation and no country.
        InvalidError: something said can never be true.
    """
    viewer = viewer_of(actor)
    if not (can_register(viewer) if import_source is None else can_compile(viewer)):
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
        registered_by_id=actor.id,
        origin_country=min(viewer.focal_countries, default=None),
        registered_at=now,
        import_source=import_source,
        external_id=external_id,
    )
    innovation.set_readership(PUBLIC_READERSHIP)
    session().add(innovation)
    session().flush()
    revision = InnovationRevision(
        innovation=innovation,
        number=1,
        source_language=language,
        created_by_id=actor.id,
        created_at=now,
        saved_at=now,
        texts=[RevisionText(language=language, name=details.name)],
    )
    revision.set_readership(PUBLIC_READERSHIP)
    session().add(revision)
    session().flush()
    _apply(viewer, revision, replace(details, name=KEEP))
    session().flush()
    record(viewer, Event.INNOVATION_REGISTER, innovation.subject, after=snapshot(revision))
    return innovation


def save_details(
    actor: Member, revision: InnovationRevision, details: InnovationDetails, *, version: int
) -> None:
    """Store what is said in `details`, if nobody saved since `version` was read.

    Narrowing the audience of a published record acts at once; widening it is refused.

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
    _claim_version(revision, version)
    _apply(viewer, revision, details)
    session().flush()


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
    if missing_parts(revision):
        raise InvalidError(N_("Some parts that every record needs are still empty."))
    before = snapshot(revision)
    _claim_version(revision, version)
    now = clock.now()
    REVISIONS.move(revision, "submit", submitted_at=now, submitted_by_id=actor.id, decided_at=None)
    record(
        viewer, Event.INNOVATION_SUBMIT, revision.innovation.subject, before=before, after=snapshot(revision)
    )


def withdraw_revision(actor: Member, revision: InnovationRevision) -> None:
    """Take a revision back before it is decided; a published one stays public.

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


def revise_innovation(actor: Member, innovation: Innovation) -> InnovationRevision:
    """Begin a new revision from the approved one, or where there is none from the last; the approved stays shown.

    Raises:
        NotFoundError: the innovation is not the actor's to see.
        ConflictError: a revision is already on its way.
    """
    viewer = viewer_of(actor)
    if not is_on_owner_side(viewer, innovation):
        raise NotFoundError
    if innovation.status is InnovationStatus.TAKEN_DOWN or any(each.is_open for each in innovation.revisions):
        raise ConflictError(ALREADY_ON_ITS_WAY)
    origin = innovation.published_revision or innovation.revisions[-1]
    revision = copy_revision(origin, actor, number=innovation.revisions[-1].number + 1)
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


def copy_revision(origin: InnovationRevision, actor: Member, *, number: int) -> InnovationRevision:
    """Return a new draft with the content of `origin`, to be added to the session."""
    now = clock.now()
    scalars = ("innovation_id", "source_language", "is_audience_chosen", "based_on", "cost_band", "staffing")
    revision = InnovationRevision(
        number=number,
        created_by_id=actor.id,
        created_at=now,
        saved_at=now,
        **{name: getattr(origin, name) for name in (*scalars, "time_to_deploy", *sorted(PLAIN_FIELDS))},
        texts=_copies(RevisionText, origin.texts),
        terms=_copies(RevisionTerm, origin.terms),
        countries=_copies(RevisionCountry, origin.countries),
        organisations=_copies(RevisionOrganisation, origin.organisations),
        prerequisites=_copies(RevisionPrerequisite, origin.prerequisites),
        sources=_copies(RevisionSource, origin.sources),
    )
    revision.set_readership(origin.readership)
    return revision


def _copies(kind: type, rows: Iterable[object]) -> list[object]:
    """Copy rows of `kind` without their keys, for another revision."""
    names = [column.name for column in kind.__table__.columns if column.name not in ("id", "revision_id")]  # type: ignore[attr-defined]
    return [kind(**{name: getattr(row, name) for name in names}) for row in rows]


def _claim_version(revision: InnovationRevision, version: int) -> None:
    """Count one save, unless somebody else saved since `version` or the state allows no change."""
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


def _apply(viewer: Viewer, revision: InnovationRevision, details: InnovationDetails) -> None:
    """Write the fields that `details` names, each where it is kept."""
    said = dict(details.said())
    for name in PLAIN_FIELDS & said.keys():
        setattr(revision, name, said[name])
    for name in said.keys() & set(TEXT_FIELDS):
        setattr(revision.source_text, name, said[name])
    for scheme in TermScheme:
        if scheme.value in said:
            others = [term for term in revision.terms if term.scheme is not scheme]
            kept = {term.code: term for term in revision.terms if term.scheme is scheme}
            chosen = [kept.get(code) or RevisionTerm(scheme=scheme, code=code) for code in said[scheme.value]]
            for position, term in enumerate(chosen):
                term.position = position
            revision.terms = others + chosen
    if "countries" in said:
        others_kept = [each for each in revision.countries if each.relation is not CountryRelation.DEPLOYED]
        known = {each.country: each for each in revision.countries if each not in others_kept}
        revision.countries = others_kept + [
            known.get(code) or RevisionCountry(country=code, relation=CountryRelation.DEPLOYED)
            for code in said["countries"]
        ]
    if "sources" in said:
        revision.sources = [
            RevisionSource(position=n, url=each.url, title=each.title, retrieved_on=each.retrieved_on)
            for n, each in enumerate(said["sources"])
        ]
    if "organisation_id" in said or said.get("organisation_name"):
        _set_owner(
            viewer, revision.innovation, said.get("organisation_id"), said.get("organisation_name", "")
        )
    if "readership" in said:
        _set_readership(viewer, revision, said["readership"])


def _set_owner(viewer: Viewer, innovation: Innovation, organisation_id: int | None, name: str) -> None:
    if organisation_id is not None and organisation_id == innovation.owner_id:
        return
    if innovation.status is not InnovationStatus.UNPUBLISHED:
        raise InvalidError(
            N_("A published record keeps its responsible organisation."), field="organisation_id"
        )
    if organisation_id is not None:
        owner = session().get(Organisation, organisation_id)
        is_compiling = innovation.import_source is not None and can_compile(viewer)
        if owner is None or not (is_compiling or can_represent(viewer, owner)):
            raise InvalidError(N_("Choose an organisation that you may speak for."), field="organisation_id")
    else:
        owner = _new_owner(viewer, name.strip())
    innovation.owner = owner
    if owner is not None and owner.country is not None:
        innovation.origin_country = owner.country


def _new_owner(viewer: Viewer, name: str) -> Organisation | None:
    if not name:
        return None
    if len(viewer.focal_countries) != 1:
        raise InvalidError(
            N_("Only a focal point may name an organisation that is not on the list."),
            field="organisation_name",
        )
    (country,) = viewer.focal_countries
    known = session().scalar(
        select(Organisation).where(
            func.lower(Organisation.name) == name.lower(), Organisation.country == country
        )
    )
    return known or add_organisation(name, country=country)


def _set_readership(viewer: Viewer, revision: InnovationRevision, readership: Readership) -> None:
    innovation = revision.innovation
    if innovation.status is InnovationStatus.UNPUBLISHED:
        revision.set_readership(readership)
    else:
        narrow_readership(viewer, innovation, readership)
        revision.set_readership(readership)
    revision.is_audience_chosen = True


def narrow_readership(viewer: Viewer, innovation: Innovation, readership: Readership) -> None:
    """Let a published record be read by fewer people at once.

    Raises:
        InvalidError: it would widen the readership or lower the label, which two people must agree to.
    """
    if not is_within(readership.labels, innovation.labels):
        raise InvalidError(
            N_("A published record can be shown to fewer people, not to more or others."), field="audience"
        )
    if is_lowered(innovation.tlp, readership.tlp):
        raise InvalidError(N_("The label of a published record can be raised, not lowered."), field="tlp")
    if readership == innovation.readership:
        return
    before = snapshot_of_readership(innovation)
    innovation.set_readership(readership)
    session().flush()
    record(
        viewer,
        Event.INNOVATION_NARROW,
        innovation.subject,
        before=before,
        after=snapshot_of_readership(innovation),
    )
    if innovation.is_shown:
        queue_document(search_document(innovation), narrows=True)


def snapshot_of_readership(innovation: Innovation) -> dict[str, object]:
    """Return who may read the innovation, for the audit log."""
    return {"audience": innovation.audience, "tlp": innovation.tlp, "labels": sorted(innovation.labels)}
