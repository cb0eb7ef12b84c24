"""Loads the commitments that come with the hub: facts of published sources, told in own words.

What is there already stays as people have changed it; loading again adds only what is missing.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from hub.access.viewer import VISITOR
from hub.audit.events import Event
from hub.audit.service import record
from hub.commitments.keeping.checking import check_details
from hub.commitments.keeping.details import CommitmentDetails, PartyDetails, PlanDetails
from hub.commitments.keeping.service import stored_draft
from hub.commitments.keeping.snapshots import snapshot
from hub.commitments.lifecycle import COMMITMENTS
from hub.commitments.models import (
    Assessment,
    AssessmentRating,
    Commitment,
    CommitmentEvent,
    CommitmentStatus,
    Maker,
    Milestone,
    MilestoneMetric,
    MilestoneStatus,
    Ownership,
    PartyRole,
    Precision,
)
from hub.core import clock
from hub.core.database import session

DATA = Path(__file__).parent / "data"

Facts = Mapping[str, Any]
"""An object of a data file."""


@dataclass(frozen=True)
class Loaded:
    """What loading did.

    Args:
        created: how many commitments it added.
        kept: how many were there and stayed as they are.
    """

    created: int
    kept: int


@dataclass(frozen=True)
class ComingRecord:
    """A commitment of the data files.

    Args:
        details: what its record says.
        status: where the record stands.
        ended_words: why it ended, if it did.
        retrieved_on: when the source was read.
        facts: what else the file tells: milestones, events, who answered for it, assessments.
    """

    details: CommitmentDetails
    status: CommitmentStatus
    ended_words: str
    retrieved_on: date
    facts: Facts


def load_commitments(only: Collection[str] = ()) -> Loaded:
    """Store the commitments of the data files whose codes the hub does not have; within a transaction of the caller.

    They are published, belong to nobody here, and each is logged as the system's doing.

    Args:
        only: codes of those that are wanted; all, where none are named.
    """
    known = set(session().scalars(select(Commitment.code)))
    created = kept = 0
    for coming in coming_records():
        code = coming.details.code
        if only and code not in only:
            continue
        if code in known:
            kept += 1
        else:
            _load(coming)
            created += 1
    return Loaded(created, kept)


def coming_records() -> Iterator[ComingRecord]:
    """Yield every commitment of the data files."""
    for path in sorted(DATA.glob("*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))
        plans = {each["name"]: PlanDetails(**each) for each in file["plans"]}
        retrieved_on = date.fromisoformat(file["retrieved_on"])
        for facts in file["commitments"]:
            yield ComingRecord(
                _details(facts, file["country"], plans[facts["plan"]], retrieved_on),
                CommitmentStatus(file["status"]),
                file.get("ended_words", ""),
                retrieved_on,
                facts,
            )


def _load(coming: ComingRecord) -> None:
    facts = coming.facts
    check_details(coming.details)
    commitment = stored_draft(coming.details, None)
    COMMITMENTS.move(commitment, "publish", published_at=clock.now())
    if coming.status is CommitmentStatus.ENDED:
        # the day on which it ended is not known, so there is none
        COMMITMENTS.move(commitment, "end", ended_words=coming.ended_words)
    commitment.events = [_event(each, coming.retrieved_on) for each in facts.get("events", ())]
    session().add_all(
        [
            *(_ownership(commitment, each, coming.retrieved_on) for each in facts.get("ownerships", ())),
            *(_milestone(commitment, each) for each in facts.get("milestones", ())),
            *(_assessment(commitment, each) for each in facts.get("assessments", ())),
        ]
    )
    session().flush()
    record(VISITOR, Event.COMMITMENT_LOAD, commitment.subject, after=snapshot(commitment))


def _details(facts: Facts, country: str, plan: PlanDetails, retrieved_on: date) -> CommitmentDetails:
    texts = ("title_in_source", "objective", "status_quo", "ambition", "source_notes")
    return CommitmentDetails(
        code=facts["code"],
        country=country,
        plan=plan,
        title=facts["title"],
        policy_areas=tuple(facts.get("policy_areas", ())),
        doubtful_policy_areas=tuple(facts.get("doubtful_policy_areas", ())),
        ogp_values=tuple(facts.get("ogp_values", ())),
        parties=tuple(
            PartyDetails(PartyRole(each["role"]), each.get("name", ""), each.get("country"))
            for each in facts.get("parties", ())
        ),
        starts_on=_day(facts.get("starts_on")),
        ends_on=_day(facts.get("ends_on")),
        source_url=facts["source_url"],
        source_title=facts["source_title"],
        retrieved_on=retrieved_on,
        **{name: facts.get(name, "") for name in texts},
    )


def _event(facts: Facts, retrieved_on: date) -> CommitmentEvent:
    return CommitmentEvent(
        happened_on=date.fromisoformat(facts["happened_on"]),
        precision=Precision(facts["precision"]),
        words=facts["words"],
        source_url=facts.get("source_url", ""),
        retrieved_on=retrieved_on,
    )


def _ownership(commitment: Commitment, facts: Facts, retrieved_on: date) -> Ownership:
    return Ownership(
        commitment_id=commitment.id,
        institution=facts["institution"],
        began_on=date.fromisoformat(facts["began_on"]),
        ended_on=date.fromisoformat(facts["ended_on"]),
        precision=Precision(facts["precision"]),
        words=facts.get("words", ""),
        source_url=commitment.source_url,
        retrieved_on=retrieved_on,
    )


def _milestone(commitment: Commitment, facts: Facts) -> Milestone:
    return Milestone(
        commitment_id=commitment.id,
        number=facts["number"],
        title=facts["title"],
        description=facts.get("description", ""),
        due_first_on=_day(facts.get("due_first_on")),
        due_on=_day(facts.get("due_on")),
        status=MilestoneStatus(facts["status"]),
        status_words=facts.get("status_words", ""),
        metrics=[
            MilestoneMetric(metric=metric, breakdown=breakdown, target=target)
            for metric, breakdown, target in facts.get("metrics", ())
        ],
    )


def _assessment(commitment: Commitment, facts: Facts) -> Assessment:
    return Assessment(
        commitment_id=commitment.id,
        maker=Maker(facts["maker"]),
        scheme=facts["scheme"],
        report=facts.get("report", ""),
        words=facts.get("words", ""),
        source_url=facts["source_url"],
        retrieved_on=_day(facts["retrieved_on"]),
        recorded_at=clock.now(),
        ratings=[
            AssessmentRating(scale=scale, about=about, value=value)
            for scale, about, value in facts["ratings"]
        ],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
