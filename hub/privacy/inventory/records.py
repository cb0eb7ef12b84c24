"""References to members in the tables of the catalogue; what may not be seen any more is given as a date only."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.audience import Tlp
from hub.access.viewer import Viewer
from hub.catalogue.models import (
    Annex,
    AnnexLabel,
    ApprovalBatch,
    CountryStatement,
    Evidence,
    ImportRun,
    Innovation,
    InnovationProposal,
    InnovationRevision,
    OwnershipOffer,
    ProblemReport,
    RecordClaim,
    Replication,
    ReplicationStatement,
    ReviewDecision,
)
from hub.catalogue.permissions import in_audience_of, visible_to
from hub.privacy.inventory.shape import FOR_GOOD, Fate, Link, Seen, decided

THE_RECORD = "as long as the record"
PART = "the record is the organisation's, and its history stays whole"


def of_innovation(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose innovation, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Innovation.id).where(visible_to(viewer)))

    return seen


def of_replication(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for statements about replications of innovations that the person may see."""
    return ReplicationStatement.replication_id.in_(
        select(Replication.id)
        .join(Innovation, Innovation.id == Replication.innovation_id)
        .where(visible_to(viewer))
    )


def of_annex(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition for annexes that the person may see; what is TLP:RED leaves the hub in no file."""
    represented = select(Innovation.id).where(
        Innovation.owner_id.in_(sorted(viewer.represents)), Innovation.is_compiled.is_(False)
    )
    labelled = select(AnnexLabel.annex_id).where(AnnexLabel.label.in_(sorted(viewer.labels)))
    readable = select(Innovation.id).where(in_audience_of(viewer))
    return and_(
        Annex.tlp != Tlp.RED,
        or_(
            Annex.innovation_id.in_(represented),
            and_(Annex.innovation_id.in_(readable), Annex.id.in_(labelled)),
        ),
    )


def _task(model: type[Any], what: str) -> Link:
    return Link(
        model.taken_by_id,
        f"which coordinator holds {what}",
        Fate.UNNAME,
        "until it is decided",
        ("taken_at",),
    )


RECORDS = (
    Link(
        Innovation.registered_by_id,
        "who registered an innovation",
        Fate.KEEP,
        THE_RECORD,
        ("slug", "status", "registered_at"),
        ("registered_at",),
        visible_to,
        why=PART,
    ),
    Link(
        InnovationRevision.created_by_id,
        "who began a revision",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "number", "status", "created_at"),
        ("created_at",),
        of_innovation(InnovationRevision.innovation_id),
        why=PART,
    ),
    Link(
        InnovationRevision.submitted_by_id,
        "who submitted a revision",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "number", "status", "submitted_at"),
        ("submitted_at",),
        of_innovation(InnovationRevision.innovation_id),
        why=PART,
    ),
    Link(
        InnovationRevision.reviewer_id,
        "which coordinator reviews a revision",
        Fate.UNNAME,
        "until it is decided",
        ("taken_at",),
    ),
    decided(ReviewDecision.decided_by_id, "who decided about a revision", "action", "reasons", "decided_at"),
    Link(
        Annex.added_by_id,
        "who added an annex",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "title", "body", "language", "tlp", "added_at", "saved_at"),
        ("tlp", "added_at"),
        of_annex,
        why=PART,
    ),
    Link(
        ImportRun.started_by_id,
        "imports and their files",
        Fate.DELETE,
        "90 days",
        ("started_at", "format", "is_dry_run", "status", "total", "created", "updated", "rejected"),
    ),
    Link(
        ApprovalBatch.submitted_by_id,
        "who submitted records together",
        Fate.KEEP,
        THE_RECORD,
        ("collection", "submitted_at"),
        why=PART,
    ),
    Link(
        CountryStatement.stated_by_id,
        "who stated a country's prerequisites",
        Fate.KEEP,
        FOR_GOOD,
        ("country", "topic", "state", "note", "language", "stated_at"),
        why="it is the country's statement",
    ),
)

PROOFS = (
    Link(
        Evidence.added_by_id,
        "who added evidence",
        Fate.KEEP,
        THE_RECORD,
        (
            "innovation.slug",
            "type",
            "title",
            "url",
            "author",
            "is_independent",
            "country",
            "year",
            "finding",
            "language",
            "status",
            "added_at",
        ),
        ("added_at",),
        of_innovation(Evidence.innovation_id),
        why=PART,
    ),
    _task(Evidence, "evidence"),
    decided(Evidence.decided_by_id, "who decided about evidence", "status", "decided_at"),
    Link(
        Replication.claimed_by_id,
        "who claimed a replication",
        Fate.KEEP,
        THE_RECORD,
        (
            "innovation.slug",
            "country",
            "side",
            "adapted",
            "result",
            "cost_band",
            "started_on",
            "language",
            "source_url",
            "status",
            "claimed_at",
        ),
        ("claimed_at",),
        of_innovation(Replication.innovation_id),
        why=PART,
    ),
    Link(
        Replication.confirmed_by_id,
        "who confirmed a replication",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "country", "status", "confirmed_at"),
        ("confirmed_at",),
        of_innovation(Replication.innovation_id),
        why=PART,
    ),
    decided(Replication.verified_by_id, "who verified a replication", "country", "status", "verified_at"),
    _task(Replication, "a replication"),
    Link(
        ReplicationStatement.said_by_id,
        "what was said about a replication",
        Fate.KEEP,
        THE_RECORD,
        ("side", "action", "words", "language", "said_at"),
        ("said_at",),
        of_replication,
        why=PART,
    ),
)

CURATION = (
    Link(
        RecordClaim.claimed_by_id,
        "who claimed a record",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "organisation.name", "words", "status", "claimed_at", "decision_words"),
        ("claimed_at",),
        of_innovation(RecordClaim.innovation_id),
        why=PART,
    ),
    _task(RecordClaim, "a claim"),
    decided(RecordClaim.decided_by_id, "who decided about a claim", "status", "decided_at"),
    Link(
        OwnershipOffer.offered_by_id,
        "who offered a record",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "words", "status", "offered_at"),
        ("offered_at",),
        of_innovation(OwnershipOffer.innovation_id),
        why=PART,
    ),
    Link(
        OwnershipOffer.answered_by_id,
        "who answered an offer",
        Fate.KEEP,
        THE_RECORD,
        ("innovation.slug", "status", "answered_at"),
        ("answered_at",),
        of_innovation(OwnershipOffer.innovation_id),
        why=PART,
    ),
    Link(
        ProblemReport.reported_by_id,
        "who reported a problem",
        Fate.UNNAME,
        THE_RECORD,
        ("innovation.slug", "kind", "words", "language", "status", "answer", "reported_at"),
        ("reported_at",),
        of_innovation(ProblemReport.innovation_id),
        why="the report stays, as if a visitor had sent it",
    ),
    _task(ProblemReport, "a problem report"),
    decided(ProblemReport.decided_by_id, "who answered a problem report", "kind", "decided_at"),
    decided(
        InnovationProposal.proposed_by_id,
        "who proposed to feature, widen or take down",
        "action",
        "reason",
        "status",
        "proposed_at",
        seen=of_innovation(InnovationProposal.innovation_id),
        dates=("proposed_at",),
    ),
    decided(
        InnovationProposal.decided_by_id,
        "who decided about such a proposal",
        "action",
        "status",
        "decided_at",
    ),
    _task(InnovationProposal, "a proposal"),
)
