"""References to members in the tables of commitments: owners, offers, evidence, assessments, records entered."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.access.viewer import Viewer
from hub.commitments.models import (
    Assessment,
    Commitment,
    CommitmentEvidence,
    Handover,
    Ownership,
)
from hub.commitments.owning.permissions import handovers_visible_to
from hub.commitments.permissions import evidence_visible_to, visible_to
from hub.privacy.inventory.shape import FOR_GOOD, Fate, Link, Seen, decided

IN_PUBLIC = "it is said in public, and others rest on it"


def of_commitment(column: InstrumentedAttribute[Any]) -> Seen:
    """Return the condition for rows whose commitment, named in `column`, the person may see."""

    def seen(viewer: Viewer) -> ColumnElement[bool]:
        return column.in_(select(Commitment.id).where(visible_to(viewer)))

    return seen


COMMITMENTS = (
    Link(
        Commitment.entered_by_id,
        "commitments entered",
        Fate.KEEP,
        FOR_GOOD,
        ("code", "title", "status", "entered_at"),
        ("entered_at",),
        of_commitment(Commitment.id),
        why=IN_PUBLIC,
    ),
    Link(
        Commitment.owner_id,
        "commitments that the person answers for",
        Fate.UNNAME,
        FOR_GOOD,
        ("code", "title", "status"),
        ("saved_at",),
        of_commitment(Commitment.id),
        why="the promise stays, without an owner until somebody accepts it",
    ),
    Link(
        Ownership.member_id,
        "commitments that the person answered for, from when to when",
        Fate.KEEP,
        FOR_GOOD,
        ("institution", "began_on", "ended_on", "words"),
        ("began_on", "ended_on"),
        of_commitment(Ownership.commitment_id),
        why="what an owner accepted as evidence must never count; readers see the institution alone",
    ),
    Link(
        Handover.offered_by_id,
        "offers to hand commitments over",
        Fate.KEEP,
        FOR_GOOD,
        ("institution", "words", "status", "offered_at", "answered_at"),
        ("offered_at",),
        handovers_visible_to,
        why="what was said is part of the history",
    ),
    Link(
        Handover.to_member_id,
        "offers of commitments to the person",
        Fate.BLANK,
        FOR_GOOD,
        ("institution", "words", "status", "offered_at", "answered_at", "answer_words"),
        ("offered_at",),
        handovers_visible_to,
        {"answer_words": ""},
        why="who offered it must know what became of it",
    ),
    Link(
        CommitmentEvidence.given_by_id,
        "evidence given for commitments",
        Fate.KEEP,
        FOR_GOOD,
        ("title", "finding", "url", "status", "given_at", "decided_at", "decision_words"),
        ("given_at",),
        evidence_visible_to,
        why="what is said of milestones rests on it",
    ),
    decided(
        CommitmentEvidence.decided_by_id,
        "who decided about evidence for a commitment",
        "title",
        "status",
        "decided_at",
        "decision_words",
        seen=evidence_visible_to,
        dates=("decided_at",),
    ),
    Link(
        Assessment.recorded_by_id,
        "assessments of commitments recorded",
        Fate.KEEP,
        FOR_GOOD,
        ("maker", "scheme", "report", "assessed_on", "words", "recorded_at", "withdrawn_at"),
        ("recorded_at",),
        of_commitment(Assessment.commitment_id),
        why=IN_PUBLIC,
    ),
)
