"""What somebody began and belongs to, and what is new for their interests; each in one query, for the start page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from hub.access.audience import Tlp, stricter
from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    InnovationStatus,
    RevisionStatus,
    TermScheme,
)
from hub.catalogue.models.content import RevisionTerm, RevisionText
from hub.catalogue.permissions import in_audience_of, registered_by
from hub.core import clock
from hub.core.database import session
from hub.members.models import Profile, ProfileScheme
from hub.organisations.models import Organisation
from hub.organisations.permissions import is_not_merged
from hub.vetting.models import OrganisationVerification, VerificationStatus


@dataclass(frozen=True)
class OwnRecord:
    """A record that somebody registered or speaks for.

    Args:
        innovation: the record.
        revision: the one that its owner's side works on, or worked on last.
        name: what that revision calls it, in its source language.
        language: BCP 47 tag of the name.
    """

    innovation: Innovation
    revision: InnovationRevision
    name: str
    language: str


def own_records(viewer: Viewer, limit: int) -> list[OwnRecord]:
    """Return what `viewer` registered or whose owner they speak for; what they should act on first, then the newest."""
    if viewer.member_id is None:
        return []
    own = or_(
        registered_by(viewer),
        and_(Innovation.owner_id.in_(sorted(viewer.represents)), Innovation.is_compiled.is_(False)),
    )
    other = aliased(InnovationRevision)
    latest = select(func.max(other.number)).where(other.innovation_id == Innovation.id).scalar_subquery()
    is_due = and_(
        Innovation.status == InnovationStatus.PUBLISHED,
        Innovation.is_compiled.is_(False),
        Innovation.review_due_at <= clock.now(),
    )
    first = case(
        (is_due, 0),
        (InnovationRevision.status == RevisionStatus.CHANGES_REQUESTED, 1),
        (InnovationRevision.status == RevisionStatus.DRAFT, 2),
        else_=3,
    )
    rows = session().execute(
        select(Innovation, InnovationRevision, RevisionText.name, RevisionText.language)
        .select_from(Innovation)
        .join(
            InnovationRevision,
            and_(InnovationRevision.innovation_id == Innovation.id, InnovationRevision.number == latest),
        )
        .join(
            RevisionText,
            and_(
                RevisionText.revision_id == InnovationRevision.id,
                RevisionText.language == InnovationRevision.source_language,
            ),
        )
        .where(own)
        .order_by(first, InnovationRevision.saved_at.desc(), Innovation.id.desc())
        .limit(limit)
    )
    return [OwnRecord(*row) for row in rows]


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation that somebody belongs to.

    Args:
        organisation: which one.
        is_representative: whether they speak for it.
        is_asked: whether it waits to be verified.
    """

    organisation: Organisation
    is_representative: bool
    is_asked: bool


def own_organisations(viewer: Viewer) -> list[OwnOrganisation]:
    """Return the organisations that `viewer` belongs to, by name."""
    if not viewer.organisations:
        return []
    asked = exists().where(
        OrganisationVerification.organisation_id == Organisation.id,
        OrganisationVerification.status == VerificationStatus.REQUESTED,
    )
    rows = session().execute(
        select(Organisation, asked)
        .where(Organisation.id.in_(sorted(viewer.organisations)), is_not_merged())
        .order_by(Organisation.name, Organisation.id)
    )
    return [OwnOrganisation(each, each.id in viewer.represents, bool(is_asked)) for each, is_asked in rows]


@dataclass(frozen=True)
class Match:
    """A new innovation that has something in common with somebody's interests.

    Args:
        slug: its address.
        name: what it is called, in its source language.
        language: BCP 47 tag of the name.
        tlp: its label.
        published_at: since when it is in the catalogue.
        shared: what both name, by vocabulary and code, the more telling first.
    """

    slug: str
    name: str
    language: str
    tlp: Tlp
    published_at: datetime | None
    shared: tuple[tuple[TermScheme, str], ...]


SHARED = {
    ProfileScheme.OFFENCES: TermScheme.OFFENCES,
    ProfileScheme.FUNCTIONS: TermScheme.FUNCTIONS,
    ProfileScheme.SECTORS: TermScheme.SECTORS,
}
"""The lists that people and innovations have in common, the more telling first."""

NEW_FOR = timedelta(days=90)
"""How long an innovation counts as new."""


def new_matches(viewer: Viewer, profile: Profile | None, limit: int) -> list[Match]:
    """Return what was published last, within `NEW_FOR`, and shares an offence, function or sector with what one chose.

    Args:
        viewer: who looks; only what is shown to them, and nothing of their own.
        profile: what they say about themselves.
        limit: how many at most.
    """
    wanted = _interests(profile)
    if viewer.member_id is None or not wanted:
        return []
    shared = or_(
        *(and_(RevisionTerm.scheme == each, RevisionTerm.code.in_(codes)) for each, codes in wanted.items())
    )
    newest = (
        select(Innovation.id)
        .where(
            in_audience_of(viewer),
            Innovation.status == InnovationStatus.PUBLISHED,
            Innovation.published_at > clock.now() - NEW_FOR,
            Innovation.registered_by_id != viewer.member_id,
            Innovation.owner_id.not_in(sorted(viewer.organisations)),
            Innovation.published_revision_id.in_(select(RevisionTerm.revision_id).where(shared)),
        )
        .order_by(Innovation.published_at.desc(), Innovation.id.desc())
        .limit(limit)
        .subquery()
    )
    rows = session().execute(
        select(Innovation, InnovationRevision, RevisionText.name, RevisionTerm.scheme, RevisionTerm.code)
        .select_from(Innovation)
        .join(newest, newest.c.id == Innovation.id)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(
            RevisionText,
            and_(
                RevisionText.revision_id == InnovationRevision.id,
                RevisionText.language == InnovationRevision.source_language,
            ),
        )
        .join(RevisionTerm, and_(RevisionTerm.revision_id == InnovationRevision.id, shared))
        .order_by(Innovation.published_at.desc(), Innovation.id.desc(), RevisionTerm.position)
    )
    return _matches(rows.all())


def _interests(profile: Profile | None) -> dict[TermScheme, list[str]]:
    if profile is None:
        return {}
    chosen = {
        scheme: sorted({each.code for each in profile.terms if each.scheme is own})
        for own, scheme in SHARED.items()
    }
    return {scheme: codes for scheme, codes in chosen.items() if codes}


def _matches(
    rows: Sequence[tuple[Innovation, InnovationRevision, str, TermScheme, str]],
) -> list[Match]:
    found: dict[int, tuple[Innovation, InnovationRevision, str]] = {}
    shared: dict[int, list[tuple[TermScheme, str]]] = {}
    for innovation, revision, name, scheme, code in rows:
        found[innovation.id] = (innovation, revision, name)
        shared.setdefault(innovation.id, []).append((scheme, code))
    order = list(SHARED.values())
    return [
        Match(
            innovation.slug,
            name,
            revision.source_language,
            stricter(innovation.tlp, revision.tlp),
            innovation.published_at,
            tuple(sorted(shared[number], key=lambda each: order.index(each[0]))),
        )
        for number, (innovation, revision, name) in found.items()
    ]
