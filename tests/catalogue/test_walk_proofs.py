"""Evidence and replications: every state × action × person, one call of a service each."""

import pytest

from hub.catalogue.evidence.lifecycle import EVIDENCE
from hub.catalogue.evidence.service import (
    accept_evidence,
    reject_evidence,
    reopen_evidence,
    withdraw_evidence,
)
from hub.catalogue.models import EvidenceStatus, ReplicationStatus
from hub.catalogue.replications.lifecycle import REPLICATIONS
from hub.catalogue.replications.service import (
    answer_dispute,
    confirm_replication,
    dispute_replication,
    fail_replication,
    settle_replication,
    verify_replication,
    withdraw_replication,
)
from hub.catalogue.tasks.service import release_task, take_task
from tests.catalogue import proofs
from tests.catalogue.cast import make_cast, take
from tests.catalogue.walking import read_table, states_of, walk

EVIDENCE_TABLE = read_table("""
: visitor member partner registrar mere adopter both focal police officer admin adder free holder
: conflicted
take     | submitted                          | 404x11 404 ok  ok  403
take     | taken accepted rejected withdrawn  | 404x11 404 409 409 403
release  | taken                              | 404x11 404 409 ok  409
release  | submitted accepted rejected withdrawn | 404x11 404 409x3
accept   | taken                              | 404x11 404 409 ok  403
accept   | submitted accepted rejected withdrawn | 404x11 404 409 409 403
reject   | taken                              | 404x11 404 409 ok  403
reject   | submitted accepted rejected withdrawn | 404x11 404 409 409 403
withdraw | submitted taken                    | 404x11 ok  404x3
withdraw | accepted rejected withdrawn        | 404x11 409 404x3
reopen   | accepted rejected                  | 404x11 404 ok  ok  404
reopen   | submitted taken withdrawn          | 404x11 404 409 409 404
""")

EVIDENCE_SERVICES = {
    "take": take_task,
    "release": release_task,
    "accept": accept_evidence,
    "reject": lambda actor, evidence: reject_evidence(actor, evidence, words="Not about this."),
    "withdraw": withdraw_evidence,
    "reopen": lambda actor, evidence: reopen_evidence(actor, evidence, words="Its author withdrew it."),
}

EVIDENCE_WAYS = {
    "submitted": proofs.evidence_for,
    "taken": lambda cast: take(cast, proofs.evidence_for(cast)),
    "accepted": proofs.accepted_evidence,
    "rejected": proofs.rejected_evidence,
    "withdrawn": proofs.withdrawn_evidence,
}

REPLICATION_TABLE = read_table("""
: visitor member mere focal police officer admin partner registrar adopter both free holder
: conflicted
confirm  | claimed                            | 404x7 403 403 ok  403 404x3
confirm  | by_adopter                         | 404x7 ok  ok  403 403 404x3
confirm  | sourced                            | 403x7 403 403 ok  403 403x3
confirm  | confirmed evidenced taken verified disputed failed | 403x7 403 403 409 403 403x3
confirm  | withdrawn                          | 404x7 403 403 409 403 404x3
take     | evidenced                          | 404x11 ok  ok  403
take     | claimed by_adopter sourced confirmed taken verified disputed failed withdrawn | 404x11 409 409 403
release  | taken                              | 404x11 409 ok  409
release  | claimed by_adopter sourced confirmed evidenced verified disputed failed withdrawn | 404x11 409x3
verify   | taken                              | 404x11 409 ok  403
verify   | claimed by_adopter sourced confirmed evidenced verified disputed failed withdrawn | 404x11 409 409 403
dispute  | claimed                            | 404x7 403 403 ok  403 404x3
dispute  | by_adopter                         | 404x7 ok  ok  403 403 404x3
dispute  | sourced                            | 403x7 403 403 ok  403 403x3
dispute  | confirmed evidenced taken verified | 403x7 ok  ok  ok  403 403x3
dispute  | disputed failed                    | 403x7 409 409 409 403 403x3
dispute  | withdrawn                          | 404x7 409 409 409 403 404x3
answer   | disputed                           | 403x7 ok  ok  ok  403 403x3
answer   | claimed by_adopter withdrawn       | 404x7 409 409 409 403 404x3
answer   | sourced confirmed evidenced taken verified failed | 403x7 409 409 409 403 403x3
settle   | disputed                           | 403x7 ok  ok  403 403 403x3
settle   | claimed by_adopter withdrawn       | 404x7 403x4 404x3
settle   | sourced confirmed evidenced taken verified failed | 403x14
withdraw | claimed                            | 404x7 ok  ok  403 403 404x3
withdraw | by_adopter                         | 404x7 403 403 ok  403 404x3
withdraw | sourced disputed                   | 403x7 ok  ok  403 403 403x3
withdraw | confirmed evidenced taken verified failed | 403x7 409 409 403 403 403x3
withdraw | withdrawn                          | 404x7 409 409 403 403 404x3
fail     | confirmed evidenced taken verified | 403x7 403 403 ok  403 403x3
fail     | sourced disputed failed            | 403x7 403 403 409 403 403x3
fail     | claimed by_adopter withdrawn       | 404x7 403 403 409 403 404x3
""")
"""Claimed by the owner's side but for `by_adopter`; `sourced` is a claim of which the public can read."""


