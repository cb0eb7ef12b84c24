"""What showcases are called, entries and slots after what they show, and registrations after their showcase."""

from sqlalchemy import ColumnElement, String, and_, case, false, or_, select, type_coerce

from hub.access.viewer import Viewer
from hub.alerts.things.naming import Expression, Names, named, strictest, subject_of
from hub.catalogue.models import Innovation, InnovationRevision
from hub.catalogue.models.content import RevisionText
from hub.catalogue.permissions import visible_to as visible_innovations
from hub.showcases.models import Entry, Registration, Showcase, Slot
from hub.showcases.permissions import entries_visible_to, in_programme_for, on_team_of, visible_to

AT_SLOT = Showcase.public_id + "/slots/" + Slot.public_id


def showcases(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of showcases that `viewer` may know of."""
    return (
        _of_showcase(subject_of("showcase", Showcase.public_id), "showcase", Showcase.public_id)
        .select_from(Showcase)
        .where(Showcase.public_id.in_(keys), visible_to(viewer))
    )


def registrations(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of registrations, for who registered and for the team: they are called after the showcase."""
    is_theirs = Registration.member_id == viewer.member_id if viewer.is_member else false()
    return (
        _of_showcase(subject_of("registration", Registration.public_id), "registration", Showcase.public_id)
        .select_from(Registration)
        .join(Showcase, Showcase.id == Registration.showcase_id)
        .where(
            Registration.public_id.in_(keys),
            or_(and_(is_theirs, visible_to(viewer)), on_team_of(viewer)),
        )
    )


def entries(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of entries by the names of their innovations, where `viewer` may know of both."""
    is_source = case((RevisionText.language == InnovationRevision.source_language, 1), else_=0)
    return (
        named(
            subject_of("entry", Entry.public_id),
            "entry",
            Showcase.public_id + "/entries/" + Entry.public_id,
            RevisionText.name,
            language=RevisionText.language,
            is_source=is_source,
            tlp=_label(),
        )
        .select_from(Entry)
        .join(Showcase, Showcase.id == Entry.showcase_id)
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(
            Entry.public_id.in_(keys),
            entries_visible_to(viewer),
            visible_innovations(viewer),
            or_(is_source == 1, RevisionText.name != ""),
        )
    )


def slots(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of slots of published programmes: breaks by their title, others after what they show."""
    is_source = case(
        (or_(Slot.entry_id.is_(None), RevisionText.language == InnovationRevision.source_language), 1),
        else_=0,
    )
    shown = select(Entry.id).where(in_programme_for(viewer)).correlate(None)
    is_titled = and_(Slot.entry_id.is_(None), Slot.title != "")
    return (
        named(
            subject_of("slot", Slot.public_id),
            "slot",
            AT_SLOT,
            case((Slot.entry_id.is_(None), Slot.title), else_=RevisionText.name),
            language=case((Slot.entry_id.is_(None), Showcase.language), else_=RevisionText.language),
            is_source=is_source,
            tlp=case(
                (Slot.entry_id.is_(None), type_coerce(Showcase.tlp, String)),
                else_=_label(),
            ),
        )
        .select_from(Slot)
        .join(Showcase, Showcase.id == Slot.showcase_id)
        .outerjoin(Entry, Entry.id == Slot.entry_id)
        .outerjoin(Innovation, Innovation.id == Entry.innovation_id)
        .outerjoin(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .outerjoin(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(
            Slot.public_id.in_(keys),
            Showcase.published_at.is_not(None),
            visible_to(viewer),
            or_(is_titled, and_(Slot.entry_id.in_(shown), or_(is_source == 1, RevisionText.name != ""))),
        )
    )


def _of_showcase(subject: ColumnElement[str], kind: str, key: Expression) -> Names:
    return named(
        subject,
        kind,
        key,
        Showcase.name,
        language=Showcase.language,
        tlp=type_coerce(Showcase.tlp, String),
    )


def _label() -> ColumnElement[str]:
    """Return the strictest label of a showcase and of what it shows."""
    return strictest(Showcase.tlp, Innovation.tlp, InnovationRevision.tlp)
