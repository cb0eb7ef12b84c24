"""People for the tests of members; one password is hashed once for all of them."""

from datetime import UTC, datetime

import pytest
import time_machine

from hub.core.database import transaction
from hub.core.passwords import hash_password
from hub.members.models import Member, MemberStatus

PASSWORD = "kettle violin harbour 27"
EMAIL = "nino@example.org"
NETWORK = "203.0.113.9"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def hashed():
    return hash_password(PASSWORD)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def make_member(database, clock):
    """Stores an approved member, unless something else is asked for."""

    def make(name="nino", **columns):
        values = {
            "email": f"{name}@example.org",
            "display_name": name.title(),
            "member_type": "innovator",
            "status": MemberStatus.APPROVED,
            **columns,
        }
        member = Member(**values)
        with transaction() as opened:
            opened.add(member)
        return member

    return make


@pytest.fixture
def nino(make_member, hashed):
    return make_member(password_hash=hashed)
