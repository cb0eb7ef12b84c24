"""Each rule stands twice, as a function and as a SQL condition; in generated worlds both agree for any viewer."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import select

from hub.access.viewer import VISITOR, Interest, Role, Viewer
from hub.catalogue.annexes.permissions import annexes_visible_to, can_view_annex
from hub.catalogue.evidence.permissions import can_view_evidence, evidence_visible_to
from hub.catalogue.models import (
    Annex,
    ClaimStatus,
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationProposal,
    InnovationStatus,
    ProblemReport,
    ProblemStatus,
    ProposedAction,
    RecordClaim,
    Replication,
    ReplicationStatus,
    RevisionStatus,
    Side,
)
from hub.catalogue.permissions import (
    can_view,
    in_audience_of,
    is_in_audience,
    is_registrant,
    registered_by,
    visible_to,
)
from hub.catalogue.replications.permissions import can_view_replication, replications_visible_to
from hub.core.clock import now
from hub.core.database import session
from hub.integrity.four_eyes import ProposalStatus
from tests.catalogue.cast import make_cast, record_of
from tests.catalogue.proofs import LINK, MEMBERS_ONLY
from tests.catalogue.records import (
    EVERYBODY,
    GEORGIAN_POLICE,
    MEMBERS,
    POLICE,
    named_organisations,
    revised,
)
from tests.undoing import undone

pytestmark = pytest.mark.db

PEOPLE = ("registrar", "partner", "adopter", "holder", "compiler", "adder", "member")
AUDIENCES = ("public", "members", "police", "georgian police", "named")
OPEN_STATES = (RevisionStatus.DRAFT, RevisionStatus.SUBMITTED, RevisionStatus.IN_REVIEW)

people = st.sampled_from(PEOPLE)
takers = st.none() | people
audiences = st.sampled_from(AUDIENCES)


@dataclass(frozen=True)
class Seen:
    """A viewer by names; numbers follow once there is a database."""

    person: str | None
    roles: frozenset[Role]
    represents: frozenset[str]
    belongs: frozenset[str]
    country: str | None
    focal: frozenset[str]
    is_withheld: bool
    has_conflict: bool


@dataclass(frozen=True)
class Record:
    """What stands in the columns that rules read."""

    published_for: str
    now_for: str
    status: InnovationStatus
    is_compiled: bool
    is_handed_over: bool
    owner: str
    registrar: str
    revision: RevisionStatus
    reviewer: str


@dataclass(frozen=True)
class Proofs:
    """What hangs on the record, in which state, and who took it."""

    replication: ReplicationStatus
    replication_taker: str | None
    has_source: bool
    evidence: tuple[tuple[EvidenceStatus, str, str | None, bool], ...]
    annexes: tuple[str, ...]
    claim: tuple[ClaimStatus, str | None]
    problem: tuple[ProblemStatus, str | None]
    proposal: tuple[ProposalStatus, ProposedAction, str, str, str | None]


organisations = st.frozensets(st.sampled_from(["owner", "adopting"]))

viewers = st.builds(
    Seen,
    person=st.none() | people,
    roles=st.frozensets(st.sampled_from(Role)),
    represents=organisations,
    belongs=organisations,
    country=st.none() | st.sampled_from(["GE", "ID"]),
    focal=st.frozensets(st.sampled_from(["GE", "ES"])),
    is_withheld=st.booleans(),
    has_conflict=st.booleans(),
)

records = st.builds(
    Record,
    published_for=audiences,
    now_for=audiences,
    status=st.sampled_from([InnovationStatus.TAKEN_DOWN, *InnovationStatus]),
    is_compiled=st.booleans(),
    is_handed_over=st.booleans(),
    owner=st.sampled_from(["owner", "adopting"]),
    registrar=people,
    revision=st.sampled_from(OPEN_STATES),
    reviewer=people,
)

two = st.permutations(PEOPLE).map(lambda each: each[:2])

proofs = st.builds(
    Proofs,
    replication=st.sampled_from(ReplicationStatus),
    replication_taker=takers,
    has_source=st.booleans(),
    evidence=st.lists(
        st.tuples(st.sampled_from(EvidenceStatus), people, takers, st.booleans()), min_size=1, max_size=3
    ).map(tuple),
    annexes=st.lists(audiences, min_size=1, max_size=3).map(tuple),
    claim=st.tuples(st.sampled_from(ClaimStatus), takers),
    problem=st.tuples(st.sampled_from(ProblemStatus), takers),
    proposal=st.builds(
        lambda status, action, pair, taker: (status, action, *pair, taker),
        st.sampled_from([ProposalStatus.APPROVED, *ProposalStatus]),
        st.sampled_from([ProposedAction.TAKE_DOWN, ProposedAction.FEATURE]),
        two,
        takers,
    ),
)


def viewer_from(cast, seen):
    """Return the Viewer; whose roles are withheld has none, and a visitor has nothing."""
    if seen.person is None:
        return VISITOR
    numbers = {"owner": cast.owner.id, "adopting": cast.adopting.id}
    represents = frozenset(numbers[each] for each in seen.represents)
    roles = seen.roles - {Role.COORDINATOR, Role.INTEGRITY_OFFICER, Role.ADMINISTRATOR}
    return Viewer(
        member_id=cast[seen.person].id,
        public_id=cast[seen.person].public_id,
        roles=roles if seen.is_withheld else seen.roles,
        focal_countries=seen.focal,
        represents=represents,
        organisations=represents | {numbers[each] for each in seen.belongs},
        law_enforcement_country=None if seen.is_withheld else seen.country,
        is_withheld=seen.is_withheld,
        # a conflict keeps from deciding; it neither opens nor hides a record
        interests=frozenset({Interest(cast.owner.id, "employer")}) if seen.has_conflict else frozenset(),
    )


def involved(record, found):
    """Return coordinators who took or decided something about the record, whom chance alone would seldom meet."""
    names = {record.reviewer, found.replication_taker, found.claim[1], found.problem[1], *found.proposal[2:]}
    nobody = frozenset()
    coordinator = frozenset({Role.COORDINATOR})
    return [
        Seen(name, coordinator, nobody, nobody, None, nobody, is_withheld=False, has_conflict=False)
        for name in sorted(names - {None})
    ]


def readership(cast, name):
    return {
        "public": EVERYBODY,
        "members": MEMBERS,
        "police": POLICE,
        "georgian police": GEORGIAN_POLICE,
        "named": named_organisations(cast.adopting),
    }[name]


def number(cast, name):
    return None if name is None else cast[name].id


def shape(cast, innovation, record):
    """Bring the columns of a published record with an open revision into the generated state."""
    revision = innovation.latest_revision
    reviewer = cast[record.reviewer].id if record.revision is RevisionStatus.IN_REVIEW else None
    revision.status, revision.reviewer_id = record.revision, reviewer
    innovation.status, innovation.is_compiled = record.status, record.is_compiled
    innovation.is_handed_over = record.is_handed_over
    innovation.owner_id = {"owner": cast.owner, "adopting": cast.adopting}[record.owner].id
    innovation.registered_by_id = cast[record.registrar].id
    innovation.set_readership(readership(cast, record.now_for))


def hang(cast, innovation, found):
    """Store what hangs on the record, past the services."""
    then, own = now(), {"innovation_id": innovation.id}
    replication = Replication(
        **own, adopter_id=cast.adopting.id, country="ES", language="en", status=found.replication,
        source_url=LINK if found.has_source else None, side=Side.OWNER, claimed_by_id=cast["partner"].id,
        claimed_at=then, confirmed_by_id=cast["adopter"].id, confirmed_at=then,
        taken_by_id=number(cast, found.replication_taker),
    )  # fmt: skip
    session().add(replication)
    session().flush()
    for status, adder, taker, is_about in found.evidence:
        session().add(
            Evidence(
                **own, replication_id=replication.id if is_about else None, type="audit", title="An audit",
                finding="It works.", url=LINK, is_independent=True, year=2024, language="en", status=status,
                decision_words="Because.", added_by_id=cast[adder].id, added_at=then,
                taken_by_id=number(cast, taker),
            )
        )  # fmt: skip
    for audience in found.annexes:
        annex = Annex(
            **own, title="Method", body="Words.", language="en", added_by_id=cast["partner"].id,
            added_at=then, saved_at=then,
        )  # fmt: skip
        annex.set_readership(MEMBERS_ONLY if audience == "members" else readership(cast, audience))
        session().add(annex)
    status, taker = found.claim
    session().add(
        RecordClaim(
            **own, organisation_id=cast.owner.id, words="Ours.", status=status, decision_words="Because.",
            claimed_by_id=cast["partner"].id, claimed_at=then, taken_by_id=number(cast, taker),
        )
    )  # fmt: skip
    status, taker = found.problem
    session().add(
        ProblemReport(
            **own, kind="wrong", words="It ended.", language="en", status=status, answer="Answered.",
            reported_at=then, taken_by_id=number(cast, taker),
        )
    )  # fmt: skip
    status, action, proposer, decider, taker = found.proposal
    is_decided = status in {ProposalStatus.APPROVED, ProposalStatus.DECLINED}
    session().add(
        InnovationProposal(
            **own, action=action, reason="It is time.", disclosure="Nobody pays.", status=status,
            proposed_by_id=cast[proposer].id, proposed_at=then, taken_by_id=number(cast, taker),
            decided_by_id=cast[decider].id if is_decided else None, decided_at=then if is_decided else None,
        )
    )  # fmt: skip
    session().commit()


def differences(viewer, innovation):
    """Return the table and id of what the function and the condition disagree about."""
    rules = (
        (Innovation, can_view, visible_to),
        (Innovation, is_in_audience, in_audience_of),
        (
            Innovation,
            lambda asked, each: asked.member_id is not None and is_registrant(asked, each),
            registered_by,
        ),
        (Evidence, can_view_evidence, lambda asked: evidence_visible_to(asked, innovation)),
        (Replication, can_view_replication, lambda asked: replications_visible_to(asked, innovation)),
        (Annex, can_view_annex, lambda asked: annexes_visible_to(asked, innovation)),
    )
    found = []
    for kind, may, condition in rules:
        key = Innovation.id if kind is Innovation else kind.innovation_id
        things = session().scalars(select(kind).where(key == innovation.id)).all()
        assert things
        in_sql = set(session().scalars(select(kind.id).where(key == innovation.id, condition(viewer))))
        found += [
            (kind.__tablename__, each) for each in in_sql ^ {each.id for each in things if may(viewer, each)}
        ]
    return found


@pytest.fixture
def cast(database):
    return make_cast()


@pytest.fixture
def published(cast):
    """A record published for each audience, each with an open revision."""
    made = {}
    for name in AUDIENCES:
        made[name] = record_of(cast, readership=readership(cast, name))
        revised(cast.scene, made[name])
    session().commit()
    return made


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(record=records, found=proofs, seen=st.lists(viewers, min_size=3, max_size=6))
def test_functions_and_conditions_agree_in_generated_worlds(database, cast, published, record, found, seen):
    with undone(database):
        innovation = published[record.published_for]
        shape(cast, innovation, record)
        hang(cast, innovation, found)
        for each in (*seen, *involved(record, found)):
            assert differences(viewer_from(cast, each), innovation) == [], each
