"""Each rule stands twice, as a function and as a SQL condition; over many records, states and people both agree."""

from itertools import count, product

import pytest
from sqlalchemy import select

from hub.access.viewer import Viewer
from hub.catalogue.annexes.permissions import annexes_visible_to, can_view_annex
from hub.catalogue.evidence.permissions import can_view_evidence, evidence_visible_to
from hub.catalogue.models import (
    Annex,
    Evidence,
    EvidenceStatus,
    Innovation,
    InnovationStatus,
    Replication,
    ReplicationStatus,
    Side,
)
from hub.catalogue.permissions import can_view, visible_to
from hub.catalogue.queries import own_innovations
from hub.catalogue.replications.permissions import can_view_replication, replications_visible_to
from hub.core.clock import now
from hub.core.database import session
from hub.core.pagination import PageRequest
from tests.catalogue import afterwards, proofs
from tests.catalogue.cast import compiled_draft, make_cast, record_of, take
from tests.catalogue.records import EVERYBODY, GEORGIAN_POLICE, MEMBERS, draft, named_organisations

pytestmark = pytest.mark.db

COUNTRIES = ("ES", "PT", "FR", "IT", "NO", "SE", "FI", "DK", "PL", "CZ", "AT", "CH", "BE", "NL", "IE", "IS")
TAKERS = (None, "holder")


@pytest.fixture
def cast(database):
    return make_cast()


def viewers_of(cast):
    """Return everybody, and those who lost what they were."""
    lost = {
        f"{name} without a role": Viewer(member_id=cast[name].id)
        for name in ("holder", "registrar", "partner", "adder", "compiler")
    }
    return cast.viewers | lost


def audiences(cast):
    return (EVERYBODY, MEMBERS, GEORGIAN_POLICE, named_organisations(cast.adopting))


def fill(cast, innovation):
    """Give a record evidence, replications and annexes in every state, taken and not, past the services."""
    then, adder, holder = now(), cast["adder"].id, cast["holder"].id
    countries = iter(COUNTRIES)
    replications = [None]
    for status, source in product(ReplicationStatus, (None, proofs.LINK)):
        replications.append(
            Replication(
                innovation=innovation, adopter_id=cast.adopting.id, country=next(countries), language="en",
                source_url=source, status=status, side=Side.OWNER, claimed_by_id=cast["partner"].id,
                claimed_at=then, confirmed_by_id=cast["adopter"].id, confirmed_at=then,
                taken_by_id=holder if source else None,
            )
        )  # fmt: skip
    session().add_all(replications[1:])
    session().flush()
    for status, about, taker in product(EvidenceStatus, replications[:5], TAKERS):
        session().add(
            Evidence(
                innovation=innovation, replication=about, type="audit", title="An audit", finding="It works.",
                url=proofs.LINK, is_independent=True, year=2024, language="en", status=status,
                decision_words="Because.", added_by_id=adder, added_at=then,
                taken_by_id=holder if taker else None,
            )
        )  # fmt: skip
    for readers in (*audiences(cast), proofs.MEMBERS_ONLY):
        annex = Annex(
            innovation=innovation, title="Method", body="Words.", language="en",
            added_by_id=cast["partner"].id, added_at=then, saved_at=then,
        )  # fmt: skip
        annex.set_readership(readers)
        session().add(annex)
    session().commit()


def disagreements(viewers, innovation):
    """Return (table, id, person) where the function and the condition differ."""
    rules = (
        (Evidence, can_view_evidence, lambda viewer: evidence_visible_to(viewer, innovation)),
        (Replication, can_view_replication, lambda viewer: replications_visible_to(viewer, innovation)),
        (Annex, can_view_annex, lambda viewer: annexes_visible_to(viewer, innovation)),
        (Innovation, can_view, visible_to),
    )
    found = []
    for kind, may, condition in rules:
        key = Innovation.id if kind is Innovation else kind.innovation_id
        things = session().scalars(select(kind).where(key == innovation.id)).all()
        assert things
        for name, viewer in viewers.items():
            mine = select(kind.id).where(key == innovation.id, condition(viewer))
            in_sql = set(session().scalars(mine))
            in_rules = {each.id for each in things if may(viewer, each)}
            found += [(kind.__tablename__, number, name) for number in in_sql ^ in_rules]
    return found


@pytest.mark.parametrize("status", InnovationStatus)
@pytest.mark.parametrize("is_compiled", [False, True])
def test_functions_and_conditions_agree(cast, status, is_compiled):
    viewers = viewers_of(cast)
    for readership in audiences(cast):
        innovation = record_of(cast, readership=readership)
        innovation.status, innovation.is_compiled = status, is_compiled
        fill(cast, innovation)
        assert disagreements(viewers, innovation) == []


def seen(cast, innovation):
    """Return who may know of a record, asked both ways."""
    viewers = viewers_of(cast)
    in_rules = {name for name, viewer in viewers.items() if can_view(viewer, innovation)}
    mine = select(Innovation.id).where(Innovation.id == innovation.id)
    assert in_rules == {
        name for name, viewer in viewers.items() if session().scalar(mine.where(visible_to(viewer)))
    }
    return in_rules


OWNERS = {"partner", "second", "both", "registrar", "registrar without a role"}
"""Who sees what is on the owner's side only; who registered sees it still after losing the role."""

INSIDE = OWNERS | {"police"}


@pytest.mark.parametrize("kind", ["evidence", "replication", "problem", "proposal"])
def test_a_task_on_a_restricted_record_lets_in_who_took_it_until_decided(cast, kind):
    innovation = record_of(cast)
    make = {
        "evidence": proofs.evidence_for,
        "replication": proofs.evidenced,
        "problem": afterwards.problem_of,
        "proposal": afterwards.proposal_of,
    }[kind]
    task = make(cast, innovation)
    innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    assert seen(cast, innovation) == INSIDE
    take(cast, task)
    assert seen(cast, innovation) == INSIDE | {"holder"}
    task.status = {"evidence": "rejected", "replication": "failed", "problem": "answered"}.get(
        kind, "declined"
    )
    for name in ("decision_words", "answer"):
        if hasattr(task, name):
            setattr(task, name, "Done.")
    if kind == "proposal":
        task.decided_by_id = cast["holder"].id
    session().commit()
    assert seen(cast, innovation) == INSIDE


def test_a_claim_lets_in_who_took_it_until_decided(cast):
    claim = afterwards.claim_of(cast)
    innovation = claim.innovation
    innovation.set_readership(GEORGIAN_POLICE)
    session().commit()
    compilers = {"compiler", "compiler without a role", "police"}
    assert seen(cast, innovation) == compilers
    take(cast, claim)
    assert seen(cast, innovation) == compilers | {"holder"}


def test_what_was_taken_down_is_for_its_owner_and_the_two_who_decided(cast):
    innovation = afterwards.taken_down_record(cast)
    assert seen(cast, innovation) == OWNERS | {"compiler", "holder"}


def test_a_compiled_draft_is_for_its_compiler_only(cast):
    innovation = compiled_draft(cast).innovation
    assert seen(cast, innovation) == {"compiler", "compiler without a role"}


def test_an_own_list_names_nothing_that_cannot_be_opened(cast):
    for make in (compiled_draft, lambda cast: draft(cast.scene)):
        make(cast)
    record_of(cast, readership=GEORGIAN_POLICE)
    listed = count()
    for viewer in viewers_of(cast).values():
        for innovation in own_innovations(viewer, PageRequest()).items:
            assert can_view(viewer, innovation)
            next(listed)
    assert next(listed) > 0
