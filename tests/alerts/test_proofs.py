"""Followers of an innovation are told of what was found out about it, and who took it up."""

import pytest

from hub.catalogue.evidence.service import accept_evidence
from hub.catalogue.replications.service import confirm_replication, dispute_replication
from hub.core.database import session
from hub.members.models import MemberStatus
from tests.alerts.follows import COUNTRY, INNOVATION, ORGANISATION, follow, tell, told
from tests.catalogue.cast import did, make_cast, record_of, take
from tests.catalogue.proofs import WORDS, claimed, evidence_for
from tests.catalogue.records import MEMBERS
from tests.factories import make_member

pytestmark = pytest.mark.db


@pytest.fixture
def cast(database):
    return make_cast()


def test_accepted_evidence_is_told_to_who_follows_the_innovation(cast):
    innovation = record_of(cast, readership=MEMBERS)
    reader, gone = make_member(), make_member()
    for each in (reader, gone):
        follow(each, INNOVATION, innovation.public_id)
    evidence = take(cast, evidence_for(cast, innovation))
    tell()
    assert told(reader) == []
    did(accept_evidence, cast["holder"], evidence)
    gone.status = MemberStatus.SUSPENDED
    session().commit()
    tell()
    assert told(reader) == [("followed_evidence", innovation.subject)]
    assert told(gone) == []


def test_a_confirmed_replication_is_told_once_however_one_came_to_follow(cast):
    innovation, reader = record_of(cast), make_member()
    follow(reader, INNOVATION, innovation.public_id)
    follow(reader, COUNTRY, "ES")
    follow(reader, ORGANISATION, cast.adopting.slug)
    did(confirm_replication, cast["adopter"], claimed(cast, innovation))
    tell()
    assert told(reader) == [("followed_replication", innovation.subject)]


def test_a_replication_in_dispute_is_not_told(cast):
    innovation, reader = record_of(cast), make_member()
    follow(reader, COUNTRY, "ES")
    replication = claimed(cast, innovation)
    did(confirm_replication, cast["adopter"], replication)
    did(dispute_replication, cast["partner"], replication, **WORDS)
    tell()
    assert told(reader) == []