def speaking(service):
    return lambda actor, replication: service(actor, replication, **proofs.WORDS)


REPLICATION_SERVICES = {
    "confirm": confirm_replication,
    "take": take_task,
    "release": release_task,
    "verify": lambda actor, replication: verify_replication(actor, replication, words="Both agree."),
    "dispute": speaking(dispute_replication),
    "answer": speaking(answer_dispute),
    "settle": speaking(settle_replication),
    "withdraw": withdraw_replication,
    "fail": speaking(fail_replication),
}

REPLICATION_WAYS = {
    "claimed": proofs.claimed,
    "by_adopter": lambda cast: proofs.claimed(cast, by="adopter"),
    "sourced": lambda cast: proofs.claimed(cast, source_url=proofs.LINK),
    "confirmed": proofs.confirmed,
    "evidenced": proofs.evidenced,
    "taken": lambda cast: take(cast, proofs.evidenced(cast)),
    "verified": proofs.verified,
    "disputed": proofs.disputed,
    "failed": proofs.failed,
    "withdrawn": proofs.withdrawn,
}


@pytest.mark.db(state=frozenset({"submitted"}))
@pytest.mark.parametrize("state", EVIDENCE_WAYS)
def test_evidence(database, state):
    cast = make_cast()
    assert walk(EVIDENCE_TABLE, state, EVIDENCE_SERVICES, cast, EVIDENCE_WAYS[state]) == {}


@pytest.mark.db(state=frozenset({"verified"}))
@pytest.mark.parametrize("state", REPLICATION_WAYS)
def test_replications(database, state):
    cast = make_cast()
    assert walk(REPLICATION_TABLE, state, REPLICATION_SERVICES, cast, REPLICATION_WAYS[state]) == {}


@pytest.mark.parametrize(
    ("table", "services", "ways"),
    [
        (EVIDENCE_TABLE, EVIDENCE_SERVICES, EVIDENCE_WAYS),
        (REPLICATION_TABLE, REPLICATION_SERVICES, REPLICATION_WAYS),
    ],
    ids=["evidence", "replications"],
)
def test_the_tables_leave_no_cell_out(table, services, ways):
    people = {person for _action, _state, person in table}
    assert set(states_of(table)) == set(ways)
    assert len(table) == len(services) * len(ways) * len(people)


def test_the_lifecycles_have_no_other_action_and_no_other_state():
    follows = {"support", "unsupport"}
    assert {row.action for row in EVIDENCE} == {"accept", "reject", "withdraw", "reopen"}
    assert {row.action for row in REPLICATIONS} == follows | set(REPLICATION_SERVICES) - {
        "take", "release", "answer"
    }  # fmt: skip
    assert set(EvidenceStatus) == set(EVIDENCE_WAYS) - {"taken"}
    assert set(ReplicationStatus) == set(REPLICATION_WAYS) - {"taken", "by_adopter", "sourced"}
