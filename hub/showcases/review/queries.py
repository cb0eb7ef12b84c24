"""Entries for those who judge them, what each has still to do, and one entry by its address."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from hub.access.viewer import Viewer
from hub.catalogue.models import Innovation, InnovationRevision, RevisionText
from hub.core.database import session
from hub.core.errors import NotFoundError
from hub.integrity.four_eyes import ProposalStatus
from hub.showcases.models import (
    Entry,
    EntryRemark,
    EntryReview,
    FeatureProposal,
    Showcase,
)
from hub.showcases.permissions import judged_by, may_see_innovation
from hub.showcases.queries import curated_showcase
from hub.showcases.review.permissions import is_being_reviewed


@dataclass(frozen=True)
class JudgedEntry:
    """One line of what somebody judges.

    Args:
        entry: the entry.
        scored_at: when the viewer gave their scores, or None.
        is_drafted: whether they began to.
        is_changed: whether the entry was changed after the viewer last saved scores.
    """

    entry: Entry
    scored_at: datetime | None
    is_drafted: bool
    is_changed: bool


def judged_entry(slug: str, public_id: str, viewer: Viewer) -> Entry:
    """Return an entry of a showcase that `viewer` may judge.

    Raises:
        NotFoundError: there is none, or they are not on the team, or have a conflict with it.
    """
    showcase = curated_showcase(slug, viewer)
    found = session().scalar(
        select(Entry).where(Entry.public_id == public_id, Entry.showcase_id == showcase.id, judged_by(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


def entries_judged(showcase: Showcase, viewer: Viewer) -> Sequence[Entry]:
    """Return the sent entries of a showcase that `viewer` may judge, in the order in which they came in."""
    return (
        session()
        .scalars(
            select(Entry)
            .where(Entry.showcase_id == showcase.id, judged_by(viewer))
            .options(joinedload(Entry.organisation), selectinload(Entry.presenters))
            .order_by(Entry.proposed_at, Entry.id)
        )
        .all()
    )


def judging_queue(showcase: Showcase, viewer: Viewer) -> list[JudgedEntry]:
    """Return what `viewer` judges, what they have not scored first, in a fixed number of queries."""
    reviews = {
        each.entry_id: each
        for each in session().scalars(
            select(EntryReview)
            .join(Entry, Entry.id == EntryReview.entry_id)
            .where(Entry.showcase_id == showcase.id, EntryReview.curator_id == viewer.member_id)
        )
    }
    lines = [_line(entry, reviews.get(entry.id)) for entry in entries_judged(showcase, viewer)]
    return sorted(lines, key=lambda each: each.scored_at is not None or not is_being_reviewed(each.entry))


def _line(entry: Entry, review: EntryReview | None) -> JudgedEntry:
    return JudgedEntry(
        entry=entry,
        scored_at=review.submitted_at if review else None,
        is_drafted=review is not None and review.submitted_at is None,
        is_changed=review is not None and entry.saved_at > review.saved_at,
    )


def own_review(viewer: Viewer, entry: Entry) -> EntryReview | None:
    """Return what `viewer` thinks of an entry, submitted or not."""
    return session().scalar(
        select(EntryReview)
        .where(EntryReview.entry_id == entry.id, EntryReview.curator_id == viewer.member_id)
        .options(selectinload(EntryReview.scores))
    )


def reviews_of(entry: Entry, judges: Collection[int]) -> Sequence[EntryReview]:
    """Return the submitted reviews of an entry, in their order; the caller asks whether somebody may read them.

    Args:
        entry: of which entry.
        judges: ids of the members who may judge it now; what others gave before does not count.
    """
    return (
        session()
        .scalars(
            select(EntryReview)
            .where(
                EntryReview.entry_id == entry.id,
                EntryReview.submitted_at.is_not(None),
                EntryReview.curator_id.in_(sorted(judges)),
            )
            .options(joinedload(EntryReview.curator), selectinload(EntryReview.scores))
            .order_by(EntryReview.submitted_at, EntryReview.id)
        )
        .all()
    )


def remarks_on(entry: Entry) -> Sequence[EntryRemark]:
    """Return what curators said to one another, the oldest first; the caller asks whether somebody may read it."""
    return (
        session()
        .scalars(
            select(EntryRemark)
            .where(EntryRemark.entry_id == entry.id)
            .options(joinedload(EntryRemark.author))
            .order_by(EntryRemark.written_at, EntryRemark.id)
        )
        .all()
    )


def open_features(showcase: Showcase, viewer: Viewer) -> Sequence[FeatureProposal]:
    """Return the open proposals to feature entries that `viewer` may judge, the oldest first."""
    return (
        session()
        .scalars(
            select(FeatureProposal)
            .join(Entry, Entry.id == FeatureProposal.entry_id)
            .where(
                Entry.showcase_id == showcase.id,
                FeatureProposal.status == ProposalStatus.PROPOSED,
                judged_by(viewer),
            )
            .order_by(FeatureProposal.proposed_at, FeatureProposal.id)
        )
        .all()
    )


def features_of(entry: Entry) -> Sequence[FeatureProposal]:
    """Return the proposals to feature an entry that wait or were declined, the oldest first."""
    return (
        session()
        .scalars(
            select(FeatureProposal)
            .where(
                FeatureProposal.entry_id == entry.id,
                FeatureProposal.status.in_((ProposalStatus.PROPOSED, ProposalStatus.DECLINED)),
            )
            .order_by(FeatureProposal.proposed_at, FeatureProposal.id)
        )
        .all()
    )


def feature_by_id(slug: str, public_id: str, viewer: Viewer) -> FeatureProposal:
    """Return a proposal, open or decided, to feature an entry that `viewer` may judge.

    Raises:
        NotFoundError: there is none, or not for this viewer.
    """
    showcase = curated_showcase(slug, viewer)
    found = session().scalar(
        select(FeatureProposal)
        .join(Entry, Entry.id == FeatureProposal.entry_id)
        .where(FeatureProposal.public_id == public_id, Entry.showcase_id == showcase.id, judged_by(viewer))
    )
    if found is None:
        raise NotFoundError
    return found


@dataclass(frozen=True)
class InnovationName:
    """How an entry is called: after its innovation.

    Args:
        name: in the language that fits the reader best.
        language: BCP 47 code of the name.
        slug: where the innovation is.
    """

    name: str
    language: str
    slug: str


def names_of(entries: Collection[Entry], viewer: Viewer, language: str) -> Mapping[int, InnovationName]:
    """Return the names of the innovations that `viewer` may see, by the id of the entry, in one query.

    Args:
        entries: of which entries.
        viewer: who reads; an innovation outside whose audience they are is not named.
        language: BCP 47 code of the reader's language.
    """
    family = language.partition("-")[0]
    found: dict[int, tuple[int, InnovationName]] = {}
    rows = session().execute(
        select(
            Entry.id,
            Innovation.slug,
            InnovationRevision.source_language,
            RevisionText.language,
            RevisionText.name,
        )
        .join(Innovation, Innovation.id == Entry.innovation_id)
        .join(InnovationRevision, InnovationRevision.id == Innovation.published_revision_id)
        .join(RevisionText, RevisionText.revision_id == InnovationRevision.id)
        .where(Entry.id.in_([each.id for each in entries]), may_see_innovation(viewer))
        .order_by(Entry.id, RevisionText.language)
    )
    for number, slug, source, said_in, name in rows:
        if not name:
            continue
        rank = 3 * (said_in == language) + 2 * (said_in.partition("-")[0] == family) + (said_in == source)
        if number not in found or found[number][0] < rank:
            found[number] = (rank, InnovationName(name, said_in, slug))
    return {number: name for number, (_rank, name) in found.items()}
