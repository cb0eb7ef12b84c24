"""Messages and reports sent at the same moment: limits hold, one report waits, one decision counts."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from hub.access.viewer import Role
from hub.audit.models import AuditEntry
from hub.collaboration.conversations.limits import MOST_AN_HOUR, require_room
from hub.core.database import session_scope, transaction
from hub.core.errors import ConflictError, TooManyError
from hub.integrity.viewers import viewer_of
from hub.members.messages.service import block_member, send_message
from hub.members.models import AbuseReport, Block, ContactMessage, Member
from hub.vetting.abuse.service import dismiss_report, report_abuse, uphold_report
from tests.factories import make_member, make_profile
from tests.journeys.live import at_once

pytestmark = pytest.mark.db

ROUNDS = 3
TOGETHER = 6


class Stage:
    """People of one hub by their ids, so that each thread loads its own."""

    def __init__(self, hub):
        self.engine = hub.engine
        with session_scope(self.engine):
            people = {
                "sender": make_member(),
                "receiver": make_member(),
                "first": make_member(roles=[Role.COORDINATOR]),
                "second": make_member(roles=[Role.COORDINATOR]),
            }
            make_profile(people["receiver"])
            self.ids = {name: member.id for name, member in people.items()}

    def act(self, name, do):
        """Prepare what one person does in a thread: `do` gets the session, and them."""

        def run():
            with session_scope(self.engine) as opened, transaction():
                do(opened, opened.get(Member, self.ids[name]))
            return "done"

        return run

    def write(self):
        """Prepare a message from sender to receiver."""

        def do(opened, sender):
            receiver = opened.get(Member, self.ids["receiver"])
            require_room(viewer_of(sender))
            send_message(viewer_of(sender), receiver, subject="Tenders", words="What do you read?")

        return self.act("sender", do)

    def report(self):
        """Prepare a report about the receiver."""

        def do(opened, sender):
            about = opened.get(Member, self.ids["receiver"])
            report_abuse(sender, about, kind="threat", words="They do not stop.")

        return self.act("sender", do)

    def count(self, column, *conditions):
        """Return how many rows there are."""
        with session_scope(self.engine) as opened:
            return opened.scalar(select(func.count(column)).where(*conditions))


@pytest.fixture
def stage(live_on_both):
    return Stage(live_on_both)


def outcomes(*acts):
    return Counter(each if isinstance(each, str) else type(each) for each in at_once(*acts))


def test_messages_sent_together_do_not_exceed_what_an_hour_takes(stage):
    for _ in range(MOST_AN_HOUR - 2):
        stage.write()()
    assert outcomes(*(stage.write() for _ in range(TOGETHER))) == {"done": 2, TooManyError: TOGETHER - 2}
    assert stage.count(ContactMessage.id) == MOST_AN_HOUR


def test_two_clicks_block_once(stage):
    def block(opened, member):
        block_member(viewer_of(member), opened.get(Member, stage.ids["receiver"]))

    assert outcomes(*(stage.act("sender", block) for _ in range(TOGETHER))) == {"done": TOGETHER}
    assert stage.count(Block.member_id) == 1


def test_two_clicks_report_once_and_two_coordinators_decide_once(stage):
    for number in range(1, ROUNDS + 1):
        assert outcomes(*(stage.report() for _ in range(3))) == {"done": 1, ConflictError: 2}
        waiting = AbuseReport.status == "submitted"

        def decide(service, waiting=waiting):
            return lambda opened, by: service(
                by, opened.scalars(select(AbuseReport).where(waiting)).one(), "I read it."
            )

        found = at_once(
            stage.act("first", decide(uphold_report)), stage.act("second", decide(dismiss_report))
        )
        assert [each for each in found if each == "done"] == ["done"]
        assert stage.count(AbuseReport.id, AbuseReport.status != "submitted") == number
        decided = AuditEntry.tag.in_(("member:uphold_abuse", "member:dismiss_abuse"))
        assert stage.count(AuditEntry.number, decided) == number
