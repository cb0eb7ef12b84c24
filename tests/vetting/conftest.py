"""People who want in and people who decide, for the tests of vetting."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.core.database import session, transaction
from hub.core.outbox import OutboxMessage
from hub.members.models import MailToken
from hub.vetting.joining import Applicant, apply_to_join, confirm_application
from tests.factories import make_member, password_hash

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADDRESS = "dana@ngo.example"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def coordinator(database, clock):
    return make_member(roles=[Role.COORDINATOR])


def an_applicant(**said):
    """What somebody says of themselves, with everything filled in that a test does not care about."""
    return Applicant(
        **{
            "display_name": "Dana",
            "member_type": "data_scientist",
            "country": "GE",
            "words": "I read budgets.",
            "organisation_name": "Open Ledger",
            "website": "https://ledger.example",
            **said,
        }
    )


def apply(address=ADDRESS, **said):
    """Apply, and return what the link in the mail stands for; None where none was sent."""
    before = latest_token()
    with transaction():
        apply_to_join(address, an_applicant(**said))
    after = latest_token()
    return after if after != before else None


def confirm(token, hashed=None):
    """Confirm an application by its link."""
    with transaction():
        return confirm_application(token, hashed or password_hash())


def confirmed(address=ADDRESS, **said):
    """Apply and confirm; return the member."""
    return confirm(apply(address, **said))


def latest_token():
    """Return the link that was made last."""
    return session().scalar(select(MailToken).order_by(MailToken.id.desc()).limit(1))


def mails():
    """Return the kinds of the mails that wait, in the order in which they were written."""
    return list(session().scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)))


def logged(tag):
    """Return how many entries of the audit log have this tag."""
    return session().scalar(select(func.count()).where(AuditEntry.tag == tag))
