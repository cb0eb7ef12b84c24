"""What the things are called that notifications and follows name, for somebody who may know of them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Role, Viewer
from hub.catalogue.models import Evidence, Innovation, InnovationRevision, Replication
from hub.catalogue.models.content import RevisionText
from hub.catalogue.permissions import visible_to as visible_innovations
from hub.core.database import session
from hub.members.models import ContactMessage, Member, Profile
from hub.members.profiles.permissions import visible_to as visible_profiles
from hub.organisations.models import MergedOrganisation, Organisation
from hub.organisations.permissions import visible_to as visible_organisations
from hub.vetting.models import OrganisationVerification
from hub.vocabularies.loader import vocabulary

Names = Select[*tuple[Any, ...]]

Expression = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Thing:
    """Something that a notification or a follow is about, as one viewer may know it at this moment.

    Args:
        title: what it is called; empty where the viewer may open it, but not learn its name (who wrote a message). Of
            a country its code, which delivery puts into words.
        language: BCP 47 tag of the title, or None where it is a proper name.
        kind: what stands at its address: innovation, organisation, member, message, country or verification.
        key: which one: public id, slug or code. Of an innovation the public id, also where it has a slug of its own:
            that one says what it is called.
        tlp: its label now.
    """

    title: str
    language: str | None
    kind: str
    key: str
    tlp: Tlp = Tlp.CLEAR


def describe(subjects: Collection[str], viewer: Viewer, language: str = "") -> dict[str, Thing]:
    """Return what `subjects` are now, in one query however many there are.

    Args:
        subjects: as the audit log names them, such as `innovation:<public id>`; evidence and replications stand for
            their innovation, a verification for its organisation.
        viewer: who is told; what they may not know of is left out.
        language: BCP 47 tag of the reader's language; an innovation is called what its text there says.
    """
    keys: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _, key = subject.partition(":")
        keys.setdefault(kind, set()).add(key)
    found = {f"country:{key}": Thing(key, None, "country", key) for key in _countries(keys)}
    selects = [named(sorted(keys[kind]), viewer) for kind, named in NAMED.items() if kind in keys]
    if not selects:
        return found
    best: dict[str, int] = {}
    for row in session().execute(union_all(*selects) if len(selects) > 1 else selects[0]):
        fit = _fit(row.language, language, is_source=bool(row.is_source))
        if fit > best.get(row.subject, -1):
            best[row.subject] = fit
            label = stricter(Tlp(row.tlp), Tlp(row.also_tlp))
            found[row.subject] = Thing(row.title, row.language, row.kind, row.key, label)
    return found


def _countries(keys: dict[str, set[str]]) -> Iterable[str]:
    known = vocabulary("countries")
    return (key for key in sorted(keys.get("country", ())) if key in known)


def _fit(language: str | None, wanted: str, *, is_source: bool) -> int:
    """Return how well a text suits a reader: their language, one of its family, the source."""
    if language and wanted:
        if language == wanted:
            return 3
        if language.partition("-")[0] == wanted.partition("-")[0]:
            return 2
    return int(is_source)


def _named(
    subject: ColumnElement[str],
    kind: str,
    key: Expression,
    title: Expression,
    **more: Expression,
) -> Names:
    """Return a select of the columns that all kinds of things share."""
    clear = literal(Tlp.CLEAR.value, String)
    return select(
        subject.label("subject"),
        literal(kind, String).label("kind"),
        key.label("key"),
        title.label("title"),
        more.get("language", cast(null(), String)).label("language"),
        more.get("is_source", literal(1)).label("is_source"),
        more.get("tlp", clear).label("tlp"),
        more.get("also_tlp", clear).label("also_tlp"),
    )


def _subject(kind: str, key: Expression) -> ColumnElement[str]:
    return literal(f"{kind}:", String).concat(key)


def _innovation_names(subject: ColumnElement[str], viewer: Viewer) -> Names:
    """Return a select of every text of the shown revision, or of the latest where none was published."""
    other = aliased(InnovationRevision)
    latest = select(func.max(other.id)).where(other.innovation_id == Innovation.id).scalar_subquery()
    is_source = case((RevisionText.language == InnovationRevision.source_language, 1), else_=0)
    return (
        _named(
            subject,
            "innovation",
            Innovation.public_id,
            RevisionText.name,
            language=RevisionText.language,
            is_source=is_source,
            tlp=type_coerce(Innovation.tlp, String),
            also_tlp=type_coerce(InnovationRevision.tlp, String),
        )
        .select_from(Innovation)
        .join(
            InnovationRevision,
            InnovationRevision.id == func.coalesce(Innovation.published_revision_id, latest),
        )
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(visible_innovations(viewer), or_(is_source == 1, RevisionText.name != ""))
    )


def _innovations(keys: list[str], viewer: Viewer) -> Names:
    subject = _subject("innovation", Innovation.public_id)
    return _innovation_names(subject, viewer).where(Innovation.public_id.in_(keys))


def _evidence(keys: list[str], viewer: Viewer) -> Names:
    names = _innovation_names(_subject("evidence", Evidence.public_id), viewer)
    return names.join(Evidence, Evidence.innovation_id == Innovation.id).where(Evidence.public_id.in_(keys))


def _replications(keys: list[str], viewer: Viewer) -> Names:
    names = _innovation_names(_subject("replication", Replication.public_id), viewer)
    return names.join(Replication, Replication.innovation_id == Innovation.id).where(
        Replication.public_id.in_(keys)
    )


def _organisations(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of organisations; one that was merged is called, and found at, what it became."""
    asked = aliased(Organisation)
    return (
        _named(
            _subject("organisation", asked.slug),
            "organisation",
            Organisation.slug,
            Organisation.name,
        )
        .select_from(asked)
        .join(MergedOrganisation, MergedOrganisation.organisation_id == asked.id, isouter=True)
        .join(Organisation, Organisation.id == func.coalesce(MergedOrganisation.into_id, asked.id))
        .where(asked.slug.in_(keys), visible_organisations(viewer))
    )


