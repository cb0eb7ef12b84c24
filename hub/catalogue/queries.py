"""What pages and the search index read of the catalogue; lists always for a viewer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Innovation,
    InnovationRevision,
    InnovationStatus,
    RevisionOrganisation,
    RevisionText,
)
from hub.catalogue.models.checking import UNNAMED_LICENCES
from hub.catalogue.models.content import TEXT_FIELDS
from hub.catalogue.models.readership import HasReadership
from hub.catalogue.permissions import in_audience_of, registered_by, visible_to
from hub.core import clock
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.core.pagination import Page, PageRequest
from hub.organisations.models import MergedOrganisation, Organisation, OrganisationStatus
from hub.organisations.permissions import is_not_merged

SNIPPET = 3
"""With fewer characters than these, words are no part of a name that somebody means."""


def loaded_for_lists() -> tuple[ORMOption, ...]:
    """Return the options that load all a list shows of published records, in a fixed number of queries."""
    revision = joinedload(Innovation.published_revision)
    return (
        joinedload(Innovation.owner),
        revision.selectinload(InnovationRevision.texts),
        revision.selectinload(InnovationRevision.terms),
        revision.selectinload(InnovationRevision.countries),
    )


def loaded_content() -> tuple[Any, ...]:  # SQLAlchemy keeps the type of its loaders to itself
    """Return the options that load all that a revision says, in a fixed number of queries."""
    return (
        selectinload(InnovationRevision.label_rows),
        selectinload(InnovationRevision.texts),
        selectinload(InnovationRevision.terms),
        selectinload(InnovationRevision.countries),
        selectinload(InnovationRevision.organisations),
        selectinload(InnovationRevision.prerequisites),
        selectinload(InnovationRevision.sources),
    )


def innovation_by_slug(slug: str, viewer: Viewer) -> Innovation:
    """Return the innovation at `slug`, or at its public id, if `viewer` may know of it.

    Raises:
        NotFoundError: there is none, or not for this viewer; both are one.
    """
    innovation = session().scalar(
        select(Innovation)
        .where(or_(Innovation.slug == slug, Innovation.public_id == slug), visible_to(viewer))
        .options(joinedload(Innovation.owner), joinedload(Innovation.published_revision))
    )
    if innovation is None:
        raise NotFoundError
    return innovation


def innovations_by_public_id(public_ids: Sequence[str], viewer: Viewer) -> list[Innovation]:
    """Return those of the innovations that are shown to `viewer`, in the order of `public_ids`."""
    found = session().scalars(
        select(Innovation)
        .where(Innovation.public_id.in_(public_ids), in_audience_of(viewer))
        .options(*loaded_for_lists())
    )
    by_id = {each.public_id: each for each in found}
    return [by_id[each] for each in public_ids if each in by_id]


def innovations_called(words: str, viewer: Viewer, *, slug: str = "", most: int = 2) -> Sequence[Innovation]:
    """Return the innovations shown to `viewer` that have this name in one of their languages, or this address.

    Where none has, those whose name holds the words, if these are no mere snippet.

    Args:
        words: the name, in small or capital letters.
        viewer: who names it.
        slug: the last part of the address of its page, or empty where a name is meant.
        most: how many at most.
    """
    of = select(RevisionText.revision_id)
    small = func.lower(RevisionText.name)
    exact = of.where(or_(RevisionText.name == words, small == words.lower()))
    if slug:
        return _shown(or_(Innovation.slug == slug, Innovation.public_id == slug), viewer, most)
    found = _shown(or_(Innovation.published_revision_id.in_(exact), Innovation.slug == words), viewer, most)
    if found or len(words) < SNIPPET:
        return found
    holding = of.where(
        or_(
            RevisionText.name.contains(words, autoescape=True),
            small.contains(words.lower(), autoescape=True),
        )
    )
    return _shown(Innovation.published_revision_id.in_(holding), viewer, most)


def _shown(wanted: ColumnElement[bool], viewer: Viewer, most: int) -> Sequence[Innovation]:
    rows = select(Innovation).where(wanted, in_audience_of(viewer)).order_by(Innovation.id).limit(most)
    return session().scalars(rows).all()


def newest_innovations(viewer: Viewer, limit: int) -> Sequence[Innovation]:
    """Return the innovations published last among those shown to `viewer`."""
    return (
        session()
        .scalars(
            select(Innovation)
            .where(in_audience_of(viewer))
            .order_by(Innovation.published_at.desc(), Innovation.id.desc())
            .limit(limit)
            .options(*loaded_for_lists())
        )
        .all()
    )


def own_innovations(viewer: Viewer, page: PageRequest) -> Page[Innovation]:
    """Return a page of what `viewer` registered or whose owner they speak for, what is due first, then the newest."""
    if viewer.member_id is None:
        return Page([], 0, page)
    own = or_(
        registered_by(viewer),
        and_(Innovation.owner_id.in_(sorted(viewer.represents)), Innovation.is_compiled.is_(False)),
    )
    is_due = and_(Innovation.status == InnovationStatus.PUBLISHED, Innovation.review_due_at <= clock.now())
    found = (
        session()
        .scalars(
            select(Innovation)
            .where(own)
            .order_by(case((is_due, 0), else_=1), Innovation.registered_at.desc(), Innovation.id.desc())
            .offset(page.offset)
            .limit(page.per_page)
            .options(selectinload(Innovation.revisions).selectinload(InnovationRevision.texts))
        )
        .all()
    )
    return Page(found, session().scalar(select(func.count()).where(own)) or 0, page)


def known_organisations(viewer: Viewer) -> Sequence[Organisation]:
    """Return, by name, the organisations that `viewer` may know of.

    They are verified, own an innovation that is shown to the viewer, or are those the viewer belongs to or speaks for.
    """
    owners = select(Innovation.owner_id).where(in_audience_of(viewer))
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                or_(
                    Organisation.status == OrganisationStatus.VERIFIED,
                    Organisation.id.in_(owners),
                    Organisation.id.in_(sorted(viewer.organisations)),
                    Organisation.country.in_(sorted(viewer.focal_countries)),
                ),
                is_not_merged(),
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def innovations_of(organisation: Organisation, viewer: Viewer, page: PageRequest) -> Page[Innovation]:
    """Return a page of the innovations shown to `viewer` that an organisation owns or is named in, the newest first."""
    former = select(MergedOrganisation.organisation_id).where(MergedOrganisation.into_id == organisation.id)
    named = select(RevisionOrganisation.revision_id).where(
        or_(
            RevisionOrganisation.organisation_id == organisation.id,
            RevisionOrganisation.organisation_id.in_(former),
        )
    )
    of_it = and_(
        in_audience_of(viewer),
        or_(Innovation.owner_id == organisation.id, Innovation.published_revision_id.in_(named)),
    )
    found = (
        session()
        .scalars(
            select(Innovation)
            .where(of_it)
            .order_by(Innovation.published_at.desc(), Innovation.id.desc())
            .offset(page.offset)
            .limit(page.per_page)
            .options(*loaded_for_lists())
        )
        .all()
    )
    return Page(found, session().scalar(select(func.count()).where(of_it)) or 0, page)


def catalogue_counts(viewer: Viewer) -> dict[str, int]:
    """Return what the home page counts among the innovations shown to `viewer`.

    Returns:
        `innovations`, the `countries` they come from, and the innovations that are `stable`, `beta`, `ended` or
        name a `licence`.
    """
    shown = select(Innovation.published_revision_id).where(in_audience_of(viewer))
    stages = dict(
        session()
        .execute(
            select(InnovationRevision.stage, func.count())
            .where(InnovationRevision.id.in_(shown))
            .group_by(InnovationRevision.stage)
        )
        .all()
    )
    countries = session().scalar(
        select(func.count(func.distinct(Innovation.origin_country))).where(in_audience_of(viewer))
    )
    licences = session().scalar(
        select(func.count()).where(
            InnovationRevision.id.in_(shown),
            InnovationRevision.licence.is_not(None),
            InnovationRevision.licence.not_in(sorted(UNNAMED_LICENCES)),
        )
    )
    return {
        "innovations": sum(stages.values()),
        "countries": countries or 0,
        "stable": stages.get("stable", 0),
        "beta": stages.get("beta", 0),
        "ended": stages.get("obsolete", 0) + stages.get("abandoned", 0),
        "licence": licences or 0,
    }


def snapshot(revision: InnovationRevision) -> dict[str, Any]:
    """Return all that a revision says and where it stands, in plain values, for the audit log."""
    columns = [
        column.name
        for column in InnovationRevision.__table__.columns
        if column.name not in ("saved_at", "taken_at", "reviewer_id")
    ]
    return {
        **{name: _plain(getattr(revision, name)) for name in columns},
        "labels": sorted(revision.labels),
        "texts": {
            each.language: {name: getattr(each, name) for name in TEXT_FIELDS} for each in revision.texts
        },
        "terms": sorted(f"{each.scheme}:{each.code}" for each in revision.terms),
        "countries": sorted(f"{each.relation}:{each.country}:{each.note}" for each in revision.countries),
        "organisations": sorted(
            f"{each.role}:{each.organisation_id or each.name}" for each in revision.organisations
        ),
        "prerequisites": sorted(
            f"{each.area}:{each.topic or ''}:{each.need}" for each in revision.prerequisites
        ),
        "sources": [f"{each.url} {each.title} {each.retrieved_on}" for each in revision.sources],
    }


def readers_snapshot(thing: HasReadership) -> dict[str, object]:
    """Return who may read an innovation or a revision, in plain values, for the audit log."""
    return {"audience": thing.audience, "tlp": thing.tlp, "labels": sorted(thing.labels)}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | bool) else str(value)
