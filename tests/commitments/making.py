"""Stores commitments with what belongs to them, everything that a test does not care about filled in."""

from datetime import date, timedelta
from itertools import count

from hub.commitments.models import (
    ActionPlan,
    Commitment,
    CommitmentEvidence,
    CommitmentParty,
    CommitmentStatus,
    EvidenceStatus,
    Handover,
    HandoverStatus,
    Milestone,
    MilestoneStatus,
    Ownership,
    PartyRole,
)
from hub.core.clock import now
from hub.core.database import session
from tests.factories import make_member

COUNTRY = "GB"

_numbers = count(1)


def make_commitment(*, owner=None, status=CommitmentStatus.ACTIVE, country=COUNTRY, parties=(), **columns):
    """Store a commitment; `parties` are organisations of the hub that lead it."""
    number = next(_numbers)
    plan = ActionPlan(country=country, name=f"Plan {number}", cycle_year=2016)
    shown = {} if status is CommitmentStatus.DRAFT else {"published_at": now()}
    commitment = Commitment(
        code=columns.pop("code", f"XX{number:04}"),
        title=columns.pop("title", f"Promise {number}"),
        country=country,
        plan=plan,
        status=status,
        owner_id=owner.id if owner else None,
        **shown,
        **columns,
    )
    commitment.parties = [
        CommitmentParty(role=PartyRole.LEAD, name=each.name, organisation_id=each.id, position=place)
        for place, each in enumerate(parties)
    ]
    session().add(commitment)
    session().flush()
    if owner:
        session().add(
            Ownership(
                commitment_id=commitment.id,
                institution="Cabinet Office",
                member_id=owner.id,
                began_on=now().date() - timedelta(days=100),
            )
        )
    session().commit()
    return commitment


def make_milestone(commitment, *, status=MilestoneStatus.NOT_STARTED, number=None, **columns):
    """Store a milestone of a commitment."""
    known = session().query(Milestone).filter_by(commitment_id=commitment.id).count()
    milestone = Milestone(
        commitment=commitment,
        number=number or known + 1,
        title=columns.pop("title", "A hub stands"),
        status=status,
        **columns,
    )
    session().add(milestone)
    session().commit()
    return milestone


def make_evidence(commitment, *, milestone=None, giver=None, decider=None, status=None, **columns):
    """Store a piece of evidence; it is accepted where somebody decided."""
    status = status or (EvidenceStatus.ACCEPTED if decider else EvidenceStatus.GIVEN)
    piece = CommitmentEvidence(
        commitment=commitment,
        milestone=milestone,
        title="A report",
        finding="It stands.",
        url=columns.pop("url", "https://example.org/report"),
        status=status,
        given_by_id=(giver or make_member()).id,
        given_at=now(),
        decided_by_id=decider.id if decider else None,
        decided_at=now() if decider else None,
        **columns,
    )
    session().add(piece)
    session().commit()
    return piece


def make_handover(commitment, *, to, by, status=HandoverStatus.OFFERED, days=14, **columns):
    """Store an offer that stands for so many days from now."""
    ends = now() + timedelta(days=days)
    handover = Handover(
        commitment=commitment,
        offered_by_id=by.id,
        to_member_id=to.id,
        institution="Home Office",
        words=columns.pop("words", "Two of three steps are done."),
        status=status,
        offered_at=min(now(), ends) - timedelta(days=1),
        expires_at=ends,
        **columns,
    )
    session().add(handover)
    session().commit()
    return handover


def in_days(number):
    """Return the day that lies so many days ahead."""
    return now().date() + timedelta(days=number)


START = date(2016, 5, 1)