def _members(keys: list[str], viewer: Viewer) -> Names:
    return (
        _named(
            _subject("member", Member.public_id),
            "member",
            Member.public_id,
            Member.display_name,
        )
        .select_from(Member)
        .join(Profile, Profile.member_id == Member.id)
        .where(Member.public_id.in_(keys), visible_profiles(viewer))
    )


def _messages(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of messages to the viewer; they are called after their sender, whom the viewer may know."""
    is_named = and_(Profile.member_id.is_not(None), visible_profiles(viewer))
    is_theirs = ContactMessage.receiver_id == viewer.member_id if viewer.is_member else false()
    return (
        _named(
            _subject("message", ContactMessage.public_id),
            "message",
            ContactMessage.public_id,
            case((is_named, Member.display_name), else_=literal("", String)),
        )
        .select_from(ContactMessage)
        .join(Member, Member.id == ContactMessage.sender_id)
        .join(Profile, Profile.member_id == Member.id, isouter=True)
        .where(ContactMessage.public_id.in_(keys), is_theirs)
    )


def _verifications(keys: list[str], viewer: Viewer) -> Names:
    """Return a select of requests to be verified, for who decides them and for who asked."""
    is_theirs: ColumnElement[bool] = or_(
        OrganisationVerification.requested_by_id == viewer.member_id,
        Organisation.id.in_(sorted(viewer.represents)),
        Organisation.country.in_(sorted(viewer.focal_countries)),
    )
    if viewer.has_role(Role.COORDINATOR):
        is_theirs = true()
    return (
        _named(
            _subject("verification", OrganisationVerification.public_id),
            "verification",
            OrganisationVerification.public_id,
            Organisation.name,
        )
        .select_from(OrganisationVerification)
        .join(Organisation, Organisation.id == OrganisationVerification.organisation_id)
        .where(OrganisationVerification.public_id.in_(keys), is_theirs if viewer.is_member else false())
    )


NAMED: dict[str, Callable[[list[str], Viewer], Names]] = {
    "innovation": _innovations,
    "evidence": _evidence,
    "replication": _replications,
    "organisation": _organisations,
    "member": _members,
    "message": _messages,
    "verification": _verifications,
}
"""How each kind of subject is looked up; countries need no look."""
